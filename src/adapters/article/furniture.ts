// Page furniture in HTML, by class and role: what themes and plugins put into or around an article or a comment. Shared
// by all adapters that read blog pages. Words on lines of their own are scrape/furniture.ts's business.
import { type Element, isTag } from 'domhandler'
import { attr, textOf } from '../../markup/markup.ts'

/** Plugins and themes by the class or id they print (WordPress census of 2026: 58 pages, 40 themes). */
const CLASSES =
  /(^|[\s_-])(share|sharing|shareaholic|sharedaddy|addtoany|a2a_kit|addthis\w*|social|socials|ssba|essb|heateor|related|relatedposts|jp-relatedposts|yarpp|wpp|printfriendly|pf-content-button|newsletter|subscribe|subscription|mc4wp|optin|advert|adsbygoogle|ad-slot|breadcrumbs?|pagination|post-navigation|nav-links|nav-below|nav-above|post-tags|tags-links|cat-links|entry-footer|author-box|author-bio|authorbox|about-author|wp-block-comments|post-edit-link|edit-link|rating|pd-rating|cs-rating|kk-star-ratings|likes?|jetpack-likes-widget\w*|wpcnt|wpa|screen-reader-text|sr-only|hide-text|visually-?hidden|a11y-hidden|assistive-text|skip-link|sidebar|cookie|toc|ez-toc\S*|post-ratings|ratings|rating-box|tags|tag-list|taglist|tag-cloud|next-prev|prev-next|post-nav|recommendations?|recommended|recirculation|teasers?|promos?|promotion|sponsored?|sponsor|banner|affiliate|disclaimer|no-?print|byline|paywall|piano|poool|popup|modal|overlay|cta|call-to-action|donate|donation|donations|read-?more|more-link|readmore|also-read|outbrain|taboola|consent|code-block|ad-?container|ad-?wrapper|ads|adslot|anzeige|werbung|meta-?data|post-?meta|article-?(?:meta|info)|entry-?meta|relatedlinks|related-?(?:links|articles|content|news|stories|topics)|sharebar|sharing-?buttons|shariff|social-?(?:media|links|icons|share)|comment-?(?:link|count|form|area)s?|lwptoc|navigation|userpic|entry-poster|ljtags|linkbar|trackbacks|date-header|postmetadata)([\s_-]|$)|(^|\s)widget([\s_]|$)/i
const KEPT =
  /(^|\s)(wp-block-(quote|table|list|heading|paragraph|image|code|verse|pullquote)|entry-content|post-content)(\s|$)/i
const IDS =
  /^(comments?|respond|jp-post-flair|breadcrumbs?|newsletter|related|share|social|tags|disqus_thread|related-?posts?|author-?(info|box|bio)|sidebar|secondary)$/i
const MAX_SHARE = 0.4
const TAGS = new Set(['nav', 'aside', 'dialog'])
/** Inside an article these hold furniture unless they hold most of it: some sites wrap whole pages in one form. */
const LOOSE_TAGS = new Set(['footer', 'form'])
const STEMS =
  /breadcrumb|newsletter|paywall|outbrain|taboola|related-?(?:links|posts|articles|content)|share-?(?:bar|buttons|links|tools)|social-?(?:share|links|icons)|recirc|wp-embedded-content|embed(?:ded)?-?article|-teaser|teaser-|comment[-_]?rules|community-?notice|carousel|swiper|slick-slide|snippet--article|entry-?footer|privacy-embed|third-?party-?services|_cta\d?|cta-(?:box|block)|aktionsbutton|link-?box|download-?list|help_wrap|subscri(?:be|ption)|abo-?box|promo-?box|info-?banner|popular-?posts|latest-?(?:posts|news)|also-?read|interesting-?articles/i
const ROLES = new Set(['navigation', 'complementary', 'search', 'banner', 'contentinfo'])
const HEADLINE = /^h[1-6]$/
const COMMENT_AREA = /(^|\s)(comments-area|commentlist|comment-list|comment-respond|comments)(\s|$)/i

/**
 * Whether an element inside an article's body is not part of the article. A class alone is not believed about more than
 * MAX_SHARE of the body's `length` in characters: themes wrap whole articles in names like `social`.
 */
export function isArticleFurniture(element: Element, length: number): boolean {
  const name = element.attribs['class'] ?? ''
  if (TAGS.has(element.name) || ROLES.has(attr(element, 'role') ?? '') || IDS.test(attr(element, 'id') ?? ''))
    return true
  if (COMMENT_AREA.test(name)) return true
  const isNamed =
    LOOSE_TAGS.has(element.name) ||
    ((CLASSES.test(name) || STEMS.test(name)) && !KEPT.test(name) && !isHeadline(element))
  return isNamed && (textOf(element)?.length ?? 0) <= length * MAX_SHARE
}

/** A section heading keeps its words whatever a plugin calls it. */
function isHeadline(element: Element): boolean {
  return HEADLINE.test(element.name)
}

/** Around a comment's words: who, when, and what a reader may press (34 of 53 pages print a reply link). */
const COMMENT_CHROME =
  /(^|\s)(reply|replies-link|comment-reply\S*|comment_reply\S*|comment-meta|commentmetadata|comment-metadata|comment_meta|comment-author|comment-author-info|comment-header|comment-head|comment-footer|comment-details|comment-date|comment-time|comment-permalink|comment-edit-link|comment-awaiting-moderation|comment_quote_link|comment_direct_link|comment-actions|comment-likes|comment-like\S*|comment-rating|cs-rating|pd-rating|comment-avatar|avatar|vcard|says|edit-link|edit|user-badge|post-author-badge|screen-reader-text|sharedaddy)(\s|$)/i
const CHROME_TAGS = new Set(['header', 'footer', 'form', 'button', 'nav'])

/** Whether an element inside a comment is not part of what the commenter wrote. */
export function isCommentChrome(element: Element): boolean {
  return CHROME_TAGS.has(element.name) || COMMENT_CHROME.test(element.attribs['class'] ?? '')
}

/** Whether the element or one around it, up to `end`, is chrome. */
export function isInChrome(element: Element, end: Element): boolean {
  for (let at: Element['parent'] = element; at !== null && at !== end; at = at.parent)
    if (isTag(at) && isCommentChrome(at)) return true
  return false
}
