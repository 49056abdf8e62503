// `unspool search WORDS`: full-text search over the posts of the archive, paged by key.
import { Command } from 'commander'
import type { SearchPage } from '../../archive/queries/search/search.ts'
import type { ArchiveReader } from '../../archive/reader.ts'
import { UsageError } from '../../errors.ts'
import { type Done, type Io, print, remark } from '../io.ts'
import { archiveOption, DEFAULT_ARCHIVE, examples, jsonOption, quoteWord, readCount, readDay } from '../options.ts'
import { NO_DATE } from '../report.ts'

/** Hits printed, unless asked otherwise. */
const HITS = 20
/** Pages without a hit that are passed over before a person is asked to go on: a second or two. */
const MOST_LOOKS = 20
const SPACES = /\s+/g
/** What can be found at all. */
const SOUGHT = /[\p{L}\p{N}\p{Extended_Pictographic}]/u

interface SearchOptions {
  readonly archive: string
  readonly limit: string
  readonly author?: string
  readonly site?: string
  readonly since?: string
  readonly until?: string
  readonly after?: string
  readonly json: boolean
}

export function searchCommand(io: Io, done: Done): Command {
  return new Command('search')
    .description('Find posts by their words. All words must occur; "a phrase" and prefix* work.')
    .argument('<words...>')
    .addOption(archiveOption())
    .option('--limit <n>', 'hits to print', String(HITS))
    .option('--author <name>', 'only posts by this handle or name')
    .option('--site <name>', 'only posts of this platform, as in their ids, or with an address on this host')
    .option('--since <date>', 'only posts of this day or time (UTC) and later')
    .option('--until <date>', 'only posts of this day or time (UTC) and before')
    .option('--after <key>', 'go on after this key, as printed at the end of the page before')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples(
        'unspool search lighthouse keeper',
        `unspool search '"river gauge"' --limit 5`,
        "unspool search 'gaug*' --author orla --since 2024-01-01",
      ),
    )
    .action(async (words: string[], options: SearchOptions) => {
      if (!words.some((word) => SOUGHT.test(word)))
        throw new UsageError('search takes words; there is no letter, digit or picture in what was given')
      const { openArchiveReader } = await import('../../archive/reader.ts')
      const reader = openArchiveReader(options.archive)
      try {
        printHits(reader, words.join(' '), options, io)
        done(0)
      } finally {
        reader.close()
      }
    })
}

function printHits(reader: ArchiveReader, words: string, options: SearchOptions, io: Io): void {
  const { author = null, site = null, since, until, after = null } = options
  const request = {
    words,
    limit: readCount(options.limit, '--limit'),
    author,
    site,
    since: since === undefined ? null : readDay(since, '--since', 'start'),
    until: until === undefined ? null : readDay(until, '--until', 'end'),
  }
  let page = reader.search({ ...request, after })
  for (let looks = 1; looks < MOST_LOOKS && page.hits.length === 0 && page.next !== null; looks++)
    page = reader.search({ ...request, after: page.next })
  if (options.json) print(io, JSON.stringify(page, null, 2))
  else printPage(page, words, options, io)
}

function printPage(page: SearchPage, words: string, options: SearchOptions, io: Io): void {
  for (const { thread, post, createdAt, author: by, snippet } of page.hits)
    print(io, `${thread ?? post}  ${createdAt?.slice(0, 10) ?? NO_DATE}  ${by ?? ''}  ${snippet.replace(SPACES, ' ')}`)
  if (page.hits.length === 0) remark(io, sayNothing(options, page.next !== null))
  if (page.remark !== null && (page.hits.length > 0 || page.next !== null)) remark(io, page.remark)
  if (page.next !== null)
    remark(io, `more: unspool search ${quoteWord(words)}${sayChoices(options)} --after ${page.next}`)
}

function sayNothing({ archive, author, site, since, until }: SearchOptions, hasMore: boolean): string {
  const isNarrowed = [author, site, since, until].some((one) => one !== undefined)
  const what = isNarrowed ? 'has all of these words and is what else was asked for' : 'has all of these words'
  return hasMore ? `no post so far ${what}` : `no post in ${archive} ${what}`
}

/** What was asked for besides, so that the line works as it is printed. */
function sayChoices({ archive, limit, author, site, since, until }: SearchOptions): string {
  const given = {
    archive: archive === DEFAULT_ARCHIVE ? undefined : archive,
    limit: limit === String(HITS) ? undefined : limit,
    ...{ author, site, since, until },
  }
  return Object.entries(given)
    .map(([name, value]) => (value === undefined ? '' : ` --${name} ${quoteWord(value)}`))
    .join('')
}
