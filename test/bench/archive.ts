// `npm run bench:archive -- [PAGES]`: what the archive costs beside bare loops over the same rows, bytes and files, as
// ratios of CPU seconds of one run. A page has 60 posts; the usual 1,667 pages are 100,000 posts. Bundled as the
// program is: tsx wraps each closure so that it keeps its name, which is a quarter of the time of reading a page.
import { createHash } from 'node:crypto'
import { closeSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { openArchiveReader } from '../../src/archive/reader.ts'
import { newRecordId } from '../../src/archive/record-names.ts'
import { type VerifyScope, WHOLE } from '../../src/archive/verify/scope.ts'
import { verifyArchive } from '../../src/archive/verify/verify.ts'
import { captureToRecord } from '../../src/archive/warc/capture-record.ts'
import { encodeRecord, GZIP_LEVEL } from '../../src/archive/warc/warc.ts'
import { openArchiveWriter } from '../../src/archive/writer.ts'
import { rebuildArchive } from '../../src/pipeline/rebuild.ts'
import { describeBytes } from './archive-bytes.ts'
import {
  CONTENTS,
  copyBare,
  createMeter,
  fillArchive,
  insertRowsOnly,
  LONG_THREAD,
  makeCaptures,
  OPTIONS,
  postsOf,
  storedSeconds,
  TEXTS,
} from './archive-fill.ts'
import { measureLooks } from './archive-looks.ts'
import { atShare, timeOf, timeSearches } from './archive-search.ts'

const USUAL_PAGES = 1667
const WARMING_PAGES = 500
const APPENDED = 400
const KILOBYTE = 1024
const [pages = USUAL_PAGES] = process.argv.slice(2).map(Number)
const posts = postsOf(pages)
// On the disk of the program, not on one of memory.
const root = mkdtempSync(join('dist', 'bench-'))
const own = join(root, 'own')
try {
  console.log(`${posts} posts on ${pages} pages; CPU seconds, ratios in one run`)
  const bareSeconds = compareStoring()
  tellLooks()
  compareSearching()
  compareAppending()
  await compareVerifying()
  await compareRebuilding(bareSeconds)
} finally {
  rmSync(root, { recursive: true, force: true })
}

/** Gives the seconds of a bare insert of the texts. */
function compareStoring(): number {
  const meter = createMeter()
  // V8 compiles what is called often, once a process: not a cost of a post, and more of ours than of a loop's.
  fillArchive(join(root, 'warm'), WARMING_PAGES, createMeter(), () => undefined)
  for (const rows of ['one', 'many'] as const) copyBare(join(root, 'warm'), join(root, `warm-${rows}.sqlite`), rows)
  const marks = [0]
  fillArchive(own, pages, meter, (done) => {
    if (done / pages >= marks.length / 10) marks.push(storedSeconds(meter))
  })
  for (const stage of ['append', 'extract', 'store posts', 'read back', 'unroll', 'look around', 'store findings'])
    console.log(`  ${stage}: ${((meter.of(stage) / posts) * 1e6).toFixed(0)} µs a post`)
  const seconds = storedSeconds(meter)
  const tenths = marks.slice(1).map((mark, at) => mark - (marks[at] ?? 0))
  const single = copyBare(own, join(root, 'single.sqlite'), 'one')
  const bare = copyBare(own, join(root, 'bare.sqlite'), 'many')
  const texts = insertRowsOnly(own, join(root, 'texts.sqlite'), TEXTS)
  const contents = insertRowsOnly(own, join(root, 'contents.sqlite'), CONTENTS)
  print('storing posts / the same rows by a bare loop, a row a statement', single / seconds, null)
  print('storing posts / the same rows by a bare loop, as many as are quickest', bare / seconds, 0.7)
  print('storing posts / a bare insert of the texts', texts.seconds / seconds, 0.12)
  print('the bare loop over the same rows / a bare insert of the texts', texts.seconds / bare, null)
  const bytes = statSync(join(own, 'archive.sqlite')).size
  const beside = (what: string, bare: number): string =>
    `bytes a post (${(bytes / posts).toFixed(0)}) / a bare row of ${what} (${(bare / posts).toFixed(0)})`
  print(beside('id, author, time, address and text', texts.bytes), bytes / texts.bytes, -1.7)
  print(beside('the same with title, HTML, edit and name', contents.bytes), bytes / contents.bytes, null)
  console.log(`  ${describeBytes(own, posts)}`)
  print('storing: last tenth / first tenth', (tenths.at(-1) ?? 0) / (tenths[0] ?? 1), -2)
  return texts.seconds
}

function tellLooks(): void {
  const { bytes, storing } = measureLooks(join(root, 'looks'))
  print('another look at an unchanged page of 60 posts, bytes of the database', bytes, null)
  print('... ms of CPU to store and unroll it', storing, null)
}

function compareSearching(): void {
  const { times, unranked } = timeSearches(own, posts)
  print(
    `search, ms of CPU, ${times.length} of them (${unranked} not ranked): median ${atShare(times, 0.5).toFixed(1)}, 95th of 100`,
    atShare(times, 0.95),
    -100,
  )
  const reader = openArchiveReader(own)
  const long = 'x:1700000000000000000'
  if (reader.readFindings(long)[0]?.thread?.posts.length !== LONG_THREAD)
    throw new Error('the long thread is not there')
  print(
    `a thread of ${LONG_THREAD} posts opened, ms`,
    timeOf(() => reader.readFindings(long)),
    -10,
  )
  reader.close()
}

function compareAppending(): void {
  const captures = makeCaptures(9_000_000, APPENDED)
  const meter = createMeter()
  const writer = openArchiveWriter(join(root, 'appended'), OPTIONS)
  const run = writer.beginRun({ command: 'add', options: {} })
  const file = openSync(join(root, 'plain.warc.gz'), 'w')
  for (const capture of captures) {
    meter.measure('gzip', () => gzipSync(capture.body, { level: GZIP_LEVEL }))
    meter.measure('usual gzip', () => gzipSync(capture.body))
    const names = { id: newRecordId(new Date()), warcinfoId: run, same: null }
    meter.measure('record', () => writeSync(file, encodeRecord(captureToRecord(capture, names))))
    meter.measure('append', () => writer.appendCapture(capture, run))
  }
  closeSync(file)
  writer.close()
  print('WARC records made and written / gzip at the same level', meter.of('gzip') / meter.of('record'), 0.7)
  print('... and synced, with their rows committed', meter.of('gzip') / meter.of('append'), null)
  print('... of that, beside gzip as it comes (level 6)', meter.of('usual gzip') / meter.of('append'), null)
}

async function compareVerifying(): Promise<void> {
  const meter = createMeter()
  meter.measure('hash', () => hashFiles())
  meter.measure('inflate', () => inflateFiles())
  const quick = await timeVerifying(WHOLE)
  const thorough = await timeVerifying({ ...WHOLE, isThorough: true })
  print('verify / reading and hashing the files', quick / meter.of('hash'), -1.5)
  print('verify --thorough / reading and hashing the files', thorough / meter.of('hash'), null)
  print(
    'verify --thorough / the same with the WARC unpacked',
    thorough / (meter.of('hash') + meter.of('inflate')),
    null,
  )
}

/** CPU seconds. */
async function timeVerifying(scope: VerifyScope): Promise<number> {
  const before = process.cpuUsage()
  const report = await verifyArchive(own, { ...OPTIONS, signal: new AbortController().signal, scope })
  const { user, system } = process.cpuUsage(before)
  if (report.problems.length > 0) throw new Error(`verify: ${report.problems[0]?.what}`)
  return (user + system) / 1e6
}

function files(): readonly string[] {
  return readdirSync(own, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:sqlite|warc\.gz)$/.test(name))
    .map((name) => join(own, name))
}

