// Mastodon's pages, drawn by a server and by a script: words without furniture, names as the API gives them, chains by
// their marks.
import { describe, expect, it } from 'vitest'
import { adapterFor } from '../../../src/adapters/index.ts'
import { mastodonWeb } from '../../../src/adapters/mastodon/web.ts'
import { type Case, casesOf, pageOf } from '../cases.ts'
import { describeAdapter } from '../contract.ts'

describeAdapter(mastodonWeb)

const CASES = new Map(casesOf('mastodon-web').map((fixture) => [fixture.name, fixture]))
const read = (name: string) => mastodonWeb.extract(pageOf(CASES.get(name) as Case))
const lastOf = (id: string | null | undefined) => id?.split('/').at(-1)?.slice(-3) ?? null

describe('a page as servers drew it', () => {
  const { posts, next, notes } = read('server-drawn')

  it('names posts as the API does, wherever they live', () => {
    expect(posts.map(({ ref }) => ref?.id)).toEqual([
      'http://old.reeds.example/users/marsh/statuses/101700000000000001',
      'http://old.reeds.example/users/marsh/statuses/101700000000000002',
      'http://old.reeds.example/users/marsh/statuses/101700000000000003',
      'http://swans.example/users/reed/statuses/101700000000000099',
      'http://swans.example/users/tern/statuses/101700000000000120',
    ])
    expect(posts[3]?.author).toMatchObject({ handle: 'reed@swans.example', name: 'Reed' })
  })

  it('ties what stands above, what is marked as an answer, and what goes on', () => {
    expect(posts.map(({ parent }) => lastOf(parent?.ref?.id))).toEqual([null, '001', '002', '003', '002'])
  })

  it('keeps warning, poll and pictures apart from the words', () => {
    expect(posts[1]).toMatchObject({
      text: '2/3 The count, with doubts:\n\n- forty (25%)\n- forty-one (75%)',
      createdAt: '2019-03-05T07:10:00.000Z',
      media: [{ kind: 'image', alt: 'Geese, or the idea of geese', width: 1200 }],
    })
    expect(posts[1]?.provenance.extra).toEqual({ contentWarning: 'numbers' })
  })

  it('says that it goes on', () => {
    expect(next).toEqual(['http://old.reeds.example/@marsh/101700000000000002?max_descendant_thread_id=7'])
    expect(notes.map(({ code }) => code)).toEqual(['more'])
  })
})

describe('a page as its script draws it', () => {
  const { posts } = read('script-drawn')

  it('begins a chain where a mark says so', () => {
    expect(posts.map(({ parent }) => lastOf(parent?.ref?.id))).toEqual([null, '001', '001', '007'])
  })

  it('takes its address and the time of its post from its head', () => {
    expect(posts[0]).toMatchObject({
      ref: { id: 'http://new.reeds.example/users/marsh/statuses/116400000000000001' },
      createdAt: '2026-04-20T05:59:00.000Z',
      text: '1/2 The reeds are back. http://marsh.example/reeds\n\n- tall (60%)\n- taller (40%)',
      media: [{ alt: 'Reeds, back' }],
    })
    expect(posts.map(({ author }) => author?.handle)).toEqual([
      'marsh@new.reeds.example',
      'marsh@new.reeds.example',
      'tern@swans.example',
      'marsh@new.reeds.example',
    ])
  })

  it('is nobody’s page before the script ran', () => {
    const shell = '<html><body><div class="app-holder" id="mastodon" data-props="{}"></div></body></html>'
    expect(adapterFor(pageOf(CASES.get('script-drawn') as Case, shell))?.name).not.toBe('mastodon-web')
  })
})

describe('a page before its script ran', () => {
  const { posts, notes, next } = read('script-not-run')
  const body = new TextDecoder().decode(CASES.get('script-not-run')?.body)
  const told = (from: string | RegExp, to: string) =>
    mastodonWeb.extract(pageOf(CASES.get('script-not-run') as Case, body.replace(from, to)))
  const DESCRIPTION = /Attached: [^"]*(?=" property="og:description")/

  it('has its own post in its head', () => {
    expect(posts).toMatchObject([
      {
        ref: { id: 'https://new.reeds.example/users/marsh/statuses/109300000000000001' },
        author: { handle: 'marsh@new.reeds.example', name: 'Marsh (wet)', url: 'https://new.reeds.example/@marsh' },
        createdAt: '2022-11-07T10:20:30.000Z',
        text: 'The reeds are up.\nSo is the water: https://marsh.example/gauge.\n\nWho measures?\n\n- the heron\n- nobody',
      },
    ])
  })

  it('has its files with it: a picture, and a film behind its own picture', () => {
    expect(posts[0]?.media).toMatchObject([
      { kind: 'image', alt: 'Reeds, up', width: 1200, height: 800, poster: null },
      { kind: 'video', width: 640, poster: expect.stringContaining('/small/') },
    ])
  })

  it('keeps its name in a web archive, which rewrites links', () => {
    const copied = told(/href='(?=https:\/\/new)/g, "href='https://web.archive.org/web/20221108000000/")
    expect(copied.posts[0]?.ref).toEqual(posts[0]?.ref)
  })

  it('says that it is alone, and where the others are', () => {
    expect(notes.map(({ code }) => code)).toEqual(['script-shell', 'post-alone'])
    expect(next).toEqual([
      'https://new.reeds.example/api/v1/statuses/109300000000000001',
      'https://new.reeds.example/api/v1/statuses/109300000000000001/context',
    ])
  })

  it('knows the summary in other languages, and words that only look like one', () => {
    const german = told(DESCRIPTION, 'Angehängt: 2 Bilder\n\nDas Schilf.')
    expect(german.posts[0]?.text).toBe('Das Schilf.')
    const bare = body.replace(/<meta content="[^"]*" property="og:(?:image|video)[^>]*>/g, '')
    const words = bare.replace(DESCRIPTION, 'Reeds: 3 metres\n\nup.')
    const { posts: plain } = mastodonWeb.extract(pageOf(CASES.get('script-not-run') as Case, words))
    expect(plain[0]?.text).toBe('Reeds: 3 metres\n\nup.')
  })

  it('keeps a warning for a warning, and says that the words are elsewhere', () => {
    const warned = told(DESCRIPTION, 'Attached: 1 image · Content warning: leeches')
    expect(warned.posts).toMatchObject([{ text: '', provenance: { extra: { contentWarning: 'leeches' } } }])
    expect(warned.notes.map(({ code }) => code)).toContain('hidden-words')
  })
})
