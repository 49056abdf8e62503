// `npm run demo`: the whole flow once, on a sample web of several hosts that this script serves on loopback. It calls
// the command line exactly as a person would; only host names lead to the loopback site.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { SqliteDatabase } from '../../src/archive/database/sqlite.ts'
import type { Io } from '../../src/cli/io.ts'
import { runCli } from '../../src/cli/program.ts'
import { shorten } from '../../src/cli/report.ts'
import { startFixtureWeb } from '../site/fixture-web.ts'

const ROOT = join(import.meta.dirname, '../..')
const ARCHIVE = join(ROOT, 'archive')

/** The sample web's pages, as a person would name them; the fixtures hold what each answers. */
const PAGES: readonly string[] = [
  'http://threads.reader.example/thread/1767612801741758466.html',
  'http://unrolled.mirror.example/thread/1767612520723386369.html',
  'http://gauges.example/2024/05/low-water/',
  'http://harbournotes.example/the-lamp-room',
  'http://spa.reader.example/thread/1907100642309255219',
  // A text scrape without any link or markup: here everything is inferred.
  join(ROOT, 'fixtures/text/thread-scrape/page.txt'),
]

const QUESTION = 'Which threads are incomplete, and why?'
const SQL = `SELECT coalesce(title, opening) AS thread, present, declared, statement FROM completeness_report WHERE completeness <> 'complete'`

async function main(): Promise<number> {
  const web = await startFixtureWeb(join(ROOT, 'fixtures'))
  const io: Io = { ...silentStdin(), ...web.dispatcherOptions }
  try {
    for (const name of ['archive.sqlite', 'archive.sqlite-wal', 'archive.sqlite-shm', 'warc', 'exports'])
      rmSync(join(ARCHIVE, name), { recursive: true, force: true })
    title('unspool add: capture, extract, unroll, store')
    const added = await runCli(['add', '--archive', ARCHIVE, ...PAGES], io)
    title('unspool export: Markdown')
    const exported = await runCli(['export', '--archive', ARCHIVE], io)
    title('unspool verify: every byte accounted for')
    const verified = await runCli(['verify', '--archive', ARCHIVE], io)
    title(`SQL: ${QUESTION}`)
    printAnswer()
    return Math.max(added, exported, verified)
  } finally {
    await web.close()
  }
}

function silentStdin(): Io {
  return {
    stdout: process.stdout,
    stderr: process.stderr,
    stdin: emptyInput(),
    env: process.env,
    now: () => new Date(),
    signal: new AbortController().signal,
  }
}

async function* emptyInput(): AsyncGenerator<Uint8Array> {}

function printAnswer(): void {
  const db = new SqliteDatabase(join(ARCHIVE, 'archive.sqlite'), { readonly: true })
  console.log(`sqlite> ${SQL};`)
  for (const row of db.prepare(SQL).raw().all() as unknown[][])
    console.log(row.map((cell) => shorten(String(cell ?? '–'), 50)).join(' | '))
  db.close()
}

function title(text: string): void {
  console.log(`\n── ${text} ${'─'.repeat(Math.max(0, 76 - text.length))}`)
}

process.exitCode = await main()
