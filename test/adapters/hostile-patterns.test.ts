// Texts on which a pattern could go over the same signs again and again. Each is read at once, or not before the test
// is given up: where a pattern takes the square of its length, these take minutes. And lists that are longer than the
// arguments of a call can be.
import { describe, expect, it } from 'vitest'
import { activitypub } from '../../src/adapters/activitypub/activitypub.ts'
import { article } from '../../src/adapters/article/article.ts'
import { isLabel } from '../../src/adapters/article/furniture/phrases.ts'
import { bluesky } from '../../src/adapters/bluesky/bluesky.ts'
import { onceByUrl } from '../../src/adapters/extraction/media.ts'
import { findFootnotes } from '../../src/adapters/footnotes/footnotes.ts'
import { hackernews } from '../../src/adapters/hackernews/hackernews.ts'
import { threads } from '../../src/adapters/meta/threads.ts'
import { reddit } from '../../src/adapters/reddit/reddit.ts'
import { readClip } from '../../src/adapters/scrape/clip/clip.ts'
import { findComments } from '../../src/adapters/scrape/comments/comments.ts'
import { findCalls } from '../../src/adapters/scrape/essay/footnotes.ts'
import { splitPostAuthor } from '../../src/adapters/scrape/furniture.ts'
import { linesOf } from '../../src/adapters/scrape/lines.ts'
import { isSpoken, printedDate, readNameLine } from '../../src/adapters/scrape/names.ts'
import { readTimeline } from '../../src/adapters/scrape/timeline/timeline.ts'
import { parseHtml } from '../../src/markup/markup.ts'
import { type Case, casesOf, pageOf } from './cases.ts'

const LONG = 200_000
/** V8 takes some 120,000 arguments to a call. */
const MANY = 150_000

const fixture = (platform: string) => casesOf(platform)[0] as Case
const htmlPage = (body: string) =>
  pageOf(
    { ...fixture('article'), url: null },
    `<!doctype html><html><head><title>Flour</title></head><body>${body}</body></html>`,
  )
const words = 'The miller knows when it was milled, and nobody asks him. '.repeat(20)

describe('a line of a scrape', () => {
  it('is no label though it is all digits and hyphens', () => {
    expect(isLabel(`0${'-00'.repeat(29)}n`)).toBe(false)
    expect(isLabel('Facebook - 12 · Share')).toBe(true)
  })

  it.each([
    ['spaces', `Ann ${' '.repeat(LONG)}h:`],
    ['hyphens', `Ann ${'-'.repeat(LONG)} x`],
    ['days', `3 May 2024${' '.repeat(LONG)}x`],
    ['tabs', `\t${'\t,'.repeat(LONG)}x`],
  ])('is no name line when it is long: %s', (_, text) => {
    expect(readNameLine(text)).toEqual({ name: text, isPostAuthor: false, printedDate: null })
    expect(isSpoken(text)).toBe(false)
    expect(printedDate(text)).toBeNull()
    expect(splitPostAuthor(text).isPostAuthor).toBe(false)
  })

  it('names those who are answered, however many and however broken', () => {
    const head = 'Ann Lee\n@ann\n·\nMar 3\nReplying to\n'
    const copied = (mentions: string) => linesOf(`${head}${mentions}\nThe words.\n${head}@ann\nMore.\n`)
    expect(readTimeline(copied('@bo @cy and 3 others'))?.posts[0]?.replyingTo).toEqual(['bo', 'cy'])
    expect(readTimeline(copied(`@D${'and @@'.repeat(40)}!`))?.posts).toHaveLength(2)
  })

  it('ties footnotes that are called again and again', () => {
    const labels = Array.from({ length: 20_000 }, (_, i) => (i % 2 === 0 ? '*' : '†'))
    const calls = findCalls([`word ${'a* b† '.repeat(20_000)}`], labels)
    expect(calls).toHaveLength(20_000)
    expect(calls.every(({ start }, i) => i === 0 || start > (calls[i - 1]?.start ?? 0))).toBe(true)
  })
})

describe('a Markdown clip', () => {
  const clip = (body: string) =>
    readClip(linesOf(`---\nurl: https://x.com/ann/status/1740000000000000001\ntitle: Flour\n---\n\n${body}`))

  it('keeps its words beside brackets that never close', () => {
    expect(
      clip(`${'['.repeat(LONG)} flour`)
        ?.lines.at(-1)
        ?.text.endsWith('flour'),
    ).toBe(true)
    expect(
      clip(`${'!['.repeat(LONG)} flour`)
        ?.lines.at(-1)
        ?.text.endsWith('flour'),
    ).toBe(true)
  })

  it('shows its pictures with the words above them, however many', () => {
    const lines = clip(`Loaves:\n${'![loaf](https://mill.example/loaf.jpg)\n'.repeat(30_000)}`)?.lines
    expect(lines?.find(({ text }) => text === 'Loaves:')?.shown?.media).toHaveLength(30_000)
  })
})

