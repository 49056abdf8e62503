// `unspool add INPUT…`: capture into the archive first, then extract, unroll and store; say what was found.
import { statSync } from 'node:fs'
import { Command } from 'commander'
import { EXIT_CODES } from '../../errors.ts'
import type { PageOrder } from '../../model.ts'
import type { AddReport } from '../../pipeline/add.ts'
import { VERSION } from '../../version.ts'
import { plural } from '../../wording.ts'
import {
  type Done,
  exitOfNothing,
  type FetchChoices,
  type Io,
  openFetchers,
  print,
  remark,
  remarkNotes,
  workUnasked,
} from '../io.ts'
import {
  allowPrivateOption,
  archiveOption,
  browserOption,
  examples,
  jsonOption,
  mediaOption,
  orderOption,
  profileOption,
  readFolder,
  verboseOption,
} from '../options.ts'
import { createAddLine } from '../progress.ts'
import { isEmpty, lineOfConversation, lineOfThread, summarise } from '../report.ts'

/** Findings named one by one, the longest when there are more; an account's export has thousands. */
const MOST_LINES = 25

interface AddOptions extends FetchChoices {
  readonly archive: string
  readonly order: PageOrder
  readonly json: boolean
  readonly verbose: boolean
}

export function addCommand(io: Io, done: Done): Command {
  return new Command('add')
    .description('Capture inputs into the archive, unroll them, and say what was found. The bytes are safe first.')
    .argument('<inputs...>', 'URLs, files, folders, exports (zip, tar, WARC, HAR, MHTML, VCR) or - for standard input')
    .addOption(archiveOption())
    .addOption(orderOption())
    .addOption(browserOption())
    .addOption(profileOption())
    .addOption(mediaOption())
    .addOption(allowPrivateOption())
    .addOption(jsonOption())
    .addOption(verboseOption())
    .addHelpText(
      'after',
      examples(
        'unspool add saved-page.html',
        'unspool add --archive /srv/threads https://blog.example/a-post/',
        'unspool add *.html posts.jsonl',
      ),
    )
    .action(async (inputs: string[], options: AddOptions) => done(await runAdd(inputs, options, io)))
}

async function runAdd(inputs: readonly string[], options: AddOptions, io: Io): Promise<number> {
  io.heed?.(true)
  const { addInputs } = await import('../../pipeline/add.ts')
  const fetchers = openFetchers(io, options)
  const line = createAddLine(io)
  const total = sizeOf(inputs)
  try {
    const { now, signal } = io
    const report = await addInputs(inputs, {
      aside: (work) => workUnasked(io, work),
      onProgress: (tally, bytesRead) => line.show({ tally, bytesRead, total }),
      dir: readFolder(options.archive),
      order: options.order,
      fetchers,
      now,
      signal,
      version: VERSION,
    })
    line.end()
    if (options.json) print(io, JSON.stringify(report, null, 2))
    else if (report.captures > 0 || report.failures.length === 0) printReport(report, io)
    remarkNotes(io, report.unrolled.notes, options.verbose)
    return finish(report, io)
  } finally {
    line.end()
    await fetchers.close()
  }
}

/** The note that says which records of a WARC file were taken. */
const WARC_RECORDS = 'warc-records'

/** Bytes of all inputs; null where one is no file: the size of a folder or page is known when it is read. */
function sizeOf(inputs: readonly string[]): number | null {
  try {
    const found = inputs.map((input) => statSync(input))
    return found.every((one) => one.isFile()) ? found.reduce((sum, { size }) => sum + size, 0) : null
  } catch {
    return null // what is not there is refused when it is read
  }
}

function printReport(report: AddReport, io: Io): void {
  print(io, keptLine(report))
  for (const { code, input, message } of report.unrolled.notes)
    if (code === WARC_RECORDS) print(io, `  ${input}: ${message}`)
  if (isNothingNew(report)) return
  if (report.parts > 0) {
    const texts = report.texts === 0 ? '' : ` and those of ${plural(report.texts, 'text')}`
    print(io, `${plural(report.newPosts, 'new post')}${texts}, unrolled in ${report.parts + 1} parts: unspool list`)
    return
  }
  print(io, summarise(report.unrolled))
  const { threads, conversations } = report.unrolled
  const rows = [
    ...threads.map((thread) => ({ size: thread.posts.length, line: lineOfThread(thread) })),
    ...conversations.map((talk) => ({ size: 1 + talk.replies.length, line: lineOfConversation(talk) })),
  ]
  if (rows.length > MOST_LINES) rows.sort((a, b) => b.size - a.size)
  for (const { line } of rows.slice(0, MOST_LINES)) print(io, `  ${line}`)
  if (rows.length > MOST_LINES) print(io, `  … and ${rows.length - MOST_LINES} more, none longer: unspool list`)
}

function keptLine({ captures, unchanged, known, newVersions }: AddReport): string {
  const changed = newVersions === 0 ? '' : `; ${plural(newVersions, 'post')} changed since`
  const here = known === 0 ? '' : `; ${known} more ${known === 1 ? 'was' : 'were'} here already`
  return `${plural(captures - known, 'capture')} kept, ${unchanged - known} of them as before${here}${changed}`
}

function isNothingNew({ captures, known, unrolled }: AddReport): boolean {
  return known > 0 && captures === known && isEmpty(unrolled)
}

function finish({ failures, unread, partRead, unrolled, ...found }: AddReport, io: Io): number {
  for (const { error } of failures) remark(io, error.message)
  const inParts = found.parts === 0 ? 0 : found.texts
  const isNothing = isEmpty(unrolled) && found.newPosts + found.knownPosts + inParts === 0
  if (failures.length > 0) return EXIT_CODES[isNothing ? failures[0]!.error.exit : 'partial'].code
  if (!isNothing) return EXIT_CODES[unread.length + partRead.length > 0 ? 'partial' : 'ok'].code
  remark(io, 'the bytes are kept, but no posts were found in them; a later version may read them (unspool rebuild)')
  return EXIT_CODES[exitOfNothing(unrolled.notes)].code
}
