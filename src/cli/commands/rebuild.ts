// `unspool rebuild`: make archive.sqlite again from the WARC files alone.
import { Command } from 'commander'
import { VERSION } from '../../version.ts'
import { type Io, print } from '../io.ts'
import { archiveOption, examples, jsonOption } from '../options.ts'
import type { Done } from '../program.ts'
import { count } from '../report.ts'

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
          `${count(report.captures, 'capture')} read again, ${count(report.threads, 'thread')} and ${count(report.conversations, 'discussion')} found`,
        )
      done(0)
    })
}