function hashFiles(): void {
  for (const file of files()) createHash('sha256').update(readFileSync(file)).digest('hex')
}

function inflateFiles(): void {
  for (const file of files())
    if (file.endsWith('.gz'))
      createHash('sha256')
        .update(gunzipSync(readFileSync(file)))
        .digest('hex')
}

async function compareRebuilding(bareSeconds: number): Promise<void> {
  const before = process.cpuUsage()
  const { captures } = await rebuildArchive(own, { ...OPTIONS, signal: new AbortController().signal })
  const { user, system } = process.cpuUsage(before)
  const seconds = (user + system) / 1e6
  print('rebuild, captures a CPU second', captures / seconds, 300)
  print('rebuild (posts/s) / a bare insert of the texts', bareSeconds / seconds, 0.22)
  console.log(`peak memory ${(process.resourceUsage().maxRSS / KILOBYTE).toFixed(0)} MB`)
}

/** `aim`: at least so much, or, below zero, at most. */
function print(what: string, value: number, aim: number | null): void {
  const isMet = aim === null || (aim < 0 ? value <= -aim : value >= aim)
  const wanted = aim === null ? '' : ` (${aim < 0 ? '≤' : '≥'} ${Math.abs(aim)}${isMet ? '' : ', NOT MET'})`
  console.log(`${what}: ${value.toFixed(2)}${wanted}`)
}
