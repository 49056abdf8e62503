// What Unspool exported and reads again says the same: each post once, under its id, with its words, its parent and its
// place. Posts without a name (pasted texts) are told apart by their words, and are no part of that law.
import { describe, expect, it } from 'vitest'
import { ownExport } from '../../../src/adapters/own-export/own-export.ts'
import { readPage } from '../../../src/adapters/page/page.ts'
import { jsonChunks, jsonLines } from '../../../src/export/json/json.ts'
import type { Extraction, Unrolled } from '../../../src/model.ts'
import { unrollTogether } from '../../../src/pipeline/pipeline.ts'
import { type Case, captureOf, casesOf, extractPage, pageOf } from '../cases.ts'
import { describeAdapter } from '../contract.ts'

describeAdapter(ownExport)

const PLATFORMS =
  'mastodon x-graphql x-archive x-web hackernews wordpress thread-reader bluesky reddit substack nitter lobsters'
const CASES = PLATFORMS.split(' ')
  .flatMap(casesOf)
  .filter(({ browser }) => !browser)

function readAgain(fixture: Case, printed: string, mediaType: string): Extraction {
  const capture = { ...captureOf(fixture, printed), url: null, finalUrl: null, headers: [], mediaType }
  return extractPage(readPage(capture))
}

function postsOf({ threads, conversations, unplaced }: Unrolled) {
  const inThreads = threads.flatMap(({ posts, branches }) => [...posts, ...branches.flatMap((branch) => branch.posts)])
  const inTalks = conversations.flatMap(({ root, replies }) => [root ?? [], ...replies.map(({ post }) => post)].flat())
  const all = [...inThreads.map(({ post }) => post), ...inTalks, ...unplaced.map(({ post }) => post)]
  return new Map(all.map((post) => [post.id, post]))
}

/** What must come back, in the same order. */
function gist(unrolled: Unrolled) {
  const posts = [...postsOf(unrolled)].sort(([a], [b]) => (a < b ? -1 : 1))
  return {
    posts: posts.map(([id, { kind, text, author, createdAt, url, media, title }]) => {
      return { id, kind, text, author, createdAt, url, media, title }
    }),
    threads: unrolled.threads.map(({ id, posts, branches, completeness, declaredTotal, gaps }) => ({
      id,
      // Of what answers a post that is not here only the reason is exported; a remark has it.
      gaps: gaps.some(({ count }) => count === null) ? null : [completeness, gaps.map(({ count }) => count)],
      declaredTotal,
      posts: posts.map(({ post, number, text }) => ({ id: post.id, number, text })),
      branches: branches.map(({ from, posts }) => ({ from, ids: posts.map(({ post }) => post.id) })),
    })),
    replies: unrolled.conversations.map(({ id, replies }) => ({
      id,
      replies: replies.map(({ post, parent, depth }) => ({ id: post.id, parent, depth })),
    })),
  }
}

/** Gaps are compared where the export can tell them. */
function withoutLacks(again: ReturnType<typeof gist>, before: ReturnType<typeof gist>): ReturnType<typeof gist> {
  const isTold = (at: number): boolean => before.threads[at]?.gaps !== null
  return { ...again, threads: again.threads.map((one, at) => (isTold(at) ? one : { ...one, gaps: null })) }
}

describe('an export read again', () => {
  it('keeps an inferred link inferred, as sure as it was', () => {
    const rows = ['The lamp is lit. 1/3', 'The oil is low. 2/3', 'It went out. 3/3'].map((text, at) => {
      return JSON.stringify({ author: 'orla', platform: 'pier', id: `a${at}`, text })
    })
    const [fixture] = casesOf('jsonl') as [Case]
    const before = unrollTogether([readAgain(fixture, rows.join('\n'), 'application/x-ndjson')])
    const links = (unrolled: Unrolled) => unrolled.threads.flatMap(({ posts }) => posts.map(({ link }) => link))
    const again = unrollTogether([readAgain(fixture, [...jsonLines(before)].join(''), 'application/x-ndjson')])
    expect(again.threads.map(({ posts }) => posts.length)).toEqual([3])
    expect(links(again).map((link) => link?.basis)).toEqual([undefined, 'inferred', 'inferred'])
    expect(links(again).map((link) => link?.p.toFixed(3))).toEqual(links(before).map((link) => link?.p.toFixed(3)))
  })
  it('makes remarks of remarks and no posts', () => {
    const [fixture] = casesOf('jsonl') as [Case]
    const lines = [
      { thread: { id: 'pier:a', platform: 'pier', posts: [{ id: 'pier:a', text: 'The lamp is lit.' }] } },
      { note: { level: 'error', code: 'login-wall', message: 'Ask the keeper.', input: 'http://pier.example/' } },
    ]
    const printed = `${lines.map((line) => JSON.stringify(line)).join('\n')}\n{"thr`
    const { posts, notes } = readAgain(fixture, printed, 'application/x-ndjson')
    expect(posts.map(({ ref }) => ref)).toEqual([{ platform: 'pier', id: 'a' }])
    expect(notes.map(({ code }) => code)).toEqual(['cut', 'own-export', 'bad-row', 'exported-note'])
    expect(notes[3]?.message).toContain('Ask the keeper.')
  })
  it.each(CASES.map((fixture) => [`${fixture.platform}/${fixture.name}`, fixture] as const))(
    '%s has the same posts, parents and threads',
    (_, fixture) => {
      const before = unrollTogether([extractPage(pageOf(fixture))])
      const lines = readAgain(fixture, [...jsonLines(before)].join(''), 'application/x-ndjson')
      const lacks = before.threads.some(({ gaps }) => gaps.some(({ count }) => count === null))
      expect(lines.notes.some(({ code }) => code === 'exported-gaps')).toBe(lacks)
      expect(withoutLacks(gist(unrollTogether([lines])), gist(before))).toEqual(gist(before))
      const whole = readAgain(fixture, [...jsonChunks(before)].join(''), 'application/json')
      expect(withoutLacks(gist(unrollTogether([whole])), gist(before))).toEqual(gist(before))
    },
  )
})
