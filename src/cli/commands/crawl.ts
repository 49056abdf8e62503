// `unspool crawl`: one run over what is due, politely, to its end; made for cron and systemd timers, safe to kill.
import { setFlagsFromString } from 'node:v8'
import { Command, Option } from 'commander'
import type { CrawlResult } from '../../crawl/crawl.ts'
import { EXIT_CODES, UnspoolError, UsageError } from '../../errors.ts'
import { VERSION } from '../../version.ts'
import { exitOf, keepResult } from '../crawl-outcome.ts'
import { createFaultTeller } from '../faults.ts'
import { type Done, type FetchChoices, type Io, openFetchers, print, remark, workUnasked } from '../io.ts'
import {
  allowPrivateOption,
  archiveOption,
  browserOption,
  examples,
  jsonOption,
  mediaOption,
  profileOption,
} from '../options.ts'
import { ping } from '../ping.ts'
import { createProgressLine } from '../progress.ts'
import { readSourcesFile, sourcesOption } from './sources.ts'

const MEGABYTE = 1_000_000
const DEFAULT_FLOOR_MB = 1000
/**
 * How V8 works for a crawl, which runs beside other programs for hours (V8 11.3, 2026):
 * - dead objects may grow to this share of the living ones, in percent, before it looks for them: 40 saves 7 MB and
 *   costs three hundredths more work, and 80 brings a list of 20,000 sources to the limit of 300 MB for a hundredth
 *   less;
 * - a function is compiled for speed after four times the usual work, in bytes of bytecode: of a thousand pages, a
 *   fifth of the time went into compiling what is called little;
 * - small garbage is collected by whoever made it: helpers that share it out wait for each other more than they help.
 */
const V8_FLAGS = [
  '--heap-growing-percent=60',
  // Later ones have no such flag, and would complain of it on stderr.
  ...(process.versions.v8.startsWith('11.') ? ['--interrupt-budget=528000'] : []),
  '--no-parallel-scavenge',
]

interface CrawlOptions extends FetchChoices {
  readonly archive: string
  readonly sources: string
  readonly minFree: number
  readonly json: boolean
  /** A cron pattern, or true for the usual one. */
  readonly watch?: string | true
  /** Name of a source, or true for all. */
  readonly now?: string | true
  readonly ping?: string
  readonly metrics?: string
}

export function crawlCommand(io: Io, done: Done): Command {
  return new Command('crawl')
    .description('Look at every source that is due, follow what it leads to, store it, unroll it, and report.')
    .option('--due', 'one run over what is due, then end (what happens anyway)')
    .option('--now [source]', 'look at the source of this name (at all, without one) even when it is not due')
    .addOption(sourcesOption())
    .addOption(archiveOption())
    .option(
      '--min-free <megabytes>',
      'fetch nothing when less room is left on the disk',
      readMegabytes,
      DEFAULT_FLOOR_MB,
    )
    .option(
      '--watch [pattern]',
      'keep going: look at what is due at every tick of this cron pattern in UTC (every 5 minutes)',
    )
    .addOption(
      new Option('--ping <url>', 'tell this watchdog of start and end; the address is a secret').env('UNSPOOL_PING'),
    )
    .option('--metrics <file>', 'write the last run as Prometheus text, for the textfile collector')
    .addOption(browserOption())
    .addOption(profileOption())
    .addOption(mediaOption())
    .addOption(allowPrivateOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples(
        'unspool crawl --due',
        "unspool crawl --now 'a blog'",
        "unspool crawl --watch '*/15 * * * *'",
        'unspool crawl --sources /etc/unspool/sources.toml --archive /srv/threads',
      ),
    )
    .action(async (options: CrawlOptions) => done(await runCrawl(options, io)))
}

function readMegabytes(text: string): number {
  const n = Number(text)
  if (text.trim() !== '' && n >= 0) return n
  throw new UsageError(`--min-free takes a number of megabytes, not ${JSON.stringify(text)}`)
}

function readWanted({ now, watch }: CrawlOptions, sources: Given['sources']): ReadonlySet<string> {
  const names = sources.map(({ name }) => name)
  if (now === undefined) return new Set()
  if (watch !== undefined) throw new UsageError('--now looks at once, --watch when the time comes: give one of them')
  if (now !== true && !names.includes(now))
    throw new UsageError(`no source is called ${JSON.stringify(now)}; there are ${names.join(', ')}`)
  return new Set(now === true ? names : [now])
}

