// The article of any page, by Mozilla's Readability on linkedom's DOM. Both are loaded when first needed: they cost 100
// ms of a process. Pages come in through markup's gates, never raw: 1,000 nested divs have held such a library for 40
// s.
import { createRequire } from 'node:module'
import { type ChildNode, type Document, type Element, isTag, isText } from 'domhandler'
import { attr, closest, hasAncestor, select, selectOne, textOf, walk } from '../../markup/markup.ts'
import { escapeHtml } from '../extraction/post.ts'
import { isAsLong } from './length.ts'

/** Elements behind which a page is not an article but a dump, and Readability's scoring takes seconds. */
const MAX_ELEMENTS = 20_000
/** Levels kept for linkedom and Readability, which recurse and rescore every ancestor. */
const MAX_DEPTH = 150
/** Characters of text below which there is no article. */
const MIN_TEXT = 140
/** The same for what the page itself marks as its article, the surest mark first. */
const MIN_MARKED = 60
const MARKED = ['[itemprop~="articleBody"]', 'article', 'main, [role="main"]']
const VOID = new Set('area base br col embed hr img input link meta source track wbr'.split(' '))
const LEFT_OUT = new Set(['script', 'style', 'template', 'svg', 'iframe', 'object', 'canvas', 'link'])
/** Notes are hidden until somebody presses their number: they are shown to Readability, which drops what is hidden. */
const NOTE = /foot-?note|side-?note|margin-?note/i
const HIDING = new Set(['style', 'hidden', 'aria-hidden'])
const PLAIN_NAME = /^[a-z][a-z0-9:-]*$/i
const FRAMES = new Set(['html', 'head', 'body'])
/** What stands in `html` and `body`. */
const FRAME_DEPTH = 2
/** What a head can hold. */
const METADATA = new Set('base basefont bgsound link meta noframes noscript script style template title'.split(' '))

interface Readable {
  readonly title: string | null
  readonly byline: string | null
  readonly html: string
}

interface Cut {
  /** Elements that are known to be no part of the article. */
  readonly isOut: (element: Element) => boolean
  /** What stands in the place of others. */
  readonly instead: ReadonlyMap<Element, readonly ChildNode[]>
}

interface Parsed {
  readonly title?: string | null
  readonly byline?: string | null
  readonly content?: string | null
  readonly textContent?: string | null
}

interface Libraries {
  readonly parseHTML: (html: string) => { readonly document: unknown }
  readonly Readability: new (
    document: unknown,
    options: { readonly keepClasses: boolean },
  ) => { parse(): Parsed | null }
}

/** Whether a page has so many elements that no article is looked for. */
export function isTooLarge(root: Document): boolean {
  let elements = 0
  for (const node of walk(root)) if (isTag(node)) elements += 1
  return elements > MAX_ELEMENTS
}

/** The main article, or null when the page has none or is too large. */
export function readArticle(root: Document, cut: Cut): Readable | null {
  if (isTooLarge(root) || !isAsLong(textOf(root), MIN_TEXT)) return null
  const { parseHTML, Readability } = loadLibraries()
  const found = new Readability(parseHTML(serialise(root, cut)).document, { keepClasses: true }).parse()
  const isArticle = isAsLong(found?.textContent?.trim() ?? null, MIN_TEXT)
  if (!isArticle || typeof found?.content !== 'string') return null
  return { title: found.title || null, byline: found.byline || null, html: found.content }
}

/**
 * A page too short to be told by its words may mark its article itself. Notes that the article refers to stand behind
 * it, wherever the page has them.
 */
export function readMarked(root: Document, cut: Cut): Readable | null {
  for (const selector of MARKED) {
    const [only, ...others] = select(selector, root).filter((element) => !cut.isOut(element))
    if (only === undefined || others.length > 0 || !isAsLong(textOf(only), MIN_MARKED)) continue
    const heading = selectOne('h1', only)
    const body = htmlOf(only, { ...cut, isOut: (element) => element === heading || cut.isOut(element) })
    return { title: textOf(heading), byline: null, html: `${body}${notesBeside(only, root, cut)}` }
  }
  return null
}

