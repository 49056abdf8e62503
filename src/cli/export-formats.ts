// The formats of `unspool export` for machines: opens the archive, has one of them written, and says what came of it.
import { rmSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { snapshotDatabase } from '../archive/copies/snapshot.ts'
import type { CaptureRow } from '../archive/facts/captures/capture-rows.ts'
import { type ArchiveReader, openArchiveReader } from '../archive/reader.ts'
import {
  type ExportItem,
  isAnything,
  isWanted,
  isWantedOpening,
  isWantedPost,
  type Wish,
  withHandles,
} from '../export/narrow.ts'
import { BAG_MARK, writeBag } from '../export/package/bag.ts'
import { type IndexedCapture, isWebAddress } from '../export/package/cdxj.ts'
import { findingsPart, type WarcSource, warcParts, wholeParts } from '../export/package/contents.ts'
import { CRATE_MARK, describeCrate } from '../export/package/crate.ts'
import { openFolder } from '../export/package/folder-sink.ts'
import type { PackagePart, Sink, Stored } from '../export/package/part.ts'
import { type Findings, tableParts } from '../export/package/tables.ts'
import { writeWacz } from '../export/package/wacz.ts'
import { DRAFT, writeTogether } from '../export/package/whole-file.ts'
import { openZip } from '../export/package/zip-sink.ts'
import { findAsOf } from '../pipeline/as-of.ts'

const TITLE = 'Threads and discussions, archived by unspool'
const WARC_FOLDER = 'warc'

export type MachineFormat = 'jsonl' | 'csv' | 'wacz' | 'bagit' | 'folder'

interface MachineExport {
  /** The archive's folder. */
  readonly archive: string
  readonly to: string
  readonly now: Date
  readonly signal: AbortSignal
  /** What the archive would have shown at this time (ISO 8601); null: now. Only for `jsonl` and `csv`. */
  readonly asOf: string | null
  /** What of the findings is wanted. Only for `jsonl` and `csv`. */
  readonly wish: Wish
  /** Told after each file. */
  readonly told: (stored: Stored) => void
  /** Told what whoever uses it may not expect. */
  readonly remark: (text: string) => void
}

/** Where each goes inside exports/ unless asked otherwise. */
export const DEFAULT_NAMES: Readonly<Record<MachineFormat, string>> = {
  jsonl: 'archive.jsonl',
  csv: 'csv',
  wacz: 'archive.wacz',
  bagit: 'bag',
  folder: 'folder',
}

/** Writes one format. Gives every file that was written. */
export function exportForMachines(format: MachineFormat, task: MachineExport): Promise<readonly Stored[]> {
  return WRITERS[format](task)
}

const WRITERS: Readonly<Record<MachineFormat, (task: MachineExport) => Promise<readonly Stored[]>>> = {
  jsonl: (task) =>
    withReader(task, async (reader) => writeFiles(task, [[task.to, findingsPart(findingsOf(task, reader), '')]])),
  csv: (task) =>
    withReader(task, async (reader) => {
      const tables = tableParts(findingsOf(task, reader))
      return writeFiles(
        task,
        tables.map((part) => [join(task.to, part.path), part]),
      )
    }),
  wacz: (task) => withReader(task, (reader) => exportWacz(task, reader)),
  bagit: (task) =>
    exportWhole(task, BAG_MARK, (sink, parts) =>
      writeBag(sink, parts, (stored) => describeCrate(stored, task.now), task.now),
    ),
  folder: (task) => exportWhole(task, CRATE_MARK, (sink, parts) => writeCrate(sink, parts, task.now)),
}

function findingsOf({ asOf, wish: asked }: MachineExport, reader: ArchiveReader): Findings {
  const wish = withHandles(asked, reader.handlesOf)
  const all: Findings = asOf === null ? { ...reader, findings: () => readWanted(reader, wish) } : findAsOf(reader, asOf)
  return {
    findings: () => keep(all.findings(), (item) => isWanted(item, wish)),
    unplaced: () => keep(all.unplaced(), ({ post }) => isWantedPost(post, wish)),
  }
}

/** By their first posts: the rest of an archive is not read for a part of it. */
function readWanted(reader: ArchiveReader, wish: Wish): Iterable<ExportItem> {
  return isAnything(wish) ? reader.findings() : reader.findings((opening) => isWantedOpening(opening, wish))
}

function* keep<T>(items: Iterable<T>, isKept: (item: T) => boolean): Generator<T> {
  for (const item of items) if (isKept(item)) yield item
}

async function withReader<T>({ archive }: MachineExport, act: (reader: ArchiveReader) => Promise<T>): Promise<T> {
  const reader = openArchiveReader(archive)
  try {
    return await act(reader)
  } finally {
    reader.close()
  }
}

function writeFiles(
  task: MachineExport,
  files: readonly (readonly [target: string, part: PackagePart])[],
): readonly Stored[] {
  const watched = files.map(([target, part]) => [target, watch(part, task.signal)] as const)
  return writeTogether(watched, task.told)
}

function exportWacz(task: MachineExport, reader: ArchiveReader): Promise<readonly Stored[]> {
  if (!hasAddress(reader.captures())) task.remark(NOTHING_TO_REPLAY)
  const source = {
    title: TITLE,
    captures: () => mapEach(indexable(reader.captures()), toIndexed),
    pages: () => reader.pages(),
    files: () => [...warcParts(warcOf(task, reader), 'archive/'), findingsPart(reader, 'unspool/findings.jsonl')],
  }
  return fill(openZip(task.to, task.now), task, (sink) => writeWacz(sink, source, task.now))
}

/** From a copy of the database, so that all parts speak of one moment. */
async function exportWhole(
  task: MachineExport,
  mark: string,
  write: (sink: Sink, parts: Iterable<PackagePart>) => Promise<readonly Stored[]>,
): Promise<readonly Stored[]> {
  const sink = openFolder(task.to, mark)
  const copy = `${resolve(task.to)}${DRAFT}.sqlite`
  try {
    await snapshotDatabase(task.archive, copy)
    const reader = openArchiveReader(dirname(copy), basename(copy))
    const parts = wholeParts({ ...reader, warc: warcOf(task, reader), database: copy })
    return await fill(sink, task, (watched) => write(watched, parts)).finally(() => reader.close())
  } finally {
    sink.discard()
    rmSync(copy, { force: true })
  }
}

async function writeCrate(sink: Sink, parts: Iterable<PackagePart>, now: Date): Promise<readonly Stored[]> {
  const stored: Stored[] = []
  for (const part of parts) stored.push(await sink.add(part))
  stored.push(await sink.add(describeCrate(stored, now)))
  await sink.finish()
  return stored
}

/** Reports progress, stops when asked to, and leaves nothing half behind. */
async function fill(
  sink: Sink,
  task: MachineExport,
  write: (sink: Sink) => Promise<readonly Stored[]>,
): Promise<readonly Stored[]> {
  const add = async (part: PackagePart): Promise<Stored> => {
    const stored = await sink.add(watch(part, task.signal))
    task.told(stored)
    return stored
  }
  try {
    return await write({ ...sink, add })
  } catch (error) {
    sink.discard()
    throw error
  }
}

function watch(part: PackagePart, signal: AbortSignal): PackagePart {
  const pieces = (): Iterable<Uint8Array | string> =>
    mapEach(part.pieces(), (piece) => {
      signal.throwIfAborted()
      return piece
    })
  return { ...part, pieces }
}

function* mapEach<From, To>(items: Iterable<From>, map: (item: From) => To): Generator<To> {
  for (const item of items) yield map(item)
}

function warcOf({ archive }: MachineExport, reader: ArchiveReader): WarcSource {
  return { dir: join(archive, WARC_FOLDER), files: reader.warcExtents() }
}

const NOTHING_TO_REPLAY =
  'no capture here has a web address, only files: replay tools will find no page in it. `unspool add` of it finds all'

function hasAddress(rows: Iterable<CaptureRow>): boolean {
  for (const { finalUrl, url } of indexable(rows)) if (isWebAddress(finalUrl ?? url ?? '')) return true
  return false
}

/** What was redacted has no bytes to show. */
function* indexable(rows: Iterable<CaptureRow>): Generator<CaptureRow> {
  for (const row of rows) if (row.redacted === null) yield row
}

function toIndexed({ finalUrl, url, capturedAt, status, mediaType, digest, sameAs, warc }: CaptureRow): IndexedCapture {
  return { url: finalUrl ?? url ?? '', capturedAt, status, mediaType, digest, isRevisit: sameAs !== null, warc }
}
