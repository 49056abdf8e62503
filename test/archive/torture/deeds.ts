// Everything that writes to an archive, each done again and again. What is acknowledged is said: `capture ID DIGEST`,
// `look URL DIGEST`, `thread ID POSTS`, `merged DIR`, `backup DIR`, `migrated N`, `redacted ID`, `rebuilt`,
// `refreshed`; and before a thread loses posts, `redacting ID`.
import { Writable } from 'node:stream'
import { backupArchive } from '../../../src/archive/copies/backup.ts'
import { openArchiveReader } from '../../../src/archive/reader.ts'
import { openArchiveWriter, type WriterOptions } from '../../../src/archive/writer.ts'
import { runCli } from '../../../src/cli/program.ts'
import { mergeArchives } from '../../../src/pipeline/merge.ts'
import { readCapture, storePending, unrollTogether } from '../../../src/pipeline/pipeline.ts'
import { rebuildArchive } from '../../../src/pipeline/rebuild.ts'
import { redactFromArchive } from '../../../src/pipeline/redact.ts'
import { refreshArchive } from '../../../src/pipeline/refresh.ts'
import { routeTo } from '../../site/fixture-web.ts'
import { migrateOften } from './migrating.ts'
import { makePage, pageOfUrl } from './pages.ts'

export interface Order {
  readonly dir: string
  readonly seed: string
  readonly rest: readonly string[]
  readonly say: (line: string) => void
}

const options: WriterOptions = { now: () => new Date(), version: 'torture' }
const signal = new AbortController().signal
/** Captures that are made to look as if an older adapter had read them, before each refresh. */
const STALE = 8

/** A deed that gives a number ends with it as the exit code. */
export const DEEDS: Readonly<Record<string, (order: Order) => unknown>> = {
  add: (order) => addPages(order, Number(order.rest[0] ?? Number.POSITIVE_INFINITY)),
  crawl,
  rebuild: async ({ dir, say }) => {
    for (;;) {
      await rebuildArchive(dir, { ...options, signal })
      say('rebuilt')
    }
  },
  /** Each time round the other archives have grown. */
  merge: async ({ dir, seed, rest, say }) => {
    for (let round = 0; ; round++)
      for (const other of rest) {
        const lines: string[] = []
        addPages({ dir: other, seed: `${seed}-${other}-${round}`, rest: [], say: (line) => lines.push(line) }, 1)
        await mergeArchives(dir, [other], { ...options, signal })
        for (const line of [...lines, `merged ${other}`]) say(line)
      }
  },
  'merge-once': async ({ dir, rest, say }) => {
    for (const other of rest) {
      await mergeArchives(dir, [other], { ...options, signal })
      say(`merged ${other}`)
    }
  },
  backup: async (order) => {
    const [target = ''] = order.rest
    for (let round = 0; ; round++) {
      await backupArchive(order.dir, target)
      order.say(`backup ${target}`)
      addPages({ ...order, seed: `${order.seed}-${round}` }, 1)
    }
  },
  migrate: migrateOften,
  redact: async ({ dir, rest, say }) => {
    for (const id of rest) {
      await redactFromArchive(dir, id, 'torture', options)
      say(`redacted ${id}`)
    }
  },
  refresh: async ({ dir, say }) => {
    for (let round = 0; ; round++) {
      age(dir, round % 2 === 1)
      await refreshArchive(dir, { ...options, signal, dryRun: false })
      say('refreshed')
    }
  },
  /**
   * All of a machine's life in one process, to be cut off by a loss of power: closed and opened again between its
   * parts.
   */
  life: async (order) => {
    for (let part = 0; part < 3; part++) addPages({ ...order, seed: `${order.seed}-${part}` }, 2)
    const [other = ''] = order.rest
    await mergeArchives(order.dir, [other], { ...options, signal })
    const { thread } = makePage(`${order.seed}-0-0`)
    order.say(`redacting ${thread}`)
    await redactFromArchive(order.dir, thread, 'torture', options)
    age(order.dir, true)
    await refreshArchive(order.dir, { ...options, signal, dryRun: false })
    await rebuildArchive(order.dir, { ...options, signal })
    addPages({ ...order, seed: `${order.seed}-last` }, 2)
  },
}

/** Each page is a thread of its own; one in five is a page that was there before. */
export function addPages({ dir, seed, say }: Order, pages: number): void {
  const writer = openArchiveWriter(dir, options)
  const reader = openArchiveReader(dir)
  try {
    const run = writer.beginRun({ command: 'add', options: { seed } })
    for (let page = 0; page < pages; page++) {
      const { capture, thread, posts } = makePage(`${seed}-${page % 5 === 4 ? page - 1 : page}`)
      const row = writer.appendCapture(capture, run)
      say(`capture ${row.id} ${row.digest}`)
      const { adapter, extraction } = readCapture(capture)
      writer.storeExtraction(row.id, extraction, adapter)
      storePending(writer)
      say(`thread ${thread} ${posts}`)
    }
  } finally {
    reader.close()
    writer.close()
  }
}

/** The newest captures look as read by an older adapter, and all findings, if asked, as made by an older engine. */
function age(dir: string, isEngineToo: boolean): void {
  const writer = openArchiveWriter(dir, options)
  const reader = openArchiveReader(dir)
  const readings = [...reader.readings()].filter(({ adapter }) => adapter !== null).slice(-STALE)
  for (const { captureId, extractionKey, adapter } of readings)
    writer.storeExtraction(captureId, reader.readExtraction(extractionKey), { name: adapter!, version: 0 })
  if (isEngineToo) writer.storeFindings(unrollTogether([...reader.allExtractions()]), '0', 'all')
  reader.close()
  writer.close()
}

/** The command itself, its host names led to the site of whoever kills it; `rest`: port, sources file, floor in MB. */
async function crawl({ dir, rest: [port = '', sources = '', floor = '1'], say }: Order): Promise<number> {
  const told = createLines((line) => {
    const url: string | undefined = JSON.parse(line).look?.url
    if (url !== undefined) say(`look ${url} ${pageOfUrl(url).capture.digest}`)
  })
  const args = ['crawl', '--json', '--browser', 'never', '--min-free', floor, '--archive', dir, '--sources', sources]
  return runCli(args, {
    stdout: told,
    stderr: process.stderr,
    stdin: (async function* () {})(),
    env: {},
    now: () => new Date(),
    signal,
    reach: { allowPrivate: [], route: routeTo(Number(port)) },
    manners: { floorMs: 2, ceilingMs: 2, factor: 0, random: () => 0.01 },
  })
}

/** Hands on whole lines of JSON; the report at the end takes several writes. */
function createLines(take: (line: string) => void): Writable {
  let rest = ''
  return new Writable({
    write: (piece, _, done) => {
      const lines = (rest + piece).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) take(line)
      done()
    },
  })
}
