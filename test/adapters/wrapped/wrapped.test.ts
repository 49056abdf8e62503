// What an answer says does not depend on what somebody put around it.
import { describe, expect, it } from 'vitest'
import { excerptOf } from '../../../src/adapters/page/excerpt.ts'
import { readPosts } from '../../../src/adapters/reading.ts'
import type { Extraction, Post } from '../../../src/model.ts'
import { type Case, casesOf, pageOf } from '../cases.ts'

const ANSWERS = [
  ['activitypub', 'outbox'],
  ['bluesky', 'thread'],
  ['bluesky', 'flat-thread'],
  ['bluesky', 'author-feed'],
  ['comment-systems', 'isso'],
  ['discord', 'channel'],
  ['discourse', 'topic'],
  ['feed', 'json'],
  ['hackernews', 'firebase'],
  ['lemmy', 'comments'],
  ['mastodon', 'context'],
  ['matrix', 'element-export'],
  ['misskey', 'children'],
  ['reddit', 'comments'],
  ['substack', 'comments'],
  ['tumblr', 'npf'],
  ['wp-json', 'comments-page'],
  ['x-api-v2', 'search'],
] as const

const WRAPPERS: readonly (readonly [name: string, wrap: (value: unknown) => unknown])[] = [
  ['an object', (value) => ({ data: value })],
  ['an object with facts beside', (value) => ({ meta: { count: 1, next: null }, response: value })],
  ['a list', (value) => [value]],
  ['a list of objects', (value) => [{ json: value }]],
  ['several', (value) => ({ ok: true, data: { result: { items: value } } })],
  ['text', (value) => ({ status: 200, body: JSON.stringify(value) })],
]

const fixtureOf = (platform: string, name: string): Case => {
  const found = casesOf(platform).find((one) => one.name === name)
  if (found === undefined) throw new Error(`no fixture ${platform}/${name}`)
  return found
}
const textOf = ({ body }: Case): string => new TextDecoder().decode(body)
const read = (fixture: Case, body?: string): Extraction => readPosts(pageOf(fixture, body)).extraction
const saidBy = ({ key: _, block: __, provenance, ...post }: Post) => ({ ...post, extra: provenance.extra })
const codesOf = ({ notes }: Extraction) => notes.map(({ code }) => code).filter((code) => code !== 'wrapped')
/** The same fixture, its bytes JSON whatever they were. */
const asJson = (fixture: Case): Case => ({ ...fixture, headers: [], kind: 'json' })

describe('an answer in a wrapper', () => {
  const all = ANSWERS.flatMap(([platform, name]) => WRAPPERS.map(([way, wrap]) => ({ platform, name, way, wrap })))
  it.each(all)('of $platform/$name says the same in $way', ({ platform, name, wrap }) => {
    const fixture = fixtureOf(platform, name)
    const plain = read(fixture)
    const body = JSON.stringify(wrap(JSON.parse(textOf(fixture))))
    const wrapped = read(fixture, body)
    expect(wrapped.posts.map(saidBy)).toEqual(plain.posts.map(saidBy))
    expect(codesOf(wrapped)).toEqual(codesOf(plain))
    for (const { text, provenance } of wrapped.posts) {
      const [first = ''] = text.match(/[\p{L}\p{N}]{3,}/u) ?? []
      expect(excerptOf(pageOf(fixture, body), provenance)?.text ?? '').toContain(first)
    }
  })
})

describe('answers in one file', () => {
  const bluesky = fixtureOf('bluesky', 'thread')
  const mastodon = fixtureOf('mastodon', 'context')
  const [thread, context] = [bluesky, mastodon].map((one) => JSON.parse(textOf(one)))
  const both = read(bluesky).posts.length + read(mastodon).posts.length

  it('are read each by its platform, and rows beside them by their fields', () => {
    const row = { author: 'jo', content: 'The third file of the day.', created_at: '2026-01-01T00:00:00Z' }
    const { posts, notes } = read(
      bluesky,
      JSON.stringify({ thread, context, mine: [row, { ...row, content: 'A fourth.' }] }),
    )
    expect(posts).toHaveLength(both + 2)
    expect(new Set(posts.map(({ key }) => key)).size).toBe(posts.length)
    expect(new Set(posts.map(({ platform }) => platform))).toEqual(new Set(['bluesky', 'mastodon', 'json-rows']))
    expect(notes.find(({ code }) => code === 'wrapped')?.message).toContain('/thread, /context')
  })

  it('stand a line each, and say in which', () => {
    const body = [{ data: thread }, { data: context }].map((one) => JSON.stringify(one)).join('\n')
    const { posts } = read(asJson(bluesky), body)
    expect(posts).toHaveLength(both)
    expect(posts.map(({ provenance: { line, path } }) => `${line} ${path?.slice(0, 6)}`)).toContain('2 /data/')
  })

  it('are one list where each post has a wrapper of its own', () => {
    const list = (context.descendants as unknown[]).map((status) => ({ json: status }))
    const { posts } = read({ ...asJson(mastodon), url: null }, JSON.stringify(list))
    expect(posts.map(({ provenance }) => provenance.path)).toEqual(list.map((_, i) => `/${i}/json`))
    expect(posts.some(({ parent }) => parent?.ref !== null && parent !== null)).toBe(true)
  })

  it('have the address that stands beside them', () => {
    const topic = JSON.parse(textOf(fixtureOf('discourse', 'topic')))
    const body = JSON.stringify([{ url: 'http://talk.far.example/t/57.json', status: 200, response: topic }])
    expect(read({ ...asJson(bluesky), url: null }, body).declared.site).toBe('talk.far.example')
  })
})

describe('a page kept as text', () => {
  const page = fixtureOf('wordpress', 'footnotes-and-comments')
  it.each([
    [
      'an object',
      (html: string) => JSON.stringify({ success: true, data: { html, metadata: { sourceURL: page.url } } }),
    ],
    [
      'a line',
      (html: string) => `${JSON.stringify({ url: page.url, html })}\n${JSON.stringify({ url: page.url, html: '' })}`,
    ],
  ])('in %s is read as the page it was', (_, wrap) => {
    const body = wrap(textOf(page))
    const wrapped = read({ ...asJson(page), url: null }, body)
    expect(wrapped.posts.map(saidBy)).toEqual(read(page).posts.map(saidBy))
    const [article] = wrapped.posts
    expect(excerptOf(pageOf(asJson(page), body), article!.provenance)?.kind).toBe('element')
  })
})

describe('rows', () => {
  const post = JSON.parse(textOf(fixtureOf('bluesky', 'thread'))).thread.post
  const row = { username: 'jo', created_at: '2026-01-01T00:00:00Z', post_id: 'aaaaaaaaaaaa1' }
  const fixture = { ...asJson(fixtureOf('bluesky', 'thread')), url: null }
  const rows = (content: string) =>
    JSON.stringify([1, 2].map((n) => ({ ...row, content: `${content} ${n}`.trim(), seen: { post } })))

  it('stay what they are where they only show an answer', () => {
    expect(read(fixture, rows('My own words')).posts.map(({ text }) => text)).toEqual([
      'My own words 1',
      'My own words 2',
    ])
  })

  it('give way to the answer that they were made from', () => {
    const body = JSON.stringify([{ ...row, content: post.record.text, raw: post }])
    expect(read(fixture, body).posts.map(({ platform }) => platform)).toEqual(['bluesky'])
  })
})
