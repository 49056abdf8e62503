// Reads tangle bags: JSONL posts, their truth, and whether their order means anything. For the fit and the bench only.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Extraction, PageOrder, Post } from '../../src/model.ts'
import { UNKNOWN_POST } from '../../src/post.ts'

export const TANGLE = join(import.meta.dirname, '../../../shared/tangle')
export const LEVELS = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I'] as const
const PAGE_ORDER = new Set(['C', 'D', 'I'])

interface TangleTruth {
  /** Threads, each a list of posts, each a list of 1-based lines. */
  readonly threads: readonly (readonly (readonly number[])[])[]
  /** A line before, a line after, how many are missing between. */
  readonly gaps: readonly (readonly [number, number, number])[]
}

export interface TangleBag {
  readonly level: string
  readonly name: string
  readonly order: PageOrder
  readonly extraction: Extraction
  readonly truth: TangleTruth
  readonly texts: readonly string[]
}

interface Line {
  readonly text: string
  readonly author?: string
  readonly id?: string
  readonly createdAt?: string
}

export function readTangle(folder = join(TANGLE, 'dev')): readonly TangleBag[] {
  if (!existsSync(folder)) return []
  return LEVELS.flatMap((level) => {
    const truths = JSON.parse(readFileSync(join(folder, level, 'truth.json'), 'utf8')) as Record<string, TangleTruth>
    const files = readdirSync(join(folder, level))
      .filter((file) => file.endsWith('.jsonl'))
      .sort()
    return files.map((file) =>
      readBag(join(folder, level, file), level, truths[file.replace('.jsonl', '')] as TangleTruth),
    )
  })
}

function readBag(path: string, level: string, truth: TangleTruth): TangleBag {
  const lines = readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line)
  const extraction = extractionOf(lines.map((line, at) => postOf(line, at, path)))
  const order = PAGE_ORDER.has(level) ? 'page' : 'none'
  return { level, name: path, order, extraction, truth, texts: lines.map((line) => line.text) }
}

export function extractionOf(posts: readonly Post[]): Extraction {
  return { posts, scrapes: [], blocks: [], next: [], notes: [], declared: { title: null, site: null, replies: null } }
}

export function postOf(line: Line, index: number, input: string): Post {
  return {
    ...UNKNOWN_POST,
    key: String(index),
    ref: line.id === undefined ? null : { platform: 'x', id: line.id },
    kind: 'post',
    platform: 'jsonl',
    author: line.author === undefined ? null : { id: null, handle: line.author, name: null, url: null },
    text: line.text,
    html: null,
    createdAt: line.createdAt === undefined ? null : new Date(line.createdAt).toISOString(),
    index,
    provenance: {
      input,
      capture: null,
      capturedAt: null,
      adapter: 'jsonl',
      adapterVersion: 1,
      selector: null,
      path: null,
      line: index + 1,
      endLine: null,
      extra: null,
    },
  }
}
