// Facts come back as they went in, whatever of them is told only once in the tables: posts of every fixture and random
// ones, in the program and by the view post_contents.
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { SqliteDatabase } from '../../src/archive/database/sqlite.ts'
import { contentForm, contentHash } from '../../src/archive/facts/contents/content-hash.ts'
import { postIdOf } from '../../src/archive/facts/contents/content-rows.ts'
import { openArchiveReader } from '../../src/archive/reader.ts'
import { checkArchive } from '../../src/archive/verify/verify.ts'
import { openArchiveWriter } from '../../src/archive/writer.ts'
import { digestOf } from '../../src/fixity.ts'
import type { Capture, Extraction, Parent, Post } from '../../src/model.ts'
import { readCapture } from '../../src/pipeline/pipeline.ts'
import { allCases, captureOf } from '../adapters/cases.ts'
import fc from '../laws.ts'
import { makeCapture, makeExtraction, makeFolder, makeOptions, makePost } from './samples.ts'

const AT = '2026-03-04T05:06:07.000Z'

/** What the view says of a post. */
interface Told {
  readonly post_id: string
  readonly sha256: string
  readonly html: string | null
  readonly url: string | null
  readonly author_id: string | null
  readonly author_name: string | null
}

/** Stores one extraction after another and gives them as they come back, beside what the view says of their posts. */
function storeAndRead(captures: readonly Parameters<typeof readCapture>[0][], extractions: readonly Extraction[]) {
  const dir = makeFolder()
  const writer = openArchiveWriter(dir, makeOptions())
  const run = writer.beginRun({ command: 'add', options: {} })
  for (const [at, capture] of captures.entries()) {
    const { id } = writer.appendCapture(capture, run)
    writer.storeExtraction(id, extractions[at]!, extractions[at]!.posts[0] ? adapterOf(extractions[at]!) : null)
  }
  writer.close()
  const reader = openArchiveReader(dir)
  const read = [...reader.allExtractions()]
  reader.close()
  expect([...checkArchive(dir)].filter((checked) => !('ok' in checked))).toEqual([])
  const db = new SqliteDatabase(join(dir, 'archive.sqlite'), { readonly: true })
  const told = db.prepare<[], Told>('SELECT * FROM post_contents').all()
  db.close()
  return { read, told: new Map(told.map((row) => [`${row.post_id} ${row.sha256}`, row])) }
}

/** Reports and rows of readings that were stored in groups of so many. */
function storeInGroups(captures: readonly Parameters<typeof readCapture>[0][], size: number) {
  const dir = makeFolder()
  const writer = openArchiveWriter(dir, makeOptions())
  const run = writer.beginRun({ command: 'add', options: {} })
  const named = captures.map((capture) => {
    const { adapter, extraction } = readCapture(capture)
    return { captureId: writer.appendCapture(capture, run).id, adapter, extraction }
  })
  const twice = [...named, ...named]
  const starts = Array.from({ length: Math.ceil(twice.length / size) }, (_, at) => at * size)
  const reports = starts.flatMap((start) => writer.storeExtractions(twice.slice(start, start + size)))
  writer.close()
  const db = new SqliteDatabase(join(dir, 'archive.sqlite'), { readonly: true })
  const rows = ['post_versions', 'sightings', 'bylines', 'url_heads', 'parent_reasons'].map((table) =>
    db.prepare(`SELECT * FROM ${table} ORDER BY key`).all(),
  )
  db.close()
  return { reports, rows }
}

function adapterOf({ posts }: Extraction) {
  return { name: posts[0]!.provenance.adapter, version: posts[0]!.provenance.adapterVersion }
}

function expectTold(posts: readonly Post[], told: ReadonlyMap<string, Told>): void {
  for (const post of posts) {
    const hash = contentHash(post)
    const row = told.get(`${postIdOf(post.ref, hash)} ${hash}`)
    const { html, url, author } = post
    const names = { author_id: author?.id ?? null, author_name: author?.name ?? null }
    expect(row).toMatchObject({ html, url, ...names })
  }
}

describe('facts', () => {
  it('of all fixtures come back', () => {
    const captures = allCases().map((one) => captureOf(one))
    const extractions = captures.map((capture) => readCapture(capture).extraction)
    const { read, told } = storeAndRead(captures, extractions)
    expect(read.map(({ posts }) => posts)).toEqual(extractions.map(({ posts }) => posts))
    expectTold(
      extractions.flatMap(({ posts }) => posts),
      told,
    )
  })

  it('of any posts come back', () => {
    fc.assert(
      fc.property(fc.array(anyPage, { minLength: 1, maxLength: 12 }), (pages) => {
        const captures = pages.map((_, at) => makeCapture(`page ${at}`))
        const extractions = pages.map((changes, page) =>
          makeExtraction(
            changes.map((change, at) => makePost(at + 1, captures[page]!, { ...change, key: `p${at + 1}` })),
          ),
        )
        const { read, told } = storeAndRead(captures, extractions)
        expect(read.map(({ posts }) => posts)).toEqual(extractions.map(({ posts }) => posts))
        expectTold(
          extractions.flatMap(({ posts }) => posts),
          told,
        )
      }),
      { numRuns: 12 },
    )
  })

  it('of posts say the same address and author once', () => {
    const capture = makeCapture('a page')
    const url = (id: string) => `http://lamp.example/@keeper/${id}`
    const posts = [1, 2, 3].map((n) => makePost(n, capture)).map((post) => ({ ...post, url: url(post.ref?.id ?? '') }))
    const { read } = storeAndRead([capture], [makeExtraction(posts)])
    expect(read[0]?.posts).toEqual(posts)
  })

  it('stand or fall with what is written beside them', () => {
    const writer = openArchiveWriter(makeFolder(), makeOptions())
    const capture = makeCapture('a page')
    const { id } = writer.appendCapture(capture, writer.beginRun({ command: 'crawl', options: {} }))
    const read = makeExtraction([makePost(1, capture)])
    const host = { source: 's', host: 'next.example', kind: 'item', depth: 1 } as const
    const found = { url: 'http://next.example/', ...host, round: AT, dueAt: AT, foundIn: id, foundAt: AT, waits: true }
    const follow = () => void writer.frontier.add(found)
    const fail = () => {
      follow()
      throw new Error('no more')
    }
    expect(() => writer.storeExtraction(id, read, adapterOf(read), fail)).toThrow('no more')
    expect([writer.frontier.find(found.url), writer.unreadCaptures().length]).toEqual([null, 1])
    writer.storeExtraction(id, read, adapterOf(read), follow)
    expect([writer.frontier.find(found.url)?.host, writer.unreadCaptures().length]).toEqual(['next.example', 0])
    writer.close()
  })
})

