// `unspool show ID`: one thread or discussion out of the archive.
import { Command } from 'commander'
import type { ArchiveReader, Finding } from '../archive/reader.ts'
import { UsageError } from '../errors.ts'
import type { Unrolled } from '../model.ts'
import { type Io, printAll } from './io.ts'
import { archiveOption, examples, type Format, formatOption } from './options.ts'
import type { Done } from './program.ts'
import { renderUnrolled } from './render.ts'

export function showCommand(io: Io, done: Done): Command {
  return new Command('show')
    .description('Print one thread or discussion of the archive.')
    .argument('<id>', 'id, alias, id of a post in it or unique prefix')
    .addOption(archiveOption())
    .addOption(formatOption())
    .option('--raw', 'keep the numbering in the text', false)
    .addHelpText('after', examples('unspool show x:1710000000000000001', 'unspool show x:17100 --format json'))
    .action(async (id: string, options: { archive: string; format: Format; raw: boolean }) => {
      const finding = await readFinding(options.archive, id)
      await printAll(io, await renderUnrolled(asUnrolled(finding), options))
      done(0)
    })
}

async function readFinding(dir: string, id: string): Promise<Finding> {
  const { openArchiveReader } = await import('../archive/reader.ts')
  const reader = openArchiveReader(dir)
  try {
    return findIn(reader, dir, id)
  } finally {
    reader.close()
  }
}

/** What an id, alias or unique prefix names. Throws UsageError when it names nothing or several things. */
export function findIn(reader: ArchiveReader, dir: string, id: string): Finding {
  const finding = reader.readFinding(id)
  if (finding !== null) return finding
  throw new UsageError(`no thread or discussion is called ${id} in ${dir}; \`unspool list\` prints the ids`)
}

function asUnrolled({ thread, conversation }: Finding): Unrolled {
  return {
    threads: thread === null ? [] : [thread],
    conversations: conversation === null ? [] : [conversation],
    unplaced: [],
    edges: [],
    notes: [],
  }
}
