// Pages that only say that there is no post: deleted, never there, not for this reader, a site in trouble. Many are
// sent with status 200, and a saved file has no status. Told by a title, heading or line that says nothing else, on a
// page that says little beside it and is not dated as a post is: an article about missing pages has more to say.
import { type Document, type Element, isText, type ParentNode } from 'domhandler'
import { select, selectOne, shortTextOf, textOf, walk } from '../../markup/markup.ts'
import type { Note } from '../../model.ts'
import { MAYBE_INSTEAD, SAID_INSTEAD, type SaidInstead } from './absence-words.ts'
import { isDated } from './dated.ts'
import type { Page } from './page.ts'

/** Characters of what says so. */
const MAX_SAID = 240
/** Characters of a page each of whose lines is looked at. */
const MAX_LINES = 600
const MAX_HEADINGS = 40
const MAX_BOXES = 10
/** Between the parts of a title. */
const PARTS = /\s+[|–—/•·:›»-]\s+/u
/** A name before what is said: `reddit.com: page not found`. */
const NAME = /^[^:]{1,60}: /u
const HEADINGS = 'h1, h2, h3, h4'
/** Pages that say by their markup what they are: whatever else is on them leads elsewhere. */
const MARKED = 'body.error404, body.error-template, section.error-404, .page-not-found, .page-404, #fatal_error'
/** Boxes in which software says so; what else is on the page is its frame. */
const BOXES =
  '.error-404, .page-not-found, .error-message, .error-description, .error-panel, .status-msg-body, .blockMessage, #messagetext, ' +
  '#elError_message, #error, #message .inner, .standard_error, #fatal_error, .tgme_widget_message_error, .timeline-protected, .error-page, ' +
  '[data-testid="error-detail"], [data-testid="emptyState"], .dialog__message, .interstitial-message, .wp-die-message'
const UNSEEN: ReadonlySet<string> = new Set(['script', 'style', 'template', 'noscript', 'title'])
/** What leads elsewhere, and what is asked: no prose. */
const NO_PROSE: ReadonlySet<string> = new Set([...UNSEEN, 'a', 'nav', 'footer', 'aside', 'form', 'button', 'select'])

const MESSAGES: Readonly<Record<SaidInstead['code'], string>> = {
  'not-found': 'The site says that the post is not there, or not any more',
  'not-shown': 'The site does not show the post to this reader',
  'consent-wall': 'The site asks for consent first; save the page in a browser, and give the file. It says',
  'site-error': 'The site is in trouble, or not itself; try again later. It says',
}

/** What stands on the page, and where; null: in the page as a whole. */
interface Said {
  readonly text: string
  readonly element: Element | null
}

/** What the site says in place of a post, as a note; none when the page may be one. */
export function absenceNotes(page: Page): Note[] {
  // What somebody pasted is what it says; what an address answered may be its site's.
  if (page.kind === 'text') return page.capture.url === null ? [] : notesOf(page, absenceIn(page.text.trim()))
  if (page.kind !== 'html') return []
  const { root } = page.html()
  const isMarked = selectOne(MARKED, root) !== null
  const found = isMarked ? firstOf(saidIn(root), () => true) : unmarkedIn(root)
  if (found === null && isMarked) return notesOf(page, { code: 'not-found', text: titleOf(root) })
  return notesOf(page, found)
}

/** What a site's words say of what they stand for; null: none of that. */
export function absenceIn(text: string): { readonly code: SaidInstead['code']; readonly text: string } | null {
  return text.length > MAX_SAID ? null : firstOf([{ text, element: null }], () => true)
}

function unmarkedIn(root: Document) {
  const said = saidIn(root)
  let prose: number | null = null
  return firstOf(said, ({ mostProse }, { element, text }) => {
    prose ??= proseOf(root)
    return prose - text.length <= mostProse && !isDated(root, element)
  })
}

/** The first kind that anything says. */
function firstOf(said: readonly Said[], passes: (kind: SaidInstead, said: Said) => boolean) {
  const asked = said.map((one) => ({
    ...one,
    plain: one.text
      .toLowerCase()
      .replace(/['‘`´]/g, '’')
      .replace(/\s+/g, ' '),
  }))
  const likely = asked.filter(({ plain }) => MAYBE_INSTEAD.test(plain))
  for (const kind of likely.length === 0 ? [] : SAID_INSTEAD) {
    const one = likely.find((each) => kind.pattern.test(each.plain) && passes(kind, each))
    if (one !== undefined) return { code: kind.code, text: one.text }
  }
  return null
}

/** Titles and headings, what stands in boxes for such words, and all lines of a page of few. */
function saidIn(root: Document): Said[] {
  const title = titleOf(root)
  const titles = [title, ...title.split(PARTS), title.replace(NAME, '')].map((text) => ({
    text: text.trim(),
    element: null,
  }))
  const headings = select(HEADINGS, root).slice(0, MAX_HEADINGS)
  const boxes = select(BOXES, root)
    .slice(0, MAX_BOXES)
    .filter((box) => shortTextOf(box, MAX_LINES) !== null)
  const body = selectOne('body', root) ?? root
  const bare = shortTextOf(body, MAX_LINES) === null ? [] : [body]
  const lines = [...boxes, ...bare].flatMap(linesIn)
  const whole = [...headings, ...boxes].map((element) => ({ text: shortTextOf(element, MAX_SAID) ?? '', element }))
  return [...titles, ...whole, ...lines].filter(({ text }) => text !== '' && text.length <= MAX_SAID)
}

/** Text nodes, and paragraphs as one reads them: names in a sentence are elements of their own. */
function linesIn(parent: ParentNode): Said[] {
  const paragraphs = select('p, span, div', parent).slice(0, MAX_HEADINGS)
  const texts = [...walk(parent, ({ name }) => UNSEEN.has(name))].filter(isText)
  return [
    ...texts.map(({ data }) => ({ text: data.trim(), element: null })),
    ...paragraphs.map((element) => ({ text: shortTextOf(element, MAX_SAID) ?? '', element })),
  ]
}

function titleOf(root: Document): string {
  return textOf(selectOne('title', root)) ?? ''
}

/** Characters of text that is no link, menu or form. */
function proseOf(root: Document): number {
  const texts = [...walk(selectOne('body', root) ?? root, ({ name }) => NO_PROSE.has(name))].filter(isText)
  return texts.reduce((sum, { data }) => sum + data.trim().length, 0)
}

function notesOf(
  { capture }: Page,
  found: { readonly code: SaidInstead['code']; readonly text: string } | null,
): Note[] {
  if (found === null) return []
  const { code, text } = found
  return [{ level: 'warning', code, message: `${MESSAGES[code]}: ${text.trim()}`, input: capture.input }]
}
