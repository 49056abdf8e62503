// A post's HTML → Markdown blocks that are safe to print: links that only link, no raw HTML, no code that a note-taking
// program would run. The HTML itself is read by a reader that is handed in, because it costs 25 ms to load.
import type { BlockContent, Image, Link, Nodes, Paragraph, PhrasingContent, RootContent, Table, TableRow } from 'mdast'
import type { Math as BlockMath, InlineMath } from 'mdast-util-math'
import { isBlank } from './blanks.ts'
import { cleanCode, toCode } from './code.ts'
import { toCells, toFlow, toItems, toPhrasing, toRows } from './content.ts'
import { cleanLine, cleanText, toAutolink, toInline } from './prose.ts'
import { tidySpan } from './spans.ts'

/** Safe HTML → Markdown nodes; `htmlToMdast` of the text module. */
export type HtmlReader = (html: string) => readonly RootContent[]

export interface RichOptions {
  /** Rank of the body's highest headings; `null` makes all headings bold lines (comments have no outline). */
  readonly headingsFrom: number | null
  /** False turns pictures into links: a stranger's picture would tell its server who reads the file. */
  readonly pictures: boolean
}

/** `<p>`, `<br>` and links shown as their own address: all of it is in the plain text. */
const RICH_TAG = /<(?!\/|p>|br>|a href="([^"]*)">\1<\/a>)/

