// The law of looks at pages that change: discussions that grow and are edited, timelines that slide. Whatever is taken
// of each look, the findings are those of all looks at once, and every look is told of every post it showed.
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { checkArchive } from '../../../src/archive/verify/verify.ts'
import { type ArchiveWriter, openArchiveWriter } from '../../../src/archive/writer.ts'
import type { Capture, Extraction, Post } from '../../../src/model.ts'
import { storeNews } from '../../../src/pipeline/pipeline.ts'
import fc, { LAW_TIMEOUT_MS, lawCases } from '../../laws.ts'
import { findingsOf, query, unrollAll } from '../at-once.ts'
import { differingTables } from '../rows.ts'
import { ADAPTER, makeCapture, makeExtraction, makeFolder, makeOptions, makePost } from '../samples.ts'

const WORDS = 'lamp oil wick glass tower keeper fog horn tide rope brass ladder storm ledger paint gull'.split(' ')
const POSTS = 12
const HOUR_MS = 3_600_000

/** What is true of a post wherever it is shown. */
const post = fc.record({
  author: fc.nat(2),
  isComment: fc.boolean(),
  answers: fc.option(fc.nat(POSTS - 1), { freq: 3 }),
  number: fc.option(fc.integer({ min: 1, max: 4 }), { freq: 2 }),
})
/** A window of posts; most of them are seen again and again. */
const look = fc.record({
  address: fc.nat(1),
  from: fc.nat(3),
  shown: fc.integer({ min: 2, max: 8 }),
  left: fc.option(fc.nat(POSTS - 1), { freq: 2 }),
  edited: fc.option(fc.nat(POSTS - 1), { freq: 2 }),
  replies: fc.option(fc.nat(9)),
  hours: fc.integer({ min: -2, max: 4 }),
  /** Whether what follows is stored before it is unrolled. */
  waits: fc.integer({ min: 0, max: 3 }).map((die) => die === 0),
})
const scene = fc.record({
  told: fc.array(post, { minLength: POSTS, maxLength: POSTS }),
  /** Whether its posts say of which discussion they are. */
  isDiscussion: fc.boolean(),
  looks: fc.array(look, { minLength: 4, maxLength: 14 }),
  /** Looks that another version of the adapter reads again, with one post less. */
  again: fc.uniqueArray(fc.nat(13), { maxLength: 3 }),
})
type Scene = typeof scene extends fc.Arbitrary<infer T> ? T : never
type Look = Scene['looks'][number]

/** Met by chance: a stranger who stood in for the post that opens a discussion, until other posts of it came. */
const STAND_IN: Scene = {
  told: Array.from({ length: POSTS }, (_, at) => ({
    ...{ author: at === 8 ? 1 : 0, isComment: false, answers: at > 2 && at < 7 ? 0 : null, number: null },
  })),
  isDiscussion: true,
  looks: [
    [3, 6, true],
    [3, 2, false],
    [1, 2, false],
    [0, 2, false],
  ].map(([from, shown, waits], at) => ({
    ...{ address: 0, from: Number(from), shown: Number(shown), left: at === 0 ? 7 : null, edited: null, replies: null },
    ...{ hours: 0, waits: waits === true },
  })),
  again: [],
}

/** Met by chance: a remark about a thread of which another part showed only a part. */
const REMARKED_IN_PART: Scene = {
  told: Array.from({ length: POSTS }, (_, at) => ({
    ...{ author: at < 2 || at > 7 ? 0 : at === 2 ? 2 : 1, isComment: false, number: null },
    answers: at === 0 ? 8 : at === 5 ? 0 : null,
  })),
  isDiscussion: false,
  looks: [
    [0, 2, true],
    [0, 2, true],
    [2, 7, false],
    [2, 2, true],
  ].map(([from, shown, waits]) => ({
    ...{ address: 0, from: Number(from), shown: Number(shown), left: null, edited: null, replies: null },
    ...{ hours: 0, waits: waits === true },
  })),
  again: [],
}

it(
  'makes of pages that change from look to look what it makes of all looks at once',
  () => {
    fc.assert(
      fc.property(scene, (told) => {
        const dir = join(makeFolder(), 'archive')
        const added = write(dir, (writer) => addLooks(writer, told))
        expectWhole(dir)
        write(dir, (writer) => readAgain(writer, told, added))
        expectWhole(dir)
      }),
      { numRuns: lawCases(25), examples: [[STAND_IN], [REMARKED_IN_PART]] },
    )
  },
  LAW_TIMEOUT_MS,
)

