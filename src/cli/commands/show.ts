// `unspool show ID`: one thread or discussion out of the archive.
import { Command } from 'commander'
import type { ArchiveReader, Finding } from '../../archive/reader.ts'
import { UsageError } from '../../errors.ts'
import type { Unrolled } from '../../model.ts'
import { type Done, type Io, printAll } from '../io.ts'
import { readName } from '../names.ts'
import { archiveOption, asJsonOption, examples, type Format, formatOption } from '../options.ts'
import { renderUnrolled } from '../render.ts'

export function showCommand(io: Io, done: Done): Command {
  return new Command('show')
    .description('Print one thread or discussion of the archive.')
    .argument('<id>', 'id, alias, address, id of a post in it or unique prefix')
    .addOption(archiveOption())
    .addOption(formatOption())
    .addOption(asJsonOption())
    .option('--raw', 'keep the numbering in the text', false)
    .addHelpText(
      'after',
      examples('unspool show x:1710000000000000001', 'unspool show https://x.com/orla/status/1710000000000000001'),
    )
    .action(async (id: string, options: { archive: string; format: Format; raw: boolean }) => {
      const findings = await readFindings(options.archive, id)
      await printAll(io, await renderUnrolled(asUnrolled(findings), options))
      done(0)
    })
}

async function readFindings(dir: string, id: string): Promise<readonly Finding[]> {
  const { openArchiveReader } = await import('../../archive/reader.ts')
  const reader = openArchiveReader(dir)
  try {
    return await findIn(reader, dir, id)
  } finally {
    reader.close()
  }
}

/** What an id, alias, unique prefix or address names. Throws UsageError when it names nothing or several things. */
export async function findIn(reader: ArchiveReader, dir: string, given: string): Promise<readonly Finding[]> {
  const id = await readName(reader, given)
  const findings = reader.readFindings(id)
  if (findings.length > 0) return findings
  const removed = reader.redactionOf(id)
  if (removed !== null) throw new UsageError(`${given} was removed on request, on ${removed.at}: ${removed.reason}`)
  throw new UsageError(`no thread or discussion is called ${given} in ${dir}; \`unspool list\` prints the ids`)
}

function asUnrolled(findings: readonly Finding[]): Unrolled {
  return {
    threads: findings.flatMap(({ thread }) => thread ?? []),
    conversations: findings.flatMap(({ conversation }) => conversation ?? []),
    unplaced: [],
    edges: [],
    handovers: [],
    notes: [],
  }
}
