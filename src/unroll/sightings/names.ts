// What each sighting is called: the id of its platform, or that of a named post with the same words by the same author,
// or a hash of its own words. It never gives two comments one name because they say the same, nor two posts of one page
// that were written at two times.
import type { Author, Extraction, Post, PostRef } from '../../model.ts'
import { accountOf } from '../../post.ts'
import { refId, textId } from '../identity.ts'
import { matchNearCopies, type NearText } from './near-copies.ts'
import { normalForm } from './normal.ts'

/** A text without a named author joins a known post only when it is long enough to be nobody else's. */
const SPEAKING_LENGTH = 40

interface SightingNames {
  /** The id of every sighting, extraction by extraction. */
  readonly ids: readonly (readonly string[])[]
  /** By id, what sightings of this post are called where nothing else is known. */
  readonly former: ReadonlyMap<string, readonly string[]>
}

/** @param digest a hash of a text, hex with or without an algorithm prefix */
export function nameSightings(extractions: readonly Extraction[], digest: (text: string) => string): SightingNames {
  const named = nameByRefs(extractions)
  if (named !== null) return { ids: named, former: new Map() }
  const known = indexKnownTexts(extractions)
  const bare = extractions.map(({ posts }) => nameByThemselves(posts, digest))
  const own = partByTimes(extractions, bare, digest)
  const same = extractions.map(({ posts }, at) =>
    posts.map((post, n) => knownName(post, own[at]?.[n] !== bare[at]?.[n], known) ?? own[at]?.[n] ?? ''),
  )
  const near = extractions.length < 2 ? new Map<string, string>() : matchNearCopies(listTexts(extractions, same))
  const ids = near.size === 0 ? same : same.map((names) => names.map((name) => near.get(name) ?? name))
  return { ids, former: listFormer(ids, own) }
}

/** The names of all sightings where a platform names each, or null. */
function nameByRefs(extractions: readonly Extraction[]): readonly (readonly string[])[] | null {
  return extractions.every(isNamed) ? extractions.map(listRefIds) : null
}

function isNamed({ posts }: Extraction): boolean {
  for (const { ref } of posts) if (ref === null) return false
  return true
}

function listRefIds({ posts }: Extraction): readonly string[] {
  const ids: string[] = []
  for (const { ref } of posts) ids.push(refId(ref as PostRef))
  return ids
}

function nameByThemselves(posts: readonly Post[], digest: (text: string) => string): readonly string[] {
  const seen = new Map<string, number>()
  return posts.map((post) => {
    if (post.ref !== null) return refId(post.ref)
    return post.kind === 'post' ? nameByText(post, digest) : nameByPlace(post, seen, digest)
  })
}

function nameByText(post: Post, digest: (text: string) => string): string {
  return textId(['post', accountOf(post.author) ?? '', normalForm(post.text)], digest)
}

/** Two people may write "+1" under one post, and one person twice: parent and ordinal keep them apart. */
function nameByPlace(post: Post, seen: Map<string, number>, digest: (text: string) => string): string {
  const parent = post.parent?.ref ? refId(post.parent.ref) : (post.parent?.key ?? '')
  const parts = [post.kind, accountOf(post.author) ?? '', post.title ?? '', normalForm(post.text), parent]
  const whole = parts.join('\u0000')
  const ordinal = seen.get(whole) ?? 0
  seen.set(whole, ordinal + 1)
  return textId([...parts, String(ordinal)], digest)
}

/**
 * Who says "Good morning" each day writes a post each day: where a page shows one name at several times, the earliest
 * keeps it. Times of two pages may differ for one post, by clock or by precision, and part nothing.
 */
function partByTimes(
  extractions: readonly Extraction[],
  names: readonly (readonly string[])[],
  digest: (text: string) => string,
): readonly (readonly string[])[] {
  const said = extractions.map(({ posts }, page) => listDated(posts, names[page] ?? []))
  const several = new Set(said.flatMap(listSeveral))
  if (several.size === 0) return names
  const first = new Map<string, string>()
  for (const { name, time } of said.flat()) if (time < (first.get(name) ?? '~')) first.set(name, time)
  return extractions.map(({ posts }, page) =>
    (names[page] ?? []).map((name, n) => {
      const time = posts[n]?.createdAt ?? null
      const isFirst = time === null || time === first.get(name)
      return several.has(name) && !isFirst ? textId([name, time], digest) : name
    }),
  )
}

