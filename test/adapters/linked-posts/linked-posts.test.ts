// Pages of unknown software, each box of which leads to one post: whatever the boxes are called, each is its post.
import { describe, expect, it } from 'vitest'
import { article } from '../../../src/adapters/article/article.ts'
import type { Extraction } from '../../../src/model.ts'
import { casesOf, pageOf } from '../cases.ts'

const WORDS = ['The pond fills while they sleep.', 'The gate shuts itself.', '42', 'I have seen three. #mills']
const ids = WORDS.map((_, i) => `170000000${i}000000001`)

interface Box {
  readonly id: string
  readonly words: string
  readonly handle?: string
}

type Draw = (box: Box) => string

const own = WORDS.map((words, i) => ({ id: ids[i] ?? '', words }))
const bare: Draw = ({ id, words, handle = 'ida' }) =>
  `<div><p>${words}</p><a href="https://twitter.com/${handle}/status/${id}">View on Twitter</a></div>`
const headed: Draw = ({ id, words, handle = 'ida' }) =>
  `<li class="t t${id}"><img src="/${handle}.png"><b>Ida Quist</b> (@${handle}) <span>${words}</span> <a href="/${handle}/status/${id}">3h ago</a> <i>12</i> <i>1.2K</i> <button>Share</button></li>`
const iconic: Draw = ({ id, words }) =>
  `<section><a href="https://fxtwitter.com/ida/status/${id}"><svg></svg></a><div>${words}</div><hr></section>`

function read(body: string, title = 'A thread'): Extraction {
  const [fixture] = casesOf('article')
  if (fixture === undefined) throw new Error('No fixture')
  const html = `<html><head><title>${title}</title></head><body>${body}</body></html>`
  return article.extract(pageOf({ ...fixture, url: 'http://mirror.example/page' }, html))
}

describe('boxes that lead to one post each', () => {
  it.each([
    ['a label below the words', bare],
    ['a name and an account above them, counts below', headed],
    ['a sign beside them', iconic],
  ])('%s', (_, draw) => {
    const { posts, notes } = read(`<h1>Unrolled</h1><div>${own.map(draw).join('')}</div>`)
    expect(posts.map(({ text }) => text)).toEqual(WORDS)
    expect(posts.map(({ ref }) => ref)).toEqual(ids.map((id) => ({ platform: 'x', id })))
    expect(new Set(posts.map(({ author }) => author?.handle))).toEqual(new Set(['ida']))
    expect(posts.map(({ parent }) => parent?.key ?? null)).toEqual([null, ...ids.slice(0, -1)])
    expect(notes.map(({ code }) => code)).toEqual(['linked-posts'])
  })

  it('a page that is not in the order of its times, or does not call itself a thread, tells no parents', () => {
    const turned = read(`<div>${[...own].reverse().map(bare).join('')}</div>`)
    const unnamed = read(`<div>${own.map(bare).join('')}</div>`, 'Ida Quist')
    for (const { posts } of [turned, unnamed]) {
      expect(posts).toHaveLength(WORDS.length)
      expect(posts.every(({ parent }) => parent === null)).toBe(true)
    }
  })

  it('a post that one of them quotes is its quote', () => {
    const inner =
      '<div class="q"><b>Olaf</b> <i>@olaf</i><p>Eleven left.</p><a href="https://x.com/olaf/status/1600000000000000001">link</a></div>'
    const { posts } = read(
      own.map((box, i) => bare(i === 1 ? { ...box, words: `${box.words}</p>${inner}<p>` } : box)).join(''),
    )
    expect(posts.map(({ text }) => text)).toEqual(WORDS)
    expect(posts[1]?.quotes).toEqual([
      expect.objectContaining({ text: 'Eleven left.', ref: { platform: 'x', id: '1600000000000000001' } }),
    ])
    expect(posts[1]?.quotes[0]?.author).toMatchObject({ handle: 'olaf', name: 'Olaf' })
  })
})

it('posts of Mastodon have the names that their own server gives them', () => {
  const toots = WORDS.map((words, i) => ({ words, id: `10900000${i}000000000` }))
  const draw = ({ words, id }: Box) =>
    `<div><span>Ida</span> <span>@ida@sea.example</span><p>${words}</p><a href="https://sea.example/@ida/${id}">View on Mastodon</a></div>`
  const { posts } = read(toots.map(draw).join(''))
  expect(posts.map(({ text }) => text)).toEqual(WORDS)
  expect(posts.map(({ ref }) => ref?.id)).toEqual(toots.map(({ id }) => `https://sea.example/users/ida/statuses/${id}`))
  expect(posts[0]?.author).toMatchObject({ handle: 'ida@sea.example', name: 'Ida' })
  expect(posts[3]?.parent?.key).toBe(posts[2]?.key)
})

describe('an article stays one', () => {
  const sentence = 'The harbour master kept a second book, and nobody but him had ever read it to its end. '

  it('that has a source for each paragraph', () => {
    const body = own.map(
      ({ id }, i) => `<p>${sentence.repeat(3)}<a href="https://x.com/user${i}/status/${id}">source</a></p>`,
    )
    const { posts } = read(`<article>${body.join('')}</article>`)
    expect(posts.map(({ kind }) => kind)).toEqual(['article'])
  })

  it('that shows a few posts among its own words', () => {
    const { posts } = read(
      `<article>${`<p>${sentence.repeat(4)}</p>`.repeat(3)}<div>${own.map(bare).join('')}</div></article>`,
    )
    expect(posts.map(({ kind }) => kind)).toEqual(['article'])
  })

  it('that leads to numbers on other networks', () => {
    const weibo = own.map(
      ({ id }) => `<div><p>${sentence}</p><a href="https://m.weibo.example/status/${id}">link</a></div>`,
    )
    expect(read(weibo.join('')).posts.every(({ platform }) => platform !== 'x')).toBe(true)
  })
})
