// The law of findings: made bit by bit, run after run, they are those that unrolling everything at once gives, and
// those of a rebuild. Whatever the captures are, and wherever one run ends and the next begins.
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { checkArchive } from '../../../src/archive/verify/verify.ts'
import type { Capture } from '../../../src/model.ts'
import { rebuildArchive } from '../../../src/pipeline/rebuild.ts'
import { allCases, captureOf } from '../../adapters/cases.ts'
import fc, { LAW_TIMEOUT_MS, lawCases } from '../../laws.ts'
import { addRun, findingsOf, unrollAll } from '../at-once.ts'
import { differingTables } from '../rows.ts'
import { makeCapture, makeFolder, makeOptions } from '../samples.ts'

const WORDS = 'lamp oil wick glass tower keeper fog horn tide rope brass ladder storm ledger paint gull'.split(' ')
const PEOPLE = ['ann', 'bo', 'cy', 'di', null]
const POSTS = 16
/** A copy of a nameless text is looked for by its beginning, and this one begins otherwise than the post it copies. */
const BEGINS_OTHERWISE = 'note-tweet'
const CASES = allCases().filter(({ name }) => name !== BEGINS_OTHERWISE)

/** What is known of a post wherever it is shown: who wrote it, whom it answers, how its text begins. */
const post = fc.record({
  author: fc.nat(PEOPLE.length - 1),
  answers: fc.option(fc.nat(POSTS - 1), { freq: 2 }),
  number: fc.option(fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 2, max: 4 })), { freq: 3 }),
  isDated: fc.boolean(),
  hasId: fc.integer({ min: 0, max: 9 }).map((die) => die > 0),
  quotes: fc.option(fc.nat(POSTS - 1), { freq: 1 }),
  conversation: fc.option(fc.nat(POSTS - 1), { freq: 1 }),
})
const scene = fc.array(post, { minLength: POSTS, maxLength: POSTS })
const page = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('rows' as const), posts: somePosts(5), edition: fc.nat(1) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('text' as const), posts: somePosts(4) }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('answer' as const), posts: somePosts(5), edition: fc.nat(1) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('tree' as const), posts: somePosts(6) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('fixture' as const), at: fc.nat(999) }) },
)
type Page = typeof page extends fc.Arbitrary<infer T> ? T : never
type Scene = typeof scene extends fc.Arbitrary<infer T> ? T : never
const runs = fc.array(fc.array(page, { minLength: 1, maxLength: 4 }), { minLength: 2, maxLength: 5 })
const PLAIN = { quotes: null, conversation: null }

/**
 * Met by chance: a thread in which an answer is older than what it answers, until another run shows that it is none.
 */
const OLDER_ANSWER: [Scene, Page[][]] = [
  Array.from({ length: POSTS }, (_, at) => ({
    ...{ author: 0, answers: at === 9 ? 13 : null, number: null, ...PLAIN },
    ...{ isDated: at === 5 || at === 13, hasId: at === 9 || at === 13 },
  })),
  [[rowsOf(13, 0), rowsOf(9)], [rowsOf(5, 0)], [rowsOf(0)]],
]

/** Met by chance: two side chains of a thread, one of which seemed to go on with the thread's own first post. */
const LOOP: [Scene, Page[][]] = [
  Array.from({ length: POSTS }, (_, at) => ({
    ...{ author: 0, answers: at === 2 ? 1 : at === 8 || at === 12 ? 0 : null, number: null, ...PLAIN },
    ...{ isDated: at === 2, hasId: at === 1 },
  })),
  [
    [{ kind: 'rows', posts: [2], edition: 1 }, rowsOf(0)],
    [rowsOf(1), { kind: 'fixture', at: 0 }],
    [rowsOf(0)],
    [{ kind: 'rows', posts: [2, 0], edition: 0 }],
  ],
]

/**
 * Met by chance: two posts of nobody's on one page, a dated one and another, beside copies of what stands between them.
 */
