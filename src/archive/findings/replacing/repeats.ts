// Another look at a page that says what it said at the look before. Unrolling it would find what was found before, for
// repetition changes nothing but sources: so they alone are brought up to it, where that can be told for certain. All
// else waits to be unrolled.
import type { Database } from 'better-sqlite3'
import { ADDRESS, type Look, sameLook } from '../../facts/looks/looks.ts'
import { createResealer, type SealKind } from '../seals.ts'

/** Takes what waits and only repeats; the rest goes on waiting. */
export type RepeatStore = () => void

interface SameBefore {
  readonly reading: number
  readonly address: string
  /** UTC. */
  readonly before: string
}

interface Waiting {
  readonly extraction: number
  readonly reading: number
  readonly capture: number
}

/** An extraction that findings name, or that waits. */
interface NamedLook extends Look {
  readonly capture: number
  readonly digest: string
  readonly finalUrl: string | null
  /** Whether its page says how many replies there are. */
  readonly countsReplies: number
  readonly hasLines: number
  readonly isPage: number
  /** Null: the findings do not know it, or another counts for its capture. */
  readonly engine: string | null
  /** Sightings of the repeated reading that findings hold to be of this look. */
  readonly shown: number
}

export function createRepeatStore(db: Database): RepeatStore {
  const waiting = db.prepare<[], Waiting>(WAITING)
  const isAny = db.prepare<[], number>(`SELECT 1 FROM (${WAITING}) LIMIT 1`)
  const repeated = createRepeatTest(db)
  const move = createMover(db)
  const store = db.transaction(() => {
    for (const one of waiting.all()) {
      const last = repeated(one)
      if (last !== null) move(one, last)
    }
  })
  return () => {
    if (isAny.get() !== undefined) store.immediate()
  }
}

/** Gives the look in whose place another may be named. Null: it must be unrolled. */
function createRepeatTest(db: Database): (waiting: Waiting) => NamedLook | null {
  const sightings = db.prepare<[number], number>('SELECT count(*) FROM sightings WHERE reading_key = ?').pluck()
  const looks = db.prepare<Waiting, NamedLook>(LOOKS)
  const elsewhere = db.prepare<[string, number], number>(ELSEWHERE).pluck()
  const before = db.prepare<SameBefore, number>(SAME_BEFORE).pluck()
  const isAlone = ({ digest, capture }: NamedLook): boolean => elsewhere.get(digest, capture) === undefined
  return (waiting) => {
    const all = looks.all(waiting)
    const own = all.find(({ extraction }) => extraction === waiting.extraction)
    const same = all.filter((one) => own !== undefined && sameLook(one) === sameLook(own))
    const [next, last, first] = same.toReversed()
    if (last === undefined || next?.extraction !== waiting.extraction || same.length > 3) return null
    const shows = sightings.get(waiting.reading)
    // Told post by post, findings need not name the first of these looks: but there must be one.
    const isSince =
      next.address === null
        ? first !== undefined && first.shown === shows && first.capturedAt < last.capturedAt
        : before.get({ reading: waiting.reading, address: next.address, before: last.capturedAt }) !== undefined
    const isWhole = next.hasLines === 0 && last.shown === shows
    const isNext = isSince && last.capturedAt < next.capturedAt
    const isLikewise = last.digest === next.digest || (isAlone(last) && isAlone(next))
    const isThere = last.finalUrl === next.finalUrl && last.isPage === next.isPage
    const isKnown = all.every(({ engine }, at) => engine !== null || all[at] === next)
    const others = all.filter((one) => !same.includes(one))
    const isUndisputed = others.every((one) => one.capturedAt < last.capturedAt || isIndifferent(one, next))
    return isWhole && isNext && isLikewise && isThere && isKnown && isUndisputed ? last : null
  }
}

/** Whether it means nothing which of the two was later: words change on one page, and one count tells how many. */
function isIndifferent(a: NamedLook, b: NamedLook): boolean {
  return a.input !== b.input && a.countsReplies * b.countsReplies === 0
}

/** Names one look where the findings name another. */
function createMover(db: Database): (to: Waiting, from: NamedLook) => void {
  const statements = [MOVE_BEST, MOVE_OTHERS, KNOW].map((sql) => db.prepare(sql))
  const homes = db.prepare<{ reading: number }, { kind: SealKind; key: number }>(HOMES)
  const reseal = createResealer(db)
  return (to, from) => {
    const { reading } = to
    const keys = { to: to.extraction, from: from.extraction, reading }
    for (const statement of statements) statement.run(keys)
    for (const { kind, key } of homes.all({ reading })) reseal(kind, key)
  }
}

