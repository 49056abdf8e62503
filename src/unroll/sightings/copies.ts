// Lays sightings of one post together, which are those of one name (sightings/names.ts). It keeps every source and what
// any of them knows.
import { addTo } from '../../grouping.ts'
import type { Basis, Extraction, MergedPost, Note, Post, Provenance } from '../../model.ts'
import { compareIds, toMerged } from '../../post.ts'
import { refId } from '../identity.ts'
import { type Adoption, adoptAuthors, authorIn } from './adopted-authors.ts'
import { nameSightings } from './names.ts'
import { normalForm } from './normal.ts'
import { findSuperseded } from './superseded.ts'
import { joinWalls } from './walls.ts'

/** Where a post stands: its extraction, its 0-based place on that page, and its block there. */
export interface PagePlace {
  readonly extraction: number
  readonly index: number
  /** `extraction:key`, or null when the page has no blocks. */
  readonly block: string | null
}

export interface Merged {
  readonly posts: readonly MergedPost[]
  /** The place of each post, from its first sighting in input order. */
  readonly places: readonly PagePlace[]
  /** Position in `posts` of the post of every sighting, extraction by extraction. */
  readonly positions: readonly Int32Array[]
  /** Position in `posts` of the post with this id. */
  readonly byId: ReadonlyMap<string, number>
  /** The parent each post's pages give it, the best founded one, or null. */
  readonly parents: readonly (KnownParent | null)[]
  /** By id, what sightings of a post are called where nothing else is known. */
  readonly former: ReadonlyMap<string, readonly string[]>
  readonly notes: readonly Note[]
  /** The wall each post stands behind. */
  readonly walls: readonly string[]
}

/** A parent as a page gives it, found by its id; the post of that id may be one we do not have. */
export interface KnownParent {
  readonly id: string
  readonly basis: Basis
  readonly p: number
  readonly say: string
}

interface Sighting {
  readonly post: Post
  readonly place: PagePlace
}

/**
 * One `MergedPost` for each post of all extractions, in order of first sight.
 * @param digest a hash of a text, hex with or without an algorithm prefix
 */
export function layTogether(extractions: readonly Extraction[], digest: (text: string) => string): Merged {
  const { ids: names, former } = nameSightings(extractions, digest)
  const adoption = adoptAuthors(extractions, names)
  const { byId, positions, first, others } = groupSightings(extractions, names, adoption)
  const ids = [...byId.keys()]
  const keys = extractions.map((extraction, at) => keyIndex(extraction, names[at] ?? []))
  const [posts, places, parents]: [MergedPost[], PagePlace[], (KnownParent | null)[]] = [[], [], []]
  for (let n = 0; n < first.length; n++) {
    const one = first[n] as Sighting
    const more = others.get(n)
    const group = more === undefined ? null : [one, ...more]
    posts.push(
      group === null ? toMerged(one.post, ids[n] ?? '', [one.post.provenance]) : mergeSightings(group, ids[n] ?? ''),
    )
    places.push(group === null ? one.place : firstPlace(group))
    parents.push(group === null ? parentOf(one, keys) : bestParent(group, keys))
  }
  return { posts, places, positions, byId, parents, former, notes: adoption.notes, walls: joinWalls(first, others) }
}

/** Sightings by post: most posts are seen once. */
interface Grouped {
  readonly byId: ReadonlyMap<string, number>
  readonly positions: readonly Int32Array[]
  readonly first: readonly Sighting[]
  /** The further sightings of posts that have some. */
  readonly others: ReadonlyMap<number, readonly Sighting[]>
}

function groupSightings(
  extractions: readonly Extraction[],
  names: readonly (readonly string[])[],
  adoption: Adoption,
): Grouped {
  const byId = new Map<string, number>()
  const first: Sighting[] = []
  const others = new Map<number, Sighting[]>()
  const positions = extractions.map(({ posts }) => new Int32Array(posts.length))
  for (const [at, { posts }] of extractions.entries()) {
    const own = names[at] ?? []
    const rows = positions[at] as Int32Array
    for (let n = 0; n < posts.length; n++) {
      const post = posts[n] as Post
      const author = authorIn(adoption, at, post)
      const sighting = { post: author === post.author ? post : { ...post, author }, place: placeOf(post, at) }
      const id = own[n] ?? ''
      const known = byId.get(id)
      rows[n] = known ?? first.length
      if (known === undefined) byId.set(id, first.push(sighting) - 1)
      else addTo(others, known, sighting)
    }
  }
  return { byId, positions, first, others }
}

/** Keys are asked for only where a page names parents by them, so the index is made on first use. */
function keyIndex(extraction: Extraction, names: readonly string[]): KeyIndex {
  let index: ReadonlyMap<string, string> | null = null
  return () => {
    index ??= new Map(extraction.posts.map((post, n) => [post.key, names[n] ?? '']))
    return index
  }
}

type KeyIndex = () => ReadonlyMap<string, string>

const BASIS_RANK: Readonly<Record<Basis, number>> = { declared: 0, layout: 1, inferred: 2 }

/** Declared beats layout beats inferred; then the surer one, then the later one (see compareParents). */
function bestParent(group: readonly Sighting[], keys: readonly KeyIndex[]): KnownParent | null {
  let best: KnownParent | null = null
  for (const sighting of group) {
    const parent = parentOf(sighting, keys)
    if (parent !== null && (best === null || compareParents(parent, best) < 0)) best = parent
  }
  return best
}

