// Mastodon's pages, drawn by a server and by a script: words without furniture, names as the API gives them, chains by their marks.
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
