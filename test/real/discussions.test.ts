// The adapters of discussion sites on captures of real answers, which live beside the repository and not in it. Prints
// what it compared: posts, parents against what the bytes declare, and why a file is refused.
import { existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ADAPTERS, adapterFor } from '../../src/adapters/index.ts'
import type { Page } from '../../src/adapters/page/page.ts'
import { select } from '../../src/markup/markup.ts'
import type { Extraction, Post } from '../../src/model.ts'
import { unrollTogether } from '../../src/pipeline/pipeline.ts'
import { extractPage } from '../adapters/cases.ts'
import { filesUnder, pageAt, pageOfBytes, REAL } from './files.ts'

const FOLDERS = ['hackernews', 'reddit-html', 'discourse', 'telegram-html', 'negatives'] as const
/** Files that hold no posts, and the remark that says so. */
const REFUSED: Readonly<Record<string, RegExp>> = {
  'hn_top_stories.json': /not-understood/,
  'category_topics.json': /topic-list/,
  'latest.json': /topic-list/,
  'old_reddit_network_policy_block.html': /blocked/,
  'old_reddit_over18_interstitial.html': /age-gate/,
  'xcancel_antibot_interstitial.html': /./,
}

/** Child → parent as the bytes themselves say, found by other means than the adapter's. */
type Truth = ReadonlyMap<string, string>

function objectsIn(value: unknown): Record<string, unknown>[] {
  if (Array.isArray(value)) return value.flatMap(objectsIn)
  if (typeof value !== 'object' || value === null) return []
  return [value as Record<string, unknown>, ...Object.values(value).flatMap(objectsIn)]
}

function truthOf(page: Page): Truth {
  return page.kind === 'json' ? truthOfJson(page.json()) : truthOfHtml(page)
}

function truthOfJson(value: unknown): Truth {
  const objects = objectsIn(value)
  const pairs = objects.flatMap((one): [string, unknown][] => {
    if (typeof one['parent_id'] === 'string' && typeof one['body'] === 'string')
      return [[`${one['name']}`, one['parent_id']]]
    if (one['type'] === 'comment' && one['parent'] !== undefined) return [[`${one['id']}`, `${one['parent']}`]]
    if (Array.isArray(one['children']) && (one['type'] === 'story' || one['type'] === 'comment'))
      return one['children'].map((child): [string, string] => [`${child.id}`, `${one['id']}`])
    const number = one['reply_to_post_number']
    if (one['cooked'] !== undefined && typeof number === 'number')
      return [[`${one['topic_id']}/${one['post_number']}`, `${one['topic_id']}/${number}`]]
    return []
  })
  return new Map(pairs.map(([child, parent]) => [child, `${parent}`]))
}

/** New Reddit draws a line for each comment above; Telegram links what is answered. */
function truthOfHtml(page: Page): Truth {
  const { root } = page.html()
  const lines = select('[id^="t1_"]', root).flatMap((comment): [string, string][] => {
    const names = select('i.threadline', comment).flatMap(
      (line) => /t1_\w+/.exec(Reflect.get(line.parent ?? {}, 'attribs')?.class ?? '')?.[0] ?? [],
    )
    const id = comment.attribs['id'] ?? ''
    const above = names.filter((name) => name !== id).at(-1)
    return /^t1_[a-z0-9]+$/.test(id) && above !== undefined ? [[id, above]] : []
  })
  return new Map(lines)
}

interface Score {
  readonly right: number
  readonly wrong: number
  readonly missed: number
}

function scoreOf(posts: readonly Post[], truth: Truth): Score {
  const found = new Map(posts.map((post) => [post.key, parentName(post)]))
  const all = [...truth].map(([child, parent]) => [found.get(child) ?? null, parent] as const)
  return {
    right: all.filter(([ours, theirs]) => ours === theirs).length,
    wrong: all.filter(([ours, theirs]) => ours !== null && ours !== theirs).length,
    missed: all.filter(([ours]) => ours === null).length,
  }
}

