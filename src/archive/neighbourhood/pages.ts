// The pages on which posts of the findings stand: found by their posts, read once, and read back as far as they are
// needed.
import type { Database } from 'better-sqlite3'
import type { Extraction } from '../../model.ts'
import { keepTelling, toSeen } from '../facts/looks/by-post.ts'
import { createLookReader, keepOutermost, type Look } from '../facts/looks/looks.ts'
import { createExtractionReader, type NotedPosts } from '../facts/readings/extraction-read.ts'
import type { FreshReadings } from '../facts/readings/fresh-readings.ts'
import type { StoredPlace } from '../facts/sightings/sighted-posts.ts'
import { cutPage, isBare, type Page } from './page-parts.ts'
import type { KeySet } from './relations.ts'

/** Pages read once, however often the neighbourhood grows. */
export interface Pages {
  /** The posts of all that was read, as they stand in the tables. */
  readonly stored: NotedPosts
  read(extractionKey: number): Page
  /** In the order of the log, without those between two looks that give the same. */
  outermost(extractionKeys: readonly number[]): readonly number[]
  /** Keys of the pages of these posts that count and that findings know. */
  of(posts: Iterable<number>): readonly number[]
  /** Keys of the pages that tell of these posts in reply trees, that count and that findings know. */
  telling(ids: readonly string[]): readonly number[]
  /** Of these pages, as `of` gives them, those with texts without a name (`isBare`). */
  bare(extractionKeys: readonly number[]): readonly number[]
  /** Of these, those with blocks. */
  blocked(extractionKeys: readonly number[]): readonly number[]
  /** Posts that stand on these pages, those cut out of lines too. */
  postsOn(extractionKeys: readonly number[]): readonly number[]
  /** All that were read whole so far. */
  all(): Iterable<readonly [extractionKey: number, page: Page]>
  /** New pages whole, and known ones as far as they are needed; in the order of the log. */
  cut(fresh: readonly number[], known: readonly number[], wanted: Wanted): readonly Extraction[]
}

/** What known pages are needed for. */
interface Wanted {
  readonly posts: KeySet
  /** Ids of posts, here or not, whose reply trees are needed whole. */
  readonly told: ReadonlySet<string>
}

/** What `kept` has is not read back. */
export function createPages(db: Database, kept?: FreshReadings): Pages {
  const reader = createExtractionReader(db)
  const stored: NotedPosts = new Map()
  const known = new Map<number, Page>()
  const placesOf = db.prepare<[string], StoredPlace>(PLACES)
  const looks = createLookReader(db)
  const telling = db.prepare<[string], number>(TELLING).pluck()
  const pagesOf = db.prepare<[string], { key: number; byPost: number }>(PAGES_OF)
  const postsOn = db.prepare<{ keys: string }, number>(POSTS_ON).pluck()
  const read = (key: number): Page => {
    const found = known.get(key)
    if (found !== undefined) return found
    const fresh = kept?.find(key) ?? null
    const extraction = fresh === null ? reader.read(key, stored) : reader.readKept(key, fresh, stored)
    const sightings = extraction.posts.map(({ provenance }) => stored.get(provenance)?.sightingKey ?? 0)
    const page = { extraction, sightings }
    known.set(key, page)
    return page
  }
  const knownByPost = new Set<number>()
  /** One that is told post by post has neither blocks nor texts without a name, and need not be read for that. */
  const readOthers = (keys: readonly number[], isWanted: (extraction: Extraction) => boolean): readonly number[] =>
    keys.filter((key) => !knownByPost.has(key) && isWanted(read(key).extraction))
  const outermost = (keys: readonly number[]): readonly Look[] => keepOutermost(looks.of(keys))
  return {
    stored,
    read,
    telling: (ids) => (ids.length === 0 ? [] : telling.all(JSON.stringify(ids))),
    outermost: (keys) => outermost(keys).map(({ extraction }) => extraction),
    of: (posts) =>
      pagesOf.all(JSON.stringify([...posts])).map((page) => {
        if (page.byPost === 1) knownByPost.add(page.key)
        return page.key
      }),
    bare: (keys) => readOthers(keys, isBare),
    blocked: (keys) => readOthers(keys, ({ blocks }) => blocks.length > 0),
    postsOn: (keys) => postsOn.all({ keys: JSON.stringify(keys) }),
    all: () => known,
    cut: (fresh, old, { posts, told }) => {
      const places = placesOf.all(JSON.stringify([...posts]))
      const needed = { sightings: new Set(places.map(({ sightingKey }) => sightingKey)), told }
      const isFresh = new Set(fresh)
      const kept = outermost([...new Set([...fresh, ...old])])
      const byPost = new Set(kept.filter(isByPost).map(({ extraction }) => extraction))
      // Of pages told post by post the posts are read alone, of others the page, which is cut then.
      const alone = places.filter(({ extractionKey: key }) => byPost.has(key) && !isFresh.has(key))
      const parts = reader.readNamed(alone, stored)
      const readLook = ({ extraction: key }: Look): Extraction =>
        isFresh.has(key) ? read(key).extraction : (parts.get(key) ?? cutPage(read(key), needed))
      return keepTelling(kept.map((look) => toSeen(look, readLook(look), stored)))
    },
  }
}

/** Whether its posts are told one by one: facts/looks/by-post.ts. */
function isByPost({ address }: Look): boolean {
  return address !== null
}

/**
 * Only extractions that count and are not new: a newer reading of the same capture stands for the older one. The keys
 * stand in WHERE, so that SQLite takes them into both halves of the view and does not read it whole.
 */
const PAGES_OF = `
  SELECT DISTINCT e.key, r.by_post AS byPost FROM post_sources AS ps
  JOIN unrolled_extractions AS known ON known.extraction_key = ps.extraction_key
  JOIN latest_extractions AS e ON e.key = known.extraction_key
  JOIN readings AS r ON r.key = e.reading_key
  WHERE known.engine_version IS NOT NULL AND ps.post_key IN (SELECT value FROM json_each(?))`

const TELLING = `
  SELECT DISTINCT e.key FROM told_replies AS t
  JOIN latest_extractions AS e ON e.reading_key = t.reading_key
  JOIN unrolled_extractions AS known ON known.extraction_key = e.key
  WHERE known.engine_version IS NOT NULL AND t.post_id IN (SELECT value FROM json_each(?))`

const PLACES = `
  SELECT ps.sighting_key AS sightingKey, ps.extraction_key AS extractionKey FROM json_each(?) AS k CROSS JOIN post_sources AS ps ON ps.post_key = k.value
  WHERE ps.sighting_key IS NOT NULL`

const POSTS_ON = `
  WITH pages AS (SELECT value AS key FROM json_each(@keys)),
    shown AS (SELECT DISTINCT e.reading_key FROM pages CROSS JOIN extractions AS e ON e.key = pages.key)
  SELECT ps.post_key FROM shown CROSS JOIN sightings AS s ON s.reading_key = shown.reading_key
    CROSS JOIN post_sources AS ps ON ps.sighting_key = s.key
  UNION SELECT post_key FROM other_sources WHERE extraction_key IN (SELECT key FROM pages)`
