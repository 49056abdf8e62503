// Captures of X and Nitter that other people published, read by every adapter that knows them. Runs where they lie
// beside the repository, and prints per kind: files, posts, parents right, wrong and missed, and why a file was
// refused.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ADAPTERS, adapterFor } from '../../src/adapters/index.ts'
import type { Page } from '../../src/adapters/page/page.ts'
import type { Extraction } from '../../src/model.ts'
import { extractPage } from '../adapters/cases.ts'
import { bytesOf, filesUnder, pageAt, pageOfBytes, REAL } from './files.ts'

const KINDS = [
  'x-graphql',
  'x-web-2026',
  'x-dom',
  'x-conversations',
  'x-api-v1',
  'x-api-v2',
  'x-archive',
  'nitter-html',
  'negatives',
]

interface Tally {
  readonly adapters: Map<string, number>
  readonly refused: string[]
  readonly several: string[]
  files: number
  posts: number
  right: number
  wrong: number
  missed: number
}

/** What the bytes themselves say of parents, read without any adapter: post id → parent id. */
function declaredParents(path: string, page: Page): Map<string, string> {
  const parents = new Map<string, string>()
  const start = page.text.startsWith('window.YTD') ? page.text.indexOf('[') : 0
  if (page.kind === 'json' || start > 0) collectParents(JSON.parse(page.text.slice(start)), parents)
  const island = page.text.match(/__NEXT_DATA__"[^>]*>([^<]*)</)?.[1]
  if (island !== undefined) collectParents(JSON.parse(island), parents)
  if (page.kind === 'html' && path.includes('x-web-2026')) collectMicrodata(page.text, parents)
  return parents
}

function collectParents(root: unknown, parents: Map<string, string>): void {
  const open: unknown[] = [root]
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (typeof at !== 'object' || at === null) continue
    const fields = at as Record<string, unknown>
    if (typeof fields['id_str'] === 'string' && typeof fields['in_reply_to_status_id_str'] === 'string')
      parents.set(fields['id_str'], fields['in_reply_to_status_id_str'])
    // Another tool's own JSON.
    if (typeof fields['id'] === 'string' && typeof fields['reply_to'] === 'string')
      parents.set(fields['id'], fields['reply_to'])
    open.push(...Object.values(fields).filter((value) => value !== null))
  }
}

function collectMicrodata(html: string, parents: Map<string, string>): void {
  for (const article of html.split('<article').slice(1)) {
    const own = article.match(/data-tweet-id="(\d+)"/)?.[1]
    const parent = article.match(/<meta content="https:\/\/x\.com\/\w+\/status\/(\d+)" itemProp="isPartOf"/)?.[1]
    if (own !== undefined && parent !== undefined && !article.includes('itemProp="citation"')) parents.set(own, parent)
  }
}

function count(tally: Tally, extraction: Extraction, truth: ReadonlyMap<string, string>): void {
  for (const { ref, parent } of extraction.posts) {
    tally.posts += 1
    const said = parent?.basis === 'declared' ? parent.ref?.id : undefined
    const told = truth.get(ref?.id ?? '')
    if (said === undefined && told === undefined) continue
    if (said === told) tally.right += 1
    else if (said === undefined) tally.missed += 1
    else tally.wrong += 1
  }
}

function readKind(kind: string): Tally {
  const tally: Tally = {
    adapters: new Map(),
    refused: [],
    several: [],
    files: 0,
    posts: 0,
    right: 0,
    wrong: 0,
    missed: 0,
  }
  for (const path of filesUnder(join(REAL, kind))) {
    const page = pageAt(path)
    const extraction = extractPage(page)
    const names = ADAPTERS.filter((adapter) => !adapter.generic && adapter.recognises(page)).map(({ name }) => name)
    const name = adapterFor(page)?.name ?? 'nobody'
    tally.files += 1
    tally.adapters.set(name, (tally.adapters.get(name) ?? 0) + 1)
    if (names.length > 1) tally.several.push(`${page.capture.input}: ${names.join(', ')}`)
    // A tree names posts that are elsewhere.
    if (extraction.posts.length + extraction.scrapes.length + (extraction.declared.tree?.length ?? 0) === 0)
      tally.refused.push(`${page.capture.input}: ${extraction.notes.map(({ code }) => code).join(', ') || 'no reason'}`)
    count(tally, extraction, declaredParents(path, page))
  }
  return tally
}

