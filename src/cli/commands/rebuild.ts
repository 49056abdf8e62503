// `unspool rebuild`: make archive.sqlite again from the WARC files alone.
import { Command } from 'commander'
import { EXIT_CODES } from '../../errors.ts'
import { VERSION } from '../../version.ts'
import { plural } from '../../wording.ts'
import { type Done, type Io, print, remark } from '../io.ts'
import { archiveOption, examples, jsonOption } from '../options.ts'
import { toldSetAside } from '../report.ts'

export function rebuildCommand(io: Io, done: Done): Command {
  return new Command('rebuild')
    .description('Make archive.sqlite again from the WARC files alone, with the adapters and engine of this version.')
    .addOption(archiveOption())
    .addOption(jsonOption())
    .addHelpText('after', examples('unspool rebuild', 'unspool rebuild --archive /srv/threads'))
    .action(async (options: { archive: string; json: boolean }) => {
      const { rebuildArchive } = await import('../../pipeline/rebuild.ts')
      const report = await rebuildArchive(options.archive, { now: io.now, signal: io.signal, version: VERSION })
      if (options.json) print(io, JSON.stringify(report, null, 2))
      else
        print(
          io,
          `${plural(report.captures, 'capture')} read again, ${plural(report.threads, 'thread')} and ${plural(report.conversations, 'discussion')} found`,
        )
      for (const file of report.damaged) remark(io, `warc/${file} cannot be read whole; \`unspool recover\` says where`)
      for (const line of toldSetAside(report.setAside)) remark(io, line)
      done(report.setAside === null ? EXIT_CODES.ok.code : EXIT_CODES.partial.code)
    })
}
