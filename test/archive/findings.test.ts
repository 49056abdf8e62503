// Findings: what the engine made comes back as it was; new findings replace only those of the same posts; ids go on
// leading somewhere; lists are paged by key.
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { SqliteDatabase } from '../../src/archive/database/sqlite.ts'
import type { Conversation, Post, Thread } from '../../src/model.ts'
import { store, threadsOf, withArchive } from './open.ts'
import { ADAPTER, addPage, EMPTY, makeCapture, makeExtraction, makeMerged, makePost, makeThread } from './samples.ts'

/** Posts of another author, who has nothing to do with the first. */
function strangersPosts(numbers: readonly number[], capture = makeCapture('other')): Post[] {
  const author = { id: '88', handle: 'gardener', name: null, url: null }
  return numbers.map((number) =>
    makePost(number, capture, {
      author,
      ref: { platform: 'x', id: `199000000000000000${number}` },
      text: `${number}/2 Tulips want quite another soil than roses do, ${number}`,
    }),
  )
}

/** A value for each member, which no post of the samples has. */
const OTHERWISE: Omit<Post, 'provenance'> = {
  key: 'another',
  ref: { platform: 'x', id: '7' },
  kind: 'comment',
  platform: 'y',
  author: { id: '99', handle: 'other', name: 'An Other', url: null },
  isPostAuthor: true,
  title: 'A title',
  text: '1/3 Other words',
  html: '<p>1/3 Other words</p>',
  createdAt: '2025-01-01T00:00:00.000Z',
  editedAt: '2025-01-02T00:00:00.000Z',
  url: 'http://other.example/7',
  lang: 'fr',
  parent: { ref: { platform: 'x', id: '6' }, key: null, basis: 'declared', p: 1, say: 'it says so' },
  conversation: 'c7',
  media: [{ kind: 'image', url: 'http://other.example/7.jpg', alt: null, width: null, height: null, poster: null }],
  quotes: [{ ref: null, author: null, text: 'quoted', url: null, createdAt: null }],
  footnotes: [{ label: '1', text: 'a note', html: null }],
  block: 'another',
  index: 7,
  boundary: { p: 0.9, alternatives: [] },
}

