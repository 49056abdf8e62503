// Recorded HTTP (VCR, vcrpy, php-vcr, Betamax): every answer that can hold posts is a capture of its address, whatever
// the recorder calls it.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it, vi } from 'vitest'
import { readPage } from '../../../../src/adapters/page/page.ts'
import { readPosts } from '../../../../src/adapters/reading.ts'
import { containerKind } from '../../../../src/fetch/containers/sniff.ts'
import { makeFolder, unspool } from '../../../cli/run.ts'
import { openAll } from '../makers.ts'

const folder = makeFolder()
const URL = 'https://oauth.reddit.com/comments/abc123/?limit=100&raw_json=1'
const REDDIT = readFileSync(join(import.meta.dirname, '../../../../fixtures/reddit/comments/page.json'), 'utf8')

async function open(name: string, body: string) {
  const path = join(folder, name)
  writeFileSync(path, body)
  return await openAll([path])
}

const betamax = (answers: readonly object[]) =>
  JSON.stringify({ http_interactions: answers, recorded_with: 'betamax/0.8.1' })
const answer = (uri: string, body: object | string, type = 'application/json; charset=UTF-8', more = {}) => ({
  recorded_at: '2020-02-03T04:05:06',
  request: {
    method: 'GET',
    uri,
    headers: { Authorization: ['bearer <TOKEN>'] },
    body: { encoding: 'utf-8', string: '' },
  },
  response: { status: { code: 200, message: 'OK' }, headers: { 'Content-Type': [type], ...more }, body, url: uri },
})

describe('Betamax', () => {
  it('plays Reddit’s answers into the reader of Reddit', async () => {
    const { captures } = await open('praw.json', betamax([answer(URL, { encoding: 'UTF-8', string: REDDIT })]))
    expect(captures).toMatchObject([
      { url: URL, status: 200, mediaType: 'application/json', capturedAt: '2020-02-03T04:05:06.000Z' },
    ])
    const { adapter, extraction } = readPosts(readPage(captures[0] as never))
    expect(adapter?.name).toBe('reddit')
    expect(extraction.posts.length).toBeGreaterThan(3)
  })

  it('tells times without a zone in UTC, a cut answer, and no address that is none', async () => {
    vi.stubEnv('TZ', 'America/St_Johns')
    const cut = gzipSync('<p>one</p>'.repeat(500)).subarray(0, 40).toString('base64')
    const body = answer(URL, { base64_string: cut }, 'text/html', { 'Content-Encoding': ['gzip'] })
    const { captures } = await open('cut.json', betamax([{ ...body, response: { ...body.response, url: 'http://' } }]))
    vi.unstubAllEnvs()
    expect(captures).toMatchObject([{ finalUrl: URL, capturedAt: '2020-02-03T04:05:06.000Z', truncated: 'disconnect' }])
  })

  it('knows bodies in base64, compressed or not whatever the header says', async () => {
    const packed = gzipSync('<p>one</p>').toString('base64')
    const html = 'text/html'
    const { captures } = await open(
      'bodies.json',
      betamax([
        answer('https://a.example/1', { encoding: null, base64_string: packed }, html, {
          'Content-Encoding': ['gzip'],
        }),
        answer('https://a.example/2', { encoding: null, string: '<p>two</p>' }, html, { 'Content-Encoding': ['gzip'] }),
        answer('https://a.example/3.png', { encoding: null, base64_string: 'iVBORw0KGgo=' }, 'image/png'),
        answer('https://a.example/4', { encoding: null, string: '' }, html),
      ]),
    )
    expect(captures.map(({ body }) => Buffer.from(body).toString())).toEqual(['<p>one</p>', '<p>two</p>'])
  })
})

it('keeps no answer that hands out a token', async () => {
  const token = JSON.stringify({ token_type: 'bearer', access_token: 'abc' })
  const answers = [
    answer('https://www.reddit.com/api/v1/access_token', { string: token }),
    answer(URL, { string: REDDIT }),
  ]
  const { captures } = await open('login.json', betamax(answers).replace('http_interactions', 'interactions'))
  expect(captures.map(({ url }) => url)).toEqual([URL])
})

