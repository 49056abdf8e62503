// Threads that were put on a page as paragraphs, and pages of posts in boxes.
import { describe, expect, it } from 'vitest'
import { article } from '../../../src/adapters/article/article.ts'
import { type Case, casesOf, pageOf } from '../cases.ts'

const [fixture] = casesOf('article') as [Case]
const read = (body: string) =>
  article.extract(pageOf(fixture, `<!doctype html><title>T</title><body>${body}</body>`)).posts.map(({ text }) => text)
const WORDS = 'keeps the water out, and the smell keeps the visitors out.'

describe('numbered paragraphs', () => {
  it.each([
    ['at the start', [`1/ Tar ${WORDS}`, `2/ Rope ${WORDS}`, '3/3 END']],
    ['in brackets', [`(1/3) Tar ${WORDS}`, `(2/3) Rope ${WORDS}`, '(3/3) Wire.']],
    ['at the end', [`Tar ${WORDS} 1/3`, `Rope ${WORDS} 2/3`, 'Wire. 3/3']],
  ])('are posts: %s', (_, texts) => {
    for (const tag of ['p', 'div', 'li'])
      expect(read(texts.map((text) => `<${tag}>${text}</${tag}>`).join(''))).toEqual(texts)
  })

  it('take the paragraphs between with them', () => {
    const after = ['p', 'p', 'p', 'p'].map(
      (tag, i) => `<${tag}>${['1/ Tar.', `It ${WORDS}`, '2/ Rope.', '3/ Wire.'][i]}</${tag}>`,
    )
    expect(read(after.join(''))).toEqual([`1/ Tar.\n\nIt ${WORDS}`, '2/ Rope.', '3/ Wire.'])
    const before = [`<p>It ${WORDS}</p>`, '<p>Tar. 1/3</p>', '<p>Rope. 2/3</p>', '<p>Wire. 3/3</p>']
    expect(read(before.join(''))).toEqual([`It ${WORDS}\n\nTar. 1/3`, 'Rope. 2/3', 'Wire. 3/3'])
  })

  it.each([
    ['a list of things', ['1. Tar.', '2. Rope.', '3. Wire.']],
    ['numbers that jump', ['1/ Tar.', '3/ Rope.', '7/ Wire.']],
    [
      'a few in a long article',
      ['1/ Tar.', '2/ Rope.', '3/ Wire.', ...Array.from({ length: 9 }, () => `Tar ${WORDS}`)],
    ],
  ])('are an article where they are %s', (_, texts) => {
    expect(read(`<p>Tar ${WORDS.repeat(4)}</p>${texts.map((text) => `<p>${text}</p>`).join('')}`)).toHaveLength(1)
  })
})

describe('a page of nothing but embeds', () => {
  const embed = (words: string, id: string) =>
    `<blockquote class="twitter-tweet"><p>${words}</p>&mdash; Ola (@ola) <a href="https://twitter.com/ola/status/${id}">March 3, 2024</a></blockquote>`

  it('holds posts of X', () => {
    const body = embed('1/2 Tar.', '1764563540434989001') + embed('2/2 Rope.', '1764563540434989056')
    const { posts } = article.extract(pageOf(fixture, `<!doctype html><title>T</title><body>${body}</body>`))
    expect(posts.map(({ ref, author, text }) => [ref?.id, author?.handle, text])).toEqual([
      ['1764563540434989001', 'ola', '1/2 Tar.'],
      ['1764563540434989056', 'ola', '2/2 Rope.'],
    ])
  })
})
