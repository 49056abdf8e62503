// `unspool recover`: a fresh database out of everything that can still be read; what cannot is named and kept apart.
import { dirname } from 'node:path'
import { Command } from 'commander'
import type { Quarantined } from '../../archive/warc/quarantine.ts'
import { EXIT_CODES } from '../../errors.ts'
import { groupBy } from '../../grouping.ts'
import { VERSION } from '../../version.ts'
import { plural } from '../../wording.ts'
import { type Done, type Io, print, remark } from '../io.ts'
import { archiveOption, examples, jsonOption } from '../options.ts'
import { toldSetAside } from '../report.ts'

/** Stretches of one reason told one by one; of more, the first, and how many there are. */
const TOLD_ALIKE = 3
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
          `${plural(captures, 'capture')} saved, ${plural(threads, 'thread')} and ${plural(conversations, 'discussion')} found`,
        )
        for (const line of sayQuarantined(quarantined)) print(io, `✗ ${line}`)
        for (const id of lostRuns) print(io, `✗ the run ${id} is gone with its WARC file`)
        for (const line of toldSetAside(setAside)) print(io, `✗ ${line}`)
      }
      const isWhole = quarantined.length + lostRuns.length === 0 && setAside === null
      if (!isWhole && !options.json) remark(io, WHAT_NEXT)
      done(isWhole ? EXIT_CODES.ok.code : EXIT_CODES.partial.code)
    })
}

/** The payload of one lost record may be what thousands of later looks refer to. */
function sayQuarantined(quarantined: readonly Quarantined[]): readonly string[] {
  const alike = groupBy(quarantined, ({ reason }) => reason)
  return [...alike.values()].flatMap((all) => (all.length > TOLD_ALIKE ? [sayAlike(all)] : all.map(sayOne)))
}

function sayOne({ file, offset, length, reason, kept }: Quarantined): string {
  return `warc/${file} at byte ${offset}: ${reason} (${length} bytes); kept in ${kept}`
}

function sayAlike(all: readonly Quarantined[]): string {
  const [first] = all
  const bytes = all.reduce((sum, { length }) => sum + length, 0)
  const files = new Set(all.map(({ file }) => file)).size
  const places = `${plural(all.length, 'place')} in ${plural(files, 'WARC file')}, the first warc/${first!.file} at byte ${first!.offset}`
  return `${first!.reason}: ${places} (${bytes} bytes); kept in ${dirname(first!.kept)}, each with a note`
}
