// The words of a capture that nobody accounts for. Words are a page's visible text nodes, a text's lines, or the
// strings under JSON keys and XML elements that carry text. A word is accounted for when it stands in what the product
// gave (posts, authors, quotes, notes), in furniture (by HTML's own names, or by the names the adapters share), or in
// what a note says was left out.
import { parse as parseTable } from 'csv-parse/sync'
import { type AnyNode, type Element, isTag, isText, type ParentNode } from 'domhandler'
import { isArticleFurniture } from '../../src/adapters/article/furniture/furniture.ts'
import type { Page } from '../../src/adapters/page/page.ts'
import { parseHtml, select } from '../../src/markup/markup.ts'
import type { Extraction } from '../../src/model.ts'
import { FRONT_MATTER, isTimeOrCount, type PagePlan, PLANS } from './named-furniture.ts'

export interface Accounted {
  /** Letters and digits of all words. */
  readonly total: number
  /** Those nobody accounts for. */
  readonly lost: number
  /** The longest pieces of them, for a person to read. */
  readonly pieces: readonly string[]
}

const PIECES_KEPT = 12
const WHOLE_PAGE: PagePlan = { posts: null, chrome: '' }
/** A wall says why there is no post: its words are the site's. */
const WALLS = new Set(['blocked', 'age-gate', 'anti-bot', 'script-shell', 'login-wall'])
const NOT_LETTER = /[^\p{L}\p{N}]+/gu
/** Elements whose text nobody sees, or which HTML itself names as no content. */
const UNSEEN = new Set(['script', 'style', 'noscript', 'template', 'head', 'svg', 'iframe', 'textarea', 'object'])
const NAMED = new Set(['nav', 'header', 'footer', 'aside', 'form', 'button', 'select', 'dialog', 'label', 'menu'])
const ROLES = new Set(['navigation', 'complementary', 'search', 'banner', 'contentinfo', 'menu', 'dialog', 'button'])
/** Controls of a form are no words of an author, wherever they stand. */
const CONTROLS = new Set(['form', 'button', 'select', 'label', 'fieldset'])
/** Blocks: the smallest one around a text tells whether it is a list of links. */
const BLOCKS = new Set('li div p td ul ol section article main h1 h2 h3 h4 h5 h6 dd dt blockquote span'.split(' '))
/** A block with at least this share of its letters in links leads elsewhere. */
const LINKS = 0.7
/** A link is shortened for the eye: in the post stands where it leads. */
const SHORTENED = /\S*(?:…|\.\.\.)\S*|https?:\/\/t\.co\/\w+/g
/** Markdown's way to write a link or a picture: the product keeps the words and the target. */
const MARKDOWN_LINK = /\]\([^()\s]*(?:\s"[^"]*")?\)/g
const TARGET = /\(?https?:\/\/[^\s()]+\)?/g
const HIDDEN = /display:\s*none|visibility:\s*hidden/i
/** Keys and elements under which platforms keep what people wrote. */
const TEXT_KEYS =
  /^(?:text|full_text|content|content:encoded|excerpt:encoded|body|body_html|selftext|selftext_html|cooked|message|title|summary|subtitle|spoiler_text|rendered|ext_alt_text|story_text|comment_text|wp:comment_content|wp:comment_author)$/
const TEXT_COLUMN = /text|tweet$|content|body|message/i
/** X repeats the beginning of what was reposted under the repost's own id. */
const REPOST = 'RT @'
/** The same words in another form, or words about the account and the site. */
const OTHER_FORMS = /^(?:source|contentMap|guid|raw|suggested_topics|user|account|author|actor|entities)$/
/** What a note says was left out, by the note's code: the keys under which it stands. */
const SKIPPED: Readonly<Record<string, RegExp>> = {
  boosts: /^reblog$/,
  account: /./,
  'topic-list': /./,
  'not-understood': /./,
  'no-posts': /./,
  'no-post': /./,
  'not-posts': /./,
  'comments-withheld': /./,
}

export function accountFor(page: Page, extraction: Extraction, reader: string): Accounted {
  const given = poolOf(extraction)
  const codes = new Set(extraction.notes.map(({ code }) => code))
  const words = (reader === 'csv' ? wordsInTable(page.text) : wordsOf(page, codes, PLANS[reader] ?? WHOLE_PAGE))
    .map((said) => ({ said, bare: bareOf(said) }))
    .filter(({ said, bare }) => bare !== '' && !isTimeOrCount(said))
  const lost = words.filter(({ said, bare }) => !isGiven(said, bare, given))
  return {
    total: words.reduce((sum, { bare }) => sum + bare.length, 0),
    lost: lost.reduce((sum, { bare }) => sum + bare.length, 0),
    pieces: lost
      .sort((one, other) => other.bare.length - one.bare.length)
      .slice(0, PIECES_KEPT)
      .map(({ said }) => said.replace(/\s+/g, ' ').trim()),
  }
}

function bareOf(text: string): string {
  return text.normalize('NFKC').replace(NOT_LETTER, '').toLowerCase()
}

/** Every string of an extraction, without markup, letters and digits only. */
function poolOf(extraction: Extraction): string {
  const strings: string[] = []
  const open: unknown[] = [extraction]
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (typeof at === 'string') strings.push(at)
    else if (typeof at === 'object' && at !== null) open.push(...Object.values(at).filter((value) => value !== null))
  }
  // Of a link in a line of text the product keeps the target behind the words, which parts them.
  return strings.flatMap((said) => [bareOf(said), bareOf(said.replace(TARGET, ''))]).join('\n')
}

