// `unspool export`: the archive's threads and discussions for people (Markdown) and for machines.
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { Command, Option } from 'commander'
import type { ArchiveReader } from '../../archive/reader.ts'
import { UsageError } from '../../errors.ts'
import type { ExportItem, Wish } from '../../export/narrow.ts'
import type { Stored } from '../../export/package/part.ts'
import type { MachineFormat } from '../export-formats.ts'
import { type Done, type Io, print, remark } from '../io.ts'
import { archiveOption, examples, jsonOption, readDay, readFolder } from '../options.ts'
import { createExportLine } from '../progress.ts'

type ExportFormat = 'md' | MachineFormat

interface ExportOptions {
  readonly archive: string
  readonly format: ExportFormat
  readonly to?: string
  readonly asOf?: string
  readonly author?: string
  readonly site?: string
  readonly since?: string
  readonly until?: string
  readonly json: boolean
}

const FORMATS = ['md', 'jsonl', 'csv', 'wacz', 'bagit', 'folder'] satisfies ExportFormat[]
/** Formats of findings alone. */
const DATED: readonly ExportFormat[] = ['md', 'jsonl', 'csv']
const NARROWING = ['asOf', 'author', 'site', 'since', 'until'] as const
const MEGABYTE = 1_000_000
const KILOBYTE = 1000

export function exportCommand(io: Io, done: Done): Command {
  return new Command('export')
    .description(
      'Write every thread and discussion: as Markdown files, JSON lines or CSV tables; or the whole archive, as WACZ, BagIt or a folder described by RO-Crate.',
    )
    .addOption(archiveOption())
    .addOption(new Option('--format <format>', 'what to write').choices(FORMATS).default('md' satisfies ExportFormat))
    .option('--to <path>', 'file (jsonl, wacz) or folder to write (default: in exports/ inside the archive)')
    .option(
      '--as-of <date>',
      'md, jsonl, csv: as the archive would have shown it at the end of this day, or at this time (UTC)',
    )
    .option('--author <name>', 'md, jsonl, csv: only what this handle or name began')
    .option('--site <name>', 'md, jsonl, csv: only what began on this platform, as in ids, or on this host')
    .option('--since <date>', 'md, jsonl, csv: only what began on this day or at this time (UTC) or later')
    .option('--until <date>', 'md, jsonl, csv: only what began on this day or at this time (UTC) or before')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples(
        'unspool export',
        'unspool export --to ~/notes/threads',
        'unspool export --author orla --since 2024-01-01 --to ~/notes/orla',
        'unspool export --format wacz --to threads.wacz',
      ),
    )
    .action(async (options: ExportOptions) => {
      const { format } = options
      const narrowing = NARROWING.find((name) => options[name] !== undefined)
      if (narrowing !== undefined && !DATED.includes(format))
        throw new UsageError(
          `--${narrowing === 'asOf' ? 'as-of' : narrowing} goes with ${DATED.join(', ')}; ${format} holds all captures`,
        )
      if (options.to !== undefined) await checkTarget(options.to, options.archive)
      if (format === 'md') await exportMarkdown(options, io)
      else await exportMachine(format, options, io)
      done(0)
    })
}

/** Nothing of the archive is ever written over. */
async function checkTarget(to: string, archive: string): Promise<void> {
  if (to.trim() === '') throw new UsageError('--to is empty; name a file or folder')
  const { isOfArchive } = await import('../../archive/copies/place.ts')
  if (isOfArchive(to, archive)) throw new UsageError(`${to} is a part of the archive itself; name another place`)
}

