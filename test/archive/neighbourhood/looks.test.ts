// The law of looks: pages looked at over and over, stored look by look, give the findings that unrolling everything at
// once gives. Though most looks change nothing but when a page was seen last, and are not unrolled.
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { checkArchive } from '../../../src/archive/verify/verify.ts'
import { openArchiveWriter } from '../../../src/archive/writer.ts'
import type { Capture, Extraction, Post } from '../../../src/model.ts'
import { storeNews } from '../../../src/pipeline/pipeline.ts'
import fc, { LAW_TIMEOUT_MS, lawCases } from '../../laws.ts'
import { findingsOf, query, unrollAll } from '../at-once.ts'
import { differingTables } from '../rows.ts'
import { ADAPTER, makeCapture, makeExtraction, makeFolder, makeOptions, makePost } from '../samples.ts'

const WORDS = 'lamp oil wick glass tower keeper fog horn tide rope brass ladder storm ledger paint gull'.split(' ')
const POSTS = 8
const ADDRESSES = 3
const MINUTE_MS = 60_000

/** What is true of a post wherever it is shown. */
const post = fc.record({
  author: fc.nat(2),
  hasId: fc.integer({ min: 0, max: 4 }).map((die) => die > 0),
  isComment: fc.integer({ min: 0, max: 3 }).map((die) => die === 0),
  answers: fc.option(fc.nat(POSTS - 1)),
  number: fc.option(fc.integer({ min: 1, max: 4 }), { freq: 2 }),
})
/** What an address says for a while. */
const page = fc.record({
  shown: fc.uniqueArray(fc.nat(POSTS - 1), { minLength: 1, maxLength: 4 }),
  edition: fc.nat(1),
  replies: fc.option(fc.nat(9)),
})
const look = fc.record({
  address: fc.nat(ADDRESSES - 1),
  /** Mostly it says what it said before. */
  page: fc.integer({ min: 0, max: 5 }).map((die) => (die === 0 ? 1 : 0)),
  /** Bytes that say nothing: a page made anew for each visitor. */
  visitor: fc.nat(2),
  minutes: fc.integer({ min: -1, max: 4 }),
  /** Whether what follows is stored before it is unrolled. */
  waits: fc.integer({ min: 0, max: 3 }).map((die) => die === 0),
})
const posts = fc.array(post, { minLength: POSTS, maxLength: POSTS })
const pages = fc.array(fc.tuple(page, page), { minLength: ADDRESSES, maxLength: ADDRESSES })
type Told = typeof posts extends fc.Arbitrary<infer T> ? T : never
type Page = typeof page extends fc.Arbitrary<infer T> ? T : never
type Look = typeof look extends fc.Arbitrary<infer T> ? T : never
type Scene = [Told, [Page, Page][], Look[]]

/** Met by chance: a comment of a discussion whose first post is not here, and a post that answers that. */
const ROOTLESS: Scene = [
  Array.from({ length: POSTS }, (_, at) => ({
    ...{ author: 0, hasId: false, isComment: at === 0, answers: at === 1 ? 0 : null, number: null },
  })),
  Array.from({ length: ADDRESSES }, (_, at) => {
    const same = { shown: [at], edition: 0, replies: null }
    return [same, same] as [Page, Page]
  }),
  [0, 1].map((address, minutes) => ({ address, page: 0, visitor: 0, minutes, waits: false })),
]

/** Met by chance: a post that answers a comment, which came later and answers that post. */
const CIRCLE: Scene = [
  Array.from({ length: POSTS }, (_, at) => ({
    ...{ author: at, hasId: true, isComment: at === 1, answers: at < 2 ? 1 - at : null, number: null },
  })),
  ROOTLESS[1],
  ROOTLESS[2],
]

/** Met by chance: a thread against the clock, told of again when only a comment beside it was looked at again. */
const REMARKED: Scene = [
  Array.from({ length: POSTS }, (_, at) => ({
    ...{ author: at === 0 ? 0 : 2, hasId: at === 2, isComment: at === 0, answers: at === 1 ? 2 : null, number: null },
  })),
  [[0], [1, 2, 0], [2, 1]].map((shown, at) => {
    const same = { shown, edition: at === 2 ? 1 : 0, replies: null }
    return [same, same] as [Page, Page]
  }),
  [1, 2, 0].map((address) => ({ address, page: 0, visitor: 0, minutes: 0, waits: address === 1 })),
]

