// Archives that are hard to merge: edits back and forth, deletions and returns, mirrors, one post by id and by its
// words, people who change their names, answers that come before what they answer, files with times of their own, runs
// of one second.

import { openArchiveReader } from '../../../src/archive/reader.ts'
import { openArchiveWriter } from '../../../src/archive/writer.ts'
import type { Capture } from '../../../src/model.ts'
import { readCapture, storeNews } from '../../../src/pipeline/pipeline.ts'
import { redactFromArchive } from '../../../src/pipeline/redact.ts'
import { allCases, captureOf } from '../../adapters/cases.ts'
import fc from '../../laws.ts'
import { makeCapture, makeOptions } from '../samples.ts'

const POSTS = 10
/** Addresses that pages share: what one said is said otherwise there later, or is gone. */
const ADDRESSES = 3
const MOMENTS = 6
const MOST_ARCHIVES = 3
const EDITIONS = ['', ' (corrected)', ', and the clerk adds a line'] as const
const WORDS = 'lamp oil wick glass tower keeper fog horn tide rope brass ladder storm ledger paint gull'.split(' ')
/** Account, and the names it went by; the last is known by its handle alone. */
const PEOPLE = [
  { id: '71', handles: ['ann', 'ann_of_the_lamp'], names: ['Ann', 'Ann Lind'] },
  { id: '72', handles: ['bo', 'Bo'], names: ['Bo', 'Bo of the Horn'] },
  { id: '73', handles: ['cy', 'cy'], names: ['Cy', 'Cyril'] },
  { id: null, handles: ['di', 'di'], names: ['Di', 'Di'] },
] as const
/** A copy of a nameless text is looked for by its beginning, and this one begins otherwise than the post it copies. */
const BEGINS_OTHERWISE = 'note-tweet'
const CASES = allCases().filter(({ name }) => name !== BEGINS_OTHERWISE)

/** What is true of a post wherever it is shown. */
const post = fc.record({
  person: fc.nat(PEOPLE.length - 1),
  /** Another person, as a page has it that is mistaken. */
  mistaken: fc.nat(PEOPLE.length - 1),
  answers: fc.option(fc.nat(POSTS - 1), { freq: 2 }),
  number: fc.option(fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 2, max: 4 })), { freq: 3 }),
  isDated: fc.boolean(),
  hasId: fc.integer({ min: 0, max: 9 }).map((die) => die > 0),
})

const shown = fc.uniqueArray(fc.nat(POSTS - 1), { minLength: 1, maxLength: 4 })
const edition = fc.nat(EDITIONS.length - 1)
const moment = fc.nat(MOMENTS - 1)
const page = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('rows' as const),
      ...{ address: fc.nat(ADDRESSES - 1), moment, shown, edition, called: fc.nat(1) },
      /** The last row is there again, by somebody else. */
      isMistaken: fc.integer({ min: 0, max: 4 }).map((die) => die === 0),
      isMirror: fc.integer({ min: 0, max: 3 }).map((die) => die === 0),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('gone' as const), address: fc.nat(ADDRESSES - 1), moment }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('text' as const), moment, shown, edition }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('fixture' as const), at: fc.nat(999), moment }) },
)
const archive = fc.record({
  runs: fc.array(fc.array(page, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 }),
  /** A post that was asked out of it, if it is there. */
  redacted: fc.option(fc.nat(POSTS - 1), { freq: 4 }),
})

export const wildScene = fc.record({
  posts: fc.array(post, { minLength: POSTS, maxLength: POSTS }),
  archives: fc.array(archive, { minLength: 2, maxLength: MOST_ARCHIVES }),
  /** Archives to be merged more than once. */
  repeats: fc.array(fc.nat(MOST_ARCHIVES - 1), { maxLength: 2 }),
})

export type WildScene = typeof wildScene extends fc.Arbitrary<infer T> ? T : never
type WildPage = WildScene['archives'][number]['runs'][number][number]

/** Makes archive number `at` of the scene in `dir`. All of them begin in the same second. */
export async function makeWildArchive(dir: string, { posts, archives }: WildScene, at: number): Promise<void> {
  const { runs, redacted } = archives[at]!
  const writer = openArchiveWriter(dir, makeOptions())
  const reader = openArchiveReader(dir)
  for (const pages of runs) {
    const run = writer.beginRun({ command: 'add', options: {} })
    for (const one of pages) {
      const row = writer.appendCapture(captureOfPage(posts, one), run)
      const { adapter, extraction } = readCapture(reader.readCapture(row))
      writer.storeExtraction(row.id, extraction, adapter)
    }
    storeNews(writer)
    writer.endRun(run)
  }
  const isThere = redacted !== null && reader.planRedaction(idOf(redacted)) !== null
  reader.close()
  writer.close()
  if (isThere) await redactFromArchive(dir, idOf(redacted), 'asked for', makeOptions('2026-04-01T00:00:00.000Z'))
}

function idOf(n: number): string {
  return `x:${1000 + n}`
}

function captureOfPage(posts: WildScene['posts'], page: WildPage): Capture {
  const capturedAt = new Date(Date.UTC(2026, 0, 1, 0, page.moment)).toISOString()
  if (page.kind === 'fixture') return { ...captureOf(CASES[page.at % CASES.length]!), capturedAt }
  if (page.kind === 'text') {
    const file = { method: 'file', url: null, finalUrl: null, status: null, mediaType: 'text/plain' } as const
    const text = page.shown.map((n) => textOf(posts, n, page.edition)).join('\n\n')
    return makeCapture(text, { ...file, capturedAt, capturedAtBasis: 'file-mtime', headers: [], input: 'copy.txt' })
  }
  const url = `http://pages.example/${page.address}`
  const about = { capturedAt, headers: [], url, finalUrl: url, input: url }
  if (page.kind === 'gone') return makeCapture('<p>Gone', { ...about, status: 404, mediaType: 'text/html' })
  const rows = page.shown.map((n) => rowOf(posts, n, page, posts[n]!.person))
  const last = page.shown.at(-1)!
  if (page.isMistaken) rows.push(rowOf(posts, last, { ...page, edition: 0 }, posts[last]!.mistaken))
  return makeCapture(rows.map((row) => JSON.stringify(row)).join('\n'), { ...about, mediaType: 'application/jsonl' })
}

function rowOf(posts: WildScene['posts'], n: number, page: WildPage & { kind: 'rows' }, who: number): object {
  const { answers, isDated, hasId } = posts[n]!
  const { id, handles, names } = PEOPLE[who]!
  const handle = handles[page.called]
  return {
    platform: 'x',
    ...(hasId ? { id: String(1000 + n) } : {}),
    // A mirror knows neither the number of an account nor when something was written.
    author: page.isMirror ? handle : { id, handle, displayName: names[page.called] },
    ...(isDated && !page.isMirror ? { createdAt: new Date(Date.UTC(2025, 0, 1, 0, n * 7)).toISOString() } : {}),
    ...(answers === null || answers === n ? {} : { inReplyTo: String(1000 + answers) }),
    text: textOf(posts, n, page.edition),
  }
}

function textOf(posts: WildScene['posts'], n: number, edition: number): string {
  const { number } = posts[n]!
  const words = Array.from({ length: 24 }, (_, at) => WORDS[(n * 5 + at * (n + 3)) % WORDS.length]).join(' ')
  return `${number === null ? '' : `${number[0]}/${number[1]} `}${words}${EDITIONS[edition]}`
}
