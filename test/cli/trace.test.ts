// From a sentence back to the bytes, and from one version of a post to the next, as a person asks for it.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import { changesFrom } from '../../src/cli/commands/history.ts'
import { EXIT_CODES } from '../../src/errors.ts'
import type { ShownTrace } from '../../src/pipeline/trace.ts'
import { makeFolder, ROOT, unspool, writeInto } from './run.ts'

const folder = makeFolder()
const archive = join(folder, 'archive')
const trace = (...args: string[]) => unspool(['trace', '--archive', archive, ...args])
const traced = (...args: string[]): ShownTrace => JSON.parse(trace('--json', ...args).out) as ShownTrace
const history = (...args: string[]) => unspool(['history', '--archive', archive, ...args])

const post = (text: string, more: object = {}) =>
  `${JSON.stringify({ platform: 'x', id: '171', text, author: 'keeper', ...more })}\n`

beforeAll(() => {
  const jsonl = writeInto(folder, 'posts.jsonl', post('The lamp needs oil tonight.'))
  const pages = ['text/thread-scrape/page.txt', 'mastodon/context/page.json', 'wordpress/flat-theme/page.html']
  unspool(['add', '--archive', archive, ...pages.map((page) => join(ROOT, 'fixtures', page)), jsonl])
  writeFileSync(jsonl, post('The lamp needs wax tonight.'))
  unspool(['add', '--archive', archive, jsonl])
})

describe('unspool trace', () => {
  const kinds: [kind: string, glob: string][] = [
    ['lines', 'text:*'],
    ['json', 'mastodon:*'],
    ['element', 'wordpress:*'],
  ]
  it.each(kinds)('finds the words of a post again in the %s it was read from', (kind, glob) => {
    const sql = `SELECT id FROM post_latest WHERE id GLOB '${glob}' AND text <> '' ORDER BY id`
    const rows = JSON.parse(unspool(['sql', '--archive', archive, '--json', sql]).out) as { id: string }[]
    expect(rows.length).toBeGreaterThan(1)
    for (const { id } of rows) {
      const { text, homes, sources } = traced(id)
      const [source] = sources
      const word = text.split(/[^\p{L}]+/u).find((piece) => piece.length > 3) ?? ''
      expect(source?.excerpt).toMatchObject({ kind, text: expect.stringContaining(word) })
      expect(homes.length).toBeGreaterThan(0)
      expect(source?.version === null).toBe(kind === 'lines')
    }
  })

  it('names a WARC record that holds the very payload', () => {
    const { record, capture } = traced('x:171').sources[0]!
    const file = readFileSync(join(archive, 'warc', record.file))
    const member = gunzipSync(file.subarray(record.offset, record.offset + record.length)).toString()
    expect(member).toContain(`WARC-Payload-Digest: ${capture.digest}`)
    expect(member).toContain('needs')
  })

  it('tells a person each step, and that it hashed again', () => {
    const { code, out } = trace('x:17')
    expect(code).toBe(0)
    for (const step of ['version', 'sighting', 'read by', 'capture', 'payload', 'record'])
      expect(out).toMatch(new RegExp(`^  ${step} `, 'm'))
    expect(out.match(/hashed again/g)).toHaveLength(2)
    expect(out).toContain('1 further sighting')
    expect(trace('x:171', '--all').out.match(/^ {2}record /gm)).toHaveLength(2)
  })

  it('finds a post by words, and says which ones it may be when several have them', () => {
    expect(traced('--words', 'lamp wax').id).toBe('x:171')
    const many = trace('--words', 'the')
    expect(many.code).toBe(EXIT_CODES.usage.code)
    expect(many.err).toMatch(/several posts have these words/)
  })

  it.each([[['x:nothing']], [[]], [['x:171', '--words', 'lamp']], [['--words', 'nothingness']], [['']]])(
    'says what to do about %j',
    (args) => {
      const { code, err } = trace(...args)
      expect(code).toBe(EXIT_CODES.usage.code)
      expect(err).toMatch(/^unspool: /)
    },
  )

  it('shows nothing of a payload that is not what it was', () => {
    const { record } = traced('x:171').sources[0]!
    const path = join(archive, 'warc', record.file)
    const good = readFileSync(path)
    const bad = Buffer.from(good)
    bad[record.offset + record.length - 30]! ^= 8
    writeFileSync(path, bad)
    expect(trace('x:171').code).toBe(EXIT_CODES.integrity.code)
    writeFileSync(path, good)
  })
})

describe('unspool history', () => {
  it('shows each version, when it was seen, and the words that changed', () => {
    const { code, out } = history('x:171')
    expect(code).toBe(0)
    expect(out).toContain('x:171  2 versions')
    expect(out).toContain('The lamp needs [-oil-]{+wax+} tonight.')
    const { versions } = JSON.parse(history('x:171', '--json').out) as { versions: { changes: unknown[] }[] }
    expect(versions.map(({ changes }) => changes.length)).toEqual([1, 4])
  })

  it('names what changed besides the words', () => {
    const plain = { platform: 'x', id: '172', text: 'Lit again.', author: 'keeper' }
    for (const more of [
      {},
      { createdAt: '2024-01-05T10:00:00Z' },
      { createdAt: '2024-01-05T10:00:00Z', text: 'Lit once more.' },
    ]) {
      const path = writeInto(folder, 'again.jsonl', `${JSON.stringify({ ...plain, ...more })}\n`)
      unspool(['add', '--archive', archive, path])
    }
    const { out } = history('x:172')
    expect(out).toContain('the same words; changed besides: created at')
    expect(out.match(/changed besides/g)).toHaveLength(1)
  })

  it('tells that earlier words came back', () => {
    for (const word of ['calm', 'storm', 'calm']) {
      const path = writeInto(folder, 'back.jsonl', post(`All is ${word} tonight.`, { id: '173' }))
      unspool(['add', '--archive', archive, path])
    }
    const { out } = history('x:173')
    expect(out).toMatch(/^1\. seen .*, 2 times, again after 2, read by/m)
    expect(out).toMatch(/^2\. seen .*, 1 time, read by/m)
  })

  it('has one version of a post that was cut out of text', () => {
    expect(history('text:7fb5').out).toMatch(/ {2}1 version\n/)
  })

  it('says so when there is no such post', () => {
    expect(history('x:nothing').code).toBe(EXIT_CODES.usage.code)
  })

  it('gives both texts back, whatever changed, and ends on texts that share nothing', () => {
    const long = (seed: number) => Array.from({ length: 20_000 }, (_, at) => (at * seed) % 9973).join(' ')
    const pairs = [
      ['', 'a'],
      ['one two  three', 'one three\n\nfour'],
      ['café über', 'cafe über'],
      [long(17), long(31)],
    ] as const
    for (const [before, after] of pairs) {
      const changes = changesFrom({ text: before }, { text: after })
      const without = (kind: string) =>
        changes.flatMap((change) => (change.kind === kind ? [] : [change.text])).join('')
      expect(without('added')).toBe(before)
      expect(without('removed')).toBe(after)
    }
  })
})
