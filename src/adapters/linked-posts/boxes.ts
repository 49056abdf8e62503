// The like boxes of a page that each lead to one post: a thread on an unroller, a timeline on a mirror. Told by the
// links alone, whatever the software calls its boxes.
import { type Element, isTag, type ParentNode } from 'domhandler'
import { attr, closest, select, textOf } from '../../markup/markup.ts'
import { isBare, type NamedPost, postIn } from './permalinks.ts'

export interface LinkedBox {
  readonly element: Element
  /** The link to the post itself. */
  readonly link: Element
  readonly post: NamedPost
  /** Links to posts that stand inside it: what it quotes. */
  readonly quoted: readonly BoxLink[]
}

interface BoxLink {
  readonly link: Element
  readonly post: NamedPost
}

const MIN_BOXES = 2
/** Paragraphs and items may be sentences with a source each. */
const MIN_PLAIN = 4
const PLAIN = new Set(['p', 'li', 'td', 'span'])
const MAX_LINKS = 5_000
/** Share of the boxes' words in all that the page says outside of its furniture. */
const MIN_SHARE = 0.6
/** Share of the boxes that are one account's: what many wrote is a list of quotations. */
const MIN_OWN = 0.6
const ELSEWHERE = 'nav, header, footer, aside, blockquote, form, dialog, script, style, noscript'
const SPACES = /\s+/

/** The boxes in page order, or none. */
export function linkedBoxes(root: ParentNode, base: URL | null): readonly LinkedBox[] {
  const links = linksIn(root, base)
  if (new Set(links.map(({ post }) => post.ref.id)).size < MIN_BOXES) return []
  const row = largest(topsOf(links))
  if (row === null) return []
  const boxes = [...byChild(links, row.parent)].flatMap(([element, inside]) =>
    kindOf(element) === row.kind ? boxOf(element, inside) : [],
  )
  return areOneThing(boxes) && areMost(boxes, root) ? boxes : []
}

function linksIn(root: ParentNode, base: URL | null): readonly BoxLink[] {
  const links: BoxLink[] = []
  for (const link of select('a[href*="/status"], a[href*="/tweet/"], a[href*="/profile/"], a[href*="/@"]', root)) {
    if (links.length >= MAX_LINKS) break
    const post = postIn(attr(link, 'href'), base)
    if (post !== null && isBare(link) && closest(link, ELSEWHERE) === null) links.push({ link, post })
  }
  return links
}

/** The elements that lead to one post and not to more, though the ones around them do. */
function topsOf(links: readonly BoxLink[]): ReadonlySet<Element> {
  const ids = new Map<ParentNode, string | null>()
  for (const { link, post } of links)
    for (let at: ParentNode | null = link; at !== null; at = at.parent) {
      const known = ids.get(at)
      if (known === null) break
      ids.set(at, known === undefined || known === post.ref.id ? post.ref.id : null)
    }
  const tops = new Set<Element>()
  for (const { link } of links) {
    let top = link
    for (let at = top.parent; at !== null && isTag(at) && ids.get(at) !== null; at = at.parent) top = at
    tops.add(top)
  }
  return tops
}

interface Row {
  readonly parent: ParentNode
  readonly kind: string
}

/** Where most elements of one kind stand beside each other. */
function largest(tops: ReadonlySet<Element>): Row | null {
  const rows = new Map<ParentNode, Map<string, number>>()
  let best: Row | null = null
  let most = 0
  for (const top of tops) {
    const { parent } = top
    if (parent === null) continue
    const kind = kindOf(top)
    const kinds = rows.get(parent) ?? new Map<string, number>()
    const count = (kinds.get(kind) ?? 0) + 1
    rows.set(parent, kinds.set(kind, count))
    if (count > most) [best, most] = [{ parent, kind }, count]
  }
  return best
}

/** The links under each child that has any: boxes that quote have several. */
function byChild(links: readonly BoxLink[], parent: ParentNode): ReadonlyMap<Element, readonly BoxLink[]> {
  const found = new Map<Element, BoxLink[]>()
  for (const one of links) {
    let at: ParentNode | null = one.link
    while (at !== null && at.parent !== parent) at = at.parent
    if (at === null || !isTag(at)) continue
    const inside = found.get(at)
    if (inside === undefined) found.set(at, [one])
    else inside.push(one)
  }
  return found
}

/** Its name and first class: what software calls like things. */
export function kindOf({ name, attribs }: Element): string {
  return `${name}.${(attribs['class'] ?? '').trim().split(SPACES)[0]}`
}

/** A box with several links quotes: its own stands least deep, the last of those. */
function boxOf(element: Element, inside: readonly BoxLink[]): readonly LinkedBox[] {
  const depths = inside.map(({ link }) => depthIn(link, element))
  const main = inside[depths.lastIndexOf(Math.min(...depths))]
  if (main === undefined) return []
  const quoted = inside.filter(({ post }) => post.ref.id !== main.post.ref.id)
  return [{ element, link: main.link, post: main.post, quoted }]
}

function depthIn(link: Element, box: Element): number {
  let depth = 0
  for (let at: ParentNode | null = link; at !== null && at !== box; at = at.parent) depth += 1
  return depth
}

/** Posts of one account, most of them: a page of sources leads to many. */
function areOneThing(boxes: readonly LinkedBox[]): boolean {
  const isPlain = boxes.some(({ element }) => PLAIN.has(element.name))
  if (boxes.length < (isPlain ? MIN_PLAIN : MIN_BOXES)) return false
  if (new Set(boxes.map(({ post }) => post.ref.id)).size < boxes.length) return false
  const counts = new Map<string, number>()
  for (const { post } of boxes) {
    const name = (post.author?.handle ?? post.author?.id ?? '').toLowerCase()
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return Math.max(...counts.values()) >= boxes.length * MIN_OWN
}

function areMost(boxes: readonly LinkedBox[], root: ParentNode): boolean {
  const said = boxes.reduce((sum, { element }) => sum + lengthOf(element), 0)
  const outside = select('body > nav, body > header, body > footer, aside, nav, form, script, style', root)
  const all = lengthOf(root) - outside.reduce((sum, element) => sum + lengthOf(element), 0)
  return said > 0 && said >= all * MIN_SHARE
}

function lengthOf(node: ParentNode): number {
  return textOf(node)?.length ?? 0
}