const SAFE_LINK = /^(?:https?:\/\/|mailto:|#)/i
const SAFE_PICTURE = /^https?:\/\//i
/** Of one line, without what makes it an address, markup or another folder's. */
const FILE_PATH = /^[\p{L}\p{N}_-](?:(?!\.\.\/)[^`:?#<>\\|\p{Cc}]){0,500}$/u
const URL_BREAK = /[\s<>\\]/g
const TAG = /<[^<>]*>/g
const REFERENCE = /&#x([0-9a-f]{1,6});/gi
/** Commands that load, link, style or define: a drawing program would act on them. */
const ACTIVE_TEX =
  /\\(?:href|url|html\w*|class|cssId|style|require|unicode|[egx]?def|let|(?:re)?newcommand|newenvironment|input|include\w*|write|open\w*|read|catcode|special)\b/i
/** Whether HTML holds anything that the plain text does not. */
export function isRich(html: string | null): html is string {
  return html !== null && RICH_TAG.test(html)
}

/** The blocks with everything unsafe made inert. Words are never lost. */
export function cleanBlocks(nodes: readonly RootContent[], options: RichOptions): BlockContent[] {
  const { headingsFrom } = options
  const highest = nodes.flatMap(headingRanks).reduce((least, rank) => Math.min(least, rank), Number.MAX_SAFE_INTEGER)
  const down = headingsFrom === null ? null : headingsFrom - highest
  return toFlow(cleanChildren(nodes, { ...options, headingsDown: down }))
}

function headingRanks(node: Nodes): number[] {
  if (node.type === 'heading') return [node.depth]
  return 'children' in node ? node.children.flatMap(headingRanks) : []
}

/** A URL that may be a link's target, or null. */
export function safeUrl(url: string | null, pattern: RegExp = SAFE_LINK): string | null {
  const shown = url?.trim() ?? ''
  return pattern.test(shown) ? cleanText(shown).replace(URL_BREAK, encodeURIComponent) : null
}

export function toPicture(url: string, alt: string | null): Image | null {
  const safe = safeUrl(url, SAFE_PICTURE)
  return safe === null ? null : { type: 'image', url: safe, alt: cleanLine(alt ?? '') }
}

/**
 * `, path` of a file in an account's export or beside a saved page, which has no address; nothing of all else.
 * @param path as it is, or escaped as addresses are
 */
export function toPlace(path: string): PhrasingContent[] {
  const plain = isEscaped(path) ? decodeURIComponent(path) : path
  return FILE_PATH.test(plain) ? [{ type: 'text', value: ', ' }, ...toCode(plain)] : []
}

function isEscaped(path: string): boolean {
  try {
    return decodeURIComponent(path) !== path
  } catch (error) {
    if (error instanceof URIError) return false
    throw error
  }
}

export function toLink(url: string | null, children: PhrasingContent[]): Link | null {
  const safe = safeUrl(url)
  return safe === null ? null : { type: 'link', url: safe, children }
}

interface CleanOptions extends RichOptions {
  /** How many ranks headings go down. */
  readonly headingsDown: number | null
  /** Whether the node stands in a link, in which there can be no other. */
  readonly isLinked?: true
}

function clean(node: Nodes, options: CleanOptions): Nodes[] {
  switch (node.type) {
    case 'text':
      return toInline(cleanText(node.value))
    case 'link':
      return cleanLink(node, options)
    case 'image':
      return cleanImage(node, options)
    case 'html':
      return toInline(wordsOf(node.value))
    case 'code':
      return [cleanCode(node)]
    case 'inlineCode':
      return toCode(node.value)
    case 'inlineMath':
    case 'math':
      return cleanFormula(node)
    case 'heading':
      return isBlank(node) ? [] : [cleanHeading(node.depth, toPhrasing(cleanChildren(node.children, options)), options)]
    case 'break':
    case 'thematicBreak':
      return [{ type: node.type }]
    default:
      return cleanParent(node, options)
  }
}

/** Parents that Markdown has; any other gives its children in its place. */
const PARENTS = new Set<string>(
  'paragraph blockquote list listItem emphasis strong delete table tableRow tableCell footnoteReference'.split(' '),
)

/** Blocks that are left out when there is nothing to see in them. */
const DROPPED_BLANK = new Set<string>('paragraph blockquote table'.split(' '))

function cleanParent(node: Nodes, options: CleanOptions): Nodes[] {
  if (!('children' in node)) return PARENTS.has(node.type) ? [node] : []
  const children = cleanChildren(node.children, options)
  if (!PARENTS.has(node.type)) return children
  if (DROPPED_BLANK.has(node.type) && children.every(isBlank)) return []
  switch (node.type) {
    case 'table': {
      const rows = toRows(children)
      return isColumn(rows) ? rows.flatMap(cellsAsParagraphs) : [{ ...node, children: rows }]
    }
    case 'tableRow':
      return [{ ...node, children: toCells(children) }]
    case 'list':
      return [{ ...node, children: toItems(children) }]
    case 'blockquote':
    case 'listItem':
      return [{ ...node, children: toFlow(children) }]
    case 'delete':
      return tidySpan({ ...node, children: unnest(toPhrasing(children)) })
    case 'emphasis':
    case 'strong':
      return tidySpan({ ...node, children: joinCode(toPhrasing(children)) as PhrasingContent[] })
    default:
      return [{ ...node, children: joinCode(toPhrasing(children)) } as Nodes]
  }
}

/** One column is no table but a frame: Blogger sets a picture above its caption in one. */
function isColumn(rows: Table['children']): boolean {
  return rows.every((row) => row.children.length <= 1)
}

function cellsAsParagraphs(row: TableRow): Paragraph[] {
  return row.children.flatMap((cell) =>
    isBlank(cell) ? [] : [{ type: 'paragraph', children: cell.children } as const],
  )
}

/** Struck-out words inside struck-out words: the signs would run together. */
function unnest(nodes: readonly Nodes[]): PhrasingContent[] {
  return joinCode(
    nodes.flatMap((node): Nodes[] => (node.type === 'delete' ? node.children : [node])),
  ) as PhrasingContent[]
}

function cleanChildren(nodes: readonly Nodes[], options: CleanOptions): Nodes[] {
  return joinCode(nodes.flatMap((node) => clean(node, options)))
}

/** Two code spans side by side would share their backticks, and what follows would come alive; so would formulas. */
function joinCode(nodes: readonly Nodes[]): Nodes[] {
  const joined: Nodes[] = []
  for (const node of nodes) {
    const last = joined.at(-1)
    if (node.type === 'inlineCode' && last?.type === 'inlineCode')
      joined[joined.length - 1] = { ...last, value: last.value + node.value }
    else if (node.type === 'inlineMath' && last?.type === 'inlineMath') joined.push({ type: 'text', value: ' ' }, node)
    else if (!('value' in node) || node.type === 'code' || node.value !== '') joined.push(node)
  }
  return joined
}

function cleanLink(node: Link, options: CleanOptions): Nodes[] {
  const url = safeUrl(node.url)
  if (url === null) return cleanChildren(node.children, options)
  const inside = node.children.flatMap((child) =>
    child.type === 'text' ? [cleanWords(child.value)] : clean(child, { ...options, isLinked: true }),
  )
  const children = joinCode(toPhrasing(inside))
  // A link within a link ends it, as in HTML; Markdown has none either.
  if (children.some(({ type }) => type === 'link')) return cutAtLinks(url, children).flatMap(tidyLink)
  const only = children.length === 1 ? children[0]! : null
  if (only?.type === 'text' && only.value.trim() === url) return [toAutolink(url)]
  return children.length === 0 ? [] : tidyLink({ type: 'link', url, children: children as Link['children'] })
}

/**
 * Editors underline the space beside a link with it: `the<a> boat</a>`. A link of space alone keeps it, and its
 * address.
 */
function tidyLink(link: Nodes): Nodes[] {
  return link.type === 'link' && !isBlank(link) ? tidySpan(link) : [link]
}

function cutAtLinks(url: string, children: readonly Nodes[]): Nodes[] {
  return children.map(
    (child): Nodes => (child.type === 'link' ? child : { type: 'link', url, children: [child] as Link['children'] }),
  )
}

function cleanWords(value: string): PhrasingContent {
  return { type: 'text', value: cleanText(value) }
}

function cleanImage({ url, alt }: Image, { pictures, isLinked }: CleanOptions): Nodes[] {
  const picture = toPicture(url, alt ?? null)
  const words = cleanLine(alt ?? '')
  const place = picture === null && isLinked !== true ? toPlace(url) : []
  if (place.length > 0) return [{ type: 'text', value: words === '' ? 'image' : `image: ${words}` }, ...place]
  if (picture === null) return words === '' ? [] : [{ type: 'text', value: words }]
  if (pictures) return [picture]
  const shown = { type: 'text', value: words || 'picture' } as const
  return isLinked ? [shown] : [{ type: 'link', url: picture.url, children: [shown] }]
}

/** A formula that would do more than show itself is printed as code. */
function cleanFormula({ type, value }: InlineMath | BlockMath): Nodes[] {
  const tex = cleanLine(value)
  if (!ACTIVE_TEX.test(tex)) return [{ type, value: tex }]
  return type === 'math' ? [{ type: 'code', value: tex }] : toCode(tex)
}

function cleanHeading(depth: number, children: PhrasingContent[], { headingsDown }: CleanOptions): BlockContent {
  if (headingsDown === null) return { type: 'paragraph', children: [{ type: 'strong', children }] }
  const rank = Math.min(6, depth + headingsDown) as 1 | 2 | 3 | 4 | 5 | 6
  return {
    type: 'heading',
    depth: rank,
    children: children.map((child) => (child.type === 'break' ? { type: 'text', value: ' ' } : child)),
  }
}

/** The words of kept HTML; its serialiser writes all references as hexadecimal ones. */
function wordsOf(html: string): string {
  const words = html
    .replace(TAG, ' ')
    .replace(REFERENCE, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))
  return cleanLine(words)
}
