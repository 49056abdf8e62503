// Pages of X as web clippers write them: who wrote each post, what it shows and quotes, and whom it answers.
import { describe, expect, it } from 'vitest'
import { text } from '../../../../src/adapters/scrape/text.ts'
import { unrollTogether } from '../../../../src/pipeline/pipeline.ts'
import { casesOf, pageOf } from '../../cases.ts'

const [fixture] = casesOf('text')
const read = (...lines: readonly string[]) => text.extract(pageOf(fixture!, new TextEncoder().encode(lines.join('\n'))))
const address = (account: string, id: string) => `https://x.com/${account}/status/${id}`
const head = (name: string, account: string, id: string) =>
  `**${name}** @${account.replaceAll('_', '\\_')} [2025-03-04](${address(account, id)})`

const PAGE = '1896000000000000001'
const FRONT = ['---', 'title: "Thread by @tarpot"', `source: "${address('tarpot', PAGE)}"`, '---']
const THREAD = [
  '**Ola: Tar & Rope** @tarpot 2025-03-04',
  '',
  'Tar keeps a rope for as long as the rope is dry.',
  '',
  '> 2025-03-01',
  '> ',
  '> Does anybody still tar ropes?',
  '',
  '---',
  '',
  head('Ola: Tar & Rope', 'tarpot', '1896000000100000001'),
  '',
  'Then it needs a warm day.',
  '',
  '![Image](https://pbs.twimg.com/media/Abc?format=jpg&name=large)',
]
const ANSWERS = [
  '',
  '---',
  '',
  head('Nils', '__nils__', '1896000000300000001'),
  '',
  'How warm?',
  '',
  '---',
  '',
  head('Ola: Tar & Rope', 'tarpot', '1896000000400000001'),
  '',
  'Twenty degrees.',
  '',
  '---',
  '',
  head('Kit', 'kit', '1896000000350000001'),
  '',
  '![Image](https://pbs.twimg.com/media/Def?format=jpg&name=large)',
]
const { posts } = read(...FRONT, ...THREAD, ...ANSWERS)

describe('a clipped page of X', () => {
  it('gives the post that it is about the id of its own address', () => {
    expect(posts.map(({ ref }) => ref?.id)).toEqual([
      PAGE,
      '1896000000100000001',
      '1896000000300000001',
      '1896000000400000001',
      '1896000000350000001',
    ])
    expect(posts[0]).toMatchObject({ author: { name: 'Ola: Tar & Rope', handle: 'tarpot' }, platform: 'x' })
  })

  it('keeps pictures with their posts, also where a post is nothing else', () => {
    expect(posts.map(({ media }) => media.map(({ url }) => url.slice(-25, -22)))).toEqual([
      [],
      ['Abc'],
      [],
      [],
      ['Def'],
    ])
  })

  it('takes the quoted lines at the end of a post as the post it quotes', () => {
    expect(posts[0]?.text).toBe('Tar keeps a rope for as long as the rope is dry.')
    expect(posts[0]?.quotes).toMatchObject([{ author: null, text: 'Does anybody still tar ropes?' }])
  })

  it('keeps underscores in names and their addresses', () => {
    expect(posts[2]).toMatchObject({
      author: { handle: '__nils__' },
      url: address('__nils__', '1896000000300000001'),
    })
  })

  it('puts answers below the thread, and what its author says right below one of them there', () => {
    const [, , nils] = posts
    expect(posts.map(({ parent }) => parent?.key ?? null)).toEqual([
      null,
      null,
      posts[0]?.key,
      nils?.key,
      posts[0]?.key,
    ])
    const { threads } = unrollTogether([read(...FRONT, ...THREAD, ...ANSWERS)])
    expect(threads.map((thread) => thread.posts.map((post) => post.text))).toEqual([
      ['Tar keeps a rope for as long as the rope is dry.', 'Then it needs a warm day.'],
    ])
  })
})

describe('a clip whose title says that it is one post', () => {
  it('is that post, whatever paragraphs it has', () => {
    const front = ['---', 'title: "Post by @tarpot on X"', `source: "${address('tarpot', PAGE)}"`, '---']
    const one = read(...front, 'Tar.', '', '1. Warm it.', '', '2. Wait.', '', '---', '', 'Rope.')
    expect(one.posts).toMatchObject([
      { ref: { id: PAGE }, author: { handle: 'tarpot' }, text: 'Tar.\n\n1. Warm it.\n\n2. Wait.\n\nRope.' },
    ])
  })
})