describe('the hash of a content', () => {
  it('is over a fixed form', () => {
    const post = makePost(1, makeCapture('a page'), { html: '<p>é</p>' })
    expect(contentForm(post)).toBe(
      '+1:x19:17100000000000000011:x4:post+2:776:keeper10:The Keeper-5:false-' +
        '57:1/3 The lamp of the northern lighthouse needs oil, part a8:<p>é</p>' +
        '24:2026-01-02T03:04:01.000Z--2:en-1:01:01:0',
    )
    expect(contentHash(post)).toBe('347f3d884a4a0ae01654b540292fe6aa3364f2060cd917af62f209b8dfd3b449')
  })

  it('says nothing of place, date of capture or order of keys', () => {
    const post = makePost(1, makeCapture('a page'))
    const backwards = Object.fromEntries(Object.entries({ ...post, key: 'other', index: 9, block: 'b' }).reverse())
    expect(contentHash(backwards as unknown as Post)).toBe(contentHash(post))
    expect(contentHash({ ...post, text: `${post.text}.` })).not.toBe(contentHash(post))
  })
})

const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value, { nil: null })
const words = fc.oneof(fc.lorem({ maxCount: 8 }), fc.string({ unit: 'grapheme' }), fc.constant('text:a'))
const ref = fc.record({
  platform: fc.constantFrom('x', 'text', 'a:b', ''),
  id: fc.oneof(words, fc.constant('12345678')),
})
const author = fc.record({ id: maybe(words), handle: maybe(words), name: maybe(words), url: maybe(words) })
const parent: fc.Arbitrary<Parent> = fc.record({
  ref: maybe(ref),
  key: maybe(fc.constantFrom('p1', 'p2', 'p9')),
  basis: fc.constantFrom('declared', 'layout', 'inferred'),
  p: fc.constantFrom(1, 0.99, 0.5),
  say: words,
})
const anyPost: fc.Arbitrary<Partial<Post>> = fc.record({
  ref: maybe(ref),
  kind: fc.constantFrom('post', 'article', 'comment'),
  platform: fc.constantFrom('x', 'text', ''),
  author: maybe(author),
  isPostAuthor: fc.boolean(),
  title: maybe(words),
  text: words,
  html: maybe(fc.tuple(words, words).map((parts) => `<p>${parts.join('<br>')}</p>`)),
  url: maybe(fc.oneof(words, fc.constantFrom('http://a.example/12345678', 'http://b.example/?p=12345678'))),
  parent: maybe(parent),
  media: fc.array(
    fc.record({
      ...{ kind: fc.constantFrom('image', 'video'), url: words, alt: maybe(words), width: maybe(fc.nat()) },
      ...{ height: maybe(fc.nat()), poster: maybe(words) },
    }),
    { maxLength: 2 },
  ),
  quotes: fc.array(
    fc.record({
      ...{ ref: maybe(ref), author: maybe(author), text: maybe(words), url: maybe(words), createdAt: maybe(words) },
    }),
    { maxLength: 2 },
  ),
  footnotes: fc.array(fc.record({ label: words, text: words, html: maybe(words) }), { maxLength: 2 }),
  boundary: maybe(fc.constant({ p: 0.5, alternatives: [] })),
})
const anyPage = fc.array(anyPost, { minLength: 1, maxLength: 6 })

it('are the same, stored at once or one after another: posts of several pages, changed ones, pages read twice', () => {
  const changed = allCases()
    .slice(0, 40)
    .map((fixture) => captureOf(fixture))
  const captures = [...changed, ...changed.map((capture) => asSeenLater(capture))]
  const one = storeInGroups(captures, 1)
  expect(one.reports.filter(({ newVersions }) => newVersions > 0)).not.toEqual([])
  expect(one.reports.filter(({ knownPosts }) => knownPosts > 0)).not.toEqual([])
  for (const size of [7, captures.length * 2]) expect(storeInGroups(captures, size)).toEqual(one)
}, 60_000)

/** The same page with some of its words changed. */
function asSeenLater(capture: Capture): Capture {
  const body = new TextEncoder().encode(new TextDecoder().decode(capture.body).replaceAll(' the ', ' a '))
  return { ...capture, body, digest: digestOf(body) }
}
