// One link gives the whole: a person names a post, the program asks for what completes it, on the same host, up to a
// limit.
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EXIT_CODES } from '../../src/errors.ts'
import { type FixtureWeb, type SitePage, startFixtureWeb } from '../site/fixture-web.ts'
import { unspoolHere } from './in-process.ts'
import { ROOT } from './run.ts'

const json = (value: unknown): SitePage => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
})
const BASE = 1100000000000000
const id = (n: number) => String(BASE + n)
const status = (n: number, parent: number | null) => ({
  id: id(n),
  uri: `http://masto.example/users/ida/statuses/${id(n)}`,
  url: `http://masto.example/@ida/${id(n)}`,
  created_at: `2025-05-01T10:0${n}:00.000Z`,
  in_reply_to_id: parent === null ? null : id(parent),
  in_reply_to_account_id: parent === null ? null : '7',
  content: `<p>Part ${n} of what the tide left behind.</p>`,
  spoiler_text: '',
  sensitive: false,
  visibility: 'public',
  replies_count: n < 3 ? 1 : 0,
  account: { id: '7', acct: 'ida', username: 'ida', display_name: 'Ida', url: 'http://masto.example/@ida' },
  media_attachments: [],
  mentions: [],
  tags: [],
  emojis: [],
})

const note = {
  '@context': 'https://www.w3.org/ns/activitystreams',
  id: 'http://key.example/notes/9abcdef012',
  type: 'Note',
  attributedTo: 'http://key.example/users/9aaaaaaaaa',
  to: ['https://www.w3.org/ns/activitystreams#Public'],
  published: '2025-05-01T10:00:00.000Z',
  content: '<p>The kiln is cold again.</p>',
}

let web: FixtureWeb
beforeAll(async () => {
  web = await startFixtureWeb(join(ROOT, 'no-such-folder'), {
    pages: {
      [`masto.example/api/v1/statuses/${id(2)}`]: json(status(2, 1)),
      [`masto.example/api/v1/statuses/${id(2)}/context`]: json({
        ancestors: [status(1, null)],
        descendants: [status(3, 2)],
      }),
      'key.example/notes/9abcdef012': (request, response) => {
        const isAsked = request.headers.accept?.startsWith('application/activity+json') === true
        response.writeHead(200, { 'content-type': isAsked ? 'application/activity+json' : 'text/html' })
        response.end(
          isAsked ? JSON.stringify(note) : '<!doctype html><div id="app"></div><script src="/app.js"></script>',
        )
      },
      'door.example/': {
        status: 200,
        headers: { 'content-type': 'text/html' },
        body: '<!doctype html><meta http-equiv="refresh" content="0; url=/kiln"><p>One moment.</p>',
      },
      'door.example/kiln': {
        status: 200,
        headers: { 'content-type': 'text/html' },
        body: `<html><body><article><h1>The kiln</h1>${'<p>It was lit on Thursday and burnt until the wood of both sheds had gone, as it does every year before the frost.</p>'.repeat(6)}</article></body></html>`,
      },
      'locked.example/': {
        status: 403,
        headers: { 'content-type': 'text/html' },
        body: '<!doctype html><title>403</title><h1>Forbidden</h1>',
      },
      'plain.example/@ida/5': {
        status: 200,
        headers: { 'content-type': 'text/html' },
        body: `<html><body><article><h1>Not a post</h1>${'<p>An ordinary page whose address only looks like one, with words enough to be read as an article by anyone.</p>'.repeat(6)}</article></body></html>`,
      },
    },
  })
})
afterAll(() => web.close())

describe('unspool unroll URL', () => {
  it('reads the whole thread from a link to its middle', async () => {
    const ran = await unspoolHere(
      ['unroll', '--format', 'json', '--browser', 'never', `http://masto.example/@ida/${id(2)}`],
      web.dispatcherOptions,
    )
    const { threads } = JSON.parse(ran.out) as { threads: { posts: { text: string }[] }[] }
    expect(threads.map(({ posts }) => posts.map(({ text }) => text.slice(0, 6)))).toEqual([
      ['Part 1', 'Part 2', 'Part 3'],
    ])
  })

  it('asks servers of ActivityPub for the post, where browsers get a shell', async () => {
    const ran = await unspoolHere(
      ['unroll', '--browser', 'never', 'http://key.example/notes/9abcdef012'],
      web.dispatcherOptions,
    )
    expect(ran.out).toMatch(/The kiln is cold again\./)
    expect(ran.code).toBe(EXIT_CODES.ok.code)
  })

  it('falls back to the page where the platform that its address suggests does not answer', async () => {
    const ran = await unspoolHere(
      ['unroll', '--browser', 'never', 'http://plain.example/@ida/5'],
      web.dispatcherOptions,
    )
    expect(ran.out).toMatch(/An ordinary page/)
    expect(ran.code).toBe(EXIT_CODES.ok.code)
  })

  it('says what the site answered when there is no such page', async () => {
    const ran = await unspoolHere(
      ['unroll', '--browser', 'never', 'http://plain.example/nothing'],
      web.dispatcherOptions,
    )
    expect(ran.code).toBe(EXIT_CODES.notUnderstood.code)
    expect(ran.err).toMatch(/answered 404/)
  })

  it('goes where a page only sends on to', async () => {
    const ran = await unspoolHere(['unroll', '--browser', 'never', 'http://door.example/'], web.dispatcherOptions)
    expect(ran).toMatchObject({ code: 0, err: '', out: expect.stringContaining('# The kiln') })
  })

  it('is told once what a refusal means', async () => {
    const ran = await unspoolHere(['unroll', '--browser', 'never', 'http://locked.example/'], web.dispatcherOptions)
    expect(ran.code).toBe(EXIT_CODES.refused.code)
    expect(ran.err).toMatch(/^unspool: http:\/\/locked\.example\/ answered 403: [^\n]*save it in a browser[^\n]*\n$/)
  })
})
