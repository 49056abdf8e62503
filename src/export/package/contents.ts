// What an archive is made of when it is handed on as a whole: the WARC files, the database, the findings for people and
// for programs, and the pages that explain them. Says what; the packages say how.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { UsageError } from '../../errors.ts'
import type { Unrolled } from '../../model.ts'
import { jsonLines } from '../json/json.ts'
import { planExport } from '../plan.ts'
import { type PackagePart, readFilePieces } from './part.ts'
import { type Findings, tableParts } from './tables.ts'

const NOTHING: Unrolled = { threads: [], conversations: [], unplaced: [], edges: [], handovers: [], notes: [] }
const JSONL = 'application/x-ndjson'
/** The pages that explain an archive, shipped with the program. */
const COMPANIONS: Readonly<Record<string, readonly [mediaType: string, say: string]>> = {
  'README.md': ['text/markdown', 'how to read all this without any special program'],
  'schema.sql': ['text/plain', 'the tables of the database, each column explained'],
  'metadata.json': ['application/json', 'explanations and ready questions for Datasette'],
}
/** From the bundle, its chunks, and the sources. */
const WAYS_TO_COMPANIONS = ['../archive', '../../archive', '../../../archive']

export interface WarcSource {
  readonly dir: string
  readonly files: readonly { readonly name: string; readonly bytes: number }[]
}

/** `<folder><name>` of every WARC file, as far as the index knows it. */
export function warcParts({ dir, files }: WarcSource, folder: string): readonly PackagePart[] {
  return files.map(({ name, bytes }) => ({
    path: folder + name,
    mediaType: 'application/warc',
    say: 'captures, as they were served',
    isPacked: true,
    pieces: () => readFilePieces(join(dir, name), bytes),
  }))
}

/** One finding a line, as `unroll --format jsonl` prints them. */
export function findingsPart(source: Findings, path: string): PackagePart {
  return {
    path,
    mediaType: JSONL,
    say: 'threads, conversations and posts without a place',
    pieces: () => lines(source),
  }
}

function* lines({ findings, unplaced }: Findings): Generator<string> {
  for (const { thread, conversation } of findings())
    yield* jsonLines({
      ...NOTHING,
      threads: thread === null ? [] : [thread],
      conversations: conversation === null ? [] : [conversation],
    })
  for (const post of unplaced()) yield* jsonLines({ ...NOTHING, unplaced: [post] })
}

interface WholeSource extends Findings {
  readonly warc: WarcSource
  /** A file that nobody writes to. */
  readonly database: string
}

/** Everything, for a folder that explains itself. */
export function* wholeParts(source: WholeSource): Generator<PackagePart> {
  yield* companionParts()
  yield* warcParts(source.warc, 'warc/')
  const say = 'posts, threads and the evidence for every decision'
  const pieces = (): Iterable<Uint8Array> => readFilePieces(source.database)
  yield { path: 'archive.sqlite', mediaType: 'application/vnd.sqlite3', say, pieces }
  yield findingsPart(source, 'findings.jsonl')
  for (const part of tableParts(source)) yield { ...part, path: `tables/${part.path}` }
  for (const { path, content } of planExport(source.findings()))
    yield {
      path: `markdown/${path}`,
      mediaType: 'text/markdown',
      say: 'a thread or discussion',
      pieces: () => [content],
    }
}

function companionParts(): readonly PackagePart[] {
  const folders = WAYS_TO_COMPANIONS.map((way) => join(import.meta.dirname, way))
  const folder = folders.find((path) => existsSync(join(path, 'README.md')))
  if (folder === undefined) throw new UsageError('archive/README.md of the program is gone; install unspool again')
  return Object.entries(COMPANIONS).map(([path, [mediaType, say]]) => ({
    ...{ path, mediaType, say },
    pieces: () => readFilePieces(join(folder, path)),
  }))
}
