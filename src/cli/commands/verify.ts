// `unspool verify`: hash every file again, and every capture and row where that is not enough; say what is not as it
// was written.
import { Command } from 'commander'
import type { VerifyScope } from '../../archive/verify/scope.ts'
import type { VerifyReport } from '../../archive/verify/verify.ts'
import { EXIT_CODES, UsageError } from '../../errors.ts'
import { addTo } from '../../grouping.ts'
import { VERSION } from '../../version.ts'
import { plural } from '../../wording.ts'
import { type Done, type Io, print, remark } from '../io.ts'
import { archiveOption, examples, jsonOption, readDay } from '../options.ts'

interface VerifyOptions {
  readonly archive: string
  readonly json: boolean
  readonly since?: string
  readonly sample?: string
  readonly thorough: boolean
  readonly makeKey: boolean
}

export function verifyCommand(io: Io, done: Done): Command {
  return new Command('verify')
    .description(
      'Hash every file again. One that is not known to be as it was written is read record by record and row by row: that names the damage.',
    )
    .addOption(archiveOption())
    .option('--since <date>', 'only what was written since this date (UTC)')
    .option('--sample <share>', 'only a share, such as 1/30: another one each day, all of it in 30 days')
    .option('--thorough', 'read every record and row, whatever the hashes of the files say', false)
    .option('--make-key', 'make a key of the archive’s own first: from then on each run is signed (Ed25519)', false)
    .addOption(jsonOption())
    .addHelpText('after', examples('unspool verify', 'unspool verify --sample 1/30', 'unspool verify --thorough'))
    .action(async (options: VerifyOptions) => {
      const { verifyArchive } = await import('../../archive/verify/verify.ts')
      if (options.makeKey) await makeKey(io, options.archive)
      const scope = await readScope(options, io.now())
      const report = await verifyArchive(options.archive, {
        ...{ now: io.now, signal: io.signal, version: VERSION },
        ...(scope === null ? {} : { scope }),
      })
      if (options.json) print(io, JSON.stringify(report, null, 2))
      else {
        for (const problem of report.problems) print(io, `✗ ${problem.where}: ${problem.what}`)
        print(
          io,
          `${plural(report.captures, 'capture')}, ${plural(report.postVersions, 'post version')}: ${verdict(report.problems.length)}`,
        )
        for (const line of waysOf(report.files)) print(io, line)
      }
      if (report.problems.length > 0) remark(io, await whatNext(report))
      if (!report.recorded && !report.isBackup) remark(io, NOT_NOTED)
      if (report.problems.length === 0 && !report.isBackup) await remarkUnread(io, options.archive)
      done(report.problems.length === 0 ? EXIT_CODES.ok.code : EXIT_CODES.integrity.code)
    })
}

/** They are safe, and nothing that is asked of the archive finds what they say. */
async function remarkUnread(io: Io, dir: string): Promise<void> {
  const { openArchiveReader } = await import('../../archive/reader.ts')
  const reader = openArchiveReader(dir)
  try {
    const unread = reader.unextracted().length
    if (unread > 0) remark(io, `nobody has read ${plural(unread, 'capture')} of these yet: \`unspool refresh\` does`)
  } finally {
    reader.close()
  }
}

/** Told on stderr: the results of verifying stay the same. */
async function makeKey(io: Io, dir: string): Promise<void> {
  const { KEY_NAME, makeSigningKey } = await import('../../archive/verify/signature.ts')
  const fingerprint = makeSigningKey(dir)
  remark(io, `${dir}/${KEY_NAME} was made; note its fingerprint elsewhere: ${fingerprint}`)
}

/** Null: everything. */
async function readScope({ since, sample, thorough }: VerifyOptions, now: Date): Promise<VerifyScope | null> {
  if (since === undefined && sample === undefined)
    return thorough ? { since: null, share: null, isThorough: true } : null
  const { shareOfDay } = await import('../../archive/verify/scope.ts')
  const of = sample === undefined ? null : Number(SHARE.exec(sample)?.[1] ?? 0)
  if (of === 0) throw new UsageError(`--sample takes a share such as 1/30, not ${JSON.stringify(sample)}`)
  return {
    since: since === undefined ? null : readDay(since, '--since', 'start'),
    share: of === null ? null : shareOfDay(now, of),
  }
}

/** The WARC files are the original, and the database is made of them. */
async function whatNext({ problems, isBackup }: VerifyReport): Promise<string> {
  const { UNFINISHED_NAME } = await import('../../archive/copies/manifest.ts')
  if (problems[0]?.where === UNFINISHED_NAME) return FINISH
  const { NEW } = await import('../../archive/verify/files.ts')
  if (problems.every(({ what }) => what === NEW)) return TAKE_IN
  return isBackup || problems.some(({ where }) => where.startsWith('warc/')) ? COPY_BACK : MAKE_AGAIN
}

const FINISH = 'run `unspool backup` into it again; it copies only what is not there'
const TAKE_IN = 'nothing is damaged: `unspool refresh` takes the named file in and reads what it holds'
const MAKE_AGAIN =
  'no damaged WARC file is named: `unspool rebuild` makes the database again from them, and says which cannot be read whole'
const COPY_BACK =
  'copy the named WARC files back from a backup that verifies, then run `unspool rebuild`; without one, `unspool recover` saves all that can be read'

/**
 * Why, is told by whatever is wrong: an archive on a read-only disk is checked like any other. Of a backup nobody
 * expects it.
 */
const NOT_NOTED =
  'the outcome is not noted in the archive: it is damaged, not to be written here, or in use by another command'

const SHARE = /^1\/(\d{1,6})$/

/** How the files were proven, those alike in one line. */
function waysOf(files: VerifyReport['files']): readonly string[] {
  const alike = new Map<string, string[]>()
  for (const { file, by, why } of files) {
    const way = why === null ? WAYS[by] : `${WAYS[by]}, because ${why}`
    addTo(alike, way, file)
  }
  return [...alike].map(
    ([way, names]) => `  ${names.length > FILES_NAMED ? `${names.length} files` : names.join(', ')}: ${way}`,
  )
}

const WAYS = { hash: 'by whole-file hash', records: 'record by record', rows: 'row by row' } as const
/** More files proven alike are counted. */
const FILES_NAMED = 3

function verdict(problems: number): string {
  return problems === 0 ? 'all as written' : `${plural(problems, 'problem')} found`
}
