// `unspool recover`: a fresh database out of everything that can still be read; what cannot is named and kept apart.
import { Command } from 'commander'
import { EXIT_CODES } from '../../errors.ts'
import { VERSION } from '../../version.ts'
import { type Done, type Io, print, remark } from '../io.ts'
import { archiveOption, examples, jsonOption } from '../options.ts'
import { count, toldSetAside } from '../report.ts'

const WHAT_NEXT = 'a backup may have these files whole: copy them over those in warc/ and run `unspool rebuild`'

export function recoverCommand(io: Io, done: Done): Command {
  return new Command('recover')
    .description('Save all that can be read of a damaged archive; name the rest and keep its bytes in quarantine/.')
    .addOption(archiveOption())
    .addOption(jsonOption())
    .addHelpText('after', examples('unspool recover', 'unspool recover --archive /srv/threads --json'))
    .action(async (options: { archive: string; json: boolean }) => {
      const { recoverArchive } = await import('../../pipeline/recover.ts')
      const report = await recoverArchive(options.archive, { now: io.now, signal: io.signal, version: VERSION })
      const { recoveries: _recoveries, ...told } = report
      const { captures, threads, conversations, quarantined, lostRuns, setAside } = told
      if (options.json) print(io, JSON.stringify(told, null, 2))
      else {
        print(
          io,
          `${count(captures, 'capture')} saved, ${count(threads, 'thread')} and ${count(conversations, 'discussion')} found`,
        )
        for (const { file, offset, length, reason, kept } of quarantined)
          print(io, `✗ warc/${file} at byte ${offset}: ${reason} (${length} bytes); kept in ${kept}`)
        for (const id of lostRuns) print(io, `✗ the run ${id} is gone with its WARC file`)
        for (const line of toldSetAside(setAside)) print(io, `✗ ${line}`)
      }
      const isWhole = quarantined.length + lostRuns.length === 0 && setAside === null
      if (!isWhole && !options.json) remark(io, WHAT_NEXT)
      done(isWhole ? EXIT_CODES.ok.code : EXIT_CODES.partial.code)
    })
}
