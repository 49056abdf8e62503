// What must be unrolled again when something new was read, so that the outcome is that of unrolling everything at once:
// all posts of each author of whom something is new or stands otherwise than before, or who shares a count with such an
// author, and the reply trees these posts stand in.
// Threads of others, who only take part in those trees, stay as they are stored.
import type { Database } from 'better-sqlite3'
import type { Extraction, Unrolled } from '../../model.ts'
import { readTelling } from '../facts/looks/by-post.ts'
import { createLookReader, type Look, sameLook } from '../facts/looks/looks.ts'
import { createExtractionReader, type NotedPosts } from '../facts/readings/extraction-read.ts'
import type { FreshReadings } from '../facts/readings/fresh-readings.ts'
import type { Scope } from '../findings/replacing/replacement.ts'
import { createGrower, type NeighbourhoodKeys } from './growth.ts'
import { createPages, type Pages } from './pages.ts'
import { closeOver, createIdReader, createRelations, type Relations } from './relations.ts'
import { createSeeker } from './seeds.ts'

export interface Neighbourhood {
  /** To be unrolled together. */
  readonly extractions: readonly Extraction[]
  /** To be given to `storeFindings` with the outcome. */
  readonly scope: Scope
}

/** What came of unrolling a neighbourhood: findings that may be stored, or a larger neighbourhood to unroll instead. */
export type Growth =
  | { readonly isClosed: true; readonly unrolled: Unrolled }
  | { readonly isClosed: false; readonly near: Neighbourhood }

interface NeighbourhoodReader {
  /**
   * Every extraction that no findings know yet, or the first with about so many posts, and its neighbours; none when
   * nothing waits. With `engine`, what another version unrolled waits too.
   */
  read(mostPosts?: number, engine?: string): Neighbourhood
  /** Whether what was read last is related to more than was read, as only unrolling it could tell. */
  grow(unrolled: Unrolled): Growth
}

/** What `kept` has is not read back. */
export function createNeighbourhoodReader(db: Database, kept?: FreshReadings): NeighbourhoodReader {
  const pending = db.prepare<[], number>(PENDING).pluck()
  const outdated = db.prepare<{ engine: string }, number>(OUTDATED).pluck()
  const idsOf = createIdReader(db)
  const looks = createLookReader(db)
  const relations = createRelations(db)
  const seek = createSeeker(db, relations)
  const growOutcome = createGrower(db, relations)
  let part: NeighbourhoodKeys | null = null
  const toNeighbourhood = ({ fresh, pages, own, near, shown }: NeighbourhoodKeys): Neighbourhood => {
    const told = relations.toldWith([...shown, ...idsOf(near)])
    const known = [...pages.of(near), ...pages.telling(told)]
    return {
      extractions: pages.cut(fresh, known, { posts: near, told: new Set(told) }),
      scope: { postIds: idsOf(own), extractionKeys: fresh, stored: pages.stored },
    }
  }
  return {
    read: (mostPosts = Number.POSITIVE_INFINITY, engine) => {
      const pages = createPages(db, kept)
      const waiting = looks.of(engine === undefined ? pending.all() : outdated.all({ engine }))
      const fresh = takePosts(waiting, pages, mostPosts)
      const { own, trees, shown } = seek(fresh, pages)
      part = enlarge({ fresh, pages, shown, own: new Set(), near: new Set() }, own, trees, relations)
      return toNeighbourhood(part)
    },
    grow: (unrolled) => {
      if (part === null) throw new Error('nothing was read that could grow')
      const { own, trees, competent } = growOutcome(unrolled, part)
      if (own.length + trees.length === 0) return { isClosed: true, unrolled: competent() }
      part = enlarge(part, own, trees, relations)
      return { isClosed: false, near: toNeighbourhood(part) }
    },
  }
}

/** As many of these looks as show so many posts, one at least. What was looked at again is counted once. */
function takePosts(waiting: readonly Look[], pages: Pages, mostPosts: number): readonly number[] {
  const keys = waiting.map(({ extraction }) => extraction)
  if (mostPosts === Number.POSITIVE_INFINITY) return keys
  const counted = new Set<string>()
  let posts = 0
  const after = waiting.findIndex((look) => {
    const same = sameLook(look)
    if (counted.has(same)) return false
    counted.add(same)
    posts += pages.read(look.extraction).extraction.posts.length
    return posts >= mostPosts
  })
  return after === -1 ? keys : keys.slice(0, after + 1)
}

/** The newest extraction of every capture, in the order of the log: to be unrolled in place of all that was found. */
export function readEverything(db: Database): Neighbourhood {
  const reader = createExtractionReader(db)
  const stored: NotedPosts = new Map()
  const extractions = readTelling(createLookReader(db).latest(null), reader, stored)
  return { extractions, scope: { all: true, stored } }
}

/**
 * @param own further posts whose authors' threads are made anew; `trees`: further posts whose reply trees are wanted
 */
function enlarge(
  part: NeighbourhoodKeys,
  own: readonly number[],
  trees: readonly number[],
  relations: Relations,
): NeighbourhoodKeys {
  const { pages } = part
  const all = closeOver([...part.own, ...own], (edge) => [
    ...relations.bySameAuthors(edge),
    ...relations.handing(edge),
    ...pages.postsOn(pages.bare(pages.of(edge))),
  ])
  return { ...part, own: all, near: relations.wholeTrees([...part.near, ...all, ...trees]) }
}

const PENDING = 'SELECT extraction_key FROM unrolled_extractions WHERE engine_version IS NULL ORDER BY extraction_key'

/** Sorted after it is found: in the order of the table all of it would be read. */
const OUTDATED = `
  SELECT key FROM (
    SELECT extraction_key AS key FROM unrolled_extractions WHERE engine_version IS NULL
    UNION ALL SELECT extraction_key FROM unrolled_extractions WHERE engine_version < @engine
    UNION ALL SELECT extraction_key FROM unrolled_extractions WHERE engine_version > @engine) ORDER BY +key`