function print(kind: string, { adapters, refused, files, posts, right, wrong, missed }: Tally): void {
  const by = [...adapters].map(([name, n]) => `${name} ${n}`).join(', ')
  console.log(
    `${kind}: ${files} files (${by}), ${posts} posts, parents ${right} right ${wrong} wrong ${missed} missed, ${refused.length} refused`,
  )
  for (const line of refused.slice(0, 20)) console.log(`  refused ${line}`)
}

describe.skipIf(!existsSync(REAL))('real captures of X and Nitter', () => {
  it.each(KINDS)('%s: every declared parent, every file read or refused for a reason', (kind) => {
    const tally = readKind(kind)
    print(kind, tally)
    expect(tally.wrong).toBe(0)
    expect(tally.missed).toBe(0)
    expect(tally.several).toEqual([])
    expect(tally.refused.filter((line) => line.endsWith('no reason'))).toEqual([])
  })

  it('x-archive-threads: the chains of exports, one a line', () => {
    const tally = { right: 0, wrong: 0, posts: 0 }
    for (const path of filesUnder(join(REAL, 'x-archive-threads')).filter((one) => one.endsWith('.jsonl')))
      for (const line of readFileSync(path, 'utf8').split('\n').filter(Boolean)) {
        const { tweets } = JSON.parse(line) as { tweets: Record<string, unknown>[] }
        const body = `window.YTD.tweets.part0 = ${JSON.stringify(tweets.map((tweet) => ({ tweet })))}`
        const { posts } = extractPage(pageOfBytes(path, new TextEncoder().encode(body)))
        for (const post of posts) {
          const told = tweets.find((tweet) => tweet['id_str'] === post.ref?.id)?.['in_reply_to_status_id_str'] ?? null
          tally.posts += 1
          if ((post.parent?.ref?.id ?? null) === told) tally.right += 1
          else tally.wrong += 1
        }
      }
    console.log(`x-archive-threads: ${tally.posts} posts, parents ${tally.right} right ${tally.wrong} wrong`)
    expect(tally.wrong).toBe(0)
  })

  it('x-conversations: the trees of RumourEval, holes included', () => {
    let [right, wrong, cut] = [0, 0, 0]
    for (const path of filesUnder(join(REAL, 'x-conversations')).filter((one) => one.endsWith('structure.json'))) {
      const folder = join(path, '..')
      const told = new Map<string, string>()
      collectTree(JSON.parse(readFileSync(path, 'utf8')), null, told)
      const files = filesUnder(folder).filter((one) => /\/(replies|source-tweet)\/\d+\.json$/.test(one))
      for (const file of files) {
        const [post] = extractPage(pageAt(file)).posts
        const id = post?.ref?.id ?? ''
        if (!told.has(id)) cut += 1
        else if ((post?.parent?.ref?.id ?? '') === told.get(id)) right += 1
        else wrong += 1
      }
    }
    console.log(`x-conversations trees: ${right} right, ${wrong} wrong, ${cut} posts outside of the trees`)
    expect(right).toBeGreaterThan(0)
  })

  it('throws at no cut', () => {
    for (const kind of KINDS)
      for (const path of filesUnder(join(REAL, kind)).filter((_, at) => at % 37 === 0)) {
        const body = bytesOf(path)
        for (let i = 1; i < 8; i += 1)
          extractPage(pageOfBytes(path, body.subarray(0, Math.floor((body.length * i) / 8))))
      }
  })
})

function collectTree(node: unknown, parent: string | null, told: Map<string, string>): void {
  if (typeof node !== 'object' || node === null || Array.isArray(node)) return
  for (const [id, children] of Object.entries(node)) {
    told.set(id, parent ?? '')
    collectTree(children, id, told)
  }
}
