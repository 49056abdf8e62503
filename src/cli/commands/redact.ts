// `unspool redact POST|CAPTURE`: remove bytes and text on request; digest, reason and date stay.
import { existsSync } from 'node:fs'
import { Command } from 'commander'
import { UsageError } from '../../errors.ts'
import type { RedactedBefore, RedactReport } from '../../pipeline/redact.ts'
import { VERSION } from '../../version.ts'
import { plural } from '../../wording.ts'
import { type Done, type Io, print, remark } from '../io.ts'
import { archiveOption, examples, jsonOption } from '../options.ts'

interface RedactOptions {
  readonly archive: string
  readonly reason: string
  readonly json: boolean
}

export function redactCommand(io: Io, done: Done): Command {
  return new Command('redact')
    .description('Remove a post or a capture on request: bytes and text go, digest, reason and date stay.')
    .argument('<id>', 'id or unique prefix of a post, or id of a capture')
    .requiredOption('--reason <text>', 'why; it is kept')
    .addOption(archiveOption())
    .addOption(jsonOption())
    .addHelpText('after', examples('unspool redact x:1710000000000000001 --reason "asked for by its author"'))
    .action(async (id: string, { archive, reason, json }: RedactOptions) => {
      if (reason.trim() === '') throw new UsageError('--reason takes a few words; they are all that will be left')
      const { redactFromArchive } = await import('../../pipeline/redact.ts')
      const report = await redactFromArchive(archive, id, reason, { now: io.now, version: VERSION })
      print(io, json ? JSON.stringify(report, null, 2) : explainRedaction(report))
      if (existsSync(`${archive}/quarantine`)) remark(io, LOOK_THERE)
      done(0)
    })
}

const LOOK_THERE =
  'quarantine/ may hold it too: bytes that could not be read, or an old database; delete there what is not needed any more'

function explainRedaction(report: RedactReport | RedactedBefore): string {
  if ('redactedBefore' in report) {
    const { at, reason } = report.redactedBefore
    return `${report.id} was redacted already, on ${at}: ${reason}`
  }
  const { kind, id, captures, digests, exports } = report
  const lines = [`${kind} ${id} removed: the bytes of ${plural(captures, 'capture')}, and all text of it`]
  for (const digest of digests) lines.push(`  ${digest}`)
  if (exports.length > 0)
    lines.push(`${plural(exports.length, 'exported file')} removed; \`unspool export\` writes what is left`)
  lines.push('Older backups and copies still hold it: run `unspool backup` again, and delete those you do not renew.')
  return lines.join('\n')
}