const OF_READING = 'SELECT key FROM sightings WHERE reading_key = @reading'

/** First readings are the rule: they are passed over at once. */
const WAITING = `
  SELECT e.key AS extraction, e.reading_key AS reading, e.capture_key AS capture
  FROM unrolled_extractions AS u JOIN extractions AS e ON e.key = u.extraction_key
  JOIN captures AS c ON c.key = e.capture_key JOIN warc_files AS w ON w.key = c.warc_file_key
  WHERE u.engine_version IS NULL
    AND EXISTS (SELECT 1 FROM extractions AS o WHERE o.reading_key = e.reading_key AND o.key < e.key)
    AND NOT EXISTS (SELECT 1 FROM extractions AS o WHERE o.capture_key = e.capture_key AND o.key <> e.key)
  ORDER BY w.name, c.warc_offset`

/**
 * The one that waits, and all looks that findings name beside the posts it shows, in the order of the log. Keys stand
 * in WHERE: see pages.ts.
 */
const LOOKS = `
  WITH shown AS (
      SELECT ps.post_key, ps.extraction_key FROM post_sources AS ps WHERE ps.sighting_key IN (${OF_READING})),
    named AS (
      SELECT extraction_key AS key, count(*) AS times FROM shown GROUP BY extraction_key
      UNION ALL SELECT ps.extraction_key, 0 FROM post_sources AS ps WHERE ps.post_key IN (SELECT post_key FROM shown)
      UNION ALL SELECT @extraction, 0)
  SELECT e.key AS extraction, e.reading_key AS reading, c.key AS capture, c.input, run.options ->> 'order' AS inputOrder,
    c.captured_at AS capturedAt, c.digest, c.final_url AS finalUrl, r.declared ->> 'replies' IS NOT NULL AS countsReplies,
    r.scrapes <> '[]' AS hasLines, coalesce(c.status, 200) < 400 AS isPage, u.engine_version AS engine, max(n.times) AS shown, ${ADDRESS} AS address
  FROM named AS n CROSS JOIN extractions AS e ON e.key = n.key CROSS JOIN readings AS r ON r.key = e.reading_key
  CROSS JOIN captures AS c ON c.key = e.capture_key CROSS JOIN runs AS run ON run.key = c.run_key
  CROSS JOIN warc_files AS w ON w.key = c.warc_file_key
  LEFT JOIN unrolled_extractions AS u ON u.extraction_key = e.key
  GROUP BY e.key ORDER BY w.name, c.warc_offset`

/** An earlier look at the same address that gave the same and that findings know. */
const SAME_BEFORE = `
  SELECT 1 FROM extractions AS e CROSS JOIN readings AS r ON r.key = e.reading_key
  CROSS JOIN captures AS c ON c.key = e.capture_key CROSS JOIN runs AS run ON run.key = c.run_key
  CROSS JOIN unrolled_extractions AS u ON u.extraction_key = e.key
  WHERE e.reading_key = @reading AND u.engine_version IS NOT NULL AND c.captured_at < @before AND ${ADDRESS} = @address
  LIMIT 1`

const ELSEWHERE = 'SELECT 1 FROM captures WHERE digest = ? AND key <> ? LIMIT 1'

const MOVE_BEST = `
  UPDATE posts SET extraction_key = @to WHERE sighting_key IN (${OF_READING}) AND extraction_key = @from`

const MOVE_OTHERS = `
  UPDATE other_sources SET extraction_key = @to WHERE sighting_key IN (${OF_READING}) AND extraction_key = @from`

const KNOW = `
  UPDATE unrolled_extractions SET engine_version = (
    SELECT engine_version FROM unrolled_extractions WHERE extraction_key = @from)
  WHERE extraction_key = @to`

/** What is sealed together with the posts that a reading shows. */
const HOMES = `
  WITH shown AS (
    SELECT DISTINCT ps.post_key AS key FROM post_sources AS ps WHERE ps.sighting_key IN (${OF_READING}))
  SELECT 'thread' AS kind, tp.thread_key AS key FROM shown CROSS JOIN thread_posts AS tp ON tp.post_key = shown.key
  UNION SELECT 'conversation', r.conversation_key FROM shown
  CROSS JOIN conversation_replies AS r ON r.post_key = shown.key
  UNION SELECT 'conversation', c.key FROM shown CROSS JOIN conversations AS c ON c.root_key = shown.key
  UNION SELECT 'unplaced', u.post_key FROM shown CROSS JOIN unplaced AS u ON u.post_key = shown.key`