const NAMELESS: [Scene, Page[][]] = [
  Array.from({ length: POSTS }, (_, at) => ({
    ...{ author: at === 10 || at === 14 ? 4 : 0, answers: null, number: null, ...PLAIN },
    ...{ isDated: at === 14, hasId: false },
  })),
  [
    [rowsOf(0), { kind: 'fixture', at: 0 }, rowsOf(0)],
    [rowsOf(0)],
    [rowsOf(0), rowsOf(0)],
    [rowsOf(0)],
    [
      { kind: 'rows', posts: [3], edition: 1 },
      ...[rowsOf(0), rowsOf(0)],
      { kind: 'rows', posts: [10, 3, 14], edition: 1 },
    ],
  ],
]

/** Posts that come after the trees that tell of them, before them, and again. */
const TREE_FIRST: [Scene, Page[][]] = [
  Array.from({ length: POSTS }, (_, at) => ({
    ...{ author: at % 2, answers: null, number: null, ...PLAIN },
    ...{ isDated: true, hasId: at > 0 },
  })),
  [
    [{ kind: 'tree', posts: [1, 2, 3, 4] }, rowsOf(0)],
    [rowsOf(2)],
    [rowsOf(4), rowsOf(0)],
    [{ kind: 'tree', posts: [5, 3] }],
    [rowsOf(5), rowsOf(2)],
  ],
]

/** Met by chance: a reply that was told of before it came, and began no thread then. */
const TOLD_REPLY: [Scene, Page[][]] = [
  Array.from({ length: POSTS }, (_, at) => ({
    ...{ author: at === 6 ? 1 : 0, answers: at === 6 ? 0 : null, number: null, ...PLAIN },
    ...{ isDated: false, hasId: false },
  })),
  [
    [{ kind: 'tree', posts: [6] }],
    [
      { kind: 'answer', posts: [6, 0], edition: 0 },
      { kind: 'answer', posts: [0], edition: 0 },
    ],
  ],
]

/** Met by chance: a tree that names alone, as its root, a post that another tree has below one that is here. */
const ROOT_OF_REST: [Scene, Page[][]] = [
  Array.from({ length: POSTS }, () => ({
    ...{ author: 0, answers: null, number: null, ...PLAIN },
    ...{ isDated: false, hasId: false },
  })),
  [
    [
      { kind: 'tree', posts: [0, 3] },
      { kind: 'answer', posts: [0], edition: 0 },
    ],
    [{ kind: 'tree', posts: [3] }],
  ],
]

function rowsOf(...posts: number[]): Page {
  return { kind: 'rows', posts, edition: 0 }
}

function somePosts(most: number): fc.Arbitrary<number[]> {
  return fc.uniqueArray(fc.nat(POSTS - 1), { minLength: 1, maxLength: most })
}

it(
  'makes of captures in any number of runs what it makes of all at once',
  async () => {
    await fc.assert(
      fc.asyncProperty(scene, runs, async (told, parts) => {
        const dir = join(makeFolder(), 'archive')
        parts.forEach((pages, at) => {
          addRun(
            dir,
            pages.map((one, n) => captureOfPage(told, one, at * 10 + n)),
            at,
          )
        })
        const bitByBit = findingsOf(dir)
        expect([...checkArchive(dir)].filter((checked) => !('ok' in checked))).toEqual([])
        unrollAll(dir)
        const together = findingsOf(dir)
        expect(differingTables(bitByBit, together)).toEqual([])
        await rebuildArchive(dir, { ...makeOptions('2027-01-01T00:00:00.000Z'), signal: new AbortController().signal })
        expect(differingTables(findingsOf(dir), together)).toEqual([])
      }),
      { numRuns: lawCases(25), examples: [OLDER_ANSWER, LOOP, NAMELESS, TREE_FIRST, TOLD_REPLY, ROOT_OF_REST] },
    )
  },
  LAW_TIMEOUT_MS,
)

