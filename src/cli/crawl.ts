// `unspool crawl`: one run over what is due, politely, to its end; made for cron and systemd timers, safe to kill.
import { Command } from 'commander'
import type { CrawlResult } from '../crawl/crawl.ts'
import type { CrawlReport } from '../crawl/report.ts'
import { EXIT_CODES, type ExitName } from '../errors.ts'
import { VERSION } from '../version.ts'
import { type FetchChoices, type Io, openFetchers, print, remark } from './io.ts'
import { allowPrivateOption, archiveOption, browserOption, examples, jsonOption } from './options.ts'
import type { Done } from './program.ts'
import { createProgressLine } from './progress.ts'
import { readSourcesFile, sourcesOption } from './sources.ts'

const MEGABYTE = 1024 * 1024
const DEFAULT_FLOOR_MB = 1024

interface CrawlOptions extends FetchChoices {
  readonly archive: string
  readonly sources: string
  readonly minFree: number
  readonly json: boolean
}

export function crawlCommand(io: Io, done: Done): Command {
  return new Command('crawl')
    .description('Look at every source that is due, follow what it leads to, store it, unroll it, and report.')
    .option('--due', 'one run over what is due, then end (what happens anyway)')
    .addOption(sourcesOption())
    .addOption(archiveOption())
    .option('--min-free <megabytes>', 'fetch nothing when less room is left on the disk', Number, DEFAULT_FLOOR_MB)
    .addOption(browserOption())
    .addOption(allowPrivateOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples('unspool crawl --due', 'unspool crawl --sources /etc/unspool/sources.toml --archive /srv/threads'),
    )
    .action(async (options: CrawlOptions) => done(await runCrawl(options, io)))
}

async function runCrawl(options: CrawlOptions, io: Io): Promise<number> {
  const { openArchiveWriter } = await import('../archive/writer.ts')
  const sources = await readSourcesFile(options.sources)
  const { readSecrets } = await import('./secrets.ts')
  const secretsFor = readSecrets(sources, options.sources, io)
  const fetchers = openFetchers(io, options)
  const writer = openArchiveWriter(options.archive, { now: io.now, version: VERSION })
  try {
    const result = await crawlOnce({ options, io, sources, secretsFor, fetchers, writer })
    const report = await keepResult(result, options, io)
    if (options.json) print(io, JSON.stringify({ report }))
    if (result.run !== null) writer.endRun(result.run, result.ending === 'done' ? 'success' : result.ending)
    return EXIT_CODES[exitOf(result)].code
  } finally {
    writer.close()
    await fetchers.close()
  }
}

interface Open {
  readonly options: CrawlOptions
  readonly io: Io
  readonly sources: Awaited<ReturnType<typeof readSourcesFile>>
  readonly secretsFor: ReturnType<typeof import('./secrets.ts').readSecrets>
  readonly fetchers: ReturnType<typeof openFetchers>
  readonly writer: ReturnType<typeof import('../archive/writer.ts').openArchiveWriter>
}

async function crawlOnce({ options, io, sources, secretsFor, fetchers, writer }: Open): Promise<CrawlResult> {
  const { crawlDue } = await import('../crawl/crawl.ts')
  const { openArchiveReader } = await import('../archive/reader.ts')
  const { freeBytes } = await import('../archive/reports.ts')
  const { fetchUrlOf, readCapture, storePending } = await import('../pipeline.ts')
  const { now, signal } = io
  const reader = openArchiveReader(options.archive)
  const line = createProgressLine(io)
  try {
    return await crawlDue({
      ...{ sources, secretsFor, fetchers, writer, reader, now, signal, random: io.manners?.random ?? Math.random },
      ...{ read: readCapture, locate: fetchUrlOf, unroll: storePending, politeness: io.manners ?? {} },
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
  }
}

/** Keeps the report in the archive and tells a person in short. */
async function keepResult(result: CrawlResult, options: CrawlOptions, io: Io): Promise<CrawlReport> {
  const { makeReport, printReport, summaryOf } = await import('../crawl/report.ts')
  const { freeBytes, keepReport } = await import('../archive/reports.ts')
  const report = makeReport(result, io.now().toISOString(), freeBytes(options.archive))
  if (result.run !== null) {
    const kept = keepReport(options.archive, result.run, {
      json: `${JSON.stringify(report, null, 2)}\n`,
      md: printReport(report),
    })
    remark(io, `the report is ${kept.at(-1)}`)
  }
  if (!options.json)
    print(io, result.ending === 'nothing due' ? `nothing is due; next look ${report.nextDue}` : summaryOf(report))
  for (const { url, outcome, reason } of report.pages)
    if (outcome === 'failed' || outcome === 'refused') remark(io, reason ?? url)
  return report
}

function exitOf({ ending, tally, waiting }: CrawlResult): ExitName {
  if (ending === 'stopped') return 'interrupted'
  if (ending === 'disk floor') return 'diskFloor'
  if (ending === 'nothing due') return 'nothingDue'
  if (tally.heldOff.size > 0 && waiting > 0) return 'rateLimited'
  if (tally.sourcesMissed === 0) return 'ok'
  const { failed, refused, ...good } = tally.looks
  if (Object.values(good).some((n) => n > 0)) return 'partial'
  return failed > 0 ? 'transient' : 'refused'
}
