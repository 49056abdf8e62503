// Conversations: where replies hang whose parent is not here, and what is said of pages that are cut or are lists.
import { describe, expect, it } from 'vitest'
import { sha256 } from '../../../src/fixity.ts'
import type { Conversation, Extraction, Note, Post } from '../../../src/model.ts'
import { unroll } from '../../../src/unroll/unroll.ts'
import { declared, makePage, makePost, type Sketch } from '../arbitrary.ts'

const unrollPages = (...pages: readonly Extraction[]) => unroll(pages, { order: 'page', digest: sha256 })
const talk = (pages: readonly Extraction[]): readonly Conversation[] => unrollPages(...pages).conversations

/** A comment of conversation 1, answering the post of this id. */
function comment(id: string, to: string | null, sketch: Partial<Sketch> = {}): Post {
  const parent = to === null ? null : declared(to)
  return {
    ...makePost({ text: `comment ${id}`, id, parent, kind: 'comment', author: 'bo', ...sketch }),
    conversation: '1',
  }
}

const ARTICLE: Post = { ...makePost({ text: 'On kites.', id: '1', kind: 'article' }), conversation: '1' }

function pageOf(posts: readonly Post[], codes: readonly string[] = [], replies: number | null = null): Extraction {
  const notes = codes.map((code): Note => ({ level: 'warning', code, message: code, input: 'page' }))
  return makePage(posts, { notes, declared: { title: null, site: null, replies } })
}

/** `id^parent's place` of each reply. */
const shapeOf = ({ replies }: Conversation): readonly string[] =>
  replies.map(({ post, parent, depth }) => `${post.id}^${parent} ${depth}`)

describe('replies whose parent is not here', () => {
  const posts = [ARTICLE, comment('2', '1'), comment('4', '3'), comment('5', '1'), comment('6', '3'), comment('7', '4')]

  it('hang in the conversation they name, together at the place of the hole', () => {
    const conversations = talk([pageOf(posts)])
    expect(conversations.map(({ id }) => id)).toEqual(['x:1'])
    expect(shapeOf(conversations[0]!)).toEqual(['x:2^null 0', 'x:4^null 0', 'x:7^1 1', 'x:6^null 0', 'x:5^null 0'])
  })

  it('are told of, and their parent stays in the edges', () => {
    const { conversations, edges } = unrollPages(pageOf(posts))
    expect(conversations[0]).toMatchObject({
      completeness: 'partial',
      statement: '5 replies; how many there are is not said; 1 post that is replied to is not here',
    })
    expect(edges).toContainEqual(expect.objectContaining({ child: 'x:4', parent: 'x:3' }))
  })

  it('hang below the post that their conversation is named after, where nothing tells what they answer', () => {
    const answer = (id: string, conversation: string): Post => ({
      ...makePost({ text: `answer ${id}`, id, author: `writer ${id}` }),
      conversation,
    })
    const first = { ...makePost({ text: 'Kites.', id: '1' }), conversation: '1' }
    const found = talk([pageOf([first, answer('2', '1'), answer('3', '8'), answer('4', '5'), answer('5', '4')])])
    expect(found.map(({ id }) => id)).toEqual(['x:1'])
    expect(shapeOf(found[0]!)).toEqual(['x:2^null 0'])
  })

  it('hang in a conversation named otherwise than its root', () => {
    const named = (post: Post): Post => ({ ...post, conversation: 'topic-9' })
    expect(talk([pageOf(posts.map(named))]).map(({ id }) => id)).toEqual(['x:1'])
  })

  it('make one conversation where the root is not here either', () => {
    const [conversation, ...others] = talk([pageOf(posts.slice(1))])
    expect(others).toEqual([])
    expect(conversation).toMatchObject({ id: 'x:1', root: null, completeness: 'partial' })
    expect(conversation?.statement).toMatch(
      /; 1 post that is replied to is not here; the post that opens it is not here$/,
    )
  })

  it('find a root that another page shows, in any order of pages', () => {
    const [root, ...replies] = posts
    for (const pages of [
      [pageOf([root!]), pageOf(replies)],
      [pageOf(replies), pageOf([root!])],
    ])
      expect(talk(pages).map(({ id, replies: { length } }) => [id, length])).toEqual([['x:1', 5]])
  })

  it('stay alone under the absent post where no conversation is named', () => {
    const nameless = posts.map((post) => ({ ...post, conversation: null }))
    expect(talk([pageOf(nameless)]).map(({ id }) => id)).toEqual(['x:1', 'x:3'])
  })

  it('may name their own id or that of each other as the conversation: each stands in one conversation', () => {
    const liars = [
      { ...comment('2', '9'), conversation: '2' },
      { ...comment('3', '8'), conversation: '2' },
      { ...comment('4', '7'), conversation: '3' },
    ]
    const ids = talk([pageOf(liars)]).flatMap(({ replies }) => replies.map(({ post }) => post.id))
    expect(ids.sort()).toEqual(['x:2', 'x:3', 'x:4'])
  })
})