function captureOfPage(told: Scene, shown: Page, at: number): Capture {
  const capturedAt = new Date(Date.UTC(2026, 0, 1, 0, at)).toISOString()
  if (shown.kind === 'fixture') return { ...captureOf(CASES[shown.at % CASES.length]!), capturedAt }
  const url = `http://pages.example/${at}`
  const about = { capturedAt, headers: [], url, finalUrl: url, input: url }
  if (shown.kind === 'rows') {
    const rows = shown.posts.map((n) => JSON.stringify(rowOf(told, n, shown.edition)))
    return makeCapture(rows.join('\n'), { ...about, mediaType: 'application/jsonl' })
  }
  if (shown.kind === 'answer')
    return makeCapture(answerOf(told, shown.posts, shown.edition), { ...about, mediaType: 'application/json' })
  if (shown.kind === 'tree') return makeCapture(treeOf(shown.posts), { ...about, mediaType: 'application/json' })
  const file = { method: 'file', url: null, finalUrl: null, status: null, mediaType: 'text/plain' } as const
  return makeCapture(shown.posts.map((n) => textOf(told, n, 0)).join('\n\n'), {
    ...about,
    ...file,
    input: `copy-${at}.txt`,
  })
}

/** An answer of X's API, which names conversations and what is quoted. Posts without ids are shown without them elsewhere. */
function answerOf(told: Scene, posts: readonly number[], edition: number): string {
  const data = posts.map((n) => {
    const { author, answers, isDated, quotes, conversation } = told[n]!
    const about = [
      ...(answers === null || answers === n ? [] : [{ type: 'replied_to', id: String(10_000 + answers) }]),
      ...(quotes === null || quotes === n ? [] : [{ type: 'quoted', id: String(10_000 + quotes) }]),
    ]
    return {
      id: String(10_000 + n),
      text: textOf(told, n, edition),
      author_id: String(500 + author),
      ...(isDated ? { created_at: timeOf(n) } : {}),
      ...(conversation === null ? {} : { conversation_id: String(10_000 + conversation) }),
      ...(about.length === 0 ? {} : { referenced_tweets: about }),
    }
  })
  const users = PEOPLE.flatMap((name, at) => (name === null ? [] : [{ id: String(500 + at), username: name, name }]))
  return JSON.stringify({ data, includes: { users } })
}

function timeOf(n: number): string {
  return new Date(Date.UTC(2025, 0, 1, 0, n * 7)).toISOString()
}

/** A reply tree without words: the first answers nothing, the two after each answer it. */
function treeOf(posts: readonly number[]): string {
  const below = (at: number): string =>
    [2 * at + 1, 2 * at + 2]
      .filter((next) => next < posts.length)
      .map((next) => `${idOf(posts[next]!)}: {${below(next)}}`)
      .join(', ')
  return `{${idOf(posts[0]!)}: {${below(0)}}}`
}

/** JSON. */
function idOf(n: number): string {
  return JSON.stringify(String(10_000 + n))
}

function rowOf(told: Scene, n: number, edition: number): Readonly<Record<string, string>> {
  const { author, answers, isDated, hasId } = told[n]!
  const name = PEOPLE[author] ?? null
  return {
    platform: 'x',
    ...(hasId ? { id: String(10_000 + n) } : {}),
    ...(name === null ? {} : { author: name }),
    ...(isDated ? { createdAt: timeOf(n) } : {}),
    ...(answers === null || answers === n ? {} : { inReplyTo: String(10_000 + answers) }),
    text: textOf(told, n, edition),
  }
}

function textOf(told: Scene, n: number, edition: number): string {
  const { number } = told[n]!
  const words = Array.from({ length: 24 }, (_, at) => WORDS[(n * 5 + at * (n + 3)) % WORDS.length]).join(' ')
  return `${number === null ? '' : `${number[0]}/${number[1]} `}${words}${edition === 0 ? '' : ' (corrected)'}`
}