describe('findings', () => {
  it('come back as the engine made them: branches, gaps, conversations, homeless posts, edges', () =>
    withArchive((open) => {
      const { writer, reader, run } = open
      const { posts } = addPage(writer, run, makeCapture('page'), [1, 2, 3, 4, 5])
      const [first, second, third, fourth, fifth] = posts as [Post, Post, Post, Post, Post]
      const line = makeThread([first, second])
      const branch = { ...makeThread([third]).posts[0]!, text: 'said otherwise', strips: [] }
      const thread: Thread = { ...line, branches: [{ from: line.id, posts: [branch] }], title: 'Lamp' }
      const merged = {
        ...makeMerged(fourth),
        text: 'merged text',
        title: 'merged',
        createdAt: null,
        sources: [fourth.provenance, { ...fifth.provenance, capture: null }],
      }
      const conversation: Conversation = {
        ...{
          id: makeMerged(first).id,
          root: makeMerged(first),
          site: null,
          declaredReplies: 44,
          completeness: 'partial',
          statement: '1 of 44',
        },
        replies: [{ index: 0, parent: null, depth: 1, post: merged, link: { basis: 'declared', p: 1, evidence: [] } }],
      }
      const rootless = { ...conversation, id: 'x:99', root: null, replies: [], declaredReplies: null }
      const unplaced = [{ post: makeMerged(fifth), homes: [{ thread: thread.id, p: 0.4 }] }]
      const edges = [{ child: makeMerged(second).id, parent: 'x:404', basis: 'declared' as const, p: 1, evidence: [] }]
      store(open, { threads: [thread], conversations: [conversation, rootless], unplaced, edges })
      expect([...reader.findings()]).toEqual([
        { thread, conversation: null },
        { thread: null, conversation },
        { thread: null, conversation: rootless },
      ])
      expect([...reader.unplaced()]).toEqual(unplaced)
      expect([...reader.edges()]).toEqual(edges)
    }))

  it('keep whatever member of a post differs from what was seen', () =>
    withArchive((open) => {
      const { writer, reader, run } = open
      const { posts } = addPage(writer, run, makeCapture('page'), [1])
      for (const name of Object.keys(OTHERWISE) as (keyof typeof OTHERWISE)[]) {
        const post: Post = { ...posts[0]!, [name]: OTHERWISE[name] }
        const thread = { ...makeThread(posts), posts: [{ ...makeThread([post]).posts[0]!, post: makeMerged(post) }] }
        const told = { ...thread, posts: thread.posts.map((one) => ({ ...one, post: { ...one.post, id: thread.id } })) }
        store(open, { threads: [told] })
        expect(threadsOf(reader)[0]?.posts[0]?.post[name]).toEqual(OTHERWISE[name])
      }
    }))

  it('are replaced where they share a post, and nowhere else', () =>
    withArchive((open) => {
      const { writer, reader, run } = open
      const { posts } = addPage(writer, run, makeCapture('page'), [1, 2])
      const capture = makeCapture('other')
      const strangers = strangersPosts([1, 2], capture)
      const { id } = writer.appendCapture(capture, run)
      writer.storeExtraction(id, makeExtraction(strangers), ADAPTER)
      store(open, { threads: [makeThread(posts), makeThread(strangers)] })

      const next = makeCapture('next page')
      const third = makePost(3, next)
      writer.storeExtraction(writer.appendCapture(next, run).id, makeExtraction([third]), ADAPTER)
      const near = reader.readNeighbourhood()
      expect(near.extractions).toEqual([makeExtraction(posts), makeExtraction([third])])
      const longer = makeThread([...posts, third])
      writer.storeFindings({ ...EMPTY, threads: [longer] }, 'test-1', near.scope)
      expect(threadsOf(reader)).toEqual([longer, makeThread(strangers)])
      expect(reader.readNeighbourhood().extractions).toEqual([])
    }))

  it('that would lose posts of a thread they replace are refused whole', () =>
    withArchive((open) => {
      const { writer, reader, run } = open
      const { posts } = addPage(writer, run, makeCapture('page'), [1, 2, 3])
      store(open, { threads: [makeThread(posts)] })
      const part = { ...EMPTY, threads: [makeThread(posts.slice(0, 1))] }
      expect(() => writer.storeFindings(part, 'test-1', { postIds: [], extractionKeys: [] })).toThrow(
        /was not unrolled/,
      )
      const scope = { postIds: posts.map((post) => makeMerged(post).id), extractionKeys: [] }
      expect(() => writer.storeFindings(part, 'test-1', scope)).toThrow(/would vanish/)
      expect(threadsOf(reader)).toEqual([makeThread(posts)])
    }))

  it('stored again change nothing, and keep their keys', () =>
    withArchive((open) => {
      const { dir, writer, run } = open
      const { posts } = addPage(writer, run, makeCapture('page'), [1, 2, 3])
      const dump = (): unknown[] => {
        const db = new SqliteDatabase(join(dir, 'archive.sqlite'), { readonly: true })
        const tables = ['authors', 'posts', 'post_sources', 'threads', 'thread_posts', 'gaps', 'replies']
        const rows = tables.map((table) => db.prepare(`SELECT * FROM ${table}`).all())
        db.close()
        return rows
      }
      for (const scope of ['all', 'all'] as const)
        writer.storeFindings({ ...EMPTY, threads: [makeThread(posts)] }, '1', scope)
      const before = dump()
      writer.storeFindings({ ...EMPTY, threads: [makeThread(posts)] }, '1', 'all')
      expect(dump()).toEqual(before)
      const { extractions, scope } = open.reader.readEverything()
      const threads = [makeThread(extractions.flatMap((extraction) => extraction.posts))]
      writer.storeFindings({ ...EMPTY, threads }, '1', scope)
      expect(dump()).toEqual(before)
    }))

  it('keep a reason that many links share once, and not when none has it any more', () =>
    withArchive((open) => {
      const { dir, writer, run } = open
      const { posts } = addPage(writer, run, makeCapture('page'), [1, 2, 3, 4])
      const reasons = (): unknown[] => {
        const db = new SqliteDatabase(join(dir, 'archive.sqlite'), { readonly: true })
        const rows = db.prepare('SELECT basis, p FROM reasons ORDER BY p').all()
        db.close()
        return rows
      }
      const evidence = [{ kind: 'declared-parent', say: 'the page says so', weight: 16 }]
      const edges = posts.slice(1).map((post) => {
        return { child: makeMerged(post).id, parent: 'x:1', basis: 'declared' as const, p: 1, evidence }
      })
      writer.storeFindings({ ...EMPTY, threads: [makeThread(posts)], edges }, '1', 'all')
      expect(reasons()).toEqual([
        { basis: 'inferred', p: 0.97 },
        { basis: 'declared', p: 1 },
      ])
      expect([...open.reader.edges()]).toEqual(edges)
      writer.storeFindings({ ...EMPTY, threads: [makeThread(posts)] }, '1', 'all')
      expect(reasons()).toEqual([{ basis: 'inferred', p: 0.97 }])
    }))

  it('whose edges name a child that is none of their posts are refused whole', () =>
    withArchive(({ writer, reader, run }) => {
      const { posts } = addPage(writer, run, makeCapture('page'), [1, 2])
      const edges = [{ child: 'x:404', parent: 'x:1', basis: 'declared' as const, p: 1, evidence: [] }]
      expect(() => writer.storeFindings({ ...EMPTY, threads: [makeThread(posts)], edges }, '1', 'all')).toThrow(
        /x:404 answers x:1/,
      )
      expect(threadsOf(reader)).toEqual([])
    }))

  it('are found by the words they have now, and no longer by those they had', () =>
    withArchive((open) => {
      const { writer, reader, run } = open
      const { posts } = addPage(writer, run, makeCapture('page'), [1])
      store(open, { threads: [makeThread(posts)] })
      const page = makeCapture('edited')
      const edited = makePost(1, page, { text: '1/3 Nobody lives in that tower any more' })
      writer.storeExtraction(writer.appendCapture(page, run).id, makeExtraction([edited]), ADAPTER)
      const thread = makeThread([edited])
      const sources = [edited.provenance, posts[0]!.provenance]
      store(open, {
        threads: [{ ...thread, posts: [{ ...thread.posts[0]!, post: { ...makeMerged(edited), sources } }] }],
      })
      expect(reader.search({ words: 'lighthouse', limit: 9 }).hits).toEqual([])
      expect(reader.search({ words: 'tower', limit: 9 }).hits).toHaveLength(1)
    }))

  it('leave an alias when a thread gets another id', () =>
    withArchive((open) => {
      const { writer, reader, run } = open
      const { posts } = addPage(writer, run, makeCapture('page'), [2, 3])
      store(open, { threads: [makeThread(posts)] })
      const old = makeThread(posts).id
      const head = makeCapture('head')
      writer.storeExtraction(writer.appendCapture(head, run).id, makeExtraction([makePost(1, head)]), ADAPTER)
      const whole = makeThread([makePost(1, head), ...posts])
      store(open, { threads: [whole] })
      expect(reader.readFindings(old)[0]?.thread).toEqual({ ...whole, aliases: [old] })
      expect(reader.readFindings('x:404')).toEqual([])
    }))

  it('keep the aliases that the engine tells, as long as no thread has that id itself', () =>
    withArchive((open) => {
      const { writer, reader, run } = open
      const { posts } = addPage(writer, run, makeCapture('page'), [1, 2])
      const [first, second] = posts.map((post) => makeThread([post]))
      store(open, { threads: [{ ...makeThread(posts), aliases: [second!.id] }] })
      expect(reader.readFindings(second!.id)[0]?.thread?.id).toBe(first!.id)
      store(open, { threads: [{ ...first!, aliases: [second!.id] }, second!] })
      expect(reader.readFindings(second!.id)[0]?.thread).toEqual(second)
    }))

  it('that name a text post by its platform now leave an alias of the text id', () =>
    withArchive((open) => {
      const { writer, reader, run } = open
      const capture = makeCapture('scrape')
      const nameless = makePost(1, capture, { ref: null })
      writer.storeExtraction(writer.appendCapture(capture, run).id, makeExtraction([nameless]), ADAPTER)
      store(open, { threads: [makeThread([nameless])] })
      const page = makeCapture('page')
      const named = makePost(1, page)
      writer.storeExtraction(writer.appendCapture(page, run).id, makeExtraction([named]), ADAPTER)
      const merged = { ...makeMerged(named), sources: [named.provenance, nameless.provenance] }
      const thread = makeThread([named])
      const joined = { ...thread, posts: [{ ...thread.posts[0]!, post: merged }] }
      store(open, { threads: [joined] })
      const known = { ...joined, aliases: ['text:p1'] }
      expect(threadsOf(reader)).toEqual([known])
      expect(reader.readFindings('text:p1')[0]?.thread).toEqual(known)
    }))
})

