// What a page says of a removed post beside the post itself goes too: quotes, lines of text, the page's title. What it
// says of others stays.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { SqliteDatabase } from '../../../src/archive/database/sqlite.ts'
import { openArchiveWriter } from '../../../src/archive/writer.ts'
import type { Extraction, Post } from '../../../src/model.ts'
import { storePending } from '../../../src/pipeline/pipeline.ts'
import { rebuildArchive } from '../../../src/pipeline/rebuild.ts'
import { redactFromArchive } from '../../../src/pipeline/redact.ts'
import { problemsOf } from '../problems.ts'
import { ADAPTER, makeCapture, makeExtraction, makeFolder, makeOptions, makePost } from '../samples.ts'

const LATER = '2026-06-01T00:00:00.000Z'
const SECRET = 'quicksilver'
const WORDS = `The ${SECRET} was spilt in the lamp room`
const GONE = '1710000000000000002'

/** An archive of one page: a post, one that has to go, and what `change` makes of them. */
function makeArchive(change: (posts: readonly Post[]) => Partial<Extraction>, goneAs: Partial<Post> = {}): string {
  const dir = makeFolder()
  const writer = openArchiveWriter(dir, makeOptions())
  const capture = makeCapture('the page')
  const { id } = writer.appendCapture(capture, writer.beginRun({ command: 'add', options: {} }))
  const posts = [makePost(1, capture), makePost(2, capture, { text: WORDS, ...goneAs })]
  writer.storeExtraction(id, { ...makeExtraction(posts), ...change(posts) }, ADAPTER)
  storePending(writer)
  writer.close()
  return dir
}

/** All that the archive's files hold after the post went and again after they were made anew, and the rows of a query. */
async function afterRedaction(dir: string, sql: string): Promise<{ readonly bytes: string; readonly rows: unknown[] }> {
  await redactFromArchive(dir, `x:${GONE}`, 'asked for', makeOptions(LATER))
  expect(problemsOf(dir)).toEqual([])
  const signal = new AbortController().signal
  const [now, then] = [
    readAll(dir, sql),
    await rebuildArchive(dir, { ...makeOptions(LATER), signal }).then(() => readAll(dir, sql)),
  ]
  expect(then.rows).toEqual(now.rows)
  return { bytes: now.bytes + then.bytes, rows: now.rows }
}

function readAll(dir: string, sql: string): { readonly bytes: string; readonly rows: unknown[] } {
  const db = new SqliteDatabase(join(dir, 'archive.sqlite'), { readonly: true })
  const rows = db.prepare(sql).pluck().all()
  db.close()
  const names = readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(?:gz|sqlite)$/.test(name))
  const bytes = names
    .map((name) => readFileSync(join(dir, name)))
    .map((one, at) => (names[at]?.endsWith('.gz') ? gunzipSync(one) : one))
  return { bytes: Buffer.concat(bytes).toString('latin1'), rows }
}

describe('with a post that is removed', () => {
  const quote = {
    ref: { platform: 'x', id: GONE },
    author: { id: '9', handle: 'quotedkeeper', name: null, url: null },
    text: WORDS,
    url: null,
    createdAt: null,
  }
  const line = {
    text: 'As somebody said',
    line: 1,
    block: null,
    cutBefore: false,
    shown: { media: [], quotes: [quote] },
  }

  it.each<[string, (posts: readonly Post[]) => Partial<Extraction>]>([
    ['in another post', ([first]) => ({ posts: [{ ...first!, quotes: [quote] }] })],
    [
      'beside lines of text',
      ([first]) => ({ posts: [first!], scrapes: [{ author: null, lines: [line], provenance: first!.provenance }] }),
    ],
  ])('goes the quote of it %s, words and author, and the other post stays', async (_, change) => {
    const dir = makeArchive(change)
    // Nobody has the post itself: it is asked for by the name that its quote tells.
    const order = { reason: 'asked for', posts: [{ id: `x:${GONE}`, sha256: null }], payloads: [] }
    const writer = openArchiveWriter(dir, makeOptions(LATER))
    const run = writer.beginRun({ command: 'redact', options: {} })
    writer.recordEvent(run, { type: 'redaction', outcome: 'success', detail: order })
    writer.endRun(run)
    writer.close()
    const next = openArchiveWriter(dir, makeOptions('2026-07-01T00:00:00.000Z'))
    storePending(next)
    next.close()
    const { bytes, rows } = readAll(dir, 'SELECT id FROM post_latest')
    expect(bytes).not.toContain(SECRET)
    expect(bytes).not.toContain('quotedkeeper')
    expect(rows).toContain('x:1710000000000000001')
    expect(problemsOf(dir)).toEqual([])
  })

  it('go the titles that may be its own words', async () => {
    const dir = makeArchive(() => ({
      declared: { title: WORDS, site: 'The lamp room', replies: null },
      blocks: [{ key: 'b', kind: 'list', title: WORDS, url: null, author: null, declaredTotal: null }],
    }))
    const { bytes } = await afterRedaction(dir, 'SELECT id FROM posts')
    expect(bytes).not.toContain(SECRET)
    expect(bytes).toContain('The lamp room')
  })

  it('stays the title of the page when it was a comment under it', async () => {
    const dir = makeArchive(() => ({ declared: { title: 'Oil for the lamp', site: null, replies: null } }), {
      kind: 'comment',
    })
    const { bytes, rows } = await afterRedaction(dir, "SELECT declared ->> 'title' FROM readings")
    expect(bytes).not.toContain(SECRET)
    expect(rows).toEqual(['Oil for the lamp'])
  })

  it('go the lines of text that say it, and the others stay', async () => {
    const lines = ['A line of somebody else', WORDS].map((text, at) => ({
      text,
      line: at + 1,
      block: null,
      cutBefore: false,
    }))
    const dir = makeArchive(([first]) => ({ scrapes: [{ author: null, lines, provenance: first!.provenance }] }))
    const { bytes } = await afterRedaction(dir, 'SELECT id FROM posts ORDER BY id')
    expect(bytes).not.toContain(SECRET)
    expect(bytes).toContain('A line of somebody else')
  })
})
