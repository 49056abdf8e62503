// HTML or XML text → a limited tree, and the few questions adapters ask of it. Not a browser: no scripts, no styles, no
// fetching. The tree is domhandler's, selectors are css-select's; both are cheerio's own parts, used without its
// wrapper.
import { compile, selectAll, selectOne as selectFirst } from 'css-select'
import { type ChildNode, type Document, Element, isTag, isText, type ParentNode } from 'domhandler'
import { Parser, type ParserOptions } from 'htmlparser2'
import { countPlaces, TreeIndex } from './element-index.ts'
import { hidesEmails, showEmails } from './email.ts'
import { LimitedHandler, XmlHandler } from './handlers.ts'
import { StridingTokenizer } from './tokenizer.ts'

/** XML is case-sensitive, but no format read here tells two names apart by case, and selectors are in lower case. */
const XML = { xmlMode: true, lowerCaseTags: true, lowerCaseAttributeNames: true } as const
/** Start offsets are the order of the page. */
const STARTS = { withStartIndices: true }
/** A parsed page. */
export interface HtmlTree {
  readonly root: Document
  /** Character offset in the text behind which nothing was read, or null when all was. */
  readonly truncatedAt: number | null
  /** True when elements below MAX_DEPTH were laid beside each other. */
  readonly flattened: boolean
  /** True when the text ends inside of an element that only an end tag ends. */
  readonly endsInside: boolean
}

/** The limited tree of any text, however damaged. Linear in the text's length; never throws. */
export function parseHtml(html: string): HtmlTree {
  return parseInto(new LimitedHandler(undefined, STARTS), html)
}

/**
 * The limited tree of an XML document: names in lower case, CDATA as plain text, no blank text between elements.
 * A DTD's own entities stay as written (`&name;`), so no file grows by reading it.
 */
export function parseXml(xml: string): HtmlTree {
  return parseInto(new XmlHandler(undefined, STARTS), xml, XML)
}

/**
 * The characters of the first element that `selector` finds, exactly as they stand in `text`; null when there is none.
 */
export function sourceOf(text: string, selector: string, kind: 'html' | 'xml'): string | null {
  const places = { withStartIndices: true, withEndIndices: true }
  const handler = kind === 'xml' ? new XmlHandler(undefined, places) : new LimitedHandler(undefined, places)
  const element = selectOne(selector, parseInto(handler, text, kind === 'xml' ? XML : {}).root)
  const startIndex = element?.startIndex ?? null
  const endIndex = element === null ? null : partnerOf(element).endIndex
  return startIndex === null || endIndex === null ? null : text.slice(startIndex, endIndex + 1)
}

/** The words of a `dt` stand in the `dd` behind it. */
function partnerOf(element: Element): Element {
  const siblings = element.name === 'dt' ? (element.parent?.children ?? []) : []
  const behind = siblings.slice(siblings.indexOf(element) + 1).find(isTag)
  return behind?.name === 'dd' ? behind : element
}

function parseInto(handler: LimitedHandler, text: string, options: ParserOptions = {}): HtmlTree {
  const parser = new Parser(handler, { ...options, Tokenizer: StridingTokenizer })
  parser.write(text)
  const endsInside = handler.stoppedAt === null && handler.isInside()
  if (handler.stoppedAt === null) parser.end()
  const root: IndexedRoot = handler.root
  if (hidesEmails(text)) showEmails(root)
  root[INDEX] = new TreeIndex(root)
  return { root, truncatedAt: handler.stoppedAt, flattened: handler.flattened, endsInside }
}

/**
 * Descendants of `node` that match, in page order. (css-select takes quadratic time for a list of nodes, so it gets
 * one.)
 */
export function select(selector: string, node: ParentNode): Element[] {
  const index = indexOf(node)
  return index === undefined
    ? selectAll<ParentNode | ChildNode, Element>(compiled(selector), node)
    : index.select(selector, node)
}

/** The first descendant of `node` that matches, or null. */
export function selectOne(selector: string, node: ParentNode): Element | null {
  const index = indexOf(node)
  return index === undefined
    ? selectFirst<ParentNode | ChildNode, Element>(compiled(selector), node)
    : index.selectOne(selector, node)
}

/** The first element of the page with that id, or null. A selector for each id of a page would be kept for ever. */
export function elementWithId(root: Document, id: string): Element | null {
  return (root as IndexedRoot)[INDEX]?.withId(id)[0] ?? null
}

export function matches(element: Element, selector: string): boolean {
  return compiled(selector)(element)
}

/** The nearest element that matches, from `element` upwards, itself included. */
export function closest(element: Element, selector: string): Element | null {
  return matches(element, selector) ? element : closestAround(element, selector)
}

/** The same, `element` itself left out. */
export function closestAround(element: Element, selector: string): Element | null {
  for (let at = element.parent; at !== null; at = at.parent) if (isTag(at) && matches(at, selector)) return at
  return null
}

/** Whether anything that `node` stands in passes, however far up. */
export function hasAncestor(node: ParentNode, passes: (ancestor: ParentNode) => boolean): boolean {
  for (let at = node.parent; at !== null; at = at.parent) if (passes(at)) return true
  return false
}

