// Classic forum software: eleven adapters that share one reading of topics, and Flarum, whose pages carry JSON.
import { describe, expect, it } from 'vitest'
import type { Adapter } from '../../../src/adapters/adapter.ts'
import { bbpress } from '../../../src/adapters/forums/bbpress.ts'
import { discuz } from '../../../src/adapters/forums/discuz.ts'
import { flarum } from '../../../src/adapters/forums/flarum.ts'
import { fluxbb } from '../../../src/adapters/forums/fluxbb.ts'
import { invision } from '../../../src/adapters/forums/invision.ts'
import { mybb } from '../../../src/adapters/forums/mybb.ts'
import { nodebb } from '../../../src/adapters/forums/nodebb.ts'
import { phpbb } from '../../../src/adapters/forums/phpbb.ts'
import { smf } from '../../../src/adapters/forums/smf.ts'
import { vanilla } from '../../../src/adapters/forums/vanilla.ts'
import { vbulletin } from '../../../src/adapters/forums/vbulletin.ts'
import { xenforo } from '../../../src/adapters/forums/xenforo.ts'
import { readPage } from '../../../src/adapters/page/page.ts'
import type { Extraction } from '../../../src/model.ts'
import { unrollTogether } from '../../../src/pipeline/pipeline.ts'
import { type Case, captureOf, casesOf, pageOf } from '../cases.ts'
import { describeAdapter } from '../contract.ts'

const FORUMS = [phpbb, xenforo, vbulletin, smf, discuz, fluxbb, mybb, invision, nodebb, vanilla, bbpress]

for (const forum of [...FORUMS, flarum]) describeAdapter(forum)

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
      expect(ref?.id).toMatch(/^[a-z.]+\/pd?\d+$/)
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

describe('MyBB', () => {
  const { posts, notes, next } = read(mybb, 'thread')

  it('reads which of day and month comes first off the other dates of the page', () => {
    expect(posts.map(({ createdAt }) => createdAt?.slice(0, 16))).toEqual([
      '2019-03-04T21:12',
      '2019-03-15T07:01',
      '2019-03-16T10:00',
    ])
    const unsure = read(mybb, 'thread', (html) => html.replaceAll('03-15-', '03-05-').replaceAll('03-16-', '03-06-'))
    expect(unsure.posts.map(({ createdAt }) => createdAt)).toEqual([null, null, null])
    expect(unsure.posts[0]?.provenance.extra?.['printedTime']).toContain('03-04-2019')
  })

  it('keeps signatures and edits out of the words, and lines of a listing apart', () => {
    expect(posts[0]?.editedAt).toBe('2019-03-04T21:40:00.000Z')
    expect(posts.map(({ text }) => text).join()).not.toMatch(/dry bilge|last modified|Code:/)
    expect(posts[1]?.html).toContain('<pre><code>coat 1: 50% thinner<br>coat 2')
  })

  it('says that there are more pages', () => {
    expect(notes.map(({ code }) => code)).toContain('more-pages')
    expect(next).toEqual(['http://boats.example/showthread.php?tid=812&page=2'])
  })
})

describe('bbPress', () => {
  const { posts, next, declared } = read(bbpress, 'nested')

  it('takes a nested answer as one to the post whose list it stands in', () => {
    expect(posts.map(({ key, parent }) => [key, parent?.key ?? null, parent?.basis ?? null])).toEqual([
      ['801', null, null],
      ['805', '801', 'layout'],
      ['809', '805', 'layout'],
      ['811', '809', 'layout'],
      ['815', '805', 'inferred'],
    ])
  })

  it('reads times and addresses off the heads before the posts', () => {
    expect(posts.map(({ createdAt }) => createdAt?.slice(0, 13)).slice(0, 2)).toEqual([
      '2023-04-14T09',
      '2023-04-14T11',
    ])
    expect(posts[4]?.url).toBe('http://bees.example/forums/topic/swarm-in-april/#post-815')
  })

  it('knows how many answers there are, and where the others stand', () => {
    expect(declared.replies).toBe(6)
    expect(next).toEqual(['http://bees.example/forums/topic/swarm-in-april/page/2/'])
    expect(posts[0]?.text).not.toContain('modified')
  })

  it('tells the opening post by its class, on a page of answers alone too', () => {
    const later = read(bbpress, 'nested', (html) => html.replace('post-801 topic type-topic', 'post-801 reply')).posts
    const withoutIt = read(bbpress, 'nested', (html) =>
      html.replace('odd  post-801 topic type-topic', 'odd  post-801 reply'),
    )
    expect(later[0]?.kind).toBe('article')
    expect(withoutIt.posts[0]).toMatchObject({ kind: 'comment', title: null, parent: null })
  })
})

