// Classic forum software: five adapters that share one reading of topics.
import { describe, expect, it } from 'vitest'
import type { Adapter } from '../../../src/adapters/adapter.ts'
import { discuz } from '../../../src/adapters/forums/discuz.ts'
import { phpbb } from '../../../src/adapters/forums/phpbb.ts'
import { smf } from '../../../src/adapters/forums/smf.ts'
import { vbulletin } from '../../../src/adapters/forums/vbulletin.ts'
import { xenforo } from '../../../src/adapters/forums/xenforo.ts'
import { readPage } from '../../../src/adapters/page/page.ts'
import type { Extraction } from '../../../src/model.ts'
import { unrollTogether } from '../../../src/pipeline/pipeline.ts'
import { type Case, captureOf, casesOf, pageOf } from '../cases.ts'
import { describeAdapter } from '../contract.ts'

const FORUMS = [phpbb, xenforo, vbulletin, smf, discuz]

for (const forum of FORUMS) describeAdapter(forum)

function caseOf({ name }: Adapter, wanted: string): Case {
  return casesOf(name).find((one) => one.name === wanted) as Case
}

function read(adapter: Adapter, wanted: string, change: (html: string) => string = (html) => html): Extraction {
  const fixture = caseOf(adapter, wanted)
  return adapter.extract(pageOf(fixture, change(new TextDecoder().decode(fixture.body))))
}

const TOPICS: readonly (readonly [Adapter, string])[] = FORUMS.flatMap((forum) =>
  casesOf(forum.name).map(({ name }) => [forum, name] as const),
)

describe.each(TOPICS.map(([forum, name]) => [forum.name, name, forum] as const))('%s, %s', (_, name, forum) => {
  const { posts } = read(forum, name)
  const [opening, ...answers] = posts

  it('begins with the opening post under the title of the topic', () => {
    expect(opening).toMatchObject({ kind: 'article', parent: null })
    expect(opening?.title).not.toBeNull()
    expect(answers.every(({ kind, title, parent }) => kind === 'comment' && title === null && parent !== null)).toBe(
      true,
    )
  })

  it('has of each post a writer, a time, an address and a name that other pages use', () => {
    for (const { author, createdAt, url, ref, conversation } of posts) {
      expect([author?.handle, createdAt, url, ref?.id, conversation]).not.toContain(null)
      expect(ref?.id).toMatch(/^[a-z.]+\/p\d+$/)
    }
  })

  it('takes a quote for an answer to what it quotes, as an inference', () => {
    const quoting = answers.filter(({ parent }) => parent?.basis === 'inferred')
    expect(quoting.length).toBeGreaterThan(0)
    for (const { parent, quotes, text, html } of quoting) {
      const quoted = posts.find(({ key }) => key === parent?.key)
      expect(quotes[0]?.author?.handle).toBe(quoted?.author?.handle)
      expect(text).toContain(quotes[0]?.text)
      expect(html).toContain('<blockquote>')
    }
  })

  it('unrolls to one conversation with every post', () => {
    const { conversations } = unrollTogether([read(forum, name)])
    expect(conversations.map(({ root, replies }) => [root?.key, replies.length])).toEqual([
      [opening?.key, answers.length],
    ])
  })
})

describe('phpBB', () => {
  const { posts, next, notes } = read(phpbb, 'topic')

  it('keeps signatures, edits and buttons out of the words', () => {
    expect(posts.map(({ text }) => text).join()).not.toMatch(/Fair winds|Last edited|Select all/)
    expect(posts[0]?.editedAt).toBe('2025-03-01T09:02:00.000Z')
  })

  it('tells an answer by the words when the quote has only a name, past the quote inside it', () => {
    expect(posts[3]?.parent).toMatchObject({ key: '454', p: 0.8 })
    expect(posts[3]?.html).toMatch(/<blockquote>[\s\S]*<blockquote>/)
  })

  it('names the next page without the reader’s session, and says that there is more', () => {
    expect(next).toEqual(['http://board.slipway.example/viewtopic.php?f=4&t=167&start=4'])
    expect(notes.map(({ code }) => code)).toContain('more-pages')
  })

  it('takes no post of a second page for the opening, and joins both pages', () => {
    const second = (html: string) =>
      html
        .replace(
          '<div class="pagination">',
          '<div class="pagination"><li class="previous"><a href="./viewtopic.php?t=167">1</a></li>',
        )
        .replaceAll('453', '470')
        .replaceAll('454', '471')
        .replaceAll('457', '472')
        .replaceAll('460', '473')
    const page = read(phpbb, 'topic', second)
    expect(page.posts.map(({ kind }) => kind)).toEqual(['comment', 'comment', 'comment', 'comment'])
    expect(page.posts[0]?.parent).toBeNull()
    const { conversations } = unrollTogether([read(phpbb, 'topic'), page])
    expect(conversations.map(({ replies }) => replies.length)).toEqual([7])
  })

  it('joins by words within a file that does not tell its site, and says so', () => {
    const strip = (html: string) => html.replace(/<link rel="canonical"[^>]*>/, '')
    const fixture = caseOf(phpbb, 'topic')
    const body = new TextEncoder().encode(strip(new TextDecoder().decode(fixture.body)))
    const capture = { ...captureOf({ ...fixture, body }), url: null, finalUrl: null }
    const siteless = phpbb.extract(readPage(capture))
    expect(siteless.posts.every(({ ref }) => ref === null)).toBe(true)
    expect(siteless.posts.map(({ parent }) => parent?.key)).toEqual([undefined, '453', '453', '454'])
    expect(siteless.notes.map(({ code }) => code)).toContain('site-unknown')
  })
})

describe('XenForo', () => {
  it('lets a quote of another topic answer this one, and keeps the quote', () => {
    const post = read(xenforo, 'thread').posts[3]
    expect(post?.parent).toMatchObject({ key: '8801', basis: 'layout' })
    expect(post?.quotes).toMatchObject([{ ref: { id: 'talk.lamp.example/p7001' }, author: { handle: 'Pim' } }])
  })

  it('reads exact times and edits', () => {
    const [opening] = read(xenforo, 'thread').posts
    expect(opening).toMatchObject({ createdAt: '2024-11-05T17:20:00.000Z', editedAt: '2024-11-05T17:41:10.000Z' })
  })
})

describe('SMF', () => {
  it('takes the topic after this one for no page of it', () => {
    expect(read(smf, 'topic').next).toEqual(['http://slip.ferry.example/index.php?topic=58.15'])
  })
})

describe('Discuz', () => {
  it('reads the clock behind an age', () => {
    expect(read(discuz, 'thread').posts[2]?.createdAt).toBe('2022-03-05T06:40:12.000Z')
  })

  it('keeps an age without a clock as printed', () => {
    const aged = (html: string) => html.replace(' title="2022-3-5 06:40:12"', '')
    const post = read(discuz, 'thread', aged).posts[2]
    expect(post).toMatchObject({ createdAt: null, provenance: { extra: { printedTime: '发表于 3 天前' } } })
  })
})