/** Of a shortened link the rest of the words is looked for. */
function isGiven(said: string, bare: string, given: string): boolean {
  return given.includes(bare) || said.split(SHORTENED).every((part) => given.includes(bareOf(part)))
}

function wordsOf(page: Page, codes: ReadonlySet<string>, plan: PagePlan): string[] {
  if (page.kind === 'html' && [...codes].some((code) => WALLS.has(code))) return []
  if (page.kind === 'html') return wordsOnPage(page.html().root, plan)
  const skipped = [...codes].flatMap((code) => SKIPPED[code] ?? [])
  if (page.kind === 'xml') return wordsInXml(page.xml().root.children, skipped)
  if (page.kind === 'json') return wordsInJson(page.json(), skipped)
  if (page.kind === 'jsonl') return page.text.split('\n').flatMap((line) => wordsInJson(parse(line), skipped))
  const script = /^\s*(?:window\.YTD|Grailbird)[^=]*=\s*/.exec(page.text)?.[0].length
  return script === undefined ? partsOf(page.text) : wordsInJson(parse(page.text.slice(script)), skipped)
}

/** The cells of a table's text columns; ids, times and counts are no words. */
function wordsInTable(text: string): string[] {
  const [head, ...rows] = parseTable(text, { bom: true, relax_column_count: true, relax_quotes: true }) as string[][]
  const columns = (head ?? []).flatMap((name, at) => (TEXT_COLUMN.test(name) ? [at] : []))
  return rows.flatMap((row) => columns.flatMap((at) => (row[at] ?? '').split('\n')))
}

function wordsOnPage(root: ParentNode, { posts, chrome }: PagePlan): string[] {
  const left = new Set<AnyNode>(chrome === '' ? [] : select(chrome, root))
  const nodes = posts === null ? root.children : select(posts, root)
  return [...new Set(wordsInHtml(nodes, true, left))]
}

function wordsInHtml(nodes: readonly AnyNode[], isPage: boolean, left: ReadonlySet<AnyNode> = new Set()): string[] {
  const words: string[] = []
  const open: AnyNode[] = [...nodes].reverse()
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (left.has(at)) continue
    if (isText(at)) words.push(...(isPage && leadsElsewhere(at) ? [] : [at.data.replace(FRONT_MATTER, '')]))
    else if ('children' in at && !(isTag(at) && isOutside(at, isPage))) open.push(...[...at.children].reverse())
  }
  return words
}

function isOutside(element: Element, isPage: boolean): boolean {
  const { name, attribs } = element
  if (UNSEEN.has(name) || 'hidden' in attribs || HIDDEN.test(attribs['style'] ?? '')) return true
  if (!isPage) return CONTROLS.has(name)
  return NAMED.has(name) || ROLES.has(attribs['role'] ?? '') || isArticleFurniture(element, Number.POSITIVE_INFINITY)
}

/** True in menus, tag clouds and teasers: what is around the words is next to nothing but links. */
function leadsElsewhere(text: AnyNode): boolean {
  let block = text.parent
  while (block !== null && !(isTag(block) && BLOCKS.has(block.name))) block = block.parent
  if (block === null) return false
  const linked = lettersIn(block, true)
  return linked > 0 && linked >= LINKS * lettersIn(block, false)
}

function lettersIn(node: AnyNode, linkedOnly: boolean): number {
  if (isText(node)) return linkedOnly ? 0 : bareOf(node.data).length
  if (!('children' in node)) return 0
  const inside = linkedOnly && isTag(node) && node.name === 'a' ? false : linkedOnly
  return node.children.reduce((sum, child) => sum + lettersIn(child, inside), 0)
}

function wordsInXml(nodes: readonly AnyNode[], skipped: readonly RegExp[]): string[] {
  if (skipped.some((key) => key.test('any'))) return []
  const words: string[] = []
  const open: { node: AnyNode; name: string }[] = nodes.map((node) => ({ node, name: '' }))
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const { node, name } = at
    if (isText(node) && TEXT_KEYS.test(name)) words.push(...partsOf(node.data))
    else if ('children' in node)
      open.push(...node.children.map((child) => ({ node: child, name: isTag(node) ? node.name : name })))
  }
  return words
}

function wordsInJson(root: unknown, skipped: readonly RegExp[]): string[] {
  const words: string[] = []
  const open: { value: unknown; key: string }[] = [{ value: root, key: '' }]
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const { value, key } = at
    if (typeof value === 'string' && TEXT_KEYS.test(key) && !isRepost(value)) words.push(...partsOf(value))
    if (typeof value !== 'object' || value === null) continue
    for (const [name, inside] of Object.entries(value))
      if (!OTHER_FORMS.test(name) && !skipped.some((pattern) => pattern.test(name)))
        open.push({ value: inside, key: Array.isArray(value) ? key : name })
  }
  return words
}

/** A string of markup is as many pieces as it has text nodes; plain text as many as it has lines. */
function partsOf(text: string): string[] {
  const unescaped = /^\s*&lt;/.test(text) ? text.replace(/&lt;/g, '<').replace(/&gt;/g, '>') : text
  const said = /<[a-z!/]|&[#\w]+;/i.test(unescaped)
    ? wordsInHtml(parseHtml(unescaped).root.children, false)
    : [unescaped]
  return said.flatMap((piece) => piece.replace(MARKDOWN_LINK, ']').replace(SHORTENED, '\n').split('\n'))
}

/** Somebody else's words, cut: notes count them as reposts. */
function isRepost(text: string): boolean {
  return text.startsWith(REPOST)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
