// `unspool merge OTHER…`: one archive out of several.
import { Command } from 'commander'
import { VERSION } from '../../version.ts'
import { plural } from '../../wording.ts'
import { type Done, type Io, print, remark } from '../io.ts'
import { archiveOption, examples, jsonOption, wholePath } from '../options.ts'

export function mergeCommand(io: Io, done: Done): Command {
  return new Command('merge')
    .description(
      'Take all that other archives hold into this one. The others stay as they are; any order gives the same.',
    )
    .argument('<others...>', 'folders of other archives')
    .addOption(archiveOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples('unspool merge /srv/laptop-archive', 'unspool merge --archive all first second third'),
    )
    .action(async (others: string[], options: { archive: string; json: boolean }) => {
      const { mergeArchives } = await import('../../pipeline/merge.ts')
      const { now, signal } = io
      const report = await mergeArchives(options.archive, others.map(wholePath), { now, signal, version: VERSION })
      const { copied, read, threads, conversations, damaged } = report
      if (options.json) print(io, JSON.stringify(report, null, 2))
      else
        print(
          io,
          `${plural(copied.length, 'WARC file')} taken in, ${plural(read, 'capture')} read; now ${plural(threads, 'thread')} and ${plural(conversations, 'discussion')}`,
        )
      for (const file of damaged) remark(io, `${file} is damaged in part; \`unspool verify\` says where`)
      done(0)
    })
}
