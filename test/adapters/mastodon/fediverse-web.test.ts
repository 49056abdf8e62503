import { describe, expect, it } from 'vitest'
import { fediverseWeb } from '../../../src/adapters/mastodon/fediverse-web.ts'
import { type Case, casesOf, pageOf } from '../cases.ts'
import { describeAdapter } from '../contract.ts'

describeAdapter(fediverseWeb)

const CASES = new Map(casesOf('fediverse-web').map((fixture) => [fixture.name, fixture]))
const read = (name: string) => fediverseWeb.extract(pageOf(CASES.get(name) as Case)).posts

describe('a thread page of GoToSocial', () => {
  const posts = read('gotosocial')

  it('names posts as the API does, and accounts with their servers', () => {
    expect(posts[0]?.ref?.id).toBe('http://gulls.example/users/wren/statuses/01HX0000000000000000000001')
    expect(posts.map(({ author }) => author?.handle)).toEqual([
      'wren@gulls.example',
      'wren@gulls.example',
      'ivo@docks.example',
      'wren@gulls.example',
      'maud@docks.example',
    ])
  })

  it('ties the thread, and answers by how far in they stand', () => {
    const place = new Map(posts.map(({ key }, at) => [key, at]))
    expect(posts.map(({ parent }) => place.get(parent?.key ?? '') ?? null)).toEqual([null, 0, 0, 2, 0])
  })

  it('keeps pictures with what is said of them', () => {
    expect(posts[1]?.media).toMatchObject([{ kind: 'image', alt: 'A nest of rope ends' }])
  })
})

describe('a conversation drawn by Pleroma', () => {
  it('gives every post with its account and moment, and claims no parents', () => {
    expect(
      read('pleroma').map(({ author, createdAt, parent }) => [author?.handle, author?.name, createdAt, parent]),
    ).toEqual([
      ['reed@marsh.example', 'Reed', '2024-05-01T10:00:00.000Z', null],
      ['reed@marsh.example', 'Reed', '2024-05-01T10:03:00.000Z', null],
      ['otter@brook.example', 'Otter', '2024-05-01T11:00:00.000Z', null],
    ])
  })
})
