// Which markers are taken out of real posts that belong to no thread, where any marker taken out is taken wrongly.
// Reads every capture beside the repository as the program does; prints where and what, never the post.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sha256 } from '../../src/fixity.ts'
import type { Extraction, MergedPost } from '../../src/model.ts'
import { accountOf } from '../../src/post.ts'
import { groupByAuthor } from '../../src/unroll/authors/gathering.ts'
import { acceptInGroup } from '../../src/unroll/authors/numbers.ts'
import { stripMarker } from '../../src/unroll/markers/strip.ts'
import { layTogether, type Merged } from '../../src/unroll/sightings/copies.ts'
import { extractPage } from '../adapters/cases.ts'
import { extractionOf, postOf } from '../fit/tangle.ts'
import { filesUnder, pageAt, REAL } from '../real/files.ts'

/** Posts as their authors wrote them, with declared replies or none. */
const POSTS = [
  'x-archive',
  'x-conversations',
  'x-graphql',
  'x-web-2026',
  'x-dom',
  'x-api-v2',
  'nitter-html',
  'mastodon-archive',
  'mastodon-api',
  'activitypub',
  'bluesky-api',
  'bluesky-html',
  'bluesky-repo',
  'telegram-html',
] as const
/** Comments are never numbered by the program; read as posts they are as good a trap. */
const COMMENTS = [
  'reddit-json',
  'reddit-html',
  'wordpress-html',
  'blogger',
  'hackernews',
  'discourse',
  'wordpress-wxr',
] as const

/** Lines of a chat: written by many, in haste, and full of numbers. */
const MESSAGES = ['disentangle'] as const
const MESSAGE = /^\[\d\d:\d\d\] <([^>]+)> (.*)$/

type Kind = 'posts' | 'comments' | 'messages'

interface Strip {
  /** Folder of the capture and place of the post in what it holds. */
  readonly where: string
  readonly marker: string
  readonly why: string
}

export interface Strips {
  readonly kind: Kind
  readonly outside: number
  readonly strips: readonly Strip[]
}

export function listStrips(): readonly Strips[] {
  return [readKind('posts', POSTS), readKind('comments', COMMENTS), readKind('messages', MESSAGES)]
}

function readKind(kind: Kind, folders: readonly string[]): Strips {
  const found = folders.flatMap((folder) => sourcesOf(folder).map((source) => stripsOf(kind, `${folder}/${source}`)))
  return { kind, outside: found.reduce((sum, one) => sum + one.outside, 0), strips: found.flatMap((one) => one.strips) }
}

function sourcesOf(folder: string): readonly string[] {
  return existsSync(join(REAL, folder))
    ? readdirSync(join(REAL, folder), { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => name)
        .sort()
    : []
}

function stripsOf(kind: Kind, source: string): Strips {
  const merged = layTogether(
    filesUnder(join(REAL, source)).flatMap((path) => readExtraction(path, kind)),
    sha256,
  )
  const threaded = listThreaded(merged)
  const gathering = { posts: merged.posts, places: merged.places, walls: merged.walls, order: 'page' } as const
  let outside = 0
  const strips: Strip[] = []
  for (const [author, group] of groupByAuthor(gathering)) {
    const { sorted, acceptances } = acceptInGroup(gathering, author, group)
    sorted.forEach((at, k) => {
      const post = merged.posts[at] as MergedPost
      if (threaded.has(post.id)) return
      outside++
      const acceptance = acceptances[k]
      const marker = acceptance?.marker ?? null
      if (marker !== null && stripMarker(post.text, marker).strips.length > 0)
        strips.push({
          where: `${source} ${at}`,
          marker: post.text.slice(marker.start, marker.end).trim(),
          why: acceptance?.why() ?? '',
        })
    })
  }
  return { kind, outside, strips }
}

function readExtraction(path: string, kind: Kind): readonly Extraction[] {
  if (kind === 'messages') return path.endsWith('.raw.txt') ? [readChat(path)] : []
  const page = pageAt(path)
  const extraction = extractPage(page)
  const posts = extraction.posts.filter(
    (post) => post.kind === (kind === 'posts' ? 'post' : 'comment') && !REPOST.test(post.text),
  )
  return posts.length === 0
    ? []
    : [{ ...extraction, scrapes: [], posts: posts.map((post) => ({ ...post, kind: 'post' as const })) }]
}

function readChat(path: string): Extraction {
  const lines = readFileSync(path, 'utf8').split('\n')
  return extractionOf(
    lines.flatMap((line, at) => {
      const [, author, text] = MESSAGE.exec(line) ?? []
      return author === undefined || text === undefined ? [] : [postOf({ author, text }, at, path)]
    }),
  )
}

const REPOST = /^RT @/

/** Ids of posts that answer a post of their author, and of the answered ones. */
function listThreaded({ posts, byId, parents }: Merged): ReadonlySet<string> {
  return new Set(
    posts.flatMap((post, at) => {
      const parent = posts[byId.get(parents[at]?.id ?? '') ?? -1]
      const isOwn = parent !== undefined && accountOf(parent.author) === accountOf(post.author)
      return isOwn ? [post.id, parent.id] : []
    }),
  )
}
