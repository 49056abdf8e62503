// Reads again what a newer adapter or engine would read differently, and says what came out otherwise. The captures
// stay as they are; readings that are superseded stay in the archive too.
import { ADAPTERS, adapterFor } from '../adapters/index.ts'
import { readPage } from '../adapters/page/page.ts'
import type { AdapterVersions, ReadingRow } from '../archive/facts/readings/readings.ts'
import type { ArchiveReader } from '../archive/reader.ts'
import type { ArchiveWriter, WriterOptions } from '../archive/writer.ts'
import { IntegrityError } from '../errors.ts'
import { contentDigest, sha256 } from '../fixity.ts'
import type { AdapterName, Extraction, Post } from '../model.ts'
import { asRead } from '../unroll/neighbourhoods.ts'
import { ENGINE_VERSION, unrollEach } from '../unroll/unroll.ts'
import { readUnread, unrollRest } from './everything.ts'
import { readAgain } from './pipeline.ts'

/** A capture that was read again. */
export interface Reread {
  readonly capture: string
  readonly input: string
  /** `name version`, or `none`. */
  readonly from: string
  readonly to: string
  /** Ids of posts; all three empty when it reads as before. */
  readonly newPosts: readonly string[]
  readonly changedPosts: readonly string[]
  readonly lostPosts: readonly string[]
}

export interface RefreshReport {
  /** True when nothing was stored. */
  readonly dryRun: boolean
  readonly captures: readonly Reread[]
  /** Captures that nobody had read: of WARC files that were put here, and of an import that was killed. */
  readonly firstRead: number
  /** Null when the findings are of this version of the engine already. */
  readonly engine: { readonly from: readonly string[]; readonly to: string } | null
  /** Threads and discussions that came, went, or say something else of themselves. */
  readonly findings: FindingChanges
}

interface FindingChanges {
  readonly added: readonly string[]
  readonly gone: readonly string[]
  readonly changed: readonly { readonly id: string; readonly before: string; readonly after: string }[]
}

export interface RefreshOptions extends WriterOptions {
  readonly signal: AbortSignal
  readonly dryRun: boolean
  /** Posts of what is unrolled anew that are unrolled together. */
  readonly partPosts?: number
}

const CURRENT: AdapterVersions = Object.fromEntries(ADAPTERS.map(({ name, version }) => [name, version]))
const GENERIC: ReadonlySet<string> = new Set(ADAPTERS.filter(({ generic }) => generic).map(({ name }) => name))
/** Findings of a page of the archive's list. */
const LIST_ROWS = 500

/**
 * Throws what opening an archive throws, and IntegrityError when a newer version has read it; stopped by the signal, it
 * goes on where it stood the next time.
 */
export async function refreshArchive(dir: string, options: RefreshOptions): Promise<RefreshReport> {
  const { openArchiveReader } = await import('../archive/reader.ts')
  if (options.dryRun) {
    const reader = openArchiveReader(dir)
    try {
      refuseNewer(reader)
      return tryRefresh(reader, options.signal)
    } finally {
      reader.close()
    }
  }
  const { openArchiveWriter } = await import('../archive/writer.ts')
  const writer = openArchiveWriter(dir, { ...options, mustExist: true })
  const reader = openArchiveReader(dir)
  try {
    refuseNewer(reader)
    return await storeRefresh(writer, reader, options)
  } finally {
    reader.close()
    writer.close()
  }
}

/** An older program would read less in the same bytes, and call that new. */
function refuseNewer(reader: ArchiveReader): void {
  const newer = new Set<string>()
  for (const { adapter, version } of reader.readings()) {
    const ours = CURRENT[adapter ?? '']
    if (ours !== undefined && version > ours) newer.add(`${adapter} ${version}, here ${ours}`)
  }
  for (const version of reader.engineVersions())
    if (Number(version) > ENGINE_VERSION) newer.add(`engine ${version}, here ${ENGINE_VERSION}`)
  if (newer.size > 0)
    throw new IntegrityError(
      `the archive was read by a newer version of unspool (${[...newer].join('; ')}); nothing was changed. Update unspool`,
    )
}

function tryRefresh(reader: ArchiveReader, signal: AbortSignal): RefreshReport {
  const fresh = new Map<number, Extraction>()
  const captures = [...rereadAll(reader, signal, (row, extraction) => fresh.set(row.extractionKey, extraction))]
  const engine = engineChange(reader)
  const firstRead = [...reader.unextracted()].length
  if (captures.length === 0 && engine === null)
    return { dryRun: true, captures, firstRead, engine, findings: { added: [], gone: [], changed: [] } }
  const after = new Map<string, string>()
  for (const part of unrollEach([...reader.allExtractions(fresh)].map(asRead), { order: 'page', digest: sha256 }))
    for (const { id, statement } of [...part.threads, ...part.conversations]) after.set(id, statement)
  return { dryRun: true, captures, firstRead, engine, findings: compare(statementsOf(reader), after) }
}

