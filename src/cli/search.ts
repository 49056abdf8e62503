// `unspool search WORDS`: full-text search over the posts of the archive.
import { Command } from 'commander'
import { type Io, print, remark } from './io.ts'
import { archiveOption, examples, jsonOption, readCount } from './options.ts'
import type { Done } from './program.ts'

/** Hits printed, unless asked otherwise. */
const HITS = 20

export function searchCommand(io: Io, done: Done): Command {
  return new Command('search')
    .description('Find posts by their words. All words must occur; "a phrase" and prefix* work.')
    .argument('<words...>')
    .addOption(archiveOption())
    .option('--limit <n>', 'hits to print', String(HITS))
    .addOption(jsonOption())
    .addHelpText('after', examples('unspool search lighthouse keeper', `unspool search '"river gauge"' --limit 5`))
    .action(async (words: string[], options: { archive: string; limit: string; json: boolean }) => {
      const { openArchiveReader } = await import('../archive/reader.ts')
      const reader = openArchiveReader(options.archive)
      try {
        const hits = reader.search(words.join(' '), readCount(options.limit, '--limit'))
        if (options.json) print(io, JSON.stringify(hits, null, 2))
        else
          for (const hit of hits)
            print(io, `${hit.thread ?? hit.post}  ${hit.author ?? ''}  ${hit.snippet.replace(/\s+/g, ' ')}`)
        if (hits.length === 0) remark(io, `no post in ${options.archive} has all of these words`)
        done(0)
      } finally {
        reader.close()
      }
    })
}
