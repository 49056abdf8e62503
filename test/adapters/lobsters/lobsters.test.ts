// Lobsters: the tree out of nesting, out of depths and out of names; times that carry no zone are no times.
import { describe, expect, it } from 'vitest'
import { adapterFor } from '../../../src/adapters/index.ts'
import { lobsters } from '../../../src/adapters/lobsters/lobsters.ts'
import type { Extraction } from '../../../src/model.ts'
import { type Case, casesOf, pageOf } from '../cases.ts'
import { describeAdapter } from '../contract.ts'

describeAdapter(lobsters)

const CASES = new Map(casesOf('lobsters').map((fixture) => [fixture.name, fixture]))
const read = (name: string, body?: string) => lobsters.extract(pageOf(CASES.get(name) as Case, body))
const textOf = (name: string) => new TextDecoder().decode(CASES.get(name)?.body)
const last = (url: string | null | undefined) => url?.split('/').at(-1)
const tree = ({ posts }: Extraction) => posts.map(({ key, parent }) => [last(key), last(parent?.key), parent?.basis])

describe('a story page', () => {
  const page = read('story')

  it('takes whom a comment answers from its nesting', () => {
    expect(tree(page)).toEqual([
      ['ge3se1', undefined, undefined],
      ['tern01', 'ge3se1', 'layout'],
      ['hero02', 'tern01', 'layout'],
      ['gone03', 'hero02', 'layout'],
      ['tern04', 'gone03', 'layout'],
      ['rail05', 'ge3se1', 'layout'],
    ])
  })

  it('reads the link and the words of the story, and nothing that stands around them', () => {
    expect(page.posts[0]).toMatchObject({
      title: 'Counting geese with one shell command',
      text: 'https://marsh.example/geese\n\nI wrote this on a very windy dam.',
      author: { handle: 'heron', url: 'http://lobste.rs/~heron' },
      createdAt: '2025-11-03T11:06:07.000Z',
    })
    expect(page.posts[1]?.text).toBe(
      'Does it count swans, too?\n\none shell command\n\nTwo, by my count: sort | uniq -c.',
    )
    expect(page.declared).toEqual({ title: page.posts[0]?.title, site: 'Lobsters', replies: 5 })
  })

  it('knows the one time of an edited comment for that of the edit, and its author for the story’s', () => {
    const times = { createdAt: null, editedAt: '2025-11-03T13:30:00.000Z', isPostAuthor: true }
    expect(page.posts[2]).toMatchObject(times)
  })

  it('keeps the place of a comment that is gone, and the words of one that only sounds like it', () => {
    expect(page.posts[3]).toMatchObject({ text: '', provenance: { extra: { withheld: 'removed by author' } } })
    expect(page.posts[5]?.text).toBe('We removed by hand what the command missed.')
  })

  it('believes a written offset, and no time without one', () => {
    const timed = (time: string) => textOf('story').replace(/<time title="2025-11-03 05:06:07"[^>]*>/, time)
    const old = read('story', timed('<time title="2025-11-03 05:06:07 -0600">'))
    expect(old.posts[0]?.createdAt).toBe('2025-11-03T11:06:07.000Z')
    expect(read('story', timed('<time title="2025-11-03 05:06:07">')).posts[0]?.createdAt).toBeNull()
  })
})

describe('a list', () => {
  const story = textOf('story').split('<div class="story_content">')[0] ?? ''
  const { posts, blocks, notes } = read('story', `${story}${story.replaceAll('ge3se1', 'ge3se9')}`)

  it('holds stories and says that it is one', () => {
    expect(posts.map(({ ref, block }) => [last(ref?.id), block])).toEqual([
      ['ge3se1', 'stories'],
      ['ge3se9', 'stories'],
    ])
    expect([blocks[0]?.kind, notes.map(({ code }) => code)]).toEqual(['list', ['list-page']])
  })

  it('of comments names the story each stands below, and no parent', () => {
    const comment = textOf('story').split('<li class="comments_subtree">').at(-1) ?? ''
    const alone = comment.replace('</a></div>', '</a> | on: <a href="/s/ge3se1/counting">Counting</a></div>')
    const page = read('story', `<ol class="comments"><li>${alone}</li></ol>`)
    expect(page.posts).toMatchObject([{ parent: null, conversation: 'http://lobste.rs/s/ge3se1' }])
  })
})

describe('a story as JSON', () => {
  it('names parents, and says so', () => {
    expect(tree(read('story-json'))).toEqual([
      ['ge3se2', undefined, undefined],
      ['tern11', 'ge3se2', 'declared'],
      ['mode12', 'tern11', 'declared'],
      ['rail13', 'mode12', 'declared'],
      ['owls14', 'ge3se2', 'declared'],
    ])
  })

  it('calls a comment edited when the site does', () => {
    expect(read('story-json').posts.map(({ editedAt }) => editedAt)).toEqual([
      null,
      null,
      null,
      '2025-11-04T15:00:00.000Z',
      null,
    ])
  })

  it('wrote depths once, and whole accounts', () => {
    const page = read('before-2022')
    expect(tree(page).map(([, parent]) => parent)).toEqual([undefined, 'ge3se3', 'dive21', 'dive22', 'ge3se3'])
    expect(page.posts[1]).toMatchObject({ author: { handle: 'grebe' }, parent: { p: 0.99 } })
    expect(page.declared.site).toBe('ponds.example')
  })

  it('is a list where stories are', () => {
    const list = read('story-json', `[${textOf('story-json')},${textOf('before-2022')}]`)
    expect(list.blocks).toHaveLength(1)
    expect(list.posts.filter(({ kind }) => kind === 'article')).toHaveLength(2)
  })

  it('is told from other JSON', () => {
    const other = pageOf(CASES.get('story-json') as Case, '[{"short_id":"abc123","text":"no story"}]')
    expect(adapterFor(other)?.name).not.toBe('lobsters')
  })
})