describe('finding by id', () => {
  it('takes a unique prefix and refuses one that is not', () =>
    withArchive((open) => {
      const { writer, reader, run } = open
      const { posts } = addPage(writer, run, makeCapture('page'), [1, 2])
      store(open, { threads: posts.map((post) => makeThread([post])) })
      expect(reader.readFindings('x:1710000000000000002')[0]?.thread?.posts).toHaveLength(1)
      expect(() => reader.readFindings('x:17')).toThrow(expect.objectContaining({ name: 'UsageError' }))
      expect(reader.readFindings('')).toEqual([])
    }))
})

describe('the list', () => {
  it('gives each finding once, newest first, page by page', () =>
    withArchive((open) => {
      const { writer, reader, run } = open
      const { posts } = addPage(writer, run, makeCapture('page'), [1, 2, 3, 4, 5])
      const threads = posts.map((post) => makeThread([post]))
      const undated = { ...makeThread([makePost(6, makeCapture('page'), { createdAt: null })]) }
      const conversation: Conversation = {
        id: threads[4]!.id,
        root: threads[4]!.posts[0]!.post,
        site: null,
        replies: [],
        declaredReplies: null,
        completeness: 'unknown',
        statement: '',
      }
      store(open, { threads: [...threads, undated], conversations: [conversation] })
      for (const limit of [1, 2, 3, 100]) {
        const seen: string[] = []
        for (let after: string | null = null; ; ) {
          const page = reader.listFindings({ limit, after })
          seen.push(...page.rows.map(({ kind, id }) => `${kind} ${id.slice(-1)}`))
          after = page.next
          if (after === null) break
        }
        expect(seen).toEqual(['thread 5', 'conversation 5', 'thread 4', 'thread 3', 'thread 2', 'thread 1', 'thread 6'])
      }
      expect(() => reader.listFindings({ limit: 1, after: 'nonsense' })).toThrow(
        expect.objectContaining({ name: 'UsageError' }),
      )
    }))
})

