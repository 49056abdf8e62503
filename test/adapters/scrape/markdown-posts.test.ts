// Threads that tools and people wrote down in Markdown, each post marked off by a link of its own or a heading that
// counts.
import { describe, expect, it } from 'vitest'
import { text } from '../../../src/adapters/scrape/text.ts'
import { unrollTogether } from '../../../src/pipeline/pipeline.ts'
import { type Case, casesOf, pageOf } from '../cases.ts'

const caseOf = (wanted: string) => casesOf('text').find(({ name }) => name === wanted) as Case
const read = (...lines: readonly string[]) => text.extract(pageOf(caseOf('essay'), lines.join('\n')))

describe('posts in Markdown with links of their own', () => {
  it('are told by them, with heads, pictures and quoted posts', () => {
    const { posts, blocks } = text.extract(pageOf(caseOf('markdown-headed-posts')))
    expect(posts.map(({ ref, author }) => [ref?.id.slice(-4), author?.name])).toEqual([
      ['6273', 'Edda Voss'],
      ['6273', 'Edda Voss'],
      ['6279', 'Edda Voss'],
    ])
    expect(posts[1]).toMatchObject({
      text: 'First: the corners.\n\nNobody hurries a corner twice.',
      createdAt: '2021-04-05T05:01:30.000Z',
      media: [{ alt: 'A corner of dressed stone' }],
    })
    expect(posts[2]?.text).toBe('Second: the mortar. This one knew.')
    expect(posts[2]?.quotes).toMatchObject([
      { ref: { id: '1377409957888000001' }, author: { handle: 'mortarboard' }, text: 'Mortar remembers the weather.' },
    ])
    expect(blocks).toMatchObject([{ kind: 'thread' }])
  })

  it('name what they answer where the source links it', () => {
    const month = text.extract(pageOf(caseOf('markdown-archive-month')))
    expect(month.posts.map(({ parent }) => parent?.ref?.id ?? null)).toEqual([
      null,
      '1378935427691446273',
      '1378937944273840000',
      null,
    ])
    expect(unrollTogether([month]).threads.map(({ posts }) => posts.length)).toEqual([2, 1, 1])
    expect(month.posts[1]?.text).toBe('First: the corners.\n\nNobody hurries a corner twice.')
  })

  it('are told in a list of what somebody marked, without what they noted', () => {
    const link = (id: string) => `([View Tweet](https://twitter.com/plumbline/status/${id}))`
    const head = ['# Walls', '', '## Metadata', '- Author: [[@plumbline on Twitter]]', '', '## Highlights']
    const first = `- First: the corners. ${link('1378935427691446273')}`
    const { posts } = read(...head, first, '    - Note: ask Ife', `- Second: mortar. ${link('1378935805178806273')}`)
    expect(posts.map((post) => [post.text, post.author?.handle])).toEqual([
      ['First: the corners.', 'plumbline'],
      ['Second: mortar.', 'plumbline'],
    ])
  })

  it('leaves links within somebody’s words alone', () => {
    const about = (id: string) => `She says more [in this thread](https://x.com/plumbline/status/${id})`
    expect(read(about('1378935427691446273'), '', about('1378935805178806273')).posts).toEqual([])
  })
})

describe('posts below headings that count them', () => {
  it.each([
    ['## Tweet 1/2', '## Tweet 2/2', 2],
    ['**Post 1:**', '**Post 2:**', null],
  ])('are one thread below %s', (one, two, declaredTotal) => {
    const { posts, blocks } = read('# Walls', '', one, '', 'The corners.', '', 'Twice.', '', two, '', 'The mortar.')
    expect(posts.map((post) => post.text)).toEqual(['The corners.\n\nTwice.', 'The mortar.'])
    expect(blocks).toMatchObject([{ kind: 'thread', declaredTotal }])
  })
})

describe('the head of a list of what somebody saved', () => {
  it('names thread and account', () => {
    const url = 'https://twitter.com/plumbline/status/1378935427691446273'
    const head = ['## Metadata', '- Author: [[@plumbline on Twitter]]', `- URL: ${url}`, '', '## Full Document']
    const { blocks, scrapes } = read('# Walls', ...head, '[[Full Document Contents]]', '', 'Corners.', '', 'Mortar.')
    expect(blocks).toMatchObject([{ author: { handle: 'plumbline' }, url }])
    expect(scrapes[0]?.lines.map((line) => line.text).join('\n')).toBe('Corners.\n\nMortar.')
  })
})
