// Where the tags, classes, ids and attributes of one tree stand, so that a selector tests its few candidates and not
// every element of the page. Built at the first question and kept with the tree, which nobody changes. Matching is
// css-select's.
import { compile } from 'css-select'
import { parse, type Selector, SelectorType } from 'css-what'
import { type ChildNode, Element, isTag, type ParentNode } from 'domhandler'
import { addTo } from '../grouping.ts'

/**
 * One alternative of a selector list: how to test an element, where matches can be found, and what else must be there.
 */
interface Alternative {
  readonly matches: (element: Element) => boolean
  readonly key: Key
  /** Of the elements that the selector names in front of its match: without any of them there is no match. */
  readonly others: readonly Key[]
}

type Kind = 'id' | 'class' | 'tag' | 'attribute' | 'any'

/** What every element of one description has: an id, a class, a name, an attribute, or nothing in particular. */
interface Key {
  readonly kind: Kind
  readonly name: string
}

/** A run of descendants in page order: places are character offsets of start tags, `end` excluded. */
interface Span {
  readonly after: number
  readonly end: number
}

/** Steps from one compound of a selector to the next; in front of one stands another element's description. */
const STEPS: ReadonlySet<string> = new Set([
  SelectorType.Adjacent,
  SelectorType.Child,
  SelectorType.ColumnCombinator,
  SelectorType.Descendant,
  SelectorType.Parent,
  SelectorType.Sibling,
])
/** The most telling first. */
const KINDS: readonly Kind[] = ['id', 'class', 'tag', 'attribute', 'any']
const WHITE_SPACE = /[ \t\n\r\f]+/
const NONE: readonly Element[] = []
const ANY: Key = { kind: 'any', name: '*' }

/** The index of one tree whose nodes carry their start offsets. */
export class TreeIndex {
  private readonly root: ParentNode
  private readonly lists: Readonly<Record<Kind, Map<string, Element[]>>> = {
    id: new Map(),
    class: new Map(),
    tag: new Map(),
    attribute: new Map(),
    any: new Map(),
  }
  private readonly places = new Map<ParentNode, ReadonlyMap<Element, number>>()

  constructor(root: ParentNode) {
    this.root = root
  }

  /** Descendants of `node` that match, in page order, each once. */
  select(selector: string, node: ParentNode): Element[] {
    const span = spanOf(node)
    const found = alternativesOf(selector).map((alternative) => this.matchesOf(alternative, span))
    if (found.length === 1) return found[0] as Element[]
    const inOrder = [...new Set(found.flat())]
    return inOrder.sort((a, b) => placeOf(a) - placeOf(b))
  }

  /** The first descendant of `node` that matches. */
  selectOne(selector: string, node: ParentNode): Element | null {
    const { after, end } = spanOf(node)
    let first: Element | null = null
    for (const alternative of alternativesOf(selector)) {
      const found = this.firstOf(alternative, { after, end: first === null ? end : placeOf(first) })
      first = found ?? first
    }
    return first
  }

  /** The elements with that id, in page order: there should be one. */
  withId(id: string): readonly Element[] {
    return this.listOf({ kind: 'id', name: id })
  }

  /** What `countPlaces` says, counted once: a page of siblings stays linear. */
  placesIn(parent: ParentNode): ReadonlyMap<Element, number> {
    const known = this.places.get(parent) ?? countPlaces(parent)
    this.places.set(parent, known)
    return known
  }

  private matchesOf({ matches, key, others }: Alternative, { after, end }: Span): Element[] {
    const list = this.isHopeless(others) ? NONE : this.listOf(key)
    const found: Element[] = []
    for (let i = firstBehind(list, after); i < list.length; i += 1) {
      const element = list[i] as Element
      if (placeOf(element) >= end) break
      if (matches(element)) found.push(element)
    }
    return found
  }

  private firstOf({ matches, key, others }: Alternative, { after, end }: Span): Element | null {
    const list = this.isHopeless(others) ? NONE : this.listOf(key)
    for (let i = firstBehind(list, after); i < list.length; i += 1) {
      const element = list[i] as Element
      if (placeOf(element) >= end) return null
      if (matches(element)) return element
    }
    return null
  }

  private isHopeless(keys: readonly Key[]): boolean {
    return keys.some((key) => this.listOf(key).length === 0)
  }

