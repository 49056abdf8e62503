// Page furniture in HTML, by class and role: what themes and plugins put into or around an article or a comment. Shared
// by all adapters that read blog pages. Words on lines of their own are scrape/furniture.ts's business.
import { type Element, isTag } from 'domhandler'
import { attr, textOf } from '../../../markup/markup.ts'
import { furnitureName } from './names.ts'
import { holdsPictures, holdsWriting } from './writing.ts'

const KEPT =
  /(^|\s)(wp-block-(quote|table|list|heading|paragraph|image|code|verse|pullquote)|entry-content|post-content)(\s|$)/i
const IDS =
  /^(comments?|respond|jp-post-flair|breadcrumbs?|newsletter|related|share|social|tags|disqus_thread|related-?posts?|author-?(info|box|bio)|sidebar|secondary)$/i
const MAX_SHARE = 0.4
const TAGS = new Set(['nav', 'dialog'])
/** Inside an article these hold furniture unless they hold writing, or most of it: some sites are one form. */
const LOOSE_TAGS = new Set(['aside', 'footer', 'form'])
const ROLES = new Set(['navigation', 'complementary', 'search', 'banner', 'contentinfo'])
const HEADLINE = /^h[1-6]$/
const COMMENT_AREA = /(^|\s)(comments-area|commentlist|comment-list|comment-respond|comments)(\s|$)/i

/**
 * Whether an element inside an article's body is not part of the article. A class alone is not believed about more than
 * MAX_SHARE of the body's `length` in characters: themes wrap whole articles in names like `social`. A common word is
 * not believed about writing: notes stand in `aside`, code in `code-block`, pictures in `carousel`.
 */
export function isArticleFurniture(element: Element, length: number): boolean {
  const name = element.attribs['class'] ?? ''
  if (TAGS.has(element.name) || ROLES.has(attr(element, 'role') ?? '') || IDS.test(attr(element, 'id') ?? ''))
    return true
  if (COMMENT_AREA.test(name)) return true
  const strength = KEPT.test(name) || isHeadline(element) ? null : furnitureName(name)
  if (strength === null && !LOOSE_TAGS.has(element.name)) return false
  if ((textOf(element)?.length ?? 0) > length * MAX_SHARE) return false
  if (strength === 'slides' && holdsPictures(element)) return false
  return strength === 'sure' || !holdsWriting(element)
}

/** A section heading keeps its words whatever a plugin calls it. */
function isHeadline(element: Element): boolean {
  return HEADLINE.test(element.name)
}

/** Around a comment's words: who, when, and what a reader may press (34 of 53 pages print a reply link). */
const COMMENT_CHROME =
  /(^|\s)(reply|replies-link|comment-reply\S*|comment_reply\S*|comment-meta|commentmetadata|comment-metadata|comment_meta|comment-author|comment-author-info|comment-header|comment-head|comment-footer|comment-details|comment-date|comment-time|comment-permalink|comment-edit-link|comment-awaiting-moderation|comment_quote_link|comment_direct_link|comment-actions|comment-likes|comment-like\S*|comment-rating|cs-rating|pd-rating|comment-avatar|avatar|vcard|says|edit-link|edit|user-badge|post-author-badge|screen-reader-text|sharedaddy|cluv)(\s|$)/i
const CHROME_TAGS = new Set(['header', 'footer', 'form', 'button', 'nav'])

/** Where WordPress leads to its form, in themes of any name. */
const REPLY_LINK = /[?&]replytocom=\d|#respond$/

/** Whether an element inside a comment is not part of what the commenter wrote. */
export function isCommentChrome({ name, attribs }: Element): boolean {
  if (name === 'a' && REPLY_LINK.test(attribs['href'] ?? '')) return true
  return CHROME_TAGS.has(name) || COMMENT_CHROME.test(attribs['class'] ?? '')
}

/** Whether the element or one around it, up to `end`, is chrome. */
export function isInChrome(element: Element, end: Element): boolean {
  for (let at: Element['parent'] = element; at !== null && at !== end; at = at.parent)
    if (isTag(at) && isCommentChrome(at)) return true
  return false
}
