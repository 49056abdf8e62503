// One measurement in a process of its own, so that its peak memory is its own (cost.ts bundles and runs it). Reads the
// files of a folder as the program does, unrolls them neighbourhood by neighbourhood and keeps nothing of what it found.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sha256 } from '../../src/fixity.ts'
import type { Capture, Extraction, Unrolled } from '../../src/model.ts'
import { readCapture } from '../../src/pipeline.ts'
import { unrollPages } from '../../src/unroll/unroll.ts'

/** Milliseconds by the clock, and of all processors: on a machine that others use, the second is the steadier. */
export interface Spent {
  readonly wall: number
  readonly cpu: number
}

export interface Measured {
  readonly posts: number
  readonly threads: number
  /** JSON.parse over all lines. */
  readonly parse: Spent
  /** The way from bytes to threads. */
  readonly unroll: Spent
  /** Bytes, of the whole process. */
  readonly peak: number
}

const [folder = ''] = process.argv.slice(2)
const files = readdirSync(folder).map((file) => join(folder, file))
const parse = spend(parseLines)
let [posts, threads] = [0, 0]
const unroll = spend(unrollFiles)
const peak = process.resourceUsage().maxRSS * 1024
const measured: Measured = { posts, threads, parse, unroll, peak }
console.log(JSON.stringify(measured))

function spend(work: () => void): Spent {
  const [start, before] = [performance.now(), process.cpuUsage()]
  work()
  const { user, system } = process.cpuUsage(before)
  return { wall: performance.now() - start, cpu: (user + system) / 1000 }
}

function parseLines(): void {
  for (const file of files) for (const line of readFileSync(file, 'utf8').trimEnd().split('\n')) JSON.parse(line)
}

function unrollFiles(): void {
  const pages = files.map((file) => () => readFile(file))
  for (const part of unrollPages(pages, { order: 'none', digest: sha256 })) {
    threads += part.threads.length
    posts += countPosts(part)
  }
}

/** Every post is in a thread, in a branch of one, or unplaced. */
function countPosts({ threads, unplaced }: Unrolled): number {
  const inThreads = threads.map(
    (one) => one.posts.length + one.branches.reduce((sum, { posts }) => sum + posts.length, 0),
  )
  return unplaced.length + inThreads.reduce((sum, count) => sum + count, 0)
}

function readFile(file: string): Extraction {
  const capture: Capture = {
    digest: 'sha256:0',
    input: file,
    url: null,
    finalUrl: null,
    originalUrl: null,
    capturedAt: '2026-01-01T00:00:00.000Z',
    capturedAtBasis: 'observed',
    method: 'file',
    status: null,
    headers: [],
    redactedHeaders: [],
    mediaType: 'application/jsonl',
    body: readFileSync(file),
    truncated: null,
  }
  return readCapture(capture, 'none').extraction
}