describe('YAML', () => {
  it('of VCR and of vcrpy is read, with binary bodies', async () => {
    const ruby = `---\nhttp_interactions:\n- request:\n    method: get\n    uri: https://a.example/r\n    body:\n      encoding: US-ASCII\n      string: ''\n  response:\n    status:\n      code: 200\n      message: OK\n    headers:\n      Content-Type:\n      - text/html; charset=utf-8\n    body:\n      encoding: ASCII-8BIT\n      string: !binary |-\n        ${Buffer.from('<p>Grüße</p>').toString('base64')}\n  recorded_at: Mon, 03 Feb 2020 04:05:06 GMT\nrecorded_with: VCR 6.0.0\n`
    const python = `interactions:\n- request:\n    body: null\n    headers:\n      Accept: ['*/*']\n    method: GET\n    uri: https://a.example/p\n  response:\n    body: {string: '{"text": "a \\u00e9"}'}\n    headers:\n      content-type: [application/json]\n    status: {code: 404, message: Not Found}\nversion: 1\n`
    const [first, second] = [await open('ruby.yml', ruby), await open('python.yaml', python)]
    expect(first.captures).toMatchObject([{ url: 'https://a.example/r', capturedAt: '2020-02-03T04:05:06.000Z' }])
    expect(Buffer.from(first.captures[0]?.body ?? []).toString()).toBe('<p>Grüße</p>')
    expect(second.captures).toMatchObject([{ url: 'https://a.example/p', status: 404, mediaType: 'application/json' }])
  })

  it('is read by the built program, too', () => {
    const page = '<article><h1>Flour</h1><p>The miller knows when it was milled, and nobody asks him.</p></article>'
    const answered = `    headers: {Content-Type: [text/html]}\n    body: {string: "${page}"}\n    status: {code: 200}\n`
    const path = join(folder, 'built.yaml')
    writeFileSync(path, `interactions:\n- request: {uri: 'https://a.example/p'}\n  response:\n${answered}`)
    const { code, out } = unspool(['unroll', path])
    expect([code, out]).toEqual([0, expect.stringContaining('The miller knows')])
  })

  it('with more keys than anybody counts is read without holding each against all', async () => {
    const keys = Array.from({ length: 60_000 }, (_, i) => `      k${i}: v\n`).join('')
    const answered = `  response:\n    headers:\n      content-type: text/plain\n${keys}    body: {string: flour}\n`
    const { captures } = await open('keys.yaml', `interactions:\n- request: {uri: 'https://a.example/p'}\n${answered}`)
    expect(captures).toHaveLength(1)
  })

  it('that grows without end, or is broken, is refused', async () => {
    const bomb = `interactions:\n- &a [x, x, x, x, x, x, x, x, x]\n${Array.from({ length: 12 }, (_, i) => `- &${'bcdefghijklm'[i]} [${`*${'abcdefghijklm'[i]}, `.repeat(9)}]`).join('\n')}\n`
    await expect(open('bomb.yaml', bomb)).rejects.toThrow(/nothing in it could be read/)
    await expect(open('broken.yaml', 'interactions:\n- request: {a: [\n')).rejects.toThrow(
      /nothing in it could be read/,
    )
    await expect(open('cut.json', betamax([answer(URL, 'x')]).slice(0, -20))).rejects.toThrow(/nothing in it/)
  })
})

it.each([
  ['{"http_interactions": [', 'a.json', 'cassette'],
  ['{"version": 1, "interactions": [', 'a.json', 'cassette'],
  ['---\nhttp_interactions:\n- request:\n', 'a.yml', 'cassette'],
  ['interactions:\n- request:\n', 'a', 'cassette'],
  ['-\n    request:\n        method: GET\n', 'a.yml', 'cassette'],
  ['interactions: many\n', 'a.txt', null],
  ['{"posts": [], "interactions": [1]}', 'a.json', null],
])('is known by its head: %#', (head, name, kind) => {
  expect(containerKind(Buffer.from(head), name)).toBe(kind)
})