function notesBeside(article: Element, root: Document, cut: Cut): string {
  const targets = new Set(
    select('sup a, a sup, a[role~="doc-noteref"]', article)
      .map(noteOf)
      .filter((id) => id !== null),
  )
  const notes = select('li[id], dd[id], p[id], div[id]', root).filter(
    (one) => targets.has(attr(one, 'id') ?? '') && !hasAncestor(one, (ancestor) => ancestor === article),
  )
  return notes.length === 0 ? '' : `<ol class="footnotes">${notes.map((note) => htmlOf(note, cut)).join('')}</ol>`
}

/** The id that a reference leads to on the same page. */
function noteOf(reference: Element): string | null {
  const link = reference.name === 'a' ? reference : closest(reference, 'a')
  const href = attr(link, 'href') ?? ''
  return href.startsWith('#') && href.length > 1 ? href.slice(1) : null
}

function htmlOf(element: Element, cut: Cut): string {
  const parts: string[] = []
  write(element, 0, { parts, ...cut })
  return parts.join('')
}

function loadLibraries(): Libraries {
  const load = createRequire(import.meta.url)
  const { parseHTML } = load('linkedom') as Pick<Libraries, 'parseHTML'>
  const { Readability } = load('@mozilla/readability') as Pick<Libraries, 'Readability'>
  return { parseHTML, Readability }
}

/**
 * The gated tree as HTML again, in one body, over which Readability looks: what stands in a head that cannot hold it,
 * or behind the end of the body, is shown as well (HTML, 13.2.6.4). Levels past MAX_DEPTH lose their tags, not their
 * words.
 */
function serialise(root: Document, cut: Cut): string {
  const placed = [...listPlaced(root.children)]
  const start = placed.findIndex(({ node, isInBody }) => isInBody || beginsBody(node))
  const [head, body] = start < 0 ? [placed, []] : [placed.slice(0, start), placed.slice(start)]
  const print = (nodes: readonly Placed[]) => nodes.map(({ node }) => writeIn(node, cut)).join('')
  const attributes = attributesOf(selectOne('body', root)?.attribs ?? {})
  return `<!doctype html><html><head>${print(head)}</head><body${attributes}>${print(body)}</body></html>`
}

interface Placed {
  readonly node: ChildNode
  readonly isInBody: boolean
}

/** What stands in the document's own frames, of which broken pages have several, in page order. */
function* listPlaced(nodes: readonly ChildNode[], isInBody = false): Generator<Placed> {
  for (const node of nodes) {
    if (isTag(node) && FRAMES.has(node.name)) yield* listPlaced(node.children, isInBody || node.name === 'body')
    else yield { node, isInBody }
  }
}

function beginsBody(node: ChildNode): boolean {
  return isText(node) ? node.data.trim() !== '' : isTag(node) && !METADATA.has(node.name)
}

function writeIn(node: ChildNode, cut: Cut): string {
  const parts: string[] = []
  write(node, FRAME_DEPTH, { parts, ...cut })
  return parts.join('')
}

interface Output extends Cut {
  readonly parts: string[]
}

function write(node: ChildNode, depth: number, output: Output): void {
  const { parts, isOut, instead } = output
  if (isText(node)) parts.push(escapeHtml(node.data))
  if (!isTag(node)) return
  const drawn = instead.get(node)
  if (drawn !== undefined && !isOut(node)) for (const one of drawn) write(one, depth, output)
  if (drawn !== undefined || LEFT_OUT.has(node.name) || isOut(node)) return
  const isKept = depth < MAX_DEPTH && PLAIN_NAME.test(node.name) && !holdsArticle(node)
  if (isKept) parts.push(`<${node.name}${attributesOf(node.attribs)}>`)
  for (const child of node.children) write(child, depth + 1, output)
  if (isKept && !VOID.has(node.name)) parts.push(`</${node.name}>`)
}

/** Blogger's own blogs of 2020 put the whole post into `noscript` for readers without scripts, as we are. */
function holdsArticle(node: Element): boolean {
  return (
    node.name === 'noscript' && node.children.some((child) => isTag(child) && (textOf(child)?.length ?? 0) > MIN_TEXT)
  )
}

function attributesOf(attribs: Readonly<Record<string, string>>): string {
  const isNote = NOTE.test(attribs['class'] ?? '')
  const isKept = (name: string) => PLAIN_NAME.test(name) && !name.startsWith('on') && !(isNote && HIDING.has(name))
  const plain = Object.entries(attribs).filter(([name]) => isKept(name))
  return plain.map(([name, value]) => ` ${name}="${escapeHtml(value)}"`).join('')
}
