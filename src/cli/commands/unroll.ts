// `unspool unroll INPUT…`: print every thread found; touch no archive.
import { Command } from 'commander'
import { EXIT_CODES } from '../../errors.ts'
import { countFindings, keepLong } from '../../export/long.ts'
import type { Note, PageOrder, Unrolled } from '../../model.ts'
import type { Shortfall } from '../../pipeline/pipeline.ts'
import { resolveInputs } from '../inputs.ts'
import {
  type Done,
  exitOfNothing,
  type FetchChoices,
  type Io,
  openFetchers,
  printAll,
  remark,
  remarkNotes,
} from '../io.ts'
import {
  allowPrivateOption,
  asJsonOption,
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
} from '../options.ts'
import { renderUnrolled } from '../render.ts'
import { isEmpty } from '../report.ts'

const WEB = /^https?:/i

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
    .argument(
      '[inputs...]',
      'URLs, files, folders, exports (zip, tar, WARC, HAR, MHTML, VCR); without any, or as -, standard input',
    )
    .addOption(formatOption())
    .addOption(asJsonOption())
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
        'pbpaste | unspool unroll',
      ),
    )
    .action(async (inputs: string[], options: UnrollOptions) => done(await runUnroll(inputs, options, io)))
}

async function runUnroll(named: readonly string[], options: UnrollOptions, given: Io): Promise<number> {
  const { inputs, io } = await resolveInputs(named, given)
  const minPosts = readCount(options.minPosts, '--min-posts')
  // A browser has to be closed; files are left as they are.
  if (inputs.some((input) => WEB.test(input))) io.heed?.(true)
  const { unrollInParts, unrollOnce } = await import('../../pipeline/pipeline.ts')
  const fetchers = openFetchers(io, options)
  const reading = { order: options.order, fetchers, signal: io.signal }
  try {
    if (options.format === 'jsonl') {
      const bulk = await unrollBulk(inputs, { ...options, minPosts }, io)
      if (bulk !== null) return bulk
      const { parts, ...missed } = await unrollInParts(inputs, reading)
      return finish(await printParts(parts, { ...options, minPosts }, io), missed, io)
    }
    const { unrolled, ...missed } = await unrollOnce(inputs, reading)
    return finish(await printParts([unrolled], { ...options, minPosts }, io), missed, io)
  } finally {
    await fetchers.close()
  }
}

/** What is left to say when all is printed. */
interface Printed {
  readonly isEmpty: boolean
  /** Whether a remark has said already what is wrong, and what to do. */
  readonly isExplained: boolean
  /** Remarks on what stood in place of posts, should there be none. */
  readonly emptyFor: ReturnType<typeof exitOfNothing>
}

type PrintOptions = Pick<UnrollOptions, 'format' | 'raw' | 'verbose'> & { readonly minPosts: number }

async function printParts(parts: Iterable<Unrolled>, options: PrintOptions, io: Io): Promise<Printed> {
  let [empty, isExplained, leftOut] = [true, false, 0]
  const notes: Note[] = []
  for (const part of parts) {
    io.signal.throwIfAborted()
    remarkNotes(io, part.notes, options.verbose)
    const kept = keepLong(part, options.minPosts)
    await printAll(io, await renderUnrolled(kept, options))
    leftOut += countFindings(part) - countFindings(kept)
    isExplained ||= isTold(part.notes)
    if (empty) notes.push(...part.notes)
    empty &&= isEmpty(part)
  }
  remarkLeftOut(io, leftOut, options.minPosts)
  return { isEmpty: empty, isExplained, emptyFor: exitOfNothing(notes) }
}

/** Large files are printed as they are read, by several threads; null for any other inputs. */
async function unrollBulk(
  inputs: readonly string[],
  { order, raw, verbose, minPosts }: PrintOptions & Pick<UnrollOptions, 'order'>,
  io: Io,
): Promise<number | null> {
  const { isBulk, unrollFiles } = await import('../../workers/bulk.ts')
  if (!(await isBulk(inputs))) return null
  const say = (message: string): void => remark(io, message)
  const { now, signal } = io
  const { pieces, missed } = unrollFiles(inputs, { order, lines: { raw, minPosts }, now: now(), signal, say })
  let [findings, isExplained, leftOut] = [0, false, 0]
  for await (const { lines, notes, found } of pieces) {
    for (const part of notes) remarkNotes(io, part, verbose)
    await printAll(io, [lines])
    isExplained ||= isTold(notes.flat())
    findings += found.findings
    leftOut += found.leftOut
  }
  remarkLeftOut(io, leftOut, minPosts)
  return finish({ isEmpty: findings === 0, isExplained, emptyFor: 'notUnderstood' }, missed, io)
}

function isTold(notes: readonly Note[]): boolean {
  return notes.some(({ level }) => level !== 'info')
}

function remarkLeftOut(io: Io, leftOut: number, minPosts: number): void {
  if (leftOut > 0) remark(io, `left out for having fewer than ${minPosts} posts: ${leftOut}`)
}

/** Nothing found: the first failure's own code. Something failed or was not read: partial. Nothing readable: say so. */
function finish(
  { isEmpty, isExplained, emptyFor }: Printed,
  { failures, unread, partRead }: Shortfall,
  io: Io,
): number {
  for (const { error } of failures) remark(io, error.message)
  if (failures.length > 0) return EXIT_CODES[isEmpty ? failures[0]!.error.exit : 'partial'].code
  if (!isEmpty) return EXIT_CODES[unread.length + partRead.length > 0 ? 'partial' : 'ok'].code
  remark(io, `no posts were found${isExplained ? '' : '; try a saved page, a text scrape or JSONL'}`)
  return EXIT_CODES[emptyFor].code
}