/** The parent's key where it is here, else the end of its name. */
function parentName({ parent, platform }: Post): string | null {
  const id = parent?.ref?.id ?? parent?.key ?? null
  return platform === 'discourse' && id !== null ? id.split('/').slice(-2).join('/') : id
}

function print(name: string, reader: string, { posts, notes }: Extraction, { right, wrong, missed }: Score): void {
  const parents = `parents ${right} right ${wrong} wrong ${missed} missed`
  const said = [...new Set(notes.map(({ code }) => code))].join(' ')
  console.log(
    `${name.slice(0, 44).padEnd(44)} ${reader.padEnd(11)} posts ${String(posts.length).padStart(4)}  ${parents.padEnd(40)} ${said}`,
  )
}

describe.skipIf(!existsSync(REAL))('discussion captures', () => {
  const files = FOLDERS.flatMap((folder) =>
    filesUnder(join(REAL, folder), /\.(html|json)$/).map((path) => [`${folder}/${basename(path)}`, path] as const),
  )

  it.each(files)('%s is read with every declared parent, or refused with a reason', (name, path) => {
    const page = pageAt(path, { url: 'https://real.example/t/57' })
    const readers = ADAPTERS.filter((adapter) => !adapter.generic && adapter.recognises(page)).map(
      (adapter) => adapter.name,
    )
    expect(readers.length).toBeLessThanOrEqual(1)
    const extraction = extractPage(page)
    const score = scoreOf(extraction.posts, truthOf(page))
    print(name, readers[0] ?? adapterFor(page)?.name ?? '-', extraction, score)
    expect(score).toMatchObject({ wrong: 0, missed: 0 })
    const refusal = REFUSED[basename(path)]
    if (refusal === undefined) expect(extraction.posts.length).toBeGreaterThan(0)
    else {
      expect(extraction.posts).toEqual([])
      expect(extraction.notes.map(({ code }) => code).join(' ')).toMatch(refusal)
    }
  })
})

/** A cassette keeps many answers of the API; each is one capture. */
function answersIn(path: string): Page[] {
  const { interactions } = JSON.parse(readFileSync(path, 'utf8'))
  return interactions.flatMap(({ request, response }: Cassette, i: number): Page[] => {
    const body = response.body.string
    return body.includes('access_token')
      ? []
      : [pageOfBytes(`${basename(path)}#${i}`, new TextEncoder().encode(body), { url: request.uri })]
  })
}

interface Cassette {
  readonly request: { readonly uri: string }
  readonly response: { readonly body: { readonly string: string } }
}

describe.skipIf(!existsSync(REAL))('Reddit answers', () => {
  it.each(filesUnder(join(REAL, 'reddit-json'), /\.json$/).map((path) => [basename(path, '.json'), path] as const))(
    '%s',
    (name, path) => {
      const pages = answersIn(path)
      const extractions = pages.map((page) => {
        expect(adapterFor(page)?.name).toBe('reddit')
        return extractPage(page)
      })
      const posts = extractions.flatMap((extraction) => extraction.posts)
      const truth = new Map(pages.flatMap((page) => [...truthOf(page)]))
      const score = scoreOf(posts, truth)
      const joined = unrollTogether(extractions).conversations
      const largest = Math.max(0, ...joined.map(({ replies }) => replies.length))
      print(
        `${name}`,
        'reddit',
        { ...(extractions[0] as Extraction), posts, notes: extractions.flatMap(({ notes }) => notes) },
        score,
      )
      console.log(
        `${''.padEnd(44)} ${pages.length} answers, ${new Set(posts.map(({ key }) => key)).size} posts, ${joined.length} conversations, the largest of ${largest}`,
      )
      expect(score).toMatchObject({ wrong: 0, missed: 0 })
      expect(posts.filter((post) => post.kind === 'comment' && post.parent?.basis !== 'declared')).toEqual([])
    },
  )
})
