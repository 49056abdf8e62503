// `unspool backup DIR`: a copy of the archive that stands alone, brought up to date by what is new, and proven.
import { Command } from 'commander'
import { plural } from '../../wording.ts'
import { type Done, type Io, print } from '../io.ts'
import { archiveOption, examples, jsonOption, readFolder, wholePath } from '../options.ts'

export function backupCommand(io: Io, done: Done): Command {
  return new Command('backup')
    .description(
      'Copy the archive to a folder: the database, new WARC files, and a manifest of hashes. Again copies what is new.',
    )
    .argument('<dir>', 'a new folder, or an earlier backup of this archive', wholePath)
    .addOption(archiveOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples('unspool backup /media/disk/threads', 'unspool verify --archive /media/disk/threads'),
    )
    .action(async (target: string, options: { archive: string; json: boolean }) => {
      const { backupArchive } = await import('../../archive/copies/backup.ts')
      const report = await backupArchive(options.archive, readFolder(target))
      const { captures, postVersions, copied, known } = report
      if (options.json) print(io, JSON.stringify(report, null, 2))
      else
        print(
          io,
          `${plural(captures, 'capture')}, ${plural(postVersions, 'post version')} in ${target}; ${plural(copied.length, 'WARC file')} copied, ${known} there before`,
        )
      done(0)
    })
}