describe('the views', () => {
  it("cut a thread's text as the engine did, whatever stands before the marker", () =>
    withArchive((open) => {
      const { dir, writer, run } = open
      const capture = makeCapture('page')
      const cases: [text: string, strips: (readonly [number, number])[], shown: string][] = [
        ['1/4 plain', [[0, 4]], 'plain'],
        ['at the end (2/4)', [[10, 16]], 'at the end'],
        ['\u{1f9f5}\u{1f9f5} 3/4 behind signs of two units', [[0, 8]], 'behind signs of two units'],
        [
          '4/4 on both sides 4/',
          [
            [0, 4],
            [17, 20],
          ],
          'on both sides',
        ],
        ['no marker', [], 'no marker'],
      ]
      const posts = cases.map(([text], index) => makePost(index + 1, capture, { text }))
      writer.storeExtraction(writer.appendCapture(capture, run).id, makeExtraction(posts), ADAPTER)
      const thread = makeThread(posts)
      const lines = thread.posts.map((line, index) => ({ ...line, strips: cases[index]![1], text: cases[index]![2] }))
      store(open, { threads: [{ ...thread, posts: lines }] })
      const db = new SqliteDatabase(join(dir, 'archive.sqlite'), { readonly: true })
      expect(db.prepare('SELECT text FROM thread_text').pluck().all()).toEqual(cases.map(([, , shown]) => shown))
      db.close()
      expect(threadsOf(open.reader)[0]?.posts).toEqual(lines)
    }))

  it('show threads, completeness and the way back to the bytes', () =>
    withArchive((open) => {
      const { dir, writer, run } = open
      const { posts } = addPage(writer, run, makeCapture('page'), [1, 2])
      store(open, { threads: [makeThread(posts)] })
      const db = new SqliteDatabase(join(dir, 'archive.sqlite'), { readonly: true })
      const text = db.prepare('SELECT position, text, author_handle FROM thread_text').all()
      expect(text).toMatchObject([
        { position: 1, text: expect.stringMatching(/^The lamp/), author_handle: 'keeper' },
        { position: 2 },
      ])
      expect(db.prepare('SELECT * FROM completeness_report').get()).toMatchObject({
        kind: 'thread',
        present: 2,
        declared: 4,
        reasons: 'tail: the author counts to 4',
      })
      expect(db.prepare('SELECT * FROM post_places').get()).toMatchObject({
        selector: '#p1',
        warc_file: `${run}.warc.gz`,
        adapter: 'sample',
      })
      expect(db.prepare('SELECT * FROM captures_by_host').all()).toMatchObject([
        { host: 'threads.example', captures: 1 },
      ])
      expect(db.prepare('SELECT posts, last_post_at FROM thread_latest').get()).toEqual({
        posts: 2,
        last_post_at: posts[1]!.createdAt,
      })
      db.close()
    }))
})
