// `unspool show ID`: one thread or discussion out of the archive.
import { Command } from 'commander'
import type { ArchiveReader, Finding } from '../../archive/reader.ts'
import { UsageError } from '../../errors.ts'
import type { Unrolled } from '../../model.ts'
import { type Done, type Io, printAll, remark } from '../io.ts'
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
      const findings = await readFindings(options.archive, id, io)
      await printAll(io, await renderUnrolled(asUnrolled(findings), options))
      done(0)
    })
}

async function readFindings(dir: string, id: string, io: Io): Promise<readonly Finding[]> {
  const { openArchiveReader } = await import('../../archive/reader.ts')
  const reader = openArchiveReader(dir)
  try {
    return await findIn(reader, { dir, given: id }, io)
  } finally {
    reader.close()
  }
}

/**
 * What an id, alias, unique prefix or address names. Of answers to a post that was removed, that is a remark.
 * @throws UsageError when it names nothing or several things
 */
export async function findIn(
  reader: ArchiveReader,
  { dir, given }: { readonly dir: string; readonly given: string },
  io: Io,
): Promise<readonly Finding[]> {
  const id = await readName(reader, given)
  const findings = reader.readFindings(id)
  const removed = reader.redactionOf(id)
  const say = removed === null ? null : `${given} was removed on request, on ${removed.at}: ${removed.reason}`
  if (findings.length > 0) {
    if (say !== null) remark(io, `${say}; this is what answered it`)
    return findings
  }
  if (say !== null) throw new UsageError(say)
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
