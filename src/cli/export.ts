// `unspool export`: every thread and discussion of the archive as Markdown files.
import { join } from 'node:path'
import { Command } from 'commander'
import { type Io, print } from './io.ts'
import { archiveOption, examples, jsonOption } from './options.ts'
import type { Done } from './program.ts'

interface ExportOptions {
  readonly archive: string
  readonly to?: string
  readonly json: boolean
}

export function exportCommand(io: Io, done: Done): Command {
  return new Command('export')
    .description('Write every thread and discussion as a Markdown file. The same archive gives the same bytes.')
    .addOption(archiveOption())
    .option('--to <dir>', 'folder to write into (default: exports/ inside the archive)')
    .addOption(jsonOption())
    .addHelpText('after', examples('unspool export', 'unspool export --to ~/notes/threads'))
    .action(async (options: ExportOptions) => {
      const report = await exportArchive(options)
      const { to, written, unchanged } = report
      print(io, options.json ? JSON.stringify(report, null, 2) : `${written} written, ${unchanged} unchanged in ${to}`)
      done(0)
    })
}

async function exportArchive(options: ExportOptions): Promise<{ to: string; written: number; unchanged: number }> {
  const { openArchiveReader } = await import('../archive/reader.ts')
  const { planExport } = await import('../export/plan.ts')
  const { writeExport } = await import('../export/write.ts')
  const to = options.to ?? join(options.archive, 'exports')
  const reader = openArchiveReader(options.archive)
  try {
    return { to, ...writeExport(to, planExport(reader.findings())) }
  } finally {
    reader.close()
  }
}
