// `unspool sources check`: what the sources file means, and when each source would be looked at. Fetches nothing.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command, Option } from 'commander'
import type { VisitOutcome } from '../../archive/crawl/frontier.ts'
import type { Planned } from '../../crawl/schedule/plan.ts'
import type { Source } from '../../crawl/sources/sources.ts'
import { EXIT_CODES, UsageError } from '../../errors.ts'
import { type Done, type Io, print } from '../io.ts'
import { archiveOption, examples, jsonOption } from '../options.ts'

interface CheckOptions {
  readonly archive: string
  readonly sources: string
  readonly json: boolean
}

export function sourcesOption(): Option {
  return new Option('--sources <file>', 'the file that says what to look at')
    .env('UNSPOOL_SOURCES')
    .default('./sources.toml')
}

export function sourcesCommand(io: Io, done: Done): Command {
  return new Command('sources')
    .description('Check the sources file and say what would be fetched, and when. Nothing is fetched.')
    .argument('<check>', 'the word check')
    .addOption(sourcesOption())
    .addOption(archiveOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples('unspool sources check', 'unspool sources check --sources /etc/unspool/sources.toml'),
    )
    .action(async (what: string, options: CheckOptions) => {
      if (what !== 'check') throw new UsageError(`\`unspool sources ${what}\`: the only word known here is check`)
      done(await runCheck(options, io))
    })
}

/** Throws UsageError that names file, line and key. */
export async function readSourcesFile(path: string): Promise<readonly Source[]> {
  const { parseSources } = await import('../../crawl/sources/sources.ts')
  return parseSources(readText(path), path)
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    if (!existsSync(path))
      throw new UsageError(`there is no sources file at ${path}; write one, or name another with --sources FILE`, {
        cause,
      })
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new UsageError(`the sources file cannot be read (${why}); name another with --sources FILE`, { cause })
  }
}

async function runCheck({ sources: path, archive, json }: CheckOptions, io: Io): Promise<number> {
  const sources = await readSourcesFile(path)
  const { readSecrets } = await import('../secrets.ts')
  readSecrets(sources, path, io)
  const planned = await planFrom(sources, archive, io)
  if (json) print(io, JSON.stringify(planned, null, 2))
  else for (const one of planned) print(io, await explain(one, io.now().toISOString()))
  return EXIT_CODES.ok.code
}

async function planFrom(sources: readonly Source[], archive: string, io: Io): Promise<readonly Planned[]> {
  const { planSources } = await import('../../crawl/schedule/plan.ts')
  const { fetchUrlOf } = await import('../../pipeline/pipeline.ts')
  const { DATABASE_NAME } = await import('../../archive/database/database.ts')
  const { openArchiveReader } = await import('../../archive/reader.ts')
  const reader = existsSync(join(archive, DATABASE_NAME)) ? openArchiveReader(archive) : null
  try {
    return planSources(sources, reader, fetchUrlOf, io.now().toISOString())
  } finally {
    reader?.close()
  }
}

const LAST: Readonly<Partial<Record<VisitOutcome, string>>> = {
  failed: 'the last look failed',
  refused: 'the last look was refused',
  absent: 'there is no such page, and never was; is the address right?',
  gone: 'the page is gone',
}

async function explain({ source, url, dueAt, last, gap }: Planned, now: string): Promise<string> {
  const { sayDuration } = await import('../../crawl/sources/duration.ts')
  const { everyMs, follow, maxPages, maxDepth, browser, revisitMs } = source
  const lines = [
    `${source.name}: every ${sayDuration(everyMs)}, ${dueAt <= now ? 'due now' : `next look ${dueAt}`}`,
    ...(url === source.url ? [] : [`  is fetched as ${url}`]),
    `  follows ${follow.length === 0 ? 'nothing' : `${follow.join(' and ')}, up to ${maxPages} pages, ${maxDepth} links deep`}; browser ${browser}`,
    ...(follow.includes('items') ? [`  looks at items again after ${revisitMs.map(sayDuration).join(', ')}`] : []),
    ...(last === null || LAST[last] === undefined ? [] : [`  ${LAST[last]}`]),
    ...(gap === null ? [] : [`  was not looked at since ${gap.from}: ${gap.missed} looks missed`]),
  ]
  return lines.join('\n')
}
