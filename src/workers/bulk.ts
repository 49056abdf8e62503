// Large inputs by file: a survey of each tells which files hold together, then those are unrolled in as many threads as
// there are processors. No more is held than the files in work and what waits to be printed.

import { stat } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { setFlagsFromString } from 'node:v8'
import { TooLargeError, UnspoolError } from '../errors.ts'
import type { PageOrder } from '../model.ts'
import type { Failure, Shortfall } from '../pipeline/pipeline.ts'
import { roomOfProcess, WAYS_OUT } from '../pipeline/room.ts'
import { clusterFiles } from '../unroll/neighbourhoods.ts'
import { type Fail, runInOrder } from './crew.ts'
import type { Piece, Setting, SurveyedFile, Task } from './task.ts'
import { createTaskRunner } from './task-runner.ts'
import { Broken, ownCode, startThread, type WorkerThread } from './thread.ts'

/** Below this threads cost more than they bring, in bytes of all files: 30,000 posts with ids, half a second. */
const BULK_BYTES = 8 * 1024 * 1024
/** Each thread holds the files it works on. */
const MOST_THREADS = 4
/**
 * A cluster up to this size is held by several threads at once where there are fewer clusters than threads; in posts.
 */
const MOST_SHARED = 400_000
/**
 * V8 is told so, or takes the posts of a large neighbourhood for lasting ones, learns at each full collection that they
 * were not, and compiles the engine anew both times (V8 11, 2026-11-23).
 */
const ALL_DIE_YOUNG = '--no-allocation-site-pretenuring'
/** Code of the note on a file of which only the beginning was read. */
const TRUNCATED = 'truncated'

export interface BulkOptions {
  readonly order: PageOrder
  /** How findings are printed; null: they are counted only. */
  readonly lines: Setting['lines']
  readonly now: Date
  readonly signal: AbortSignal
  /** Told when a thread breaks off. */
  readonly say: (message: string) => void
  /** Absent: as many as pay. */
  readonly threads?: number
  /** Where the threads' code is; absent: beside this code. */
  readonly code?: URL
}

/** Whether all inputs are plain files, and so large together that threads pay. */
export async function isBulk(inputs: readonly string[]): Promise<boolean> {
  let bytes = 0
  for (const input of inputs) bytes += await sizeOf(input)
  if (bytes < BULK_BYTES) return false
  const { isPlainFile } = await import('../fetch/containers/open.ts')
  for (const input of inputs) if (!(await isPlainFile(input))) return false
  return true
}

/** 0 for what is no file. */
async function sizeOf(input: string): Promise<number> {
  try {
    return (await stat(input)).size
  } catch {
    return 0
  }
}

/**
 * What the files hold, in the order of their neighbourhoods, as `unrollInParts` gives it; what they did not give is
 * known when all pieces were taken.
 * @param paths of plain files
 */
export function unrollFiles(
  paths: readonly string[],
  options: BulkOptions,
): { readonly pieces: AsyncIterable<Piece>; readonly missed: Shortfall } {
  const missed = createMissed()
  return { pieces: unrollAll(paths, options, missed), missed }
}

interface Missed extends Shortfall {
  readonly failures: Failure[]
  readonly unread: string[]
  readonly partRead: string[]
  /** Files in which a survey found nothing. */
  readonly empty: Set<string>
}

function createMissed(): Missed {
  return { failures: [], unread: [], partRead: [], empty: new Set() }
}

function noteMissed({ unread, partRead, empty }: Missed, { notes }: Piece): void {
  for (const { level, code, input } of notes.flat()) {
    if (input === null || level === 'info' || unread.includes(input) || partRead.includes(input)) continue
    if (empty.has(input)) unread.push(input)
    else if (code === TRUNCATED) partRead.push(input)
  }
}

async function* unrollAll(paths: readonly string[], options: BulkOptions, missed: Missed): AsyncGenerator<Piece> {
  const { order, lines, now, signal } = options
  const setting: Setting = { order, lines, now: now.toISOString(), room: roomOfProcess() }
  const threads = await startThreads(paths, options, setting)
  const here = createTaskRunner(setting)
  const fail: Fail = (task, error) => {
    const input = task.kind === 'survey' ? task.path : task.files.map(({ path }) => path).join(', ')
    const told = error instanceof Broken ? new TooLargeError(sayRanOut(input)) : error
    if (!(told instanceof UnspoolError)) throw told
    // Shares of one task fail for one reason.
    if (!missed.failures.some((one) => one.input === input)) missed.failures.push({ input, error: told })
  }
  const say = (why: string): void => options.say(`a worker thread broke off (${why}); its files are read here`)
  try {
    const run = (surveys: readonly Task[]) => runInOrder(surveys, threads, here, { fail, say })
    const tasks = await planTasks(paths, threads.length, run, missed)
    for await (const { answer } of runInOrder(tasks, threads, here, { fail, say })) {
      signal.throwIfAborted()
      if (answer.kind !== 'piece') continue
      noteMissed(missed, answer)
      yield answer
    }
  } finally {
    await Promise.all(threads.map((thread) => thread.stop()))
  }
}

function sayRanOut(input: string): string {
  return `${input}: memory ran out while this was read and unrolled; what was printed of it is not all there is. ${WAYS_OUT}`
}

async function startThreads(
  paths: readonly string[],
  { threads, code }: BulkOptions,
  setting: Setting,
): Promise<readonly WorkerThread[]> {
  const found = code ?? ownCode()
  const wanted = threads ?? ((await isBulk(paths)) ? Math.min(MOST_THREADS, availableParallelism()) : 0)
  if (found === null) return []
  if (wanted > 0) setFlagsFromString(ALL_DIE_YOUNG)
  return Array.from({ length: wanted }, () => startThread(found, setting))
}

/** One task for each cluster of files, or several where threads would be idle. One file needs no survey. */
async function planTasks(
  paths: readonly string[],
  threads: number,
  run: (surveys: readonly Task[]) => ReturnType<typeof runInOrder>,
  { empty }: Missed,
): Promise<readonly Task[]> {
  if (paths.length === 1)
    return shareOut(
      paths.map((path) => ({ path, surveys: [] })),
      [],
      threads,
    )
  const files: SurveyedFile[] = []
  const addresses: string[] = []
  for await (const { task, answer } of run(paths.map((path) => ({ kind: 'survey', path }))))
    if (task.kind === 'survey' && answer.kind === 'survey') {
      files.push({ path: task.path, surveys: answer.surveys })
      if (answer.surveys.every(({ names }) => names.isSplittable && names.above.length === 0)) empty.add(task.path)
      for (const address of answer.addresses) addresses.push(address)
    }
  const clusters = clusterFiles(files.map(({ surveys }) => surveys.map(({ names }) => names)))
  return clusters.flatMap((cluster) => {
    const members = cluster.map((n) => files[n] as SurveyedFile)
    const isShared = clusters.length < threads && countPosts(members) <= MOST_SHARED
    return shareOut(members, addresses, isShared ? threads : 1)
  })
}

function countPosts(files: readonly SurveyedFile[]): number {
  return files.flatMap(({ surveys }) => surveys).reduce((sum, { names }) => sum + names.above.length, 0)
}

function shareOut(files: readonly SurveyedFile[], addresses: readonly string[], of: number): readonly Task[] {
  return Array.from({ length: Math.max(1, of) }, (_, part) => ({
    kind: 'unroll',
    files,
    share: { part, of: Math.max(1, of) },
    addresses,
  }))
}
