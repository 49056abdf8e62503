// One measurement in a process of its own, so that its peak memory is its own (cost.ts bundles and runs it). Unrolls
// the files of a folder as `unspool unroll --format jsonl` does, by as many threads, and keeps nothing of what it
// found.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Milliseconds by the clock, and of all processors: on a machine that others use, the second is the steadier. */
interface Spent {
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

const [folder = '', threads] = process.argv.slice(2)
const files = readdirSync(folder).map((file) => join(folder, file))
let [posts, found] = [0, 0]
const unroll = await spend(unrollAll)
const peak = process.resourceUsage().maxRSS * 1024
const parse = await spend(parseLines)
const measured: Measured = { posts, threads: found, parse, unroll, peak }
console.log(JSON.stringify(measured))

async function spend(work: () => void | Promise<void>): Promise<Spent> {
  const [start, before] = [performance.now(), process.cpuUsage()]
  await work()
  const { user, system } = process.cpuUsage(before)
  return { wall: performance.now() - start, cpu: (user + system) / 1000 }
}

function parseLines(): void {
  for (const file of files) for (const line of readFileSync(file, 'utf8').trimEnd().split('\n')) JSON.parse(line)
}

async function unrollAll(): Promise<void> {
  const { unrollFiles } = await import('../../src/workers/bulk.ts')
  const { pieces, missed } = unrollFiles(files, {
    order: 'none',
    lines: null,
    now: new Date(),
    signal: new AbortController().signal,
    say: (message) => console.error(message),
    ...(threads === undefined ? {} : { threads: Number(threads) }),
  })
  for await (const piece of pieces) {
    posts += piece.found.posts
    found += piece.found.threads
  }
  for (const { error } of missed.failures) throw error
}