  private listOf({ kind, name }: Key): readonly Element[] {
    const lists = this.lists[kind]
    if (kind === 'attribute') {
      if (!lists.has(name)) lists.set(name, this.withAttribute(name))
    } else if (lists.size === 0) this.fill(kind, lists)
    return lists.get(name) ?? NONE
  }

  /** Only the attributes that are asked for: pages carry hundreds of names. */
  private withAttribute(name: string): Element[] {
    return this.elements().filter((element) => Object.hasOwn(element.attribs, name))
  }

  private elements(): readonly Element[] {
    return this.listOf(ANY)
  }

  private fill(kind: Kind, lists: Map<string, Element[]>): void {
    if (kind === 'any') lists.set(ANY.name, elementsIn(this.root))
    else if (kind === 'class') this.fillClasses(lists)
    else if (kind === 'tag') for (const element of this.elements()) addTo(lists, element.name, element)
    else for (const element of this.withAttribute('id')) addTo(lists, element.attribs['id'] ?? '', element)
  }

  /** The same few lists of classes are written on many elements. */
  private fillClasses(lists: Map<string, Element[]>): void {
    const names = new Map<string, readonly string[]>()
    for (const element of this.withAttribute('class')) {
      const written = element.attribs['class'] ?? ''
      const classes = names.get(written) ?? [...new Set(written.split(WHITE_SPACE))]
      names.set(written, classes)
      for (const name of classes) addTo(lists, name, element)
    }
  }
}

/** Of each element child its number among them, from 1 on. */
export function countPlaces(parent: ParentNode): ReadonlyMap<Element, number> {
  return new Map(parent.children.filter(isTag).map((child, i) => [child, i + 1]))
}

/** Below `node`: behind its own start tag, before the first node that follows it. */
function spanOf(node: ParentNode): Span {
  if (!isTag(node)) return { after: -1, end: Number.POSITIVE_INFINITY }
  for (let at: ParentNode | null = node; at !== null; at = at.parent)
    if (at.next !== null) return { after: placeOf(node), end: at.next.startIndex ?? Number.POSITIVE_INFINITY }
  return { after: placeOf(node), end: Number.POSITIVE_INFINITY }
}

function placeOf(element: Element): number {
  return element.startIndex ?? -1
}

/** Index of the first element that starts behind `place`. */
function firstBehind(list: readonly Element[], place: number): number {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (placeOf(list[middle] as Element) <= place) low = middle + 1
    else high = middle
  }
  return low
}

function elementsIn(root: ParentNode): Element[] {
  const found: Element[] = []
  const open: ChildNode[] = root.children.toReversed()
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (!(at instanceof Element)) continue
    found.push(at)
    for (let i = at.children.length - 1; i >= 0; i -= 1) open.push(at.children[i] as ChildNode)
  }
  return found
}

const known = new Map<string, readonly Alternative[]>()

/** Selectors are written in adapters, so the cache has a fixed size. */
function alternativesOf(selector: string): readonly Alternative[] {
  const cached = known.get(selector)
  if (cached !== undefined) return cached
  const alternatives = parse(selector).map(alternativeOf)
  known.set(selector, alternatives)
  return alternatives
}

function alternativeOf(tokens: readonly Selector[]): Alternative {
  const compounds: Selector[][] = [[]]
  for (const token of tokens) {
    if (STEPS.has(token.type)) compounds.push([])
    else compounds.at(-1)?.push(token)
  }
  const keys = compounds.map(keyOf)
  return { matches: compile<ChildNode, Element>([[...tokens]]), key: keys.pop() ?? ANY, others: keys }
}

function keyOf(compound: readonly Selector[]): Key {
  const keys = compound.flatMap(keyOfToken)
  return KINDS.flatMap((kind) => keys.find((key) => key.kind === kind) ?? [])[0] ?? ANY
}

function keyOfToken(token: Selector): Key[] {
  if (token.type === SelectorType.Tag) return [{ kind: 'tag', name: token.name }]
  if (token.type !== SelectorType.Attribute || token.action === 'not') return []
  const isExact = token.ignoreCase !== true
  if (token.name === 'id' && token.action === 'equals' && isExact) return [{ kind: 'id', name: token.value }]
  const isOneWord = token.action === 'element' && token.value !== '' && !WHITE_SPACE.test(token.value)
  if (token.name === 'class' && isOneWord && isExact) return [{ kind: 'class', name: token.value }]
  return [{ kind: 'attribute', name: token.name }]
}