async function storeRefresh(
  writer: ArchiveWriter,
  reader: ArchiveReader,
  { signal, partPosts }: RefreshOptions,
): Promise<RefreshReport> {
  const { REFRESH_EVENT } = await import('../archive/facts/readings/readings.ts')
  const before = statementsOf(reader)
  const engine = engineChange(reader)
  const captures = [
    ...rereadAll(reader, signal, (row, extraction, adapter) =>
      writer.storeExtraction(row.captureId, extraction, adapter),
    ),
  ]
  const firstRead = readUnread(writer, reader, signal)
  if (reader.isBehind(String(ENGINE_VERSION))) unrollRest(writer, reader, partPosts)
  if (firstRead > 0) writer.recallIds()
  const findings = compare(before, statementsOf(reader))
  if (captures.length > 0 || firstRead > 0 || engine !== null || !isSame(reader.refreshed(), CURRENT)) {
    const run = writer.beginRun({ command: 'refresh', options: {} })
    const detail = { adapters: CURRENT, engine: String(ENGINE_VERSION), captures: captures.length }
    writer.recordEvent(run, { type: REFRESH_EVENT, outcome: 'success', detail })
    writer.endRun(run)
  }
  return { dryRun: false, captures, firstRead, engine, findings }
}

type Take = (row: ReadingRow, extraction: Extraction, adapter: AdapterName | null) => void

/** What an adapter that is new since the last refresh, or was taught more, takes from another is his too. */
function* rereadAll(reader: ArchiveReader, signal: AbortSignal, take: Take): Generator<Reread> {
  const mayBeClaimed = !isSame(reader.refreshed(), CURRENT)
  for (const row of reader.readings()) {
    signal.throwIfAborted()
    if (!isStale(row) && !(mayBeClaimed && mayBeAnothers(reader, row))) continue
    const { adapter, extraction } = readAgain(reader, reader.readCaptureRow(row.captureId)!)
    const names = { from: nameOf(row.adapter, row.version), to: nameOf(adapter?.name ?? null, adapter?.version ?? 0) }
    if (names.from === names.to) continue
    const old = reader.readExtraction(row.extractionKey)
    take(row, extraction, adapter)
    yield { capture: row.captureId, input: row.input, ...names, ...comparePosts(old, extraction) }
  }
}

/** Read by another version than there is now. */
function isStale({ adapter, version }: ReadingRow): boolean {
  return adapter !== null && CURRENT[adapter] !== version
}

/** Of what nobody read, or a catch-all, only reading tells: answers inside of other JSON are looked for there. */
function mayBeAnothers(reader: ArchiveReader, { adapter, captureId }: ReadingRow): boolean {
  if (adapter === null || GENERIC.has(adapter)) return true
  return adapterFor(readPage(reader.readCapture(reader.readCaptureRow(captureId)!)))?.name !== adapter
}

function nameOf(adapter: string | null, version: number): string {
  return adapter === null ? 'none' : `${adapter} ${version}`
}

function comparePosts(before: Extraction, after: Extraction): Pick<Reread, 'newPosts' | 'changedPosts' | 'lostPosts'> {
  const [old, fresh] = [contentsOf(before), contentsOf(after)]
  return {
    newPosts: [...fresh.keys()].filter((id) => !old.has(id)),
    changedPosts: [...fresh].filter(([id, hash]) => old.has(id) && old.get(id) !== hash).map(([id]) => id),
    lostPosts: [...old.keys()].filter((id) => !fresh.has(id)),
  }
}

/** Hash of what a post says and whom it answers, by its id; by its place when it has none. */
function contentsOf({ posts }: Extraction): ReadonlyMap<string, string> {
  return new Map(posts.map((post) => [idOf(post), contentDigest({ ...post, provenance: null, boundary: null })]))
}

function idOf({ ref, key }: Post): string {
  return ref === null ? key : `${ref.platform}:${ref.id}`
}

function engineChange(reader: ArchiveReader): RefreshReport['engine'] {
  const to = String(ENGINE_VERSION)
  const from = reader.engineVersions().filter((version) => version !== to)
  return from.length === 0 ? null : { from, to }
}

function statementsOf(reader: ArchiveReader): ReadonlyMap<string, string> {
  const statements = new Map<string, string>()
  for (let after: string | null = null; ; ) {
    const page: ReturnType<ArchiveReader['listFindings']> = reader.listFindings({ limit: LIST_ROWS, after })
    for (const { id, statement } of page.rows) statements.set(id, statement)
    if (page.next === null) return statements
    after = page.next
  }
}

function compare(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): FindingChanges {
  const changed = [...after].flatMap(([id, statement]) => {
    const old = before.get(id)
    return old === undefined || old === statement ? [] : [{ id, before: old, after: statement }]
  })
  return {
    added: [...after.keys()].filter((id) => !before.has(id)).sort(),
    gone: [...before.keys()].filter((id) => !after.has(id)).sort(),
    changed,
  }
}

function isSame(a: AdapterVersions | null, b: AdapterVersions): boolean {
  return a !== null && contentDigest(a) === contentDigest(b)
}
