// Extractions out of the tables, as the adapters made them: whole, or only some of their posts.
import type { Database } from 'better-sqlite3'
import type { Extraction, Post, Provenance } from '../../../model.ts'
import { withoutFragment } from '../../../url.ts'
import { createSightedReader, type StoredPlace, type StoredPost } from '../sightings/sighted-posts.ts'
import { type Looked, toScrapes } from './reading-rows.ts'

interface ExtractionRow extends Looked {
  readonly key: number
  readonly declared: string
  readonly blocks: string
  readonly scrapes: string
  readonly next: string
  readonly notes: string
  /** What the run that made the capture was told of its inputs' order. */
  readonly inputOrder: string | null
}

interface WantedParts {
  readonly sightingKeys: ReadonlySet<number>
  readonly scrapes: boolean
}

interface ExtractionReader {
  /** Every post read is noted in `noted`, when there is one. */
  read(extractionKey: number, noted?: NotedPosts): Extraction
  /** The same of one that is still kept as it was stored: only the keys of its sightings are read. */
  readKept(extractionKey: number, kept: Extraction, noted: NotedPosts): Extraction
  /** Of each extraction that is named only these posts, in page order. */
  readNamed(places: readonly StoredPlace[], noted: NotedPosts): ReadonlyMap<number, Extraction>
  /** The extraction with only the posts of these sightings, in page order, and with or without its uncut text lines. */
  readSome(extractionKey: number, wanted: WantedParts, noted?: NotedPosts): Extraction
}

export type NotedPosts = Map<Provenance, StoredPost>

export function createExtractionReader(db: Database): ExtractionReader {
  const one = db.prepare<[number], ExtractionRow>(SELECT_EXTRACTION)
  const sighted = createSightedReader<number>(db, OF_EXTRACTION)
  const named = createSightedReader<string>(db, NAMED)
  const isRead = db.prepare<[string], number>(SELECT_ANSWER).pluck()
  const unreadOf = (next: readonly string[]): Pick<Extraction, 'unread'> =>
    next.length === 0 ? {} : { unread: next.filter((url) => isRead.get(withoutFragment(url)) === undefined) }
  const read = (key: number, isWanted: (sightingKey: number) => boolean, noted?: NotedPosts): Extraction => {
    const row = one.get(key)
    if (row === undefined) throw new Error(`there is no extraction ${key}`)
    const stored = sighted(key).filter(({ sightingKey }) => isWanted(sightingKey))
    for (const one of stored) noted?.set(one.post.provenance, one)
    const parts = partsOf(row)
    return { posts: stored.map(({ post }) => post), ...parts, ...unreadOf(parts.next) }
  }
  const sightings = db.prepare<[number], Pick<StoredPost, 'sightingKey' | 'versionKey'>>(
    `SELECT s.key AS sightingKey, s.version_key AS versionKey FROM ${OF_EXTRACTION.from} WHERE ${OF_EXTRACTION.where} ORDER BY s.key`,
  )
  /** False when places cannot be told apart. */
  const noteKept = (key: number, { posts }: Extraction, noted: NotedPosts): boolean => {
    const keys = sightings.all(key)
    const places = new Map(
      posts.map((post, at) => [
        post.provenance,
        { ...(keys[at] ?? { sightingKey: 0, versionKey: 0 }), post, extractionKey: key },
      ]),
    )
    if (places.size !== posts.length || keys.length !== posts.length) return false
    for (const [place, post] of places) noted.set(place, post)
    return true
  }
  const readNamed: ExtractionReader['readNamed'] = (places, noted) => {
    const pages = new Map<number, Post[]>(places.map(({ extractionKey }) => [extractionKey, []]))
    for (const one of named(JSON.stringify(places))) {
      noted.set(one.post.provenance, one)
      pages.get(one.extractionKey)?.push(one.post)
    }
    return new Map(
      [...pages].map(([key, posts]) => {
        const parts = partsOf(one.get(key)!)
        return [key, { posts, ...parts, ...unreadOf(parts.next) }]
      }),
    )
  }
  return {
    readNamed,
    readKept: (key, kept, noted) =>
      noteKept(key, kept, noted) ? { ...kept, ...unreadOf(kept.next) } : read(key, () => true, noted),
    read: (key, noted) => read(key, () => true, noted),
    readSome: (key, { sightingKeys, scrapes }, noted) => {
      const some = read(key, (sightingKey) => sightingKeys.has(sightingKey), noted)
      return scrapes ? some : { ...some, scrapes: [] }
    },
  }
}

const OF_EXTRACTION = {
  from: 'extractions AS e CROSS JOIN sightings AS s ON s.reading_key = e.reading_key',
  where: 'e.key = ?',
}

/** JSON [{sightingKey, extractionKey}, …]. */
const NAMED = {
  from: `json_each(?) AS named CROSS JOIN sightings AS s ON s.key = named.value ->> 'sightingKey'
    CROSS JOIN extractions AS e ON e.key = named.value ->> 'extractionKey'`,
  where: 'true',
}

const SELECT_EXTRACTION = `
  SELECT e.key, r.declared, r.blocks, r.scrapes, r.next, r.notes, run.options ->> 'order' AS inputOrder,
    c.input, c.digest AS capture, c.captured_at AS capturedAt
  FROM extractions AS e JOIN readings AS r ON r.key = e.reading_key
  JOIN captures AS c ON c.key = e.capture_key
  LEFT JOIN runs AS run ON run.key = c.run_key
  WHERE e.key = ?`

/** An error is no page, nor is what a site shows in its place; a redirect leads to one. */
const SELECT_ANSWER = `
  SELECT 1 FROM captures AS c WHERE final_url = ? AND coalesce(status, 200) < 400
    AND NOT EXISTS (SELECT 1 FROM shown_instead AS i WHERE i.capture_key = c.key) LIMIT 1`

function partsOf(row: ExtractionRow): Omit<Extraction, 'posts'> {
  const { input, capture, capturedAt } = row
  return {
    ...(row.inputOrder === 'none' ? { order: 'none' } : {}),
    scrapes: row.scrapes === '[]' ? [] : toScrapes(row.scrapes, { input, capture, capturedAt }),
    blocks: JSON.parse(row.blocks) as Extraction['blocks'],
    next: JSON.parse(row.next) as Extraction['next'],
    notes: JSON.parse(row.notes) as Extraction['notes'],
    declared: JSON.parse(row.declared) as Extraction['declared'],
  }
}
