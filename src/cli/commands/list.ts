// `unspool list`: what the archive holds, newest first, paged by key.
import { Command } from 'commander'
import type { ListedFinding } from '../../archive/queries/listing.ts'
import { type Done, type Io, print, remark } from '../io.ts'
import {
  archiveOption,
  DEFAULT_ARCHIVE,
  examples,
  jsonOption,
  minPostsOption,
  quoteWord,
  readCount,
} from '../options.ts'
import { markOf, NO_DATE, shorten } from '../report.ts'

/** Rows of one page, unless asked otherwise. */
const PAGE_ROWS = 50

interface ListOptions {
  readonly archive: string
  readonly json: boolean
  readonly limit: string
  readonly after?: string
  readonly minPosts: string
  readonly author?: string
  readonly incomplete: boolean
}

export function listCommand(io: Io, done: Done): Command {
  return new Command('list')
    .description('List the threads and discussions of the archive, newest first.')
    .addOption(archiveOption())
    .option('--limit <n>', 'rows to print', String(PAGE_ROWS))
    .addOption(minPostsOption())
    .option('--author <name>', 'only what this handle or name began')
    .option('--incomplete', 'only what is known to be incomplete', false)
    .option('--after <key>', 'go on after this key, as printed at the end of the page before')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples('unspool list', 'unspool list --limit 10 --json', 'unspool list --incomplete --author orla'),
    )
    .action(async (options: ListOptions) => {
      await listFindings(options, io)
      done(0)
    })
}

async function listFindings(options: ListOptions, io: Io): Promise<void> {
  const { openArchiveReader } = await import('../../archive/reader.ts')
  const reader = openArchiveReader(options.archive)
  try {
    const limit = readCount(options.limit, '--limit')
    const minPosts = readCount(options.minPosts, '--min-posts')
    const page = reader.listFindings({
      ...{ limit, minPosts, after: options.after ?? null },
      ...{ author: options.author ?? null, incomplete: options.incomplete },
    })
    if (options.json) return print(io, JSON.stringify(page, null, 2))
    for (const row of page.rows) print(io, lineOfRow(row))
    if (page.rows.length === 0) remark(io, sayNothing(options))
    if (page.next !== null)
      remark(io, `more: unspool list${sayChoices(options)} --after '${page.next.replaceAll("'", `'\\''`)}'`)
  } finally {
    reader.close()
  }
}

/** Columns as `search` has them, and the mark and the statement that `add` prints. */
function lineOfRow(row: ListedFinding): string {
  const { kind, id, publishedAt, title, opening, author, completeness, statement } = row
  // Of answers to what is not here the id is all that is known.
  const name = title ?? opening ?? (kind === 'conversation' ? `Replies to ${id}` : '')
  const what = `${markOf(completeness)} ${shorten(name)}`
  return [id, publishedAt?.slice(0, 10) ?? NO_DATE, ...(author === null ? [] : [author]), what, statement].join('  ')
}

function sayNothing({ archive, minPosts, author, incomplete }: ListOptions): string {
  const asked = [
    ...(incomplete ? ['known to be incomplete'] : []),
    ...(author === undefined ? [] : [`begun by ${author}`]),
    ...(minPosts === '1' ? [] : [`of ${minPosts} posts or more`]),
  ]
  return asked.length > 0
    ? `nothing ${asked.join(', ')} is in ${archive}`
    : `nothing is in ${archive} yet; \`unspool add INPUT\` fills it`
}

/** What was asked for besides, so that the line works as it is printed. */
function sayChoices({ archive, limit, minPosts, author, incomplete }: ListOptions): string {
  return [
    ...(archive === DEFAULT_ARCHIVE ? [] : [` --archive ${quoteWord(archive)}`]),
    ...(limit === String(PAGE_ROWS) ? [] : [` --limit ${limit}`]),
    ...(minPosts === '1' ? [] : [` --min-posts ${minPosts}`]),
    ...(author === undefined ? [] : [` --author ${quoteWord(author)}`]),
    ...(incomplete ? [' --incomplete'] : []),
  ].join('')
}
