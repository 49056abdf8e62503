// Small captures, extractions and findings for the archive's tests.
import type { ExtractionReport } from '../../src/archive/facts/readings/post-store.ts'
import { type ArchiveWriter, openArchiveWriter, type WriterOptions } from '../../src/archive/writer.ts'
import { digestOf } from '../../src/fixity.ts'
import type { Capture, Extraction, MergedPost, Post, Thread, Unrolled } from '../../src/model.ts'
import { UNKNOWN_POST } from '../../src/post.ts'

export { makeFolder } from '../folder.ts'

export const ADAPTER = { name: 'sample', version: 1 }
export const EMPTY: Unrolled = { threads: [], conversations: [], unplaced: [], edges: [], handovers: [], notes: [] }

/** Options with a clock that ticks one second a look. */
export function makeOptions(start = '2026-03-04T05:06:07.000Z'): WriterOptions {
  let time = Date.parse(start)
  const now = (): Date => {
    time += 1000
    return new Date(time)
  }
  return { version: '0.1.0', now }
}

export function makeCapture(text: string, changes: Partial<Capture> = {}): Capture {
  const body = new TextEncoder().encode(text)
  return {
    digest: digestOf(body),
    input: 'http://threads.example/1',
    url: 'http://threads.example/1',
    finalUrl: 'http://threads.example/1',
    originalUrl: null,
    capturedAt: '2026-03-04T05:06:07.890Z',
    capturedAtBasis: 'observed',
    method: 'http',
    status: 200,
    headers: [['content-type', 'text/html; charset=utf-8']],
    redactedHeaders: [],
    mediaType: 'text/html',
    body,
    truncated: null,
    ...changes,
  }
}

export function makePost(number: number, capture: Capture, changes: Partial<Post> = {}): Post {
  return {
    ...UNKNOWN_POST,
    key: `p${number}`,
    ref: { platform: 'x', id: `171000000000000000${number}` },
    kind: 'post',
    platform: 'x',
    author: { id: '77', handle: 'keeper', name: 'The Keeper', url: null },
    text: `${number}/3 The lamp of the northern lighthouse needs oil, part ${'abc'.slice(0, number)}`,
    html: null,
    createdAt: `2026-01-02T03:04:0${number}.000Z`,
    lang: 'en',
    index: number - 1,
    provenance: {
      input: capture.input,
      capture: capture.digest,
      capturedAt: capture.capturedAt,
      adapter: ADAPTER.name,
      adapterVersion: ADAPTER.version,
      selector: `#p${number}`,
      path: null,
      line: null,
      endLine: null,
      extra: null,
    },
    ...changes,
  }
}

export function makeExtraction(posts: readonly Post[]): Extraction {
  return {
    posts,
    scrapes: [],
    blocks: [],
    next: [],
    notes: [],
    declared: { title: 'A page', site: null, replies: null },
  }
}

export function makeMerged(post: Post): MergedPost {
  const id = post.ref === null ? `text:${post.key}` : `${post.ref.platform}:${post.ref.id}`
  return { ...post, id, sources: [post.provenance] }
}

/** A thread of these posts: markers like `1/3 ` are stripped, each post is linked to the one before. */
export function makeThread(posts: readonly Post[]): Thread {
  const merged = posts.map(makeMerged)
  return {
    id: merged[0]?.id ?? '',
    aliases: [],
    platform: 'x',
    author: posts[0]?.author ?? null,
    title: null,
    url: null,
    completeness: 'partial',
    statement: `${posts.length} of 4`,
    declaredTotal: 4,
    posts: merged.map((post, index) => ({
      position: index + 1,
      number: index + 1,
      post,
      text: post.text.slice(4),
      strips: [[0, 4]],
      link:
        index === 0
          ? null
          : { basis: 'inferred', p: 0.97, evidence: [{ kind: 'number-next', say: 'n → n+1', weight: 4 }] },
    })),
    gaps: [{ after: posts.length, before: null, count: 1, class: 'tail', p: 0.9, reason: 'the author counts to 4' }],
    branches: [],
  }
}

/** Stores a page of numbered posts the way the pipeline does; returns the capture's id and its posts. */
export function addPage(writer: ArchiveWriter, runId: string, capture: Capture, numbers: readonly number[]): AddedPage {
  const { id } = writer.appendCapture(capture, runId)
  const posts = numbers.map((number) => makePost(number, capture))
  const report = writer.storeExtraction(id, makeExtraction(posts), ADAPTER)
  return { id, posts, report }
}

export interface AddedPage {
  readonly id: string
  readonly posts: readonly Post[]
  readonly report: ExtractionReport
}

/** Makes an archive of one page whose posts are one thread. */
export function storeThread(dir: string, makePosts: (capture: Capture) => readonly Post[]): void {
  const writer = openArchiveWriter(dir, makeOptions())
  const capture = makeCapture('page')
  const posts = makePosts(capture)
  const { id } = writer.appendCapture(capture, writer.beginRun({ command: 'add', options: {} }))
  writer.storeExtraction(id, makeExtraction(posts), ADAPTER)
  const { scope } = writer.readNeighbourhood()
  writer.storeFindings({ ...EMPTY, threads: [makeThread(posts)] }, '1', scope)
  writer.close()
}
