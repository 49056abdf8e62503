// What stands beside the answers of a page, read as rows, and which of the two is the post where a row stands around an
// answer.
import { bareRun } from '../../bare.ts'
import type { Extraction, Post } from '../../model.ts'
import { makeExtraction } from '../extraction/extraction.ts'
import type { Page } from '../page/page.ts'
import type { Answer, Readers } from './answers.ts'
import { jsonText, type Outside, type Place, placed } from './places.ts'

/** Letters of two texts that tell whether one is a copy of the other. */
const COMPARED = 40

/** A page's answers, and what else is a post there. */
export interface Apart {
  readonly answers: readonly Answer[]
  readonly rows: Extraction
}

/** What is left as rows when the answers are taken out; their places stay empty. */
export function readRowsBeside(page: Page, { rows }: Readers, root: Place, answers: readonly Answer[]): Extraction {
  const taken = new Set(answers.flatMap(({ place }) => [place.value, ...valuesOf(place.value)]))
  const text = jsonText(root.value, taken) ?? 'null'
  const value: unknown = JSON.parse(text)
  const rest = rows({ ...page, kind: 'json', text, notes: [], json: () => value })
  return rest === null ? makeExtraction({}) : placed(rest, root.outside)
}

/** A column is a list of ours, so its items are what stands in the page. */
function valuesOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]).filter((one) => typeof one === 'object') : []
}

/**
 * A row around an answer either has it for what its words were taken from, and gives way to it, or quotes it, and is
 * the post; around several posts it stands beside them.
 */
export function tellApart(all: readonly Answer[], rest: Extraction): Apart {
  const rows = new Map(rest.posts.map((post) => [addressOf(post.provenance), post]))
  const copied = new Set<Post>()
  const answers = all.filter(({ extraction, place }) => {
    const row = rows.size === 0 ? null : rowAround(rows, addressOf(place.outside('')))
    if (row === null) return true
    const isCopy = extraction.posts.some(({ text }) => saysTheSame(text, row.text))
    if (isCopy) copied.add(row)
    return isCopy || extraction.posts.length !== 1
  })
  const gone = new Set([...copied].map(({ key }) => key))
  const posts = rest.posts.filter((post) => !copied.has(post)).map((post) => withoutParent(post, gone))
  return { answers, rows: { ...rest, posts } }
}

function rowAround(rows: ReadonlyMap<string, Post>, address: string): Post | null {
  for (let end = address.lastIndexOf('/'); end >= 0; end = address.lastIndexOf('/', end - 1)) {
    const row = rows.get(address.slice(0, end))
    if (row !== undefined) return row
    if (end === 0) break
  }
  return null
}

function addressOf({ path, line }: ReturnType<Outside>): string {
  return `${line ?? ''}${path ?? ''}`
}

/** Links may be spelled out in one of them, and what is behind these is further. */
function saysTheSame(one: string, other: string): boolean {
  const [a = '', b = ''] = [one, other].map((text) => bareRun(text).slice(0, COMPARED))
  return a !== '' && a === b
}

function withoutParent(post: Post, gone: ReadonlySet<string>): Post {
  return gone.has(post.parent?.key ?? '') ? { ...post, parent: null } : post
}
