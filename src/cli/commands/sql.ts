// `unspool sql "SELECT …"`: a read-only query with a time limit. The query runs in a child process, which can be
// killed.
import { spawn } from 'node:child_process'
import { Command } from 'commander'
import { EXIT_CODES, UsageError } from '../../errors.ts'
import { type Done, type Io, print, printAll, remark } from '../io.ts'
import { archiveOption, examples, jsonOption, readCount } from '../options.ts'

/** Rows and seconds of one query, unless asked otherwise. */
const ROWS = 1000
const SECONDS = 10
const SECOND_MS = 1000
/** A timer that waits longer goes off at once (2^31 ms, 25 days). */
const LONGEST_WAIT_MS = 2 ** 31 - 1

interface SqlOptions {
  readonly archive: string
  readonly limit: string
  readonly seconds: string
  readonly json: boolean
  readonly csv: boolean
  readonly here: boolean
}

export function sqlCommand(io: Io, done: Done): Command {
  return takingComments(new Command('sql'))
    .description('Run a SELECT on the archive, read-only and with a time limit. schema.sql has the tables and views.')
    .argument('<query>')
    .addOption(archiveOption())
    .option('--limit <n>', 'rows to print', String(ROWS))
    .option('--seconds <n>', 'stop the query after this time', String(SECONDS))
    .addOption(jsonOption())
    .option('--csv', 'print a CSV table, as `export --format csv` writes them', false)
    .option('--here', 'run in this process, without the time limit', false)
    .addHelpText(
      'after',
      examples(
        'unspool sql "SELECT id, statement FROM completeness_report"',
        'unspool sql --csv --limit 100000 "SELECT * FROM thread_latest" > threads.csv',
      ),
    )
    .action(async (query: string, options: SqlOptions) => {
      if (options.here) await printAnswer(query, options, io)
      else done(await runInChild(query, options, io))
    })
}

/** Two dashes begin an option, and in SQL a comment; in no option a line ends, or a blank stands before its value. */
const COMMENT = /^--(?:[^\s=]*\s|.*\n)/

/** A query may begin with a comment. To SQL a blank before it is nothing; to commander it is what tells it apart. */
function takingComments(command: Command): Command {
  const parse = command.parseOptions.bind(command)
  command.parseOptions = (args) => parse(args.map((arg) => (COMMENT.test(arg) ? ` ${arg}` : arg)))
  return command
}

async function printAnswer(query: string, options: SqlOptions, io: Io): Promise<void> {
  const { querySql } = await import('../../archive/queries/sql.ts')
  const { columns, rows, more } = querySql(options.archive, query, readCount(options.limit, '--limit'))
  const cells = rows.map((row) =>
    row.map((cell) => (cell instanceof Uint8Array ? `<${cell.length} bytes>` : plain(cell))),
  )
  if (options.json) print(io, rowsAsJson(columns, cells))
  else if (options.csv) await printAll(io, (await import('../../export/package/tables.ts')).csvLines(columns, cells))
  else
    for (const row of [columns, ...cells])
      print(io, row.map((cell) => String(cell ?? '').replace(LINE_ENDS, ' ')).join(' | '))
  if (more) remark(io, `more than ${rows.length} rows; --limit asks for more`)
}

const LINE_ENDS = /(?<!\s)\s*\n\s*/g

/** Of columns that are called alike, the second is `name:2`: an object has each name once. */
function rowsAsJson(columns: readonly string[], cells: readonly (readonly PlainCell[])[]): string {
  const names = columns.map((name, at) => {
    const before = columns.slice(0, at).filter((other) => other === name).length
    return before === 0 ? name : `${name}:${before + 1}`
  })
  const objects = cells.map((row) => Object.fromEntries(row.map((cell, at) => [names[at], cell])))
  return JSON.stringify(objects, null, 2)
}

type PlainCell = string | number | null

/** JSON has no integers of 64 bits: those that would be bent are given as text. */
function plain(cell: string | number | bigint | null): PlainCell {
  if (typeof cell !== 'bigint') return cell
  return Number.isSafeInteger(Number(cell)) ? Number(cell) : String(cell)
}

async function runInChild(query: string, options: SqlOptions, io: Io): Promise<number> {
  io.heed?.(true)
  const seconds = readCount(options.seconds, '--seconds')
  const args = [
    'sql',
    '--here',
    '--archive',
    options.archive,
    '--limit',
    options.limit,
    ...(options.json ? ['--json'] : []),
    ...(options.csv ? ['--csv'] : []),
  ]
  const child = spawn(process.execPath, [...process.execArgv, process.argv[1] ?? '', ...args, '--', query], {
    stdio: 'inherit',
  })
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => {
        child.kill('SIGKILL')
        reject(new UsageError(`the query was stopped after ${seconds} s; narrow it or give it more --seconds`))
      },
      Math.min(seconds * SECOND_MS, LONGEST_WAIT_MS),
    )
    io.signal.addEventListener('abort', () => child.kill('SIGKILL'))
    child.on('error', reject)
    child.on('exit', (code) => {
      clearTimeout(timer)
      resolve(code ?? (io.signal.aborted ? EXIT_CODES.interrupted.code : EXIT_CODES.internal.code))
    })
  })
}