function parentOf({ post, place }: Sighting, keys: readonly KeyIndex[]): KnownParent | null {
  if (post.parent === null) return null
  const { ref, key, basis, p, say } = post.parent
  const id = ref === null ? keys[place.extraction]?.().get(key ?? '') : refId(ref)
  return id === undefined ? null : { id, basis, p, say }
}

/**
 * A page that lacks a post shows its neighbours as parent and child; a page that has it names a later parent. So of two
 * parents of equal standing the one with the later id is nearer. Ids grow with time.
 */
function compareParents(a: KnownParent, b: KnownParent): number {
  return BASIS_RANK[a.basis] - BASIS_RANK[b.basis] || b.p - a.p || compareIds(b.id, a.id)
}

function placeOf(post: Post, extraction: number): PagePlace {
  return { extraction, index: post.index, block: post.block === null ? null : `${extraction}:${post.block}` }
}

function firstPlace(group: readonly Sighting[]): PagePlace {
  const [first, ...others] = group.map((sighting) => sighting.place)
  return others.reduce((best, place) => (isEarlier(place, best) ? place : best), first as PagePlace)
}

function isEarlier(a: PagePlace, b: PagePlace): boolean {
  return a.extraction < b.extraction || (a.extraction === b.extraction && a.index < b.index)
}

function mergeSightings(group: readonly Sighting[], id: string): MergedPost {
  const posts = sortSightings(group.map((sighting) => sighting.post))
  const best = posts[0] as Post
  const sources = distinctSources(posts.map((post) => post.provenance))
  return { ...best, ...fillUnknown(best, posts), id, sources }
}

/** The best sighting first, and those last that a later reading of the same page has replaced. */
function sortSightings(posts: readonly Post[]): readonly Post[] {
  const old = findSuperseded(posts)
  return [...posts].sort((a, b) => Number(old.has(a)) - Number(old.has(b)) || compareSightings(a, b))
}

/** Named by its platform, dated, formatted, whole; edited last, long; then by source, so that the order is total. */
function compareSightings(a: Post, b: Post): number {
  return (
    richness(b) - richness(a) ||
    compareTexts(b.editedAt ?? '', a.editedAt ?? '') ||
    b.text.length - a.text.length ||
    compareSources(a.provenance, b.provenance)
  )
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}

function richness(post: Post): number {
  return (post.ref ? 8 : 0) + (post.createdAt ? 4 : 0) + (post.html ? 2 : 0) + (post.boundary ? 0 : 1)
}

/** Of one page the last look comes first: whatever bytes it has, another look does not reorder what it shows. */
function compareSources(a: Provenance, b: Provenance): number {
  return (
    (a.line ?? 0) - (b.line ?? 0) ||
    compareTexts(a.input, b.input) ||
    compareTexts(timeOf(b), timeOf(a)) ||
    compareTexts(sourceKey(a), sourceKey(b))
  )
}

function sourceKey(source: Provenance): string {
  return `${source.input}\u0000${source.capture}\u0000${source.path}\u0000${source.selector}\u0000${source.line}`
}

/**
 * Of one source whose bytes were captured again, the last: words that came back after others stand for what is said
 * now. The first comes behind all: since when it is here is not changed by another look.
 */
function distinctSources(sources: readonly Provenance[]): readonly Provenance[] {
  const last = new Map<string, Provenance>()
  const first = new Map<string, Provenance>()
  for (const source of sources) {
    const key = sourceKey(source)
    const known = last.get(key)
    if (known === undefined) last.set(key, source)
    else if (timeOf(source) < timeOf(first.get(key) ?? known)) first.set(key, source)
  }
  return first.size === 0 ? [...last.values()] : [...last.values(), ...first.values()]
}

function timeOf({ capturedAt }: Provenance): string {
  return capturedAt ?? ''
}

/** What the best sighting does not know and another does. */
function fillUnknown(best: Post, posts: readonly Post[]): Partial<Post> {
  const first = <K extends keyof Post>(key: K): Post[K] => posts.find((post) => post[key] !== null)?.[key] ?? best[key]
  const longest = <K extends 'media' | 'quotes' | 'footnotes'>(key: K): Post[K] =>
    posts.reduce((most, post) => (post[key].length > most[key].length ? post : most), best)[key]
  return {
    ref: first('ref'),
    author: first('author'),
    title: first('title'),
    html: best.html ?? htmlOf(best, posts),
    url: first('url'),
    createdAt: first('createdAt'),
    editedAt: first('editedAt'),
    lang: first('lang'),
    parent: first('parent'),
    conversation: first('conversation'),
    block: first('block'),
    media: longest('media'),
    quotes: longest('quotes'),
    footnotes: longest('footnotes'),
    isPostAuthor: posts.some((post) => post.isPostAuthor),
  }
}

/** Of a sighting with the same words: another's HTML says what is shown no more. */
function htmlOf({ text }: Post, posts: readonly Post[]): string | null {
  const others = posts.filter(({ html }) => html !== null)
  if (others.length === 0) return null
  const words = normalForm(text)
  return others.find((post) => normalForm(post.text) === words)?.html ?? null
}
