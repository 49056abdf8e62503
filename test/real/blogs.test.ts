// The blog adapters on captures of real pages, answers and exports, which live beside the repository and not in it. The
// truth about parents is read off the bytes in a second, simpler way. Prints one line per kind of capture.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { ADAPTERS } from '../../src/adapters/index.ts'
import type { Extraction } from '../../src/model.ts'
import { extractPage } from '../adapters/cases.ts'
import { filesUnder, pageOfBytes, REAL } from './files.ts'
import { truthOfBlogger } from './truths-html.ts'

const KINDS = ['wp-json', 'wordpress-wxr', 'blogger', 'substack', 'ghost', 'footnotes-comments', 'wordpress-html']
const HEADINGS = [
  'kind',
  'files',
  'read',
  'refused',
  'posts',
  'comments',
  'parents',
  'wrong',
  'missed',
  'footnotes',
  'ms',
]

/** Id of the parent comment by id of the comment; null for an answer to the article. */
type Truth = ReadonlyMap<string, string | null>

interface Row {
  readonly kind: string
  files: number
  read: number
  refused: number
  posts: number
  comments: number
  parents: number
  wrong: number
  missed: number
  footnotes: number
  ms: number
}

const rows: Row[] = []

describe.skipIf(!existsSync(REAL))('blog captures', () => {
  it.each(KINDS)('%s: every file is read or refused by name, every parent is the true one', (kind) => {
    const row = newRow(kind)
    for (const path of filesUnder(join(REAL, kind))) measure(path, row)
    rows.push(row)
    expect([row.wrong, row.missed]).toEqual([0, 0])
    expect(row.read + row.refused).toBe(row.files)
  })

  afterAll(() => {
    const cells = rows.map((row) => [
      row.kind,
      ...Object.values(row)
        .slice(1)
        .map((value) => String(Math.round(value))),
    ])
    for (const line of [HEADINGS, ...cells]) console.log(line.map((cell, i) => cell.padEnd(i === 0 ? 20 : 10)).join(''))
  })
})

function newRow(kind: string): Row {
  const counts = { files: 0, read: 0, refused: 0, posts: 0, comments: 0, parents: 0 }
  return { kind, ...counts, wrong: 0, missed: 0, footnotes: 0, ms: 0 }
}

function measure(path: string, row: Row): void {
  const body = readFileSync(path)
  const start = performance.now()
  const page = pageOfBytes(path, body)
  const extraction = extractPage(page)
  row.ms += performance.now() - start
  const names = ADAPTERS.filter(({ generic, recognises }) => !generic && recognises(page)).map(({ name }) => name)
  expect(names.length, `${path} is claimed by ${names.join(' and ')}`).toBeLessThanOrEqual(1)
  count(extraction, row)
  const said = extraction.notes.filter(({ level }) => level !== 'info').length > 0
  row.files += 1
  if (extraction.posts.length + extraction.scrapes.length + extraction.next.length > 0) row.read += 1
  else if (said) row.refused += 1
  compare(extraction, truthOf(row.kind, page.text), row)
}

function count({ posts }: Extraction, row: Row): void {
  row.posts += posts.length
  row.comments += posts.filter(({ kind }) => kind === 'comment').length
  row.footnotes += posts.reduce((sum, { footnotes }) => sum + footnotes.length, 0)
}

/** Parents are compared by the number at the end of their names; the article counts as no comment. */
function compare({ posts }: Extraction, truth: Truth, row: Row): void {
  const read = new Map(
    posts
      .filter(({ kind }) => kind === 'comment')
      .map(({ ref, key, parent }) => [numberIn(ref?.id ?? key), parentNumber(parent?.ref?.id ?? parent?.key ?? null)]),
  )
  for (const [id, parent] of truth) {
    if (!read.has(id)) row.missed += 1
    else if (parent !== null && read.get(id) !== parent) row.wrong += 1
    else if (parent === null && read.get(id) !== null && truth.has(read.get(id) ?? '')) row.wrong += 1
    else row.parents += 1
  }
}

function numberIn(id: string): string {
  return /(\d+)$/.exec(id)?.[1] ?? id
}

function parentNumber(id: string | null): string | null {
  return id === null || id.includes('post-') || id.includes('article') ? null : numberIn(id)
}

function truthOf(kind: string, text: string): Truth {
  if (kind === 'wp-json') return truthOfJson(text)
  if (kind === 'wordpress-wxr') return truthOfExport(text)
  if (text.includes('showComment=')) return truthOfBlogger(text)
  return kind === 'substack' ? truthOfSubstack(text) : new Map()
}

function truthOfJson(text: string): Truth {
  const value: unknown = JSON.parse(text)
  const items = (Array.isArray(value) ? value : [value]).filter((item) => typeof item?.author_name === 'string')
  return new Map(items.map(({ id, parent }) => [String(id), parent === 0 ? null : String(parent)]))
}

function truthOfExport(text: string): Truth {
  const comments = text.match(/<wp:comment>[\s\S]*?<\/wp:comment>/g) ?? []
  const field = (comment: string, name: string) =>
    new RegExp(`<wp:${name}>(?:<!\\[CDATA\\[)?(\\w*)`).exec(comment)?.[1] ?? ''
  const shown = comments.filter((comment) => field(comment, 'comment_approved') === '1')
  return new Map(
    shown.map((comment) => {
      const parent = field(comment, 'comment_parent')
      return [field(comment, 'comment_id'), parent === '0' || parent === '' ? null : parent]
    }),
  )
}

function truthOfSubstack(text: string): Truth {
  const found = text.matchAll(/\{\\?"id\\?":(\d+),\\?"body\\?":.{0,20000}?\\?"ancestor_path\\?":\\?"([\d.]*)\\?"/gs)
  return new Map([...found].map(([, id = '', path = '']) => [id, path.split('.').at(-1) || null]))
}