/** The attribute trimmed, or null when missing or blank. */
export function attr(element: Element | null, name: string): string | null {
  const value = element !== null && Object.hasOwn(element.attribs, name) ? element.attribs[name] : undefined
  const trimmed = value?.trim() ?? ''
  return trimmed === '' ? null : trimmed
}

export function hasClass(element: Element, name: string): boolean {
  const written = element.attribs['class']
  if (written === undefined || !written.includes(name)) return false
  return ` ${written} `.replace(SPACES, ' ').includes(` ${name} `)
}

/**
 * All text under the node with white space run together, or null when there is none. Scripts and styles have no text.
 */
export function textOf(node: ParentNode | null): string | null {
  if (node === null) return null
  const text = rawTextOf(node).replace(LOOSE_SPACES, ' ').trim()
  return text === '' ? null : text
}

/**
 * The same of a node with at most so many characters of text, else null; where boxes stand in boxes, the outer ones are
 * not read whole.
 */
export function shortTextOf(node: ParentNode | null, most: number): string | null {
  let written = 0
  for (const inside of node === null ? [] : walk(node)) {
    written += isText(inside) ? inside.data.length : 0
    if (written > most + MAX_INDENTATION) return null
  }
  const text = textOf(node)
  return text === null || text.length > most ? null : text
}

/** All text under the node exactly as written. */
export function rawTextOf(node: ParentNode): string {
  let text = ''
  const open: ChildNode[] = []
  pushChildren(node, open)
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (isText(at)) text += isSilent(at.parent) ? '' : at.data
    else if ('children' in at) pushChildren(at, open)
  }
  return text
}

/** Every node below `node` in page order, without recursion. `skip` leaves an element's inside out. */
export function* walk(node: ParentNode, skip?: (element: Element) => boolean): Generator<ChildNode> {
  const open: ChildNode[] = []
  pushChildren(node, open)
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    yield at
    if ('children' in at && !(isTag(at) && skip?.(at))) pushChildren(at, open)
  }
}

/** The first child on top. */
function pushChildren({ children }: ParentNode, open: ChildNode[]): void {
  for (let i = children.length - 1; i >= 0; i -= 1) open.push(children[i] as ChildNode)
}

/**
 * A CSS selector that finds the element again in the tree of the same bytes: `#id` when it is plain and unique,
 * otherwise the way down from the nearest such ancestor or the root.
 */
export function pathOf(element: Element): string {
  const steps: string[] = []
  const index = indexOf(element)
  for (let at: ParentNode | null = element; at !== null && isTag(at); at = at.parent) {
    const id: string = at.attribs['id'] ?? ''
    const same = PLAIN_ID.test(id) ? index?.withId(id) : undefined
    if (same?.length === 1 && same[0] === at) return [`#${id}`, ...steps].join(' > ')
    steps.unshift(stepOf(at, index))
  }
  return steps.join(' > ')
}

/** White space in the source of a short text, in characters. */
const MAX_INDENTATION = 4_000
/** White space that is not one plain blank already: most is. */
const LOOSE_SPACES = / \s+|[^\S ]\s*/g
const SPACES = /[\s\u00a0]+/g
const PLAIN_ID = /^[A-Za-z_][\w-]*$/
const PLAIN_TAG = /^[a-z][a-z0-9]*$/
const SILENT = new Set(['script', 'style', 'template', 'noscript'])

/**
 * On the root itself: what a WeakMap leads to, V8 keeps until it collects everything, and each page with it (V8 11.3,
 * 2026).
 */
const INDEX = Symbol('index')

type IndexedRoot = ParentNode & { [INDEX]?: TreeIndex }

function indexOf(node: ParentNode): TreeIndex | undefined {
  return (rootOf(node) as IndexedRoot)[INDEX]
}

type Query = (element: Element) => boolean

const queries = new Map<string, Query>()

/** Selectors are written in adapters, so the cache has a fixed size. */
function compiled(selector: string): Query {
  const known = queries.get(selector)
  if (known !== undefined) return known
  const query = compile<ChildNode, Element>(selector)
  queries.set(selector, query)
  return query
}

function isSilent(parent: ParentNode | null): boolean {
  return parent instanceof Element && SILENT.has(parent.name)
}

function rootOf(node: ParentNode): ParentNode {
  let at: ParentNode = node
  while (at.parent !== null) at = at.parent
  return at
}

function stepOf(element: Element, index: TreeIndex | undefined): string {
  const name = PLAIN_TAG.test(element.name) ? element.name : '*'
  // `:root` ties the way to the top: a fragment may nest the same steps further down.
  const isTop = element.parent === null || !isTag(element.parent)
  const root = isTop && name !== 'html' ? ':root' : ''
  return `${name}${root}:nth-child(${placeOf(element, index)})`
}

/** 1-based among the element children. */
function placeOf(element: Element, index: TreeIndex | undefined): number {
  if (element.parent === null) return 1
  return (index?.placesIn(element.parent) ?? countPlaces(element.parent)).get(element) ?? 1
}
