// `unspool verify`: re-hash every capture and row; say what is not as it was written.
import { Command } from 'commander'
import { EXIT_CODES } from '../errors.ts'
import { VERSION } from '../version.ts'
import { type Io, print } from './io.ts'
import { archiveOption, examples, jsonOption } from './options.ts'
import type { Done } from './program.ts'
import { count } from './report.ts'

export function verifyCommand(io: Io, done: Done): Command {
  return new Command('verify')
    .description('Re-hash every capture and every stored post, and compare the WARC files with the index.')
    .addOption(archiveOption())
    .addOption(jsonOption())
    .addHelpText('after', examples('unspool verify', 'unspool verify --json'))
    .action(async (options: { archive: string; json: boolean }) => {
      const { verifyArchive } = await import('../archive/verify.ts')
      const report = await verifyArchive(options.archive, { now: io.now, signal: io.signal, version: VERSION })
      if (options.json) print(io, JSON.stringify(report, null, 2))
      else {
        for (const problem of report.problems) print(io, `✗ ${problem.where}: ${problem.what}`)
        print(
          io,
          `${count(report.captures, 'capture')}, ${count(report.posts, 'post version')}: ${verdict(report.problems.length)}`,
        )
      }
      done(report.problems.length === 0 ? EXIT_CODES.ok.code : EXIT_CODES.integrity.code)
    })
}

function verdict(problems: number): string {
  return problems === 0 ? 'all as written' : `${count(problems, 'problem')} found`
}