/** Once, or at every tick. A fault of one tick is told and does not end the watch. */
async function runCrawl(options: CrawlOptions, io: Io): Promise<number> {
  io.heed?.(true)
  for (const flag of V8_FLAGS) setFlagsFromString(flag)
  const first = await readAll(options, io)
  if (options.watch === undefined) return runOnce(first)
  const { DEFAULT_PATTERN, watch } = await import('../../crawl/schedule/watch.ts')
  // Whoever watches for months edits the list, and cookies end: each tick reads them again.
  let next: Given | null = first
  const faults = createFaultTeller(io)
  const tick = async () => {
    try {
      await runOnce(next ?? (await readAll(options, io)))
      faults.end()
    } catch (error) {
      faults.tell(error)
    }
    next = null
  }
  await watch(options.watch === true ? DEFAULT_PATTERN : options.watch, tick, io)
  return EXIT_CODES.ok.code
}

/** The files that say what is looked at, and what goes along. Throws UsageError. */
async function readAll(options: CrawlOptions, io: Io): Promise<Given> {
  await checkMetrics(options)
  const sources = await readSourcesFile(options.sources)
  const wanted = readWanted(options, sources)
  const { readSecrets } = await import('../secrets.ts')
  return { options, io, sources, wanted, secrets: readSecrets(sources, options.sources, io, options) }
}

async function checkMetrics({ metrics, archive, sources }: CrawlOptions): Promise<void> {
  if (metrics === undefined) return
  const { isOfArchive, isSamePlace } = await import('../../archive/copies/place.ts')
  if (isOfArchive(metrics, archive) || isSamePlace(metrics, sources))
    throw new UsageError(`--metrics ${metrics} would be written over what is read there; name another file`)
}

interface Given {
  readonly options: CrawlOptions
  readonly io: Io
  readonly sources: Awaited<ReturnType<typeof readSourcesFile>>
  readonly wanted: ReadonlySet<string>
  readonly secrets: ReturnType<typeof import('../secrets.ts').readSecrets>
}

async function runOnce(given: Given): Promise<number> {
  const { options, io } = given
  const { openArchiveWriter } = await import('../../archive/writer.ts')
  const fetchers = openFetchers(io, options)
  const tell = (sign: string) => ping(fetchers.http, options.ping ?? null, sign, io)
  try {
    const writer = openArchiveWriter(options.archive, { now: io.now, version: VERSION })
    try {
      await tell('start')
      const result = await crawlOnce({ ...given, fetchers, writer })
      const code = EXIT_CODES[exitOf(result)].code
      if (result.run !== null) writer.endRun(result.run, result.ending === 'done' ? 'success' : result.ending)
      await keepResult({ result, code }, options, io)
      await tell(code === EXIT_CODES.nothingDue.code ? '0' : String(code))
      return code
    } finally {
      writer.close()
    }
  } catch (error) {
    await tell(String(error instanceof UnspoolError ? EXIT_CODES[error.exit].code : EXIT_CODES.internal.code))
    throw error
  } finally {
    await fetchers.close()
  }
}

interface Open extends Given {
  readonly fetchers: ReturnType<typeof openFetchers>
  readonly writer: ReturnType<typeof import('../../archive/writer.ts').openArchiveWriter>
}

async function crawlOnce({ options, io, sources, wanted, secrets, fetchers, writer }: Open): Promise<CrawlResult> {
  const { crawlDue } = await import('../../crawl/crawl.ts')
  const { openArchiveReader } = await import('../../archive/reader.ts')
  const { freeBytes } = await import('../../archive/crawl/reports.ts')
  const { createPageReader } = await import('../../workers/page-reader.ts')
  const { fetchUrlOf, storeNews } = await import('../../pipeline/pipeline.ts')
  const { now, signal } = io
  const reader = openArchiveReader(options.archive)
  const line = createProgressLine(io)
  const pages = createPageReader({ say: (message) => remark(io, message) })
  const unroll = (into: typeof writer) => {
    const unrolled = storeNews(into, { markersOf: pages.markersOf })
    pages.forget()
    return unrolled
  }
  try {
    return await crawlDue({
      ...{ sources, wanted, secrets, fetchers, writer, reader, now, signal, random: io.manners?.random ?? Math.random },
      ...{ read: pages.read, locate: fetchUrlOf, unroll, politeness: io.manners ?? {} },
      aside: (work) => workUnasked(io, work),
      freeBytes: () => freeBytes(options.archive),
      floorBytes: options.minFree * MEGABYTE,
      onLook: (progress) => {
        line.show(progress)
        const { row, outcome, posts } = progress
        if (options.json) print(io, JSON.stringify({ look: { url: row.url, source: row.source, outcome, posts } }))
      },
    })
  } finally {
    line.end()
    reader.close()
    await pages.stop()
  }
}