describe('FluxBB', () => {
  it('keeps signatures and edits out of the words, and finds the quoted post by its words', () => {
    const { posts } = read(fluxbb, 'topic')
    expect(posts.map(({ text }) => text).join()).not.toMatch(/Wet hands|Last edited/)
    expect(posts[1]).toMatchObject({ editedAt: '2012-03-20T10:31:00.000Z', parent: { key: '501', p: 0.8 } })
  })
})

describe('Invision', () => {
  const { posts, declared } = read(invision, 'topic')

  it('knows how many answers the topic has', () => {
    expect(declared.replies).toBe(91)
  })

  it('finds the quoted post by its number, and the edit inside the words', () => {
    expect(posts[1]?.parent).toMatchObject({ key: '92580', p: 0.9 })
    expect(posts[1]?.editedAt).toBe('2020-01-09T08:00:00.000Z')
    expect(posts[1]?.text).not.toContain('Edited')
  })

  it('leaves comments on articles of the same software to others', () => {
    const comments = read(invision, 'topic', (html) => html.replaceAll('cPost ', ''))
    expect(comments.posts).toEqual([])
  })
})

describe('NodeBB', () => {
  it('takes the parent that an answer names for declared', () => {
    const { posts } = read(nodebb, 'topic')
    expect(posts[1]?.parent).toMatchObject({ key: '301', basis: 'declared', p: 1 })
    expect(posts[1]?.quotes[0]?.author?.handle).toBe('quincy')
  })

  it('takes no post for the opening of a page that begins in the middle', () => {
    const { posts } = read(nodebb, 'topic', (html) =>
      html.replace('data-index="0" data-pid', 'data-index="20" data-pid'),
    )
    expect(posts.map(({ kind }) => kind)).toEqual(['comment', 'comment', 'comment'])
    expect(posts[0]?.parent).toBeNull()
  })

  it('believes no rounded number of posts', () => {
    expect(read(nodebb, 'topic', (html) => html.replace('>45<', '>1.2k<')).declared.replies).toBeNull()
    expect(read(nodebb, 'topic', (html) => html.replace('>45<', '>1,204<')).declared.replies).toBe(1203)
  })
})

describe('Flarum', () => {
  const { posts, declared, next } = read(flarum, 'discussion')

  it('reads posts with their numbers, edits and writers, and no events', () => {
    expect(posts.map(({ key, kind, title }) => [key, kind, title])).toEqual([
      ['1001', 'article', 'Sourdough without a scale'],
      ['1002', 'comment', null],
    ])
    expect(posts[1]).toMatchObject({ editedAt: '2021-03-04T11:05:00.000Z', url: 'http://bread.example/d/214/2' })
    expect(posts[0]?.author).toMatchObject({ handle: 'odile', name: 'Odile', url: 'http://bread.example/u/odile' })
  })

  it('takes the post that an answer mentions for its parent, as an inference', () => {
    expect(posts[1]?.parent).toMatchObject({ key: '1001', basis: 'inferred', p: 0.9 })
  })

  it('counts the answers that are elsewhere, and names the next page', () => {
    expect(declared.replies).toBe(30)
    expect(next).toEqual(['http://bread.example/d/214-sourdough-without-a-scale?page=2'])
  })

  it('reads the same out of an answer of the API', () => {
    const { body } = caseOf(flarum, 'discussion')
    const payload = /type="application\/json">(.*?)<\/script>/.exec(new TextDecoder().decode(body))?.[1] ?? ''
    const document = JSON.stringify((JSON.parse(payload) as { apiDocument: unknown }).apiDocument)
    const headers = [['content-type', 'application/vnd.api+json']] as const
    const capture = captureOf({ ...caseOf(flarum, 'discussion'), headers }, document)
    const found = flarum.extract(readPage(capture)).posts
    expect(found.map(({ ref, text, author }) => [ref, text, author])).toEqual(
      posts.map(({ ref, text, author }) => [ref, text, author]),
    )
  })
})