/** Met by chance: such a thread, which opens a discussion of which a comment was looked at again. */
const REMARKED_ROOT: Scene = [
  Array.from({ length: POSTS }, (_, at) => ({
    ...{ author: 0, hasId: at === 7, isComment: at < 2, answers: at === 1 || at === 3 ? 7 : null, number: null },
  })),
  [[0], [3, 1, 7], [0]].map((shown) => {
    const same = { shown, edition: 0, replies: null }
    return [same, same] as [Page, Page]
  }),
  [1, 0, 0].map((address, at) => ({ address, page: 0, visitor: 0, minutes: 0, waits: at !== 1 })),
]
/** Met by chance: a post below its author's own comment, which turns out to answer somebody else. */
const BELOW_OWN_COMMENT: Scene = [
  Array.from({ length: POSTS }, (_, at) => ({
    ...{
      author: at === 1 || at === 2 || at === 3 ? 2 : 0,
      hasId: at === 1 || at === 4,
      isComment: at !== 2 && at !== 3,
    },
    ...{ answers: at === 1 ? 4 : at === 2 ? 1 : null, number: null },
  })),
  [
    [[0], [0]],
    [[0], [1]],
    [[3, 2], [4]],
  ].map(([a, b]) => [a, b].map((shown) => ({ shown, edition: 0, replies: null })) as [Page, Page]),
  [2, 0, 1, 0, 2].map((address, at) => ({
    ...{ address, page: at === 0 ? 0 : 1, visitor: 0, minutes: 0 },
    waits: at !== 3,
  })),
]

it(
  'makes of pages looked at over and over what it makes of all looks at once',
  () => {
    fc.assert(
      fc.property(posts, pages, fc.array(look, { minLength: 6, maxLength: 16 }), (told, shown, looks) => {
        const dir = join(makeFolder(), 'archive')
        const writer = openArchiveWriter(dir, makeOptions())
        const run = writer.beginRun({ command: 'crawl', options: {} })
        let time = Date.UTC(2026, 0, 1)
        for (const { address, page, visitor, minutes, waits } of looks) {
          time += minutes * MINUTE_MS
          const url = `http://pages.example/${address}`
          const capturedAt = new Date(time).toISOString()
          const about = { capturedAt, url, finalUrl: url, input: url }
          const capture = makeCapture(`${address} ${page} for visitor ${visitor}`, about)
          const { id } = writer.appendCapture(capture, run)
          writer.storeExtraction(id, readPage(told, shown[address]![page]!, capture), ADAPTER)
          if (!waits) storeNews(writer)
        }
        storeNews(writer)
        writer.close()
        expect([...checkArchive(dir)].filter((checked) => !('ok' in checked))).toEqual([])
        expect(placesOf(dir)).toEqual(sightingsOf(dir))
        const lookByLook = findingsOf(dir)
        unrollAll(dir)
        expect(differingTables(lookByLook, findingsOf(dir))).toEqual([])
      }),
      { numRuns: lawCases(25), examples: [ROOTLESS, CIRCLE, REMARKED, REMARKED_ROOT, BELOW_OWN_COMMENT] },
    )
  },
  LAW_TIMEOUT_MS,
)

function readPage(told: Told, { shown, edition, replies }: Page, capture: Capture): Extraction {
  const read = makeExtraction(shown.map((n, at) => postOf(told, n, { at, edition, capture })))
  return { ...read, declared: { ...read.declared, replies } }
}

interface Place {
  readonly at: number
  readonly edition: number
  readonly capture: Capture
}

function postOf(told: Told, n: number, { at, edition, capture }: Place): Post {
  const { author, hasId, isComment, answers, number } = told[n]!
  const words = Array.from({ length: 16 }, (_, i) => WORDS[(n * 5 + i * (n + 3)) % WORDS.length]).join(' ')
  const handle = 'abcdefgh'[author]!
  const isAnswer = answers !== null && answers !== n
  return makePost(at + 1, capture, {
    ref: hasId ? refOf(n) : null,
    kind: isComment ? 'comment' : 'post',
    author: { id: null, handle, name: `${handle} ${edition}`, url: null },
    text: `${number === null ? '' : `${number}/4 `}${words}${edition === 0 ? '' : ' (corrected)'}`,
    createdAt: new Date(Date.UTC(2025, 0, 1, 0, n * 7)).toISOString(),
    parent: isAnswer ? { ref: refOf(answers), key: null, basis: 'declared', p: 1, say: 'the page says so' } : null,
    conversation: isComment ? String(1000) : null,
  })
}

function refOf(n: number): { platform: string; id: string } {
  return { platform: 'x', id: String(1000 + n) }
}

/** What findings say of where each post was seen. */
function placesOf(dir: string): readonly unknown[] {
  return query(dir, 'SELECT capture_id, selector FROM post_places ORDER BY 1, 2')
}

/** What was read of it. */
function sightingsOf(dir: string): readonly unknown[] {
  return query(
    dir,
    `SELECT c.id, s.selector FROM captures AS c JOIN latest_extractions AS e ON e.capture_key = c.key
     JOIN sightings AS s ON s.reading_key = e.reading_key ORDER BY 1, 2`,
  )
}