interface Dated {
  readonly name: string
  readonly time: string
}

/** Posts that no platform names, with their times. */
function listDated(posts: readonly Post[], names: readonly string[]): readonly Dated[] {
  const dated: Dated[] = []
  for (const [n, { kind, ref, createdAt }] of posts.entries())
    if (kind === 'post' && ref === null && createdAt !== null) dated.push({ name: names[n] ?? '', time: createdAt })
  return dated
}

/** Names that one page has at more than one time. */
function listSeveral(dated: readonly Dated[]): readonly string[] {
  const times = new Map<string, string>()
  return dated.flatMap(({ name, time }) => {
    const other = times.get(name)
    times.set(name, time)
    return other === undefined || other === time ? [] : [name]
  })
}

/** Ids of named posts by author and words, for sightings that carry no id. */
function indexKnownTexts(extractions: readonly Extraction[]): ReadonlyMap<string, string> {
  const known = new Map<string, string>()
  for (const { posts } of extractions)
    for (const post of posts) if (post.ref !== null && post.kind === 'post') indexKnown(post, refId(post.ref), known)
  return known
}

function indexKnown(post: Post, id: string, known: Map<string, string>): void {
  const form = normalForm(post.text)
  const own = `${accountOf(post.author) ?? ''}\u0000${form}`
  keepSmaller(known, own, id)
  if (post.createdAt !== null) keepSmaller(known, `${own}\u0000${post.createdAt}`, id)
  if (form.length < SPEAKING_LENGTH) return
  keepSmaller(known, `\u0000${form}`, id)
  const name = nameKey(post.author)
  if (name !== null) keepSmaller(known, `${name}\u0000${form}`, id)
}

/** Scrapes often know the name of an account and not its handle. */
function nameKey(author: Author | null): string | null {
  return author?.name == null ? null : accountOf({ id: null, handle: null, name: author.name, url: null })
}

/** The same words under two ids: the earlier one, whatever the order of the inputs. */
function keepSmaller(known: Map<string, string>, key: string, id: string): void {
  const other = known.get(key)
  if (other === undefined || id.length < other.length || (id.length === other.length && id < other)) known.set(key, id)
}

/** @param isParted whether its page has the same words at another time too: then its time must be the known post's */
function knownName(post: Post, isParted: boolean, known: ReadonlyMap<string, string>): string | undefined {
  if (post.ref !== null || post.kind !== 'post' || known.size === 0) return undefined
  const own = `${accountOf(post.author) ?? ''}\u0000${normalForm(post.text)}`
  return known.get(`${own}\u0000${post.createdAt}`) ?? (isParted ? undefined : known.get(own))
}

/** Each distinct post with the pages it stands on, in the longest of its wordings. */
function listTexts(extractions: readonly Extraction[], names: readonly (readonly string[])[]): readonly NearText[] {
  const texts = new Map<
    string,
    NearText & { named: boolean; text: string; author: Author | null; pages: Set<number> }
  >()
  extractions.forEach(({ posts }, page) => {
    posts.forEach(({ kind, ref, text, author }, n) => {
      if (kind !== 'post') return
      const id = names[page]?.[n] ?? ''
      const known = texts.get(id) ?? { id, named: ref !== null, text, author, pages: new Set<number>() }
      texts.set(id, known)
      known.pages.add(page)
      known.named ||= ref !== null
      known.author = fuller(author, known.author)
      if (text.length > known.text.length || (text.length === known.text.length && text < known.text)) known.text = text
    })
  })
  return [...texts.values()]
}

function fuller(a: Author | null, b: Author | null): Author | null {
  const knows = (author: Author | null): number => (author?.handle == null ? 0 : 2) + (author?.name == null ? 0 : 1)
  return knows(a) > knows(b) ? a : b
}

function listFormer(
  ids: readonly (readonly string[])[],
  own: readonly (readonly string[])[],
): ReadonlyMap<string, readonly string[]> {
  const former = new Map<string, string[]>()
  ids.forEach((names, page) => {
    names.forEach((id, n) => {
      const alone = own[page]?.[n] ?? id
      if (alone === id) return
      const list = former.get(id) ?? []
      former.set(id, list)
      if (!list.includes(alone)) list.push(alone)
    })
  })
  return former
}
