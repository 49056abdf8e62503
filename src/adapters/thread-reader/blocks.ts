// Which posts of a Thread Reader page belong together: the page's own thread, each preview card, and what each says of
// itself. Posts are only located here; post.ts reads them.
import type { ChildNode, Document, Element, ParentNode } from 'domhandler'
import { isTag, isText } from 'domhandler'
import { attr, closest, closestAround, pathOf, select, selectOne, textOf, walk } from '../../markup/markup.ts'
import type { Author, Block } from '../../model.ts'
import { resolve } from '../../url.ts'
import { timeOfSeconds } from '../extraction/post.ts'

const POST = '.content-tweet'
/** The only text of a card on user pages since about 2021. */
const CARD_TEXT = '.card-tweetsv2'
const CARD = '.thread-card, [data-link-href*="/thread/"]'
/** Ends each post of the page; all that is left of its boundaries in saved inner HTML. */
const END_MARK = 'sup.tw-permalink'
const READ_LINK = 'a[href*="/thread/"]'
const NAME = '.twitter_name, .username'
const HANDLE = '.screenName, .twitter_screen_name'
const TIME = '.time'
const READ_TOTAL = /^\s*Read (\d[\d,.]*) (?:tweets|posts)/i
const TOTAL = /(?<![\d,.])(\d[\d,.]*)\s+(?:tweets|posts)\b/i
/** In the head of the page the count stands between dots, in 2019 between commas: `10 tweets • 8 min read •`. */
const HEAD_TOTAL = /(?:^|[•,\n])[^\S\n]*(\d[\d,.]{0,12})\s+(?:tweets|posts)\s*(?:[•,\n]|$)/i
const HANDLE_TEXT = /@(\w{1,15})/
const LETTER = /\p{L}/u
const NOT_DIGIT = /\D/g

/** The nodes of one post, still unread. */
export interface Unit {
  readonly nodes: readonly ChildNode[]
  /** X's id of it, when the page tells. */
  readonly id: string | null
  readonly handle: string | null
  readonly selector: string
  /** When the block was begun, ISO; the head of a block tells the time of its first post. */
  readonly blockTime: string | null
  /** False for words behind the last end mark: most likely a post whose mark was lost in saving. */
  readonly isMarked: boolean
}

export interface UnitBlock {
  readonly block: Block
  readonly units: readonly Unit[]
}

/** All blocks in page order, the page's own thread among them. */
export function findUnits(root: Document, base: URL | null): UnitBlock[] {
  const posts = postElements(root)
  if (posts.length === 0) return markedBlocks(root, base)
  const groups = new Map<ParentNode, Element[]>()
  const readLinks = countReadLinks(root)
  for (const post of posts) {
    const home = homeOf(post, root, readLinks)
    const group = groups.get(home)
    if (group === undefined) groups.set(home, [post])
    else group.push(post)
  }
  return [...groups].map(([home, elements], index) => blockOf({ home, elements, index }, root, base))
}

function postElements(root: Document): Element[] {
  const outermost = select(`${POST}, ${CARD_TEXT}`, root).filter((post) => closestAround(post, POST) === null)
  return outermost.filter((post) => selectOne(POST, post) === null || post.attribs['class']?.includes('content-tweet'))
}

/** A card, the whole page for posts of its own thread, or the next element around for loose posts. */
function homeOf(post: Element, root: Document, readLinks: ReadonlyMap<ParentNode, number>): ParentNode {
  const card = closest(post, CARD)
  if (card !== null) return card
  if (isNumbered(post)) return root
  return readLinkHome(post, readLinks) ?? post.parent ?? root
}

function isNumbered(post: Element): boolean {
  return attr(post, 'data-tweet') !== null || attr(post, 'id')?.startsWith('tweet_') === true
}

/** Other layouts: the smallest element around the post with a "Read N tweets" link is its card. */
function readLinkHome(post: Element, readLinks: ReadonlyMap<ParentNode, number>): ParentNode | null {
  for (let at = post.parent; at !== null; at = at.parent) {
    const links = readLinks.get(at) ?? 0
    if (links > 0) return links === 1 && isTag(at) ? at : null
  }
  return null
}

/** How many such links each element holds. */
function countReadLinks(root: Document): Map<ParentNode, number> {
  const counts = new Map<ParentNode, number>()
  for (const link of select(READ_LINK, root)) {
    if (!READ_TOTAL.test(textOf(link) ?? '')) continue
    for (let at = link.parent; at !== null; at = at.parent) counts.set(at, (counts.get(at) ?? 0) + 1)
  }
  return counts
}

/** Posts of one home. */
interface Group {
  readonly home: ParentNode
  readonly elements: readonly Element[]
  readonly index: number
}

function blockOf({ home, elements, index }: Group, root: Document, base: URL | null): UnitBlock {
  const isMain = home === root
  const head = isMain ? headNodes(root, elements[0] as Element) : [...walk(home)]
  const time = timeIn(head)
  const units = withoutRepeats(elements).map((element) => unitOf(element, time))
  const handle = handleIn(head) ?? units.find((unit) => unit.handle !== null)?.handle ?? null
  const block: Block = {
    key: isMain ? 'thread' : `card-${index}`,
    kind: isMain ? 'thread' : 'card',
    title: null,
    url: isMain ? pageUrl(root, base) : cardUrl(home, base),
    author: authorFrom(head, handle),
    declaredTotal: isMain ? headTotal(head) : cardTotal(home),
  }
  return { block, units }
}

