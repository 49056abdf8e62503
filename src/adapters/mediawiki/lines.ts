// The words of a wiki's page as the lines that people wrote: paragraphs and items of lists, each with how far it is
// set in, below the headings they stand under. Boxes and tables around a discussion are nobody's turn in it.
import { type ChildNode, type Document, type Element, isTag, isText } from 'domhandler'
import { attr, hasClass, selectOne, textOf } from '../../markup/markup.ts'

export interface Line {
  readonly element: Element
  /** What stands in it, deeper lists aside. */
  readonly nodes: readonly ChildNode[]
  /** How many lists it stands in. */
  readonly level: number
}

export interface Section {
  /** Null above the first heading. */
  readonly title: string | null
  /** Of its heading: 2 for a topic, more below it. */
  readonly depth: number
  /** The place in the page, for its address. */
  readonly anchor: string | null
  readonly lines: Line[]
}

const LISTS: ReadonlySet<string> = new Set(['dl', 'ul', 'ol'])
const HEADING = /^h([1-6])$/
const ASIDE: ReadonlySet<string> = new Set(['table', 'style', 'script', 'link', 'meta', 'noscript', 'form', 'nav'])
const ASIDE_CLASSES = ['toc', 'mw-editsection', 'tmbox', 'mw-empty-elt', 'printfooter', 'catlinks']
const BOXES: ReadonlySet<string> = new Set(['div', 'section', 'center', 'article'])
const MAX_LINES = 50_000
const MAX_DEPTH = 200

/** All sections, the part above the first heading included. */
export function sectionsIn(root: Document): readonly Section[] {
  const output = selectOne('.mw-parser-output, #mw-content-text, #bodyContent', root)
  const sections: Section[] = [{ title: null, depth: 2, anchor: null, lines: [] }]
  if (output !== null) collect(output.children, { sections, left: MAX_LINES }, 0, 0)
  return sections
}

interface Collected {
  readonly sections: Section[]
  left: number
}

function collect(nodes: readonly ChildNode[], into: Collected, level: number, depth: number): void {
  for (const node of nodes) {
    if (!isTag(node) || isAside(node) || into.left <= 0 || depth > MAX_DEPTH) continue
    const heading = headingIn(node)
    if (heading !== null) into.sections.push(sectionOf(heading))
    else if (LISTS.has(node.name)) collectItems(node, into, level + 1, depth + 1)
    else if (BOXES.has(node.name)) collect(node.children, into, level, depth + 1)
    else add(into, { element: node, nodes: [node], level })
  }
}

function collectItems(list: Element, into: Collected, level: number, depth: number): void {
  for (const item of list.children) {
    if (!isTag(item) || isAside(item)) continue
    const own = item.children.filter((node) => !isTag(node) || !(LISTS.has(node.name) || isAside(node)))
    add(into, { element: item, nodes: own, level })
    if (depth <= MAX_DEPTH)
      for (const node of item.children)
        if (isTag(node) && LISTS.has(node.name)) collectItems(node, into, level + 1, depth + 1)
  }
}

function add(into: Collected, line: Line): void {
  const hasWords = line.nodes.some((node) => (isText(node) ? node.data.trim() !== '' : isTag(node) && !isBlank(node)))
  if (!hasWords) return
  into.left -= 1
  into.sections.at(-1)?.lines.push(line)
}

function isBlank(element: Element): boolean {
  return textOf(element) === null && element.name !== 'img' && selectOne('img', element) === null
}

function isAside(element: Element): boolean {
  return ASIDE.has(element.name) || ASIDE_CLASSES.some((name) => hasClass(element, name))
}

/** Since 2024 a box stands around it. */
function headingIn(element: Element): Element | null {
  if (HEADING.test(element.name)) return element
  return hasClass(element, 'mw-heading') ? selectOne('h2, h3, h4, h5, h6', element) : null
}

function sectionOf(heading: Element): Section {
  const headline = selectOne('.mw-headline', heading)
  const words = headline ?? heading
  const edit = textOf(selectOne('.mw-editsection', words)) ?? ''
  const said = textOf(words) ?? ''
  const title = edit !== '' && said.endsWith(edit) ? said.slice(0, -edit.length).trim() : said
  const depth = Number(HEADING.exec(heading.name)?.[1] ?? 2)
  return { title: title === '' ? null : title, depth, anchor: attr(words, 'id') ?? attr(heading, 'id'), lines: [] }
}
