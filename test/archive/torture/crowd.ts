// Two writers and three readers on one archive, all of them processes of the built program, for minutes. Writers take
// turns by the lock: the one that finds it taken is told so, by its exit code, and tries again. No reader may ever be
// told to wait.
import { mkdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { EXIT_CODES } from '../../../src/errors.ts'
import { type Acknowledged, nothingYet, sizeOf } from './acknowledged.ts'
import { type Fault, findFaults } from './check.ts'
import { type Lived, runFor } from './child-process.ts'
import { makePage, type PageServers, pageOfUrl, startPageServers } from './pages.ts'
import { writeSources } from './scene.ts'

export interface CrowdReport {
  readonly minutes: number
  readonly adds: number
  readonly crawls: number
  /** Times a writer found the other at work, and tried again. */
  readonly waits: number
  /** Commands by name. */
  readonly reads: Readonly<Record<string, number>>
  readonly slowestReadMs: number
  readonly walPeakBytes: number
  readonly acknowledged: number
  /** Those of kind `busy` are what a person must never see. */
  readonly faults: readonly Fault[]
}

const BIN = join(import.meta.dirname, '../../../dist/bin.js')
const READERS = 3
const HOSTS = 6
const MINUTE_MS = 60_000
/** Between two looks at the write-ahead log. */
const WATCH_MS = 50
const WAL_LIMIT_BYTES = 100_000_000
/** Pauses of a writer after a turn, and of a reader, at most. */
const TURN_MS = 800
const READ_PAUSE_MS = 300
/** Pages of an addition; one in so many is a great one. */
const PAGES = 20
const GREAT_PAGES = 1000
const GREAT_EVERY = 12
const PAGES_A_CRAWL = HOSTS * 2
/** What SQLite, and the program for it, say of a database that another holds. */
const BUSY_WORDS = /SQLITE_(BUSY|LOCKED)|database (table )?is locked|another program is using/i

interface Crowd {
  readonly folder: string
  readonly archive: string
  readonly servers: PageServers
  readonly acked: Acknowledged
  readonly random: () => number
  readonly until: number
  readonly faults: Fault[]
  readonly reads: Record<string, number>
  readonly tally: { adds: number; crawls: number; waits: number; slowestReadMs: number; walPeakBytes: number }
}

/** `dir` is an empty folder. */
export async function crowdArchive(dir: string, minutes: number, random: () => number): Promise<CrowdReport> {
  const crowd: Crowd = {
    ...{
      folder: dir,
      archive: join(dir, 'archive'),
      servers: await startPageServers(HOSTS),
      acked: nothingYet(),
      random,
    },
    ...{ until: Date.now() + minutes * MINUTE_MS, faults: [], reads: {} },
    tally: { adds: 0, crawls: 0, waits: 0, slowestReadMs: 0, walPeakBytes: 0 },
  }
  await addOnce(crowd)
  const readers = Array.from({ length: READERS }, () => repeat(crowd, READ_PAUSE_MS, () => readOnce(crowd)))
  const writers = [addOnce, crawlOnce].map((write) => repeat(crowd, TURN_MS, () => write(crowd)))
  await Promise.all([...readers, ...writers, watchLog(crowd)])
  await crowd.servers.close()
  const { tally, reads, acked, faults } = crowd
  if (tally.walPeakBytes > WAL_LIMIT_BYTES)
    faults.push({ kind: 'other', say: `the write-ahead log grew to ${tally.walPeakBytes} bytes` })
  return {
    minutes,
    ...tally,
    reads,
    acknowledged: sizeOf(acked),
    faults: [...faults, ...findFaults(crowd.archive, acked)],
  }
}

async function repeat({ until, random }: Crowd, pauseMs: number, act: () => Promise<void>): Promise<void> {
  while (Date.now() < until) {
    await act()
    await sleep(random() * pauseMs)
  }
}

async function watchLog({ archive, until, tally }: Crowd): Promise<void> {
  while (Date.now() < until) {
    const bytes = statSync(join(archive, 'archive.sqlite-wal'), { throwIfNoEntry: false })?.size ?? 0
    tally.walPeakBytes = Math.max(tally.walPeakBytes, bytes)
    await sleep(WATCH_MS)
  }
}

/** A folder of pages; each is a capture of its own. */
async function addOnce(crowd: Crowd): Promise<void> {
  const { folder, archive, tally, acked } = crowd
  const turn = tally.adds
  const names = Array.from({ length: turn % GREAT_EVERY === 1 ? GREAT_PAGES : PAGES }, (_, at) => `turn${turn}-${at}`)
  const pages = names.map((name) => makePage(name))
  const input = join(folder, `input${turn}`)
  mkdirSync(input, { recursive: true })
  for (const [at, { capture }] of pages.entries()) writeFileSync(join(input, `${names[at]}.jsonl`), capture.body)
  if (!(await takeTurn(crowd, ['add', input, '--archive', archive]))) return
  tally.adds++
  for (const { thread, posts } of pages) acked.threads.set(thread, posts)
}

async function crawlOnce(crowd: Crowd): Promise<void> {
  const { folder, archive, servers, tally, acked } = crowd
  const urls = servers.urls(`crawl${tally.crawls}`, PAGES_A_CRAWL)
  const allowed = servers.hosts.flatMap((host) => ['--allow-private', host])
  const options = [
    '--sources',
    writeSources(folder, urls),
    '--archive',
    archive,
    '--browser',
    'never',
    '--min-free',
    '1',
  ]
  const run = await takeTurn(crowd, ['crawl', '--json', ...options, ...allowed])
  if (run === null) return
  tally.crawls++
  for (const line of run.lines.filter((text) => text.startsWith('{"look"'))) {
    const { url } = JSON.parse(line).look
    acked.looks.set(url, pageOfUrl(url).capture.digest)
  }
}

/** Null: the other has the lock; the next turn is the same. */
async function takeTurn(crowd: Crowd, args: readonly string[]): Promise<Lived | null> {
  const run = await runFor([process.execPath, BIN, ...args], null)
  const isLocked = run.code === EXIT_CODES.locked.code && run.err.includes('another command is writing')
  if (isLocked) crowd.tally.waits++
  else judge(crowd, args, run)
  return run.code === 0 ? run : null
}

async function readOnce(crowd: Crowd): Promise<void> {
  const { archive, folder, reads, tally, random } = crowd
  const [, thread = ''] = [...crowd.acked.threads.keys()]
  const choices = [
    ['search', 'lamp oil', '--limit', '5'],
    ['show', thread],
    ['list'],
    ['sql', COUNTS],
    ['sql', SLOW, '--seconds', '120'],
    ['export', '--to', join(folder, `export${Math.floor(random() * READERS)}`)],
    ['export', '--format', 'jsonl', '--to', join(folder, `export-${random()}.jsonl`)],
  ]
  const args = choices[Math.floor(random() * choices.length)]!
  const began = Date.now()
  const run = await runFor([process.execPath, BIN, ...args, '--archive', archive], null)
  reads[args[0]!] = (reads[args[0]!] ?? 0) + 1
  tally.slowestReadMs = Math.max(tally.slowestReadMs, Date.now() - began)
  judge(crowd, args, run)
}

const COUNTS = 'SELECT (SELECT count(*) FROM captures), (SELECT count(*) FROM thread_latest)'
/** Seconds of reading in one transaction: meanwhile the log cannot be put back into the database. */
const SLOW =
  'WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 9000000) SELECT count(*), (SELECT count(*) FROM posts) FROM c'

function judge({ faults }: Crowd, args: readonly string[], { code, err }: Lived): void {
  if (BUSY_WORDS.test(err)) faults.push({ kind: 'busy', say: `${args.join(' ')}: ${err}` })
  else if (code !== 0) faults.push({ kind: 'other', say: `${args.join(' ')} ended with ${code}: ${err}` })
}