function write<T>(dir: string, work: (writer: ArchiveWriter) => T): T {
  const writer = openArchiveWriter(dir, makeOptions())
  const done = work(writer)
  storeNews(writer)
  writer.close()
  return done
}

interface Added {
  readonly id: string
  readonly capture: Capture
}

function addLooks(writer: ArchiveWriter, told: Scene): readonly Added[] {
  const run = writer.beginRun({ command: 'crawl', options: {} })
  let time = Date.UTC(2026, 0, 1)
  return told.looks.map((one, at) => {
    time += one.hours * HOUR_MS
    const url = `http://pages.example/${one.address}`
    const about = { capturedAt: new Date(time).toISOString(), url, finalUrl: url, input: url }
    const capture = makeCapture(`look ${at}`, about)
    const { id } = writer.appendCapture(capture, run)
    writer.storeExtraction(id, readPage(told, one, capture), ADAPTER)
    if (!one.waits) storeNews(writer)
    return { id, capture }
  })
}

function readAgain(writer: ArchiveWriter, told: Scene, added: readonly Added[]): void {
  for (const at of told.again) {
    const one = added[at]
    if (one === undefined) continue
    const { posts, ...page } = readPage(told, told.looks[at]!, one.capture)
    const adapter = { ...ADAPTER, version: 2 }
    const read = posts.slice(1).map((post) => ({ ...post, provenance: { ...post.provenance, adapterVersion: 2 } }))
    writer.storeExtraction(one.id, { ...page, posts: read }, adapter)
  }
}

function readPage({ told, isDiscussion }: Scene, shown: Look, capture: Capture): Extraction {
  const { from, left, edited, replies } = shown
  const numbers = Array.from({ length: shown.shown }, (_, at) => (from + at) % POSTS).filter((n) => n !== left)
  const posts = numbers.map((n, at) => postOf(told, n, { at, isEdited: n === edited, capture, isDiscussion }))
  const read = makeExtraction(posts)
  return { ...read, declared: { ...read.declared, replies } }
}

interface Place {
  readonly at: number
  readonly isEdited: boolean
  readonly isDiscussion: boolean
  readonly capture: Capture
}

function postOf(told: Scene['told'], n: number, { at, isEdited, isDiscussion, capture }: Place): Post {
  const { author, isComment, answers, number } = told[n]!
  const words = Array.from({ length: 16 }, (_, i) => WORDS[(n * 5 + i * (n + 3)) % WORDS.length]).join(' ')
  const handle = 'abc'[author]!
  const isAnswer = answers !== null && answers !== n
  return makePost(at + 1, capture, {
    ref: refOf(n),
    kind: isComment && isDiscussion ? 'comment' : 'post',
    author: { id: null, handle, name: handle, url: null },
    text: `${number === null ? '' : `${number}/4 `}${words}${isEdited ? ' (corrected)' : ''}`,
    createdAt: new Date(Date.UTC(2025, 0, 1, 0, n * 7)).toISOString(),
    parent: isAnswer ? { ref: refOf(answers), key: null, basis: 'declared', p: 1, say: 'the page says so' } : null,
    conversation: isDiscussion ? '1000' : null,
  })
}

function refOf(n: number): { platform: string; id: string } {
  return { platform: 'x', id: String(1000 + n) }
}

/** The findings are those of everything at once, proven, and tell of every look. */
function expectWhole(dir: string): void {
  expect([...checkArchive(dir)].filter((checked) => !('ok' in checked))).toEqual([])
  expect(query(dir, PLACES)).toEqual(query(dir, SIGHTINGS))
  const lookByLook = findingsOf(dir)
  unrollAll(dir)
  expect(differingTables(lookByLook, findingsOf(dir))).toEqual([])
}

const PLACES = 'SELECT post_id, capture_id, selector FROM post_places ORDER BY 1, 2, 3'
const SIGHTINGS = `
  SELECT v.post_id, c.id, s.selector FROM captures AS c JOIN latest_extractions AS e ON e.capture_key = c.key
  JOIN sightings AS s ON s.reading_key = e.reading_key JOIN post_versions AS v ON v.key = s.version_key ORDER BY 1, 2, 3`
