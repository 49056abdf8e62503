import { describe, expect, it } from 'vitest'
import { threadReader } from '../../../src/adapters/thread-reader/thread-reader.ts'
import type { Extraction } from '../../../src/model.ts'
import { casesOf, pageOf } from '../cases.ts'
import { describeAdapter } from '../contract.ts'

describeAdapter(threadReader)

const CASES = new Map(casesOf('thread-reader').map((fixture) => [fixture.name, fixture]))
const URL_1 = 'http://threads.reader.example/thread/1767612520723386369.html'

function read(name: string): Extraction {
  return threadReader.extract(pageOf(CASES.get(name) as never))
}

function readHtml(body: string): Extraction {
  const fixture = { ...(CASES.get('whole-and-cut') as never as object), url: URL_1 }
  return threadReader.extract(pageOf(fixture as never, body))
}

describe('a thread page', () => {
  const page = read('whole-and-cut')

  it('keeps the own thread and each card apart, with what each declares', () => {
    expect(page.blocks.map(({ kind, declaredTotal }) => [kind, declaredTotal])).toEqual([
      ['thread', 12],
      ['card', 7],
      ['card', 5],
      ['card', 11],
      ['card', 4],
    ])
    const sizes = page.blocks.map(({ key }) => page.posts.filter(({ block }) => block === key).length)
    expect(sizes).toEqual([12, 3, 3, 3, 1])
    expect(page.notes).toEqual([])
  })

  it('lets no parent cross a block, and each block begin with a root', () => {
    for (const post of page.posts) {
      const parent = page.posts.find(({ key }) => key === post.parent?.key)
      if (parent !== undefined) expect(parent.block).toBe(post.block)
    }
    expect(page.posts.filter(({ parent }) => parent === null)).toHaveLength(page.blocks.length)
  })

  it('gives posts the references and times of X, whatever id the page has', () => {
    expect(page.posts[0]?.ref).toEqual({ platform: 'x', id: '1767612520723386369' })
    expect(page.posts[0]?.createdAt).toBe('2024-03-12T18:04:00.250Z')
    expect(page.posts[0]?.url).toBe('https://x.com/lamproomnotes/status/1767612520723386369')
    expect(page.blocks[0]?.url).toContain(page.posts[1]?.ref?.id)
  })

  it('keeps markers, expands links, attaches media and quotes, and prints no furniture', () => {
    const texts = page.posts.map(({ text }) => text)
    expect(texts[2]).toMatch(/\n\/3$/)
    expect(texts[11]).toMatch(/\n\/END$/)
    expect(texts[5]).toContain('http://tidewrights.example/projects/skerrow-point/cradle-drawings')
    expect(page.posts[2]?.media).toMatchObject([
      { kind: 'image', url: 'http://media.skerrow.example/photos/gallery-ring.jpg' },
    ])
    expect(page.posts[7]?.media).toMatchObject([{ kind: 'gif', url: 'http://media.skerrow.example/video/pour.mp4' }])
    expect(page.posts[6]?.quotes).toMatchObject([{ ref: { platform: 'x' }, author: { handle: 'stonehistory' } }])
    expect(texts.join('\n')).not.toMatch(/• • •|force a refresh|Missing some|Read \d+ tweets|…/)
  })

  it('gives the same references on a mirror, where one post is lost and said to be', () => {
    const mirror = read('mirror')
    const ids = new Set(page.posts.map(({ ref }) => ref?.id))
    expect(mirror.posts.every(({ ref }) => ids.has(ref?.id))).toBe(true)
    expect(mirror.notes.map(({ code }) => code)).toEqual(['count-differs'])
  })

  it('says so when only cards are left of it', () => {
    const card =
      '<div class="thread-card"><div class="content-tweet">Rye, mostly.</div><a href="/thread/7.html">Read 3 tweets</a></div>'
    const { blocks, notes } = readHtml(card)
    expect(blocks).toMatchObject([{ kind: 'card', declaredTotal: 3 }])
    expect(notes.map(({ code }) => code)).toEqual(['only-cards'])
  })
})

describe('saved pieces of a page', () => {
  it('cuts inner HTML at the marks that end each post', () => {
    const { posts } = readHtml(
      '<p>kept out</p><div>One.<br>1/<sup class="tw-permalink"></sup><hr>Two.<sup class="tw-permalink"></sup></div>',
    )
    expect(posts.map(({ text }) => text)).toEqual(['One.\n1/', 'Two.'])
  })

  it('keeps words behind the last mark as a post that lost its mark, and says so', () => {
    const saved = '<div>One.<sup class="tw-permalink"></sup><hr>And a <a href="/x">link</a> more.<ins>ad</ins></div>'
    const { posts, notes } = readHtml(saved)
    expect(posts.map(({ text, boundary }) => [text, boundary === null])).toEqual([
      ['One.', true],
      [expect.stringMatching(/^And a link more\./), false],
    ])
    expect(notes.map(({ code }) => code)).toContain('mark-missing')
  })

  it('reads a post once that a page prints twice', () => {
    const post = '<div class="content-tweet" data-tweet="1767612520723386369" data-screenname="a">Once.</div>'
    expect(readHtml(post + post).posts).toHaveLength(1)
  })
})
