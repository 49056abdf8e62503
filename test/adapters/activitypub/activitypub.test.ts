import { describe, expect, it } from 'vitest'
import { activitypub } from '../../../src/adapters/activitypub/activitypub.ts'
import { exportedFile } from '../../../src/adapters/activitypub/media.ts'
import { mastodon } from '../../../src/adapters/mastodon/mastodon.ts'
import { type Case, casesOf, pageOf } from '../cases.ts'
import { describeAdapter } from '../contract.ts'

describeAdapter(activitypub)

const cases = new Map(casesOf('activitypub').map((fixture) => [fixture.name, fixture]))
const outbox = cases.get('outbox') as Case
const read = (name: string) => activitypub.extract(pageOf(cases.get(name) as Case))
const codes = (name: string) => read(name).notes.map(({ code }) => code)
const extractJson = (value: unknown) => activitypub.extract(pageOf(outbox, JSON.stringify(value)))
const NOTE = { '@context': 'https://www.w3.org/ns/activitystreams', type: 'Note', id: 'http://a.example/notes/1' }

describe('activitypub', () => {
  it('gives a post the name, words, author and parent that the Mastodon API gives it', () => {
    const api = casesOf('mastodon').flatMap((fixture) => mastodon.extract(pageOf(fixture)).posts)
    const known = new Map(api.map((post) => [post.ref?.id, post]))
    const shared = read('outbox').posts.filter((post) => known.has(post.ref?.id))
    expect(shared).toHaveLength(5)
    for (const { ref, text, html, author, parent, createdAt, editedAt, url } of shared) {
      const other = known.get(ref?.id)
      expect({ ref, text, html, createdAt, editedAt, url }).toEqual({
        ref: other?.ref,
        text: other?.text,
        html: other?.html,
        createdAt: other?.createdAt,
        editedAt: other?.editedAt,
        url: other?.url,
      })
      expect([author?.handle, author?.url, parent?.ref]).toEqual([
        other?.author?.handle,
        other?.author?.url,
        other?.parent?.ref,
      ])
    }
  })

  it('reads what an export holds for a few, marks it and says so', () => {
    const { posts, notes } = read('outbox')
    const seen = posts.map(({ provenance }) => provenance.extra?.['visibility']).filter((value) => value !== undefined)
    expect(seen).toEqual(['private', 'direct', 'unlisted'])
    expect(notes.find(({ code }) => code === 'not-public')).toMatchObject({ level: 'warning' })
  })

  it('names pictures of an export by their path, because they have no address', () => {
    const [first] = read('outbox').posts
    expect(first?.media).toMatchObject([
      {
        kind: 'image',
        url: 'media_attachments/files/000/009/001/original/heap.jpg',
        alt: 'A steaming heap with a thermometer in it',
      },
    ])
  })

  it.each([
    ['/bucket/media_attachments/files/1/a.jpg', 'media_attachments/files/1/a.jpg'],
    ['media_attachments/files/1/a.jpg', 'media_attachments/files/1/a.jpg'],
    ['/media/a.jpg', 'media/a.jpg'],
    ['//elsewhere.example/a.jpg', null],
    ['/media_attachments/../../a.jpg', null],
    ['javascript:alert(1)', null],
  ])('reads the path of a file in an export: %s', (path, file) => {
    expect(exportedFile(path)).toBe(file)
  })

  it('counts boosts, likes and deletions apart from posts', () => {
    expect(codes('outbox')).toContain('boosts')
    expect(codes('community')).toEqual(['deleted', 'no-post'])
    expect(read('community').posts.map(({ kind, title }) => [kind, title])[0]).toEqual([
      'post',
      'What ate my pumpkins?',
    ])
    expect(read('community').posts).toHaveLength(4)
  })

  it('keeps a summary as a warning where there is no title, and out of the words', () => {
    const warned = extractJson({ ...NOTE, summary: 'heights', content: '<p>Look down.</p>' }).posts[0]
    expect([warned?.text, warned?.html]).toEqual(['Look down.', '<p><strong>heights</strong></p>\n<p>Look down.</p>'])
    expect(read('article').posts[0]?.provenance.extra).toBeNull()
  })

  it('names an account by its handle only where an address tells it', () => {
    const handles = read('article').posts.map(({ author }) => [author?.handle, author?.id])
    expect(handles).toEqual([
      ['lou@wayside.example', null],
      ['nora@social.example', null],
      [null, 'http://forkey.example/users/8xyz'],
    ])
    const numbered = extractJson({ ...NOTE, attributedTo: 'http://a.example/users/3' }).posts[0]
    expect(numbered?.author).toMatchObject({ handle: null, id: 'http://a.example/users/3' })
  })

  it('takes the quoted post out of the words and keeps it as a quote', () => {
    const quoting = [...read('outbox').posts, ...read('article').posts].filter(({ quotes }) => quotes.length > 0)
    expect(quoting.map(({ text }) => text)).toEqual(['This, for gardens.', "The miller's, says my aunt."])
    expect(quoting[1]?.quotes[0]?.ref).toEqual(read('outbox').posts[0]?.ref)
  })

  it('asks nothing about each post of a list', () => {
    expect(read('outbox').next).toEqual([])
  })

  it('asks for the parent, for answers that are only named and for the next page', () => {
    expect(read('article').next).toEqual([
      'http://wayside.example/wp-json/replies/88?page=2',
      'http://social.example/users/nora/statuses/110000000000000099',
    ])
    expect(extractJson({ ...NOTE, inReplyTo: 'http://b.example/2' }).next).toEqual(['http://b.example/2'])
    expect(
      extractJson({ type: 'OrderedCollection', id: 'http://a.example/o', first: 'http://a.example/o?page=1' }).next,
    ).toEqual(['http://a.example/o?page=1'])
  })

  it.each([
    ['not-found', { ...NOTE, type: 'Tombstone' }],
    ['account', { ...NOTE, type: 'Person', outbox: 'http://a.example/outbox' }],
    ['no-post', { ...NOTE, type: 'Like', object: 'http://a.example/notes/2' }],
    ['no-post', { ...NOTE, type: 'Collection', items: [] }],
    ['boosts', { ...NOTE, type: 'Announce', object: 'http://a.example/notes/2' }],
    ['only-named', { ...NOTE, type: 'Create', object: 'http://a.example/notes/2' }],
  ])('says why there is no post: %s', (code, value) => {
    const { posts, notes } = extractJson(value)
    expect(posts).toEqual([])
    expect(notes.map((note) => note.code)).toContain(code)
  })

  it('reads addresses that were written as in HTML', () => {
    const attachment = [{ type: 'Image', mediaType: 'image/png', url: 'http://a.example/i.png?fit=9%2C6&#038;ssl=1' }]
    expect(extractJson({ ...NOTE, attachment }).posts[0]?.media[0]?.url).toBe('http://a.example/i.png?fit=9%2C6&ssl=1')
  })

  it('lets lists be single values and objects be addresses', () => {
    const loose = {
      ...NOTE,
      type: ['Note', 'ex:Note'],
      to: 'as:Public',
      inReplyTo: { id: 'http://b.example/2', type: 'Note' },
      attachment: {
        type: 'Document',
        mediaType: 'video/mp4',
        url: [{ href: 'http://a.example/v.mp4' }],
        name: 'A wave',
      },
      attributedTo: [
        { type: 'Group', id: 'http://a.example/c/x' },
        { type: 'Person', id: 'http://a.example/accounts/lee' },
      ],
    }
    expect(extractJson(loose).posts[0]).toMatchObject({
      parent: { ref: { id: 'http://b.example/2' } },
      media: [{ kind: 'video', url: 'http://a.example/v.mp4', alt: 'A wave' }],
      author: { handle: 'lee@a.example' },
    })
  })

  it('unwraps however deep, and makes no post its own parent', () => {
    let wrapped: unknown = { ...NOTE, inReplyTo: NOTE.id, content: 'deep' }
    for (let i = 0; i < 1_000; i += 1) wrapped = { ...NOTE, type: 'Create', object: wrapped }
    expect(extractJson(wrapped).posts).toMatchObject([{ text: 'deep', parent: null }])
  })

  it('leaves other JSON that has a type alone', () => {
    const others = [
      { type: 'FeatureCollection', features: [] },
      { type: 'Image', id: 'http://a.example/1' },
      { type: 'Note' },
    ]
    for (const other of others) expect(activitypub.recognises(pageOf(outbox, JSON.stringify(other)))).toBe(false)
  })
})
