// The command line as a whole: every command is registered here, parsed once, and its error becomes an exit code.
import { Command, CommanderError, Help, type Option } from 'commander'
import { unfinishedMerge } from '../archive/copies/unfinished-merge.ts'
import { EXIT_CODES, IntegrityError, StorageError } from '../errors.ts'
import { VERSION } from '../version.ts'
import { addCommand } from './commands/add.ts'
import { backupCommand } from './commands/backup.ts'
import { crawlCommand } from './commands/crawl.ts'
import { exportCommand } from './commands/export.ts'
import { historyCommand } from './commands/history.ts'
import { listCommand } from './commands/list.ts'
import { mergeCommand } from './commands/merge.ts'
import { platformsCommand } from './commands/platforms.ts'
import { rebuildCommand } from './commands/rebuild.ts'
import { recoverCommand } from './commands/recover.ts'
import { redactCommand } from './commands/redact.ts'
import { refreshCommand } from './commands/refresh.ts'
import { searchCommand } from './commands/search.ts'
import { showCommand } from './commands/show.ts'
import { sourcesCommand } from './commands/sources.ts'
import { sqlCommand } from './commands/sql.ts'
import { traceCommand } from './commands/trace.ts'
import { unrollCommand } from './commands/unroll.ts'
import { verifyCommand } from './commands/verify.ts'
import { whyCommand } from './commands/why.ts'
import { type Done, type Io, remark, reportError } from './io.ts'
import { quoteWord } from './options.ts'

/** How commander begins what is wrong with a command line. */
const COMMANDERS_OWN = /^error: /

/** Builds the whole program; `done` is told each command's exit code. Also read by the README's command reference. */
export function buildProgram(io: Io, done: Done): Command {
  const program = new Command('unspool')
    .description('Unrolls threads and blog discussions, and archives them with the evidence for every decision.')
    .version(VERSION, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
  const commands = [
    unrollCommand,
    addCommand,
    crawlCommand,
    sourcesCommand,
    listCommand,
    showCommand,
    whyCommand,
    traceCommand,
    historyCommand,
    searchCommand,
    sqlCommand,
    exportCommand,
    verifyCommand,
    backupCommand,
    mergeCommand,
    rebuildCommand,
    refreshCommand,
    recoverCommand,
    redactCommand,
    platformsCommand,
  ]
  for (const make of commands) program.addCommand(make(io, done))
  for (const command of [program, ...program.commands]) {
    const name = command === program ? '' : ` ${command.name()}`
    command.exitOverride().showHelpAfterError(`(unspool${name} --help shows what there is)`)
    command.configureHelp({ optionDescription: describeOption })
    command.configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      // As all that is said on stderr: logs of cron hold the words of many programs.
      outputError: (text, write) => write(text.replace(COMMANDERS_OWN, 'unspool: ')),
    })
  }
  program.hook('preAction', (_, command) => remarkUnfinished(io, command))
  return program.addHelpText('after', `\nExit codes:\n${exitCodeLines()}`)
}

/** What a merge that was killed left is asked for by nobody else: its captures are safe, and found by no command. */
function remarkUnfinished(io: Io, command: Command): void {
  const { archive } = command.opts<{ archive?: string }>()
  const others = archive === undefined || command.name() === 'merge' ? [] : unfinishedMerge(archive)
  if (others.length === 0) return
  const again = `unspool merge --archive ${[archive ?? '', ...others].map(quoteWord).join(' ')}`
  remark(
    io,
    `a merge into this archive was not finished; what it brought may be here in part, or unread: run \`${again}\``,
  )
}

/** Runs one command line and gives its exit code; never throws. */
export async function runCli(argv: readonly string[], io: Io): Promise<number> {
  let code = 0
  const program = buildProgram(io, (given) => {
    code = given
  })
  try {
    await program.parseAsync([...(isHelpOfNothing(argv, program) ? argv.slice(1) : argv)], { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT_CODES.usage.code
    // Whoever is stopped meets what the stop itself breaks off; a full or damaged disk is none of that.
    const isOfDisk = error instanceof StorageError || error instanceof IntegrityError
    return io.signal.aborted && !isOfDisk ? EXIT_CODES.interrupted.code : reportError(io, error)
  }
}

/** For help of a command that there is not, commander prints all help and says nothing of it. */
function isHelpOfNothing([first, name]: readonly string[], { commands }: Command): boolean {
  return first === 'help' && name !== undefined && commands.every((command) => command.name() !== name)
}

/** That a switch is off unless given needs no words. */
function describeOption(option: Option): string {
  return new Help().optionDescription(option).replace(' (default: false)', '')
}

function exitCodeLines(): string {
  return Object.values(EXIT_CODES)
    .map(({ code, say }) => `  ${String(code).padStart(3)}  ${say}`)
    .join('\n')
}