describe('a page', () => {
  it.each([
    ['a heading of commas', `<h2>0${','.repeat(LONG)}e</h2>`],
    [
      'an id of digits',
      `<h2>Comments</h2><ol class="comments"><li id="comment-${'0'.repeat(LONG)}x">${words}</li></ol>`,
    ],
    ['a link full of hashes', `<a href="${'#'.repeat(LONG)}">1</a><sup><a href="#${'msg'.repeat(LONG)}">2</a></sup>`],
    ['a name full of bars', `<p class="author">r${'|A'.repeat(LONG)}</p>`],
    ['spaces in elements of their own', `<p>flour${'<b> </b>'.repeat(15_000)}<br>salt</p>`],
    ['spaces without width', `<p>flour ${'\u200b'.repeat(LONG)} x</p>`],
    ['tabs in code', `<pre>${'\t'.repeat(LONG)}x</pre>`],
  ])('is read with %s', (_, body) => {
    const { posts } = article.extract(htmlPage(`<article><h1>Flour</h1><p>${words}</p>${body}</article>`))
    expect(posts[0]?.text).toContain('The miller knows')
  })

  it.each([
    ['headings that all announce the comments', '<h3>Comments</h3>'.repeat(15_000)],
    ['comments in comments', `${'<div class="comment"><p>3 May 2024</p>'.repeat(450)}${words.repeat(2_000)}`],
    ['dates in dates', `${'<time datetime="2021-03-04">'.repeat(900)}${'</time>'.repeat(900)}`.repeat(8)],
    ['numbered blocks in blocks', `${'<section>1/ '.repeat(450)}${words.repeat(2_000)}`],
  ])('is read with %s', (_, body) => {
    const { posts, notes } = article.extract(
      htmlPage(`<main><article><h1>Flour</h1><p>${words}</p></article>${body}</main>`),
    )
    expect(posts.length + notes.length).toBeGreaterThan(0)
  })

  it('gives side notes that stand in each other once', () => {
    const notes = '<span class="sidenote">salt</span>'.repeat(20_000)
    const { root } = parseHtml(
      `<p>Flour ${notes}<span class="sidenote">of <small class="sidenote">rye</small></span></p>`,
    )
    expect(findFootnotes(root, root, null).footnotes).toHaveLength(20_001)
  })
})

describe('a copied list of comments', () => {
  it('is placed though its numbers begin and stop all the time', () => {
    const list = `${'1. Ann\nReply\n'.repeat(40_000)}${'7. Bo\nReply\n'.repeat(40_000)}`
    expect(findComments(linesOf(list))?.comments).toHaveLength(80_000)
  })
})

describe('a post with more pictures than anybody has', () => {
  it('gives each once, without looking at each for each', () => {
    const many = Array.from({ length: 100_000 }, (_, i) => ({ url: `https://a.example/${i}` }))
    expect(onceByUrl([...many, ...many])).toHaveLength(100_000)
  })
})

describe('an answer of an API', () => {
  const json = (platform: string, value: unknown) => pageOf(fixture(platform), JSON.stringify(value))

  it('may list more items than a call takes arguments', () => {
    const items = Array.from({ length: MANY }, (_, i) => `https://a.example/notes/${i}`)
    const context = 'https://www.w3.org/ns/activitystreams'
    const outbox = {
      '@context': context,
      type: 'OrderedCollection',
      id: 'https://a.example/outbox',
      orderedItems: items,
    }
    expect(activitypub.extract(json('activitypub', outbox)).next).not.toHaveLength(0)
  })

  it('may hold a post with that many answers', () => {
    const replies = Array.from({ length: MANY }, () => ({
      $type: 'app.bsky.feed.defs#notFoundPost',
      notFound: true,
      uri: 'at://a/b/c',
    }))
    const post = {
      uri: 'at://did:plc:abc/app.bsky.feed.post/3kabcdefghi2x',
      record: { $type: 'app.bsky.feed.post', text: 'Flour.' },
    }
    expect(bluesky.extract(json('bluesky', { thread: { post, replies } })).posts).toHaveLength(1)
    const children = Array.from({ length: MANY }, (_, i) => ({
      id: i + 2,
      type: 'comment',
      text: 'Rye.',
      author: 'bo',
      created_at_i: 1,
    }))
    const story = { id: 1, type: 'story', title: 'Flour', author: 'ann', created_at_i: 1, children }
    expect(hackernews.extract(json('hackernews', story)).posts.length).toBe(MANY + 1)
    const edges = Array.from({ length: MANY }, () => ({}))
    const asked = { thread_items: [], code: 'C4aBcDeFgHi', text_post_app_info: { direct_replies: { edges } } }
    expect(threads.extract(json('threads', asked)).posts).toHaveLength(0)
  })

  it('keeps the words of a comment that only looks deleted', () => {
    const data = (body: string) => ({
      kind: 't1',
      data: { name: 't1_abc', id: 'abc', body, author: 'ann', link_id: 't3_def' },
    })
    const { posts } = reddit.extract(json('reddit', data(`[deleted by ${'\t'.repeat(LONG)}`)))
    expect(posts).toHaveLength(1)
  })
})