/** The same post twice in one block is the page's slip: the first stays. */
function withoutRepeats(elements: readonly Element[]): Element[] {
  const seen = new Set<string>()
  return elements.filter((element) => {
    const id = attr(element, 'data-tweet')
    const isNew = id === null || !seen.has(id)
    if (id !== null) seen.add(id)
    return isNew
  })
}

function unitOf(element: Element, blockTime: string | null): Unit {
  return {
    nodes: element.children,
    id: attr(element, 'data-tweet'),
    handle: attr(element, 'data-screenname'),
    selector: pathOf(element),
    blockTime,
    isMarked: true,
  }
}

/** What stands before the first post, cards left out. */
function headNodes(root: Document, first: Element): ChildNode[] {
  const nodes: ChildNode[] = []
  for (const node of walk(root, (element) => element === first || closest(element, CARD) === element)) {
    if (node === first) break
    nodes.push(node)
  }
  return nodes
}

function elementIn(nodes: readonly ChildNode[], selector: string): Element | null {
  const wanted = new Set(selector.split(', ').map((part) => part.replace('.', '')))
  const hasIt = (node: ChildNode) =>
    isTag(node) && (node.attribs['class'] ?? '').split(' ').some((name) => wanted.has(name))
  return (nodes.find(hasIt) as Element | undefined) ?? null
}

function handleIn(nodes: readonly ChildNode[]): string | null {
  return HANDLE_TEXT.exec(textOf(elementIn(nodes, HANDLE)) ?? '')?.[1] ?? null
}

function authorFrom(nodes: readonly ChildNode[], handle: string | null): Author | null {
  const name = textOf(elementIn(nodes, NAME))
  if (name === null && handle === null) return null
  const picture = nodes.find((node) => isTag(node) && attr(node, 'data-twtrid') !== null) as Element | undefined
  return {
    id: attr(picture ?? null, 'data-twtrid'),
    handle,
    name,
    url: handle === null ? null : `https://x.com/${handle}`,
  }
}

function timeIn(nodes: readonly ChildNode[]): string | null {
  const element = elementIn(nodes, TIME)
  return timeOfSeconds(Number(attr(element, 'data-time') ?? Number.NaN))
}

function headTotal(nodes: readonly ChildNode[]): number | null {
  const info = TOTAL.exec(textOf(elementIn(nodes, '.thread-info')) ?? '')
  const text = nodes.map((node) => (isText(node) ? node.data : '\n')).join('')
  return wholeNumber((info ?? HEAD_TOTAL.exec(text))?.[1])
}

function cardTotal(home: ParentNode): number | null {
  const links = select('a', home).map((link) => READ_TOTAL.exec(textOf(link) ?? '')?.[1])
  const info = TOTAL.exec(textOf(selectOne('.thread-info', home)) ?? '')?.[1]
  return wholeNumber(links.find((total) => total !== undefined) ?? info)
}

function wholeNumber(text: string | undefined): number | null {
  return text === undefined ? null : Number(text.replace(NOT_DIGIT, ''))
}

function cardUrl(home: ParentNode, base: URL | null): string | null {
  const around = isTag(home as ChildNode) ? closest(home as Element, '[data-link-href]') : null
  return resolve(attr(around, 'data-link-href') ?? attr(selectOne(READ_LINK, home), 'href'), base)
}

function pageUrl(root: Document, base: URL | null): string | null {
  const canonical = attr(selectOne('link[rel="canonical"]', root), 'href')
  return resolve(canonical, base) ?? base?.href ?? null
}

/** Saved inner HTML: posts are what stands between the end marks. */
function markedBlocks(root: Document, base: URL | null): UnitBlock[] {
  const marks = select(END_MARK, root)
  const home = marks[0]?.parent ?? null
  if (home === null) return []
  const head = [...walk(root)]
  const handle = X_STATUS.exec(linkBefore(root, marks[0] as Element) ?? '')?.[1] ?? null
  const author = handle === null ? null : { id: null, handle, name: null, url: `https://x.com/${handle}` }
  const block: Block = {
    key: 'thread',
    kind: 'thread',
    title: null,
    url: pageUrl(root, base),
    author,
    declaredTotal: headTotal(head),
  }
  return [{ block, units: splitAtMarks(home, new Set(marks)) }]
}

function splitAtMarks(home: ParentNode, marks: ReadonlySet<ChildNode>): Unit[] {
  const selector = isTag(home as ChildNode) ? pathOf(home as Element) : ':root'
  const units: Unit[] = []
  const unit = (of: ChildNode[], isMarked: boolean) =>
    units.push({ nodes: of, id: null, handle: null, selector, blockTime: null, isMarked })
  let nodes: ChildNode[] = []
  for (const node of home.children) {
    if (!marks.has(node)) nodes.push(node)
    else {
      unit(nodes, true)
      nodes = []
    }
  }
  if (hasWords(nodes)) unit(nodes, false)
  return units
}

/** Words of their own beside the elements: what follows a thread in a page are boxes. */
function hasWords(nodes: readonly ChildNode[]): boolean {
  return nodes.some((node) => isText(node) && LETTER.test(node.data))
}

const X_STATUS = /^https?:\/\/(?:www\.|mobile\.)?(?:x|twitter)\.com\/(\w{1,15})\/status\/(\d+)/i

/** Who saves a thread says where it was posted, before it. */
function linkBefore(root: Document, mark: Element): string | null {
  for (const node of walk(root)) {
    if (node === mark) return null
    const href = isTag(node) && node.name === 'a' ? attr(node, 'href') : null
    if (href !== null && X_STATUS.test(href)) return href
  }
  return null
}
