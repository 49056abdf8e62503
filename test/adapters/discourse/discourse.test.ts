import { describe, expect, it } from 'vitest'
import { discourse } from '../../../src/adapters/discourse/discourse.ts'
import { readPage } from '../../../src/adapters/page/page.ts'
import type { Extraction } from '../../../src/model.ts'
import { unrollTogether } from '../../../src/pipeline/pipeline.ts'
import { type Case, captureOf, casesOf, pageOf } from '../cases.ts'
import { describeAdapter } from '../contract.ts'

describeAdapter(discourse)

const CASES = new Map(casesOf('discourse').map((fixture) => [fixture.name, fixture]))
const HOST = 'talk.mole.example'

function read(name: string, body?: string): Extraction {
  return discourse.extract(pageOf(CASES.get(name) as Case, body))
}

describe('a topic', () => {
  const { posts, next, notes, declared } = read('topic')
  const byNumber = new Map(posts.map((post) => [Number(post.key.split('/')[1]), post]))

  it('takes the first post for an article and the rest for its comments', () => {
    expect(byNumber.get(1)).toMatchObject({
      kind: 'article',
      title: 'A buoy that hums',
      ref: { platform: 'discourse', id: `${HOST}/812/1` },
      author: { handle: 'ines', name: 'Ines Varga', url: `http://${HOST}/u/ines` },
      parent: null,
    })
    expect(byNumber.get(1)?.html).toContain('alt="the buoy, leaning"')
    expect(byNumber.get(1)?.text).not.toContain('98 KB')
    expect(byNumber.get(2)?.editedAt).toBe('2025-03-01T09:00:00.000Z')
  })

  it('declares an answer by number, also to a post that is gone', () => {
    expect(byNumber.get(4)?.parent).toMatchObject({ key: '812/2', basis: 'declared', p: 1 })
    expect(byNumber.get(6)?.parent).toMatchObject({ ref: { id: `${HOST}/812/3` }, key: null, basis: 'declared' })
  })

  it('lets a post that names nobody answer the topic, and says that this is read off the layout', () => {
    expect(byNumber.get(2)?.parent).toMatchObject({ key: '812/1', basis: 'layout', p: 0.9 })
  })

  it('keeps a quote in its place and names what it quotes', () => {
    const post = byNumber.get(4)
    expect(post?.quotes).toMatchObject([
      { ref: { id: `${HOST}/812/2` }, author: { handle: 'tobi_k' }, text: 'is it a B flat?' },
    ])
    expect(post?.html).toMatch(/^<p>\s*tobi_k:<\/p>\s*<blockquote>[\s\S]*B flat[\s\S]*<\/blockquote>[\s\S]*Nearly/)
  })

  it('leaves entries of the system out and the words of deleted posts away', () => {
    expect(byNumber.has(7)).toBe(false)
    expect(byNumber.get(8)).toMatchObject({ text: '', html: null })
    expect(notes.map(({ code }) => code)).toEqual(['withheld', 'posts-elsewhere', 'actions'])
  })

  it('names the posts that are elsewhere, and they join', () => {
    expect(next).toEqual([`http://${HOST}/t/812/posts.json?post_ids[]=5011&post_ids[]=5012`])
    expect(declared.replies).toBe(7)
    const { conversations } = unrollTogether([read('topic'), read('more-posts')])
    const replies = conversations.flatMap((conversation) => conversation.replies)
    expect(replies).toHaveLength(6)
    // 6 answers the lost 3 and stands at the top of its tree; 9 answers 6, and 10 answers 9.
    expect(replies.find(({ post }) => post.key === '812/10')?.depth).toBe(2)
  })

  it('refuses an answer to itself and keeps the post', () => {
    const body = new TextDecoder().decode(CASES.get('topic')?.body)
    const circle = read('topic', body.replace('"reply_to_post_number": 2', '"reply_to_post_number": 4'))
    const { notes: loops, conversations } = unrollTogether([circle])
    expect(loops.map(({ code }) => code)).toContain('reply-loop')
    const shown = conversations.flatMap(({ root, replies }) => [root, ...replies.map(({ post }) => post)])
    expect(shown.map((post) => post?.key)).toContain('812/4')
  })

  it('joins by key and says so when the file does not tell its site', () => {
    const capture = { ...captureOf(CASES.get('topic') as Case), url: null, finalUrl: null }
    const extraction = discourse.extract(readPage(capture))
    expect(extraction.posts.every(({ ref, url }) => ref === null && url === null)).toBe(true)
    expect(extraction.posts.find(({ key }) => key === '812/4')?.parent?.key).toBe('812/2')
    expect(extraction.notes.map(({ code }) => code)).toContain('site-unknown')
  })
})

describe('other forms', () => {
  it('names posts of the page for readers without scripts as the JSON does, and asks for it', () => {
    const { posts, next, notes } = read('page')
    const known = new Map(read('topic').posts.map(({ ref, text }) => [ref?.id, text]))
    expect(posts.map(({ ref }) => ref?.id)).toEqual([1, 2, 4].map((number) => `${HOST}/812/${number}`))
    for (const { ref, text } of posts.slice(1)) expect(text).toBe(known.get(ref?.id))
    expect(posts[2]?.parent).toMatchObject({ key: '812/1', p: 0.6 })
    expect(next).toEqual([`http://${HOST}/t/812.json`, `http://${HOST}/t/a-buoy-that-hums/812?page=2`])
    expect(notes.map(({ code }) => code)).toEqual(['answers-untold'])
  })

  it('reads no posts out of a list of topics, and says where they are', () => {
    const list = { topic_list: { topics: [{ id: 812, slug: 'a-buoy-that-hums', title: 'A buoy that hums' }] } }
    const { posts, next, notes } = read('topic', JSON.stringify(list))
    expect(posts).toEqual([])
    expect(next).toEqual([`http://${HOST}/t/812.json`])
    expect(notes.map(({ code }) => code)).toEqual(['topic-list'])
  })
})

describe('posts whose file does not tell its address', () => {
  const bare = { ...(CASES.get('more-posts') as Case), url: null }
  const said = (avatar_template: string) =>
    discourse.extract(
      pageOf(
        bare,
        JSON.stringify({
          post_stream: {
            posts: [7, 8].map((number) => ({
              id: number,
              username: 'birte',
              avatar_template,
              cooked: '<p>Tar.</p>',
              post_number: number,
              topic_id: 907,
              reply_to_post_number: 5,
            })),
          },
        }),
      ),
    )

  it('are of the site in the path of an uploaded picture', () => {
    const { posts, notes } = said('/user_avatar/talk.mole.example/birte/{size}/12_2.png')
    expect(posts.map(({ ref }) => ref?.id)).toEqual([`${HOST}/907/7`, `${HOST}/907/8`])
    expect(posts[0]).toMatchObject({ conversation: `${HOST}/907`, parent: { ref: { id: `${HOST}/907/5` } } })
    expect(notes).toEqual([])
  })

  it('have no names where no picture tells', () => {
    const { posts, notes } = said('/letter_avatar_proxy/v4/letter/b/a87d85/{size}.png')
    expect(posts.map(({ ref }) => ref)).toEqual([null, null])
    expect(notes.map(({ code }) => code)).toEqual(['site-unknown'])
  })
})
