// Comments below an article that stand only in the JSON that its page carries for its script.
import { describe, expect, it } from 'vitest'
import { readPosts } from '../../../src/adapters/reading.ts'
import { type Case, casesOf, pageOf } from '../cases.ts'

const fixture = casesOf('article').find(({ name }) => name === 'carried-comments') as Case
const WORDS = '<p>Tar keeps the water out, and the smell of it keeps the visitors out, which is worth more.</p>'
const READ = '<title>On tar</title><article><h1>On tar</h1>'

const read = (script: string) =>
  readPosts(pageOf(fixture, `<!doctype html>${READ}${WORDS.repeat(6)}</article>${script}`)).extraction
const island = (value: unknown) => `<script type="application/json">${JSON.stringify(value)}</script>`
const comment = (text: string, more: object = {}) => ({
  ...{ text, author: { username: 'ola' }, createdAt: '2024-03-03T09:12:00Z' },
  ...more,
})

describe('comments that a page carries', () => {
  it('answer the article and each other; those on another article stay where they are', () => {
    const { posts } = readPosts(pageOf(fixture)).extraction
    expect(posts.map(({ author, kind }) => [author?.name, kind])).toEqual([
      ['Birte Holm', 'article'],
      ['Juno Falk', 'comment'],
      ['Birte Holm', 'comment'],
      ['Nils Aas', 'comment'],
    ])
    const [article, first] = posts
    expect(posts.map(({ parent }) => parent?.key ?? null)).toEqual([null, article?.key, first?.key, article?.key])
    expect(first?.provenance.path).toBe('/props/pageProps/post/comments/edges/0')
  })

  it('are found in what a script lays down for others, whatever stands behind it', () => {
    const state = JSON.stringify({ post: { title: 'On tar', comments: [comment('Or "}" rope?')] } })
    const { posts } = read(`<script>window.__INITIAL_STATE__=${state};(function(){var s={}}())</script>`)
    expect(posts.map(({ text }) => text).slice(1)).toEqual(['Or "}" rope?'])
  })

  it.each([
    ['of the list', { title: 'On tar', postResponses: { count: 4 } }, 4],
    ['of the article', { title: 'On tar', commentCount: 4 }, 4],
    ['that is more than are here', { title: 'On tar', comments: { total: 9, items: [comment('Rope?')] } }, 9],
    [
      'that may leave answers out',
      { title: 'On tar', comments: { total: 2, items: [comment('Rope?', { replies: [comment('Tar.')] })] } },
      null,
    ],
    ['of another article', { title: 'On rope', commentCount: 4 }, null],
  ])('are counted: %s', (_, post, count) => {
    expect(read(island({ post })).declared.replies).toBe(count)
  })

  it('are not what the page is built of, nor what nobody signed', () => {
    const blocks = [{ id: '1', text: 'Tar.' }]
    expect(read(island({ title: 'On tar', comments: blocks, children: blocks })).posts).toHaveLength(1)
  })

  it('are left where the page shows its own', () => {
    const shown = ['Kit', 'Ida'].map(
      (name, i) =>
        `<li class="comment" id="comment-${i}"><b class="comment-author">${name}</b>
        <time datetime="2024-03-03T10:0${i}:00Z">3 March</time><div class="comment-body"><p>Tar is cheap here.</p></div></li>`,
    )
    const list = `<section id="comments"><h2>2 comments</h2><ol>${shown.join('')}</ol></section>`
    const { posts } = read(list + island({ title: 'On tar', comments: [comment('Tar is cheap.')] }))
    expect(posts.map(({ author }) => author?.name)).toEqual([undefined, 'Kit', 'Ida'])
  })
})
