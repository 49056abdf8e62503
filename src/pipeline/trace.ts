// From a post, or words of one, back to the bytes it was read from: what the archive knows of the way, and the piece of
// each payload that it leads to, hashed again. Reads only.
import { excerptOf } from '../adapters/page/excerpt.ts'
import { readPage } from '../adapters/page/page.ts'
import type { Trace, TracedSource } from '../archive/queries/trace.ts'
import type { ArchiveReader } from '../archive/reader.ts'
import { UsageError } from '../errors.ts'
import { idOfName } from './address.ts'

/** Posts named to somebody whose words fit several. */
const CANDIDATES = 5

export interface ShownSource extends TracedSource {
  /**
   * Length of the payload, which was read out of the WARC and is what its digest says; null when it was removed on
   * request.
   */
  readonly provenBytes: number | null
  /** The piece of the payload at the place; null when the place is the whole of it, or is no text. */
  readonly excerpt: { readonly kind: 'element' | 'json' | 'lines'; readonly text: string } | null
}

export interface ShownTrace extends Omit<Trace, 'sources'> {
  readonly sources: readonly ShownSource[]
  /** Sightings that are not shown here. */
  readonly furtherSources: number
}

/** What is sought: an id or the beginning of one, or words that stand in one post only. */
interface TraceQuery {
  readonly id: string | null
  readonly words: string | null
}

/** Traces up to `limit` sightings, the best first. Throws UsageError when nothing or several things are meant. */
export async function traceToBytes(dir: string, query: TraceQuery, limit: number): Promise<ShownTrace> {
  const { openArchiveReader } = await import('../archive/reader.ts')
  const reader = openArchiveReader(dir)
  try {
    const id = query.id === null ? findByWords(reader, dir, query.words ?? '') : idOfName(reader, query.id)
    const trace = reader.tracePost(id)
    const removed = trace === null ? reader.redactionOf(id) : null
    if (removed !== null) throw new UsageError(`${id} was removed on request, on ${removed.at}: ${removed.reason}`)
    if (trace === null)
      throw new UsageError(`no post is called ${id} in ${dir}; \`unspool search\` finds posts by words`)
    const shown = trace.sources.slice(0, limit).map((source) => showSource(reader, source))
    return { ...trace, sources: shown, furtherSources: trace.sources.length - shown.length }
  } finally {
    reader.close()
  }
}

function findByWords(reader: ArchiveReader, dir: string, words: string): string {
  const { hits } = reader.search({ words, limit: CANDIDATES })
  const [first, ...others] = hits
  if (first === undefined) throw new UsageError(`no post in ${dir} has all of these words: ${words}`)
  if (others.length === 0) return first.post
  const named = hits.map(({ post, snippet }) => `\n  ${post}  ${snippet.replace(SPACES, ' ')}`).join('')
  throw new UsageError(`several posts have these words; give more of them, or one of these ids:${named}`)
}

const SPACES = /\s+/g

/** Reading the capture hashes its payload; a wrong one throws. */
function showSource(reader: ArchiveReader, source: TracedSource): ShownSource {
  if (source.capture.redacted !== null) return { ...source, provenBytes: null, excerpt: null }
  const capture = reader.readCapture(source.capture)
  return { ...source, provenBytes: capture.body.length, excerpt: excerptOf(readPage(capture), source.place) }
}