/** The same archive gives the same bytes, and what is there already is not touched. */
async function exportMarkdown(options: ExportOptions, io: Io): Promise<void> {
  const { openArchiveReader } = await import('../../archive/reader.ts')
  const { withHandles } = await import('../../export/narrow.ts')
  const { planExport } = await import('../../export/plan.ts')
  const { writeExport } = await import('../../export/write.ts')
  const to = readFolder(options.to ?? join(options.archive, 'exports'))
  const reader = openArchiveReader(options.archive)
  try {
    const wish = withHandles(readWish(options), reader.handlesOf)
    const report = { to, ...writeExport(to, planExport(await findingsOf(reader, options), wish)) }
    const { written, unchanged } = report
    print(io, options.json ? JSON.stringify(report, null, 2) : `${written} written, ${unchanged} unchanged in ${to}`)
    if (written + unchanged === 0) remark(io, 'nothing here is what was asked for; `unspool list` says what there is')
  } finally {
    reader.close()
  }
}

async function findingsOf(reader: ArchiveReader, options: ExportOptions): Promise<Iterable<ExportItem>> {
  const time = readTime(options)
  if (time === null) return reader.findings()
  const { findAsOf } = await import('../../pipeline/as-of.ts')
  return findAsOf(reader, time).findings()
}

function readWish({ author, site, since, until }: ExportOptions): Wish {
  return {
    authors: author === undefined ? null : [author],
    site: site ?? null,
    since: since === undefined ? null : readDay(since, '--since', 'start'),
    until: until === undefined ? null : readDay(until, '--until', 'end'),
  }
}

function readTime({ asOf }: ExportOptions): string | null {
  return asOf === undefined ? null : readDay(asOf, '--as-of', 'end')
}

async function exportMachine(format: MachineFormat, options: ExportOptions, io: Io): Promise<void> {
  const { DEFAULT_NAMES, exportForMachines } = await import('../export-formats.ts')
  const to = readTarget(options.to ?? join(options.archive, 'exports', DEFAULT_NAMES[format]), format)
  const line = createExportLine(io)
  const seen = { files: 0, bytes: 0 }
  const told = ({ path, bytes }: Stored): void => {
    seen.files++
    seen.bytes += bytes
    line.show(`${sum(seen.files, seen.bytes)} · ${path}`)
  }
  const { archive } = options
  const asked = { archive, to, asOf: readTime(options), wish: readWish(options) }
  const task = { ...asked, now: io.now(), signal: io.signal, told, remark: (text: string) => remark(io, text) }
  // What goes to /dev/stdout is not mixed with words about it.
  const { isDevice } = await import('../../export/package/whole-file.ts')
  const say = isDevice(to) ? remark : print
  const out = isDevice(to) ? { stdout: io.stderr } : io
  const stored = await exportForMachines(format, task).catch((error: unknown) => {
    // `unspool export … --to /dev/stdout | head` closes our output early: that is not an error.
    if (isDevice(to) && isBrokenPipe(error)) return null
    throw error
  })
  line.end()
  if (stored === null) return
  const bytes = stored.reduce((sum, part) => sum + part.bytes, 0)
  const files = stored.map(({ path, bytes, sha256 }) => ({ path, bytes, sha256 }))
  if (options.json) print(out, JSON.stringify({ to, format, bytes, files }, null, 2))
  else say(io, `${sum(files.length, bytes)} in ${to}`)
}

function isBrokenPipe(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : null
  return cause instanceof Error && 'code' in cause && cause.code === 'EPIPE'
}

/** Two formats are a file, the others a folder of files. */
function readTarget(to: string, format: MachineFormat): string {
  if (format !== 'jsonl' && format !== 'wacz') return readFolder(to)
  if (statSync(to, { throwIfNoEntry: false })?.isDirectory() !== true) return to
  throw new UsageError(`${to} is a folder; ${format} is one file: name it, e.g. --to ${join(to, `archive.${format}`)}`)
}

function sum(files: number, bytes: number): string {
  const size = bytes < MEGABYTE ? `${Math.ceil(bytes / KILOBYTE)} kB` : `${(bytes / MEGABYTE).toFixed(1)} MB`
  return `${files} ${files === 1 ? 'file' : 'files'}, ${size}`
}
