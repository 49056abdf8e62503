// Whether an unrolling of a part is the same as of everything: which posts of the findings it turned out to be related
// to, and for what it may speak when there are none.
import type { Database } from 'better-sqlite3'
import { addTo } from '../../grouping.ts'
import type { MergedPost, Provenance, Unrolled } from '../../model.ts'
import { accountOf } from '../../post.ts'
import { namesOf } from './author-names.ts'
import { keepCompetent, listPosts } from './outcome.ts'
import { isBare } from './page-parts.ts'
import type { Pages } from './pages.ts'
import type { KeySet, Relations } from './relations.ts'
import { namesIn, type Seeds, textOf } from './seeds.ts'
import { createStandingReader, type Standing, type Stands, standingsIn } from './standing.ts'

/** A neighbourhood as keys. */
export interface NeighbourhoodKeys {
  /** Keys of the extractions that no findings know. */
  readonly fresh: readonly number[]
  readonly pages: Pages
  /** Ids of the posts that these show or tell of; none when there are no findings yet. */
  readonly shown: readonly string[]
  /** Posts whose threads are made anew: all of their authors' are among them. */
  readonly own: KeySet
  /** These, and the rest of the reply trees they and the fresh posts stand in. */
  readonly near: KeySet
}

/** What is to be looked at too; where nothing is, `competent` gives the findings that may be stored. */
interface GrownBy extends Seeds {
  competent(): Unrolled
}

type Posts = ReadonlyMap<string, MergedPost>

export function createGrower(
  db: Database,
  relations: Relations,
): (unrolled: Unrolled, part: NeighbourhoodKeys) => GrownBy {
  const readKeys = createKeyReader(db)
  const standings = createStandingReader(db)
  return (unrolled, part) => {
    const posts = listPosts(unrolled)
    const keys = readKeys(posts)
    // What the first findings are made from is all there is.
    if (part.near.size + keys.size === 0) return { own: [], trees: [], competent: () => unrolled }
    const own = listOwn(posts, keys, part)
    const whole = [...posts.values()].filter(({ id }) => own.has(id) || isNear(keys.get(id), part))
    const before = standings([...part.near].filter((key) => !part.own.has(key)))
    const moved = withOwnAnswers(listMoved(before, standingsIn(unrolled, posts)), unrolled, posts)
    return {
      own: [
        ...relatedTo([...own.values()], keys, relations),
        ...handingIn(unrolled, own, keys),
        ...moved.flatMap((id) => keys.get(id) ?? []),
      ].filter((key) => !part.own.has(key)),
      trees: relations.inTreesOf(namesIn([{ posts: whole }])).filter((key) => !part.near.has(key)),
      competent: () => keepCompetent(unrolled, { own, whole: new Set(whole.map(({ id }) => id)) }),
    }
  }
}

function isNear(key: number | undefined, { near }: NeighbourhoodKeys): boolean {
  return key === undefined || near.has(key)
}

/** Keys by id of the posts that findings know. */
function createKeyReader(db: Database): (posts: Posts) => ReadonlyMap<string, number> {
  const select = db.prepare<[string], { id: string; key: number }>(
    'SELECT id, key FROM posts WHERE id IN (SELECT value FROM json_each(?))',
  )
  return (posts) => new Map(select.all(JSON.stringify([...posts.keys()])).map(({ id, key }) => [id, key]))
}

/**
 * Posts whose threads this unrolling is to make: what is new, what shares a page of nameless texts, and all by their
 * authors.
 */
function listOwn(posts: Posts, keys: ReadonlyMap<string, number>, part: NeighbourhoodKeys): Posts {
  const isTouched = createTouchTest(part)
  const first = [...posts.values()].filter((post) => part.own.has(keys.get(post.id) ?? 0) || isTouched(post))
  const accounts = new Set(first.map((post) => (post.kind === 'post' ? accountOf(post.author) : null)))
  accounts.delete(null)
  const more = [...posts.values()].filter(({ kind, author }) => kind === 'post' && accounts.has(accountOf(author)))
  return new Map([...first, ...more].map((post) => [post.id, post]))
}

/** Whether a post stands on a new page, or on one of nameless texts. */
function createTouchTest({ fresh, pages }: NeighbourhoodKeys): (post: MergedPost) => boolean {
  const isFresh = new Set(fresh)
  const places = new Set<string>()
  for (const [key, { extraction }] of pages.all()) {
    if (!isFresh.has(key) && !isBare(extraction)) continue
    for (const { provenance } of [...extraction.posts, ...extraction.scrapes]) places.add(placeOf(provenance))
  }
  return ({ sources }) => sources.some((source) => places.has(placeOf(source)))
}

function placeOf({ input, capture, capturedAt }: Provenance): string {
  return JSON.stringify([input, capture, capturedAt])
}

/** Posts of the findings by the same authors, of the same name, or with the same words. */
function relatedTo(own: readonly MergedPost[], keys: ReadonlyMap<string, number>, relations: Relations): Set<number> {
  const posts = own.filter(({ kind }) => kind === 'post')
  const [named, unnamed] = [posts.filter(isNamed), posts.filter((post) => !isNamed(post))]
  return new Set([
    ...own.flatMap(({ id }) => keys.get(id) ?? []),
    ...relations.by(namesOf(posts.map(({ author }) => author))),
    ...relations.alike(named.map(textOf), 'unnamed'),
    ...relations.alike(unnamed.map(textOf), 'all'),
  ])
}

/** Posts of the findings that share a count with one of these. */
function handingIn({ handovers }: Unrolled, own: Posts, keys: ReadonlyMap<string, number>): readonly number[] {
  return handovers
    .filter((pair) => pair.some((id) => own.has(id)))
    .flatMap((pair) => pair.flatMap((id) => keys.get(id) ?? []))
}

function isNamed({ ref }: MergedPost): boolean {
  return ref !== null
}

/** Posts by others that stand otherwise than they did: their authors' threads may be others now. */
function listMoved(before: ReadonlyMap<number, Stands>, after: ReadonlyMap<string, Standing>): readonly string[] {
  return [...before.values()].flatMap(({ id, standing }) => (after.get(id) === standing ? [] : [id]))
}

/** With what their authors answered to them: a post below one's own comment is one's thread or not as that stands. */
function withOwnAnswers(moved: readonly string[], { edges }: Unrolled, posts: Posts): readonly string[] {
  if (moved.length === 0) return moved
  const accountIn = (id: string): string | null => accountOf(posts.get(id)?.author ?? null)
  const answers = new Map<string, string[]>()
  for (const { child, parent } of edges) {
    if (accountIn(child) === accountIn(parent)) addTo(answers, parent, child)
  }
  const all = new Set(moved)
  for (const id of all) for (const child of answers.get(id) ?? []) all.add(child)
  return [...all]
}