describe('what is said of a conversation', () => {
  const judge = (...given: Parameters<typeof pageOf>) => {
    const [{ completeness, statement } = { completeness: null, statement: null }] = talk([pageOf(...given)])
    return [completeness, statement]
  }

  it.each([
    [['paywall'], 'no comments; the article is cut by a paywall'],
    [['cut-preview'], 'no comments; only a preview of the article is here'],
    [['truncated'], 'no comments; the page was cut before its end'],
    [['more-pages'], 'no replies on this page'],
  ])('is partial when the page says %s', (codes, statement) => {
    expect(judge([ARTICLE], codes, codes[0] === 'more-pages' ? null : 0)).toEqual(['partial', statement])
  })

  it('is complete without comments only when nothing is cut', () => {
    expect(judge([ARTICLE], [], 0)).toEqual(['complete', 'no comments'])
    expect(judge([ARTICLE, comment('2', '1')], [], 1)).toEqual(['complete', 'its only comment'])
    expect(judge([ARTICLE, comment('2', '1'), comment('3', '2')], [], 1)).toEqual([
      ...['unknown', '2 replies; the page speaks of 1'],
    ])
    expect(judge([ARTICLE, comment('2', '1')], ['more'], 1)).toEqual(['partial', '1 reply; more are not on this page'])
  })

  it('is complete on a page whose layout is not known only when all comments were read', () => {
    const drifted = 'the page has a layout that is not known'
    for (const code of ['layout-unknown', 'words-unread']) {
      expect(judge([ARTICLE], [code])).toEqual(['unknown', `no replies were read; ${drifted}`])
      expect(judge([ARTICLE], [code], 0)).toEqual(['unknown', `no comments; ${drifted}`])
      expect(judge([ARTICLE, comment('2', '1')], [code], 1)).toEqual(['complete', 'its only comment'])
    }
  })

  it('does not call an article cut that another page shows whole', () => {
    const whole = { ...ARTICLE, text: 'On kites, and on the wind that carries them.' }
    expect(talk([pageOf([ARTICLE], ['paywall']), pageOf([whole])])[0]?.statement).not.toContain('paywall')
    expect(talk([pageOf([ARTICLE], ['paywall']), pageOf([{ ...ARTICLE, text: 'On' }])])[0]?.statement).toContain(
      'paywall',
    )
  })

  it('says of a listed story only that this page has no replies', () => {
    const other = { ...makePost({ text: 'On rope.', id: '8', kind: 'article' }), conversation: '8' }
    expect(judge([ARTICLE, other], [])).toEqual(['unknown', 'no replies on this page'])
    expect(judge([ARTICLE], ['list-page'])).toEqual(['unknown', 'no replies on this page'])
    expect(judge([ARTICLE])).toEqual(['unknown', 'no replies here, and none are spoken of'])
  })
})

describe("a stranger's lone reply", () => {
  const root = { ...makePost({ text: 'On kites.', id: '1' }), conversation: '1' }
  const reply = { ...makePost({ text: 'Mine sank.', id: '4', parent: declared('3'), author: 'bo' }), conversation: '1' }

  it('to a post that is not here is no thread when a conversation shows it', () => {
    const { threads, conversations } = unrollPages(pageOf([root, reply]))
    expect(threads.map(({ id }) => id)).toEqual(['x:1'])
    expect(conversations.map(shapeOf)).toEqual([['x:4^null 0']])
  })

  it('is a thread when nothing else shows it, or when it counts itself', () => {
    expect(unrollPages(pageOf([reply])).threads.map(({ id }) => id)).toEqual(['x:4'])
    const counted = { ...reply, text: '2/3 Mine sank.' }
    expect(unrollPages(pageOf([root, counted])).threads.map(({ id }) => id)).toEqual(['x:1', 'x:4'])
  })
})

describe('one article, looked at again', () => {
  const seen = (at: string, replies: number | null, ...comments: readonly string[]): Extraction => {
    const posts = [ARTICLE, ...comments.map((id) => comment(id, '1'))]
    return pageOf(
      posts.map((post) => ({ ...post, provenance: { ...post.provenance, capturedAt: at } })),
      [],
      replies,
    )
  }
  const first = seen('2026-01-01T00:00:00.000Z', 1, '2')
  const later = seen('2026-02-01T00:00:00.000Z', 3, '2', '3', '4')

  it('has as many replies as its page said last, whichever look is given first', () => {
    for (const pages of [
      [first, later],
      [later, first],
    ])
      expect(talk(pages)).toMatchObject([{ declaredReplies: 3, completeness: 'complete', statement: 'all 3 comments' }])
  })

  it('has the number that an earlier look told where a later one tells none', () => {
    const silent = seen('2026-03-01T00:00:00.000Z', null, '2', '3', '4')
    expect(talk([silent, first, later])).toMatchObject([{ declaredReplies: 3 }])
  })

  it('is not whole when its page speaks of fewer since', () => {
    const fewer = seen('2026-03-01T00:00:00.000Z', 2, '2', '3')
    expect(talk([first, later, fewer])).toMatchObject([{ declaredReplies: 2, completeness: 'unknown' }])
  })
})
