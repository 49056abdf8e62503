// `unspool refresh`: read again what this version reads differently, and say what changed.
import { Command } from 'commander'
import type { RefreshReport, Reread } from '../../pipeline/refresh.ts'
import { VERSION } from '../../version.ts'
import { plural } from '../../wording.ts'
import { type Done, type Io, print } from '../io.ts'
import { archiveOption, examples, jsonOption } from '../options.ts'

interface RefreshOptions {
  readonly archive: string
  readonly dryRun: boolean
  readonly json: boolean
}

export function refreshCommand(io: Io, done: Done): Command {
  return new Command('refresh')
    .description('Read again only what a newer adapter or engine reads differently, and say what changed.')
    .addOption(archiveOption())
    .option('--dry-run', 'say what would change; store nothing', false)
    .addOption(jsonOption())
    .addHelpText('after', examples('unspool refresh --dry-run', 'unspool refresh'))
    .action(async ({ archive, dryRun, json }: RefreshOptions) => {
      const { refreshArchive } = await import('../../pipeline/refresh.ts')
      const { now, signal } = io
      const report = await refreshArchive(archive, { now, signal, version: VERSION, dryRun })
      print(io, json ? JSON.stringify(report, null, 2) : explainRefresh(report))
      done(0)
    })
}

function explainRefresh({ dryRun, captures, firstRead, engine, findings }: RefreshReport): string {
  if (captures.length === 0 && firstRead === 0 && engine === null) return 'everything is read by this version already'
  const { added, gone, changed } = findings
  const would = dryRun ? 'would be ' : ''
  const differ = captures.filter((reread) => !isAsBefore(reread))
  return [
    `${plural(captures.length, 'capture')} ${would}read again, ${differ.length} differently`,
    ...differ.map(lineOf),
    ...(firstRead === 0 ? [] : [`${plural(firstRead, 'capture')} ${would}read for the first time`]),
    ...(engine === null ? [] : [`all ${would}unrolled again: engine ${engine.from.join(', ')} → ${engine.to}`]),
    `${plural(added.length, 'finding')} ${would}new, ${gone.length} gone, ${changed.length} changed`,
    ...added.map((id) => `  + ${id}`),
    ...gone.map((id) => `  - ${id}`),
    ...changed.map(({ id, before, after }) => `  ~ ${id}: ${before} → ${after}`),
  ].join('\n')
}

function isAsBefore({ newPosts, changedPosts, lostPosts }: Reread): boolean {
  return newPosts.length + changedPosts.length + lostPosts.length === 0
}

function lineOf({ input, from, to, newPosts, changedPosts, lostPosts }: Reread): string {
  return `  ${input}: ${from} → ${to}; ${plural(newPosts.length, 'post')} new, ${changedPosts.length} changed, ${lostPosts.length} lost`
}
