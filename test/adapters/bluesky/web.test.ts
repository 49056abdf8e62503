import { describe, expect, it } from 'vitest'
import { blueskyWeb } from '../../../src/adapters/bluesky/web.ts'
import { adapterFor } from '../../../src/adapters/index.ts'
import { type Case, casesOf, pageOf } from '../cases.ts'
import { describeAdapter } from '../contract.ts'

describeAdapter(blueskyWeb)

const thread = casesOf('bluesky-web').find(({ name }) => name === 'thread') as Case
const html = new TextDecoder().decode(thread.body)
const read = (body: string = html) => blueskyWeb.extract(pageOf(thread, body))
const parents = (body?: string) =>
  read(body).posts.map(({ parent }) => {
    return parent === null ? null : [read(body).posts.findIndex(({ key }) => key === parent.key), parent.p]
  })

describe('pages drawn by Bluesky', () => {
  it('take the line between two posts for an answer, and all others below for answers to the page’s own post', () => {
    expect(parents()).toEqual([null, [0, 0.95], [1, 0.9], [2, 0.95], [3, 0.95], [1, 0.9], [1, 0.9]])
    expect(read().posts.every(({ parent }) => parent === null || parent.basis === 'layout')).toBe(true)
  })

  it('say so when they were saved without lines', () => {
    const plain = html.replaceAll('width: 2px', '')
    expect(parents(plain)).toEqual([null, [0, 0.95], ...Array(5).fill([1, 0.5])])
    expect(read(plain).notes.map(({ code }) => code)).toEqual(['lines-missing'])
  })

  it('name posts by the DID in the author’s picture, and by the handle without one', () => {
    expect(read().posts.map(({ ref }) => ref?.id.split('/')[2])).toEqual(read().posts.map(({ author }) => author?.id))
    const faceless = read(html.replaceAll('/img/avatar_thumbnail/', '/x/')).posts.map(
      ({ ref }) => ref?.id.split('/')[2],
    )
    expect(faceless[2]).toBe('bo.harbour.example')
    expect(faceless[1]).toBe('did:plc:adaq3wr5tyu7iop2asd4fghj')
  })

  it('tell the time by the record key, because they print local time without a zone', () => {
    expect(read().posts[0]?.createdAt).toBe('2025-03-02T18:00:00.000Z')
  })

  it('keep a quoted post’s words, face and pictures out of the post around it', () => {
    const quoting = read().posts.at(-1)
    expect(quoting).toMatchObject({
      text: 'Somebody asked this before:',
      author: { handle: 'ivo.mill.example' },
      media: [],
    })
    expect(quoting?.quotes).toMatchObject([
      { author: { handle: 'bo.harbour.example' }, text: 'Rapeseed in a lamp: yes or no?\nAsking for a mill.' },
    ])
  })

  it('give links in full, a card once, films by their playlist', () => {
    const { posts } = read()
    expect(posts[0]?.text).toContain('http://lamps.example/guides/oil-for-every-lamp')
    expect(posts[1]?.html).toContain('<p><a href="http://lamps.example/shop/oil">Lamp oil, by the can</a></p>')
    expect(posts[1]?.media.map(({ alt }) => alt)).toEqual(['Three cans in a row'])
    expect(posts[4]?.media).toMatchObject([{ kind: 'gif', alt: 'a lamp that nods' }])
    expect(posts[5]?.media[0]?.url).toMatch(/\/playlist\.m3u8$/)
  })

  it('name the thread as JSON, where parents are declared', () => {
    expect(read().next[0]).toContain('app.bsky.feed.getPostThread?uri=at%3A%2F%2Fdid%3Aplc%3Aadaq')
    expect(read().declared.replies).toBe(5)
  })

  it('hold no post before their script ran, and say so', () => {
    const shell = html.replace(/<main[\s\S]*<\/main>/, '<main><div data-testid="postThreadScreen"></div></main>')
    expect(adapterFor(pageOf(thread, shell))).toBe(blueskyWeb)
    const { posts, notes, next } = read(shell)
    expect([posts, notes.map(({ code }) => code), next.length]).toEqual([[], ['script-shell'], 1])
  })
})
