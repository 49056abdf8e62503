// Looks at pages: the extractions that count, in the order of the log. Of all looks that gave one reading of one input,
// the first and the last tell what unrolling can learn of them: what is said, since when, and until when. So a page
// that is looked at for years and says the same costs no more than one that was looked at twice.
import type { Database } from 'better-sqlite3'

export interface Look {
  readonly extraction: number
  readonly reading: number
  readonly input: string
  /** What its run was told of the order of its inputs. */
  readonly inputOrder: string | null
  readonly capturedAt: string
  /** Of a page whose posts are told one by one: the address, and the adapter that read it; null of all others. */
  readonly address: string | null
}

interface LookReader {
  /** Of these extractions. */
  of(extractionKeys: readonly number[]): readonly Look[]
  /** The newest extraction of each capture made until a time; null: of all. */
  latest(until: string | null): readonly Look[]
}

/** Both in the order of the log, so that archives with the same WARC files give the same, whichever came first. */
export function createLookReader(db: Database): LookReader {
  const some = db.prepare<[string], Look>(SOME)
  const latest = db.prepare<{ until: string | null }, Look>(LATEST)
  return { of: (keys) => some.all(JSON.stringify(keys)), latest: (until) => latest.all({ until }) }
}

/** Which looks give the same: neither a second input nor another order of inputs is another look. */
export function sameLook({ reading, inputOrder, input, address }: Look): string {
  return `${reading} ${address ?? `${inputOrder} ${input}`}`
}

/** Of looks that give the same, the first and the last in time; of one time, that which the log has first. */
export function keepOutermost(looks: readonly Look[]): readonly Look[] {
  const [first, last] = [new Map<string, Look>(), new Map<string, Look>()]
  for (const look of looks) {
    const same = sameLook(look)
    if (look.capturedAt < (first.get(same)?.capturedAt ?? '~')) first.set(same, look)
    if (look.capturedAt > (last.get(same)?.capturedAt ?? '')) last.set(same, look)
  }
  return looks.filter((look) => first.get(sameLook(look)) === look || last.get(sameLook(look)) === look)
}

/** SQL for the address of a `Look`: of a run, a capture and a reading. Files have none. */
export const ADDRESS = `CASE WHEN r.by_post AND c.final_url IS NOT NULL
    THEN json_array(r.adapter, run.options ->> 'order', c.input, c.final_url) END`

const LOOK = `AS extraction, e.reading_key AS reading, c.input, run.options ->> 'order' AS inputOrder,
  c.captured_at AS capturedAt, ${ADDRESS} AS address`
const OF_CAPTURE = `
  JOIN readings AS r ON r.key = e.reading_key
  JOIN captures AS c ON c.key = e.capture_key JOIN warc_files AS w ON w.key = c.warc_file_key
  JOIN runs AS run ON run.key = c.run_key`

/** SQLite takes the other columns from the row with the greatest key. */
const LATEST = `
  SELECT max(e.key) ${LOOK} FROM extractions AS e ${OF_CAPTURE}
  WHERE @until IS NULL OR c.captured_at <= @until
  GROUP BY e.capture_key ORDER BY w.name, c.warc_offset`

const SOME = `
  SELECT e.key ${LOOK} FROM json_each(?) AS k JOIN extractions AS e ON e.key = k.value ${OF_CAPTURE}
  ORDER BY w.name, c.warc_offset`
