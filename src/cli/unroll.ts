// `unspool unroll INPUT…`: print every thread found; touch no archive.
import { Command } from 'commander'
import { EXIT_CODES } from '../errors.ts'
import type { PageOrder, Unrolled } from '../model.ts'
import type { Failure } from '../pipeline.ts'
import { type FetchChoices, type Io, openFetchers, printAll, remark, remarkNotes } from './io.ts'
import {
  allowPrivateOption,
  browserOption,
  examples,
  type Format,
  formatOption,
  mediaOption,
  minPostsOption,
  orderOption,
  profileOption,
  readCount,
  verboseOption,
} from './options.ts'
import type { Done } from './program.ts'
import { renderUnrolled } from './render.ts'
import { isEmpty } from './report.ts'

interface UnrollOptions extends FetchChoices {
  readonly format: Format
  readonly order: PageOrder
  readonly raw: boolean
  readonly minPosts: string
  readonly verbose: boolean
}

export function unrollCommand(io: Io, done: Done): Command {
  return new Command('unroll')
    .description('Print every thread and discussion found in URLs or files, in reading order. No archive is touched.')
    .argument('<inputs...>', 'URLs, files, folders, exports (zip, tar, WARC, HAR, MHTML) or - for standard input')
    .addOption(formatOption())
    .addOption(orderOption())
    .option('--raw', 'keep the numbering in the text', false)
    .addOption(minPostsOption())
    .addOption(browserOption())
    .addOption(profileOption())
    .addOption(mediaOption())
    .addOption(allowPrivateOption())
    .addOption(verboseOption())
    .addHelpText(
      'after',
      examples(
        'unspool unroll https://threadreaderapp.com/thread/1234567890.html',
        'unspool unroll saved-page.html > thread.md',
        'unspool unroll --format json --order none posts.jsonl',
        'unspool unroll --min-posts 2 twitter-export.zip > threads.md',
        'unspool unroll --format jsonl posts.jsonl > findings.jsonl',
        'pbpaste | unspool unroll -',
      ),
    )
    .action(async (inputs: string[], options: UnrollOptions) => done(await runUnroll(inputs, options, io)))
}

async function runUnroll(inputs: readonly string[], options: UnrollOptions, io: Io): Promise<number> {
  const minPosts = readCount(options.minPosts, '--min-posts')
  const { unrollInParts, unrollOnce } = await import('../pipeline.ts')
  const fetchers = openFetchers(io, options)
  const reading = { order: options.order, fetchers, signal: io.signal }
  try {
    if (options.format === 'jsonl') {
      const { parts, failures } = await unrollInParts(inputs, reading)
      return finish(await printParts(parts, { ...options, minPosts }, io), failures, io)
    }
    const { unrolled, failures } = await unrollOnce(inputs, reading)
    return finish(await printParts([unrolled], { ...options, minPosts }, io), failures, io)
  } finally {
    await fetchers.close()
  }
}

/** What is left to say when all is printed. */
interface Printed {
  readonly isEmpty: boolean
  /** Codes of the remarks. */
  readonly codes: readonly string[]
}

type PrintOptions = Pick<UnrollOptions, 'format' | 'raw' | 'verbose'> & { readonly minPosts: number }

async function printParts(parts: Iterable<Unrolled>, options: PrintOptions, io: Io): Promise<Printed> {
  const codes: string[] = []
  let empty = true
  let leftOut = 0
  for (const part of parts) {
    io.signal.throwIfAborted()
    remarkNotes(io, part.notes, options.verbose)
    const kept = keepLong(part, options.minPosts)
    await printAll(io, await renderUnrolled(kept, options))
    leftOut += countFindings(part) - countFindings(kept)
    codes.push(...part.notes.map(({ code }) => code))
    empty &&= isEmpty(part)
  }
  if (leftOut > 0) remark(io, `left out for having fewer than ${options.minPosts} posts: ${leftOut}`)
  return { isEmpty: empty, codes }
}

/** Threads and discussions of so many posts or more; articles stay. What has no home is one post. */
function keepLong(unrolled: Unrolled, minPosts: number): Unrolled {
  if (minPosts < 2) return unrolled
  const { threads, conversations } = unrolled
  return {
    ...unrolled,
    threads: threads.filter(
      ({ posts, branches }) => branches.reduce((sum, branch) => sum + branch.posts.length, posts.length) >= minPosts,
    ),
    conversations: conversations.filter(
      ({ root, replies }) => root?.kind === 'article' || 1 + replies.length >= minPosts,
    ),
    unplaced: [],
  }
}

function countFindings({ threads, conversations, unplaced }: Unrolled): number {
  return threads.length + conversations.length + unplaced.length
}

/** Nothing found: the first failure's own code. Something failed: partial. Nothing readable: say so. */
function finish({ isEmpty, codes }: Printed, failures: readonly Failure[], io: Io): number {
  for (const { error } of failures) remark(io, error.message)
  if (failures.length > 0) return EXIT_CODES[isEmpty ? failures[0]!.error.exit : 'partial'].code
  if (!isEmpty) return EXIT_CODES.ok.code
  const reasons = codes.join(', ')
  remark(io, `no posts were found${reasons === '' ? '' : ` (${reasons})`}; try a saved page, a text scrape or JSONL`)
  return EXIT_CODES.notUnderstood.code
}
