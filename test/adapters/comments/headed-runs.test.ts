// Comments in one box with the article: nothing but a heading stands between them.
import { describe, expect, it } from 'vitest'
import type { Extraction } from '../../../src/model.ts'
import { type Case, casesOf, extractPage, pageOf } from '../cases.ts'

const fixture = casesOf('article')[0] as Case
const WORDS = [
  'The kiln behind the tannery has been cold since the bridge went, and still somebody sweeps its mouth every Friday.',
  'I waited there for two evenings with a lantern, and on the second one a woman came by who carried a birch broom.',
  'She told me that her mother had swept it, and that nobody had ever said that the sweeping was to end with the fire.',
]
const ARTICLE = `<h1>The cold kiln</h1>${WORDS.map((words) => `<p>${words}</p>`).join('')}`
const SAID = [
  ['Ane Moe', 'March 3, 2018 at 9:12 am', 'My aunt had that broom.'],
  ['Rolf', 'March 3, 2018 at 11:40 am', 'Agreed!'],
  ['Siri Dahl', 'April 9, 2018 at 6:05 pm', 'The bridge was never his to close.'],
] as const

type Form = (name: string, date: string, words: string) => string
const box: Form = (name, date, words) => `<div><b>${name}</b> <i>${date}</i><p>${words}</p></div>`

function read(rest: string): Extraction {
  const html = `<!DOCTYPE html><html lang="en"><head><title>The cold kiln</title></head><body><div>${ARTICLE}${rest}</div></body></html>`
  return extractPage(pageOf({ ...fixture, url: null }, html))
}

const all = (form: Form) => SAID.map(([name, date, words]) => form(name, date, words)).join('')
const textOf = ({ posts }: Extraction) => posts.find(({ kind }) => kind === 'article')?.text
const rows = ({ posts }: Extraction) => posts.slice(1).map(({ author, text }) => [author?.name, text])

describe('what follows a bare heading of comments', () => {
  it.each<[string, Form]>([
    ['boxes', box],
    [
      'a line of name and date, words in a quotation',
      (name, date, words) => `<p><b>${name}</b> (${date}):</p><blockquote>${words}</blockquote>`,
    ],
    ['paragraphs between rules', (name, date, words) => `<p>${name} wrote on ${date}:</p><p>${words}</p><hr>`],
    ['definitions', (name, date, words) => `<dl><dt>${name}, ${date}</dt><dd>${words}</dd></dl>`],
  ])('is read as comments, and none of it as the article: %s', (_, form) => {
    const page = read(`<h3>Comments</h3>${all(form)}`)
    expect(textOf(page)).toBe(WORDS.join('\n\n'))
    expect(rows(page)).toEqual(SAID.map(([name, , words]) => [name, words]))
    expect(page.posts[1]).toMatchObject({ createdAt: '2018-03-03T09:12:00.000Z', parent: { basis: 'layout', p: 0.75 } })
  })

  it.each(['3 comments', 'Kommentare', 'Commentaires (3)', 'Комментарии', 'コメント', '留言', 'Reader comments:'])(
    'may be headed %s, in whatever element',
    (heading) => {
      for (const head of [`<h2>${heading}</h2>`, `<p><strong>${heading}</strong></p>`])
        expect(rows(read(head + all(box)))).toHaveLength(SAID.length)
    },
  )

  it('ends where another part of the page begins, and the last comment with it', () => {
    const page = read(`<h3>Comments</h3>${all(box)}<h3>More to read</h3><p>The bridge of 1911, and who built it.</p>`)
    expect(rows(page)).toEqual(SAID.map(([name, , words]) => [name, words]))
    const flat: Form = (name, date, words) => `<p>${name} wrote on ${date}:</p><p>${words}</p>`
    expect(rows(read(`<h3>Comments</h3>${all(flat)}<h3>Leave a reply</h3><p>Be kind.</p>`))).toEqual(
      SAID.map(([name, , words]) => [name, words]),
    )
  })

  it('stays in the article where fewer than two are signed', () => {
    const [one] = SAID
    const page = read(`<h3>Comments</h3>${box(...one)}<p>Nobody else has said anything about it, as far as I know.</p>`)
    expect(page.posts).toHaveLength(1)
    expect(textOf(page)).toContain('My aunt had that broom.')
    const unsigned = read('<h3>Comments</h3><p>On the broom: birch it was.</p><p>On the bridge: it went in spring.</p>')
    expect(unsigned.posts).toHaveLength(1)
    expect(textOf(unsigned)).toContain('it went in spring')
  })

  it('stays in the article under a heading that an article has for a part of its own', () => {
    for (const heading of ['Discussion', 'Comments on the old law']) {
      const page = read(`<h3>${heading}</h3>${all(box)}`)
      expect(page.posts, heading).toHaveLength(1)
      expect(textOf(page)).toContain('The bridge was never his to close.')
    }
  })
})
