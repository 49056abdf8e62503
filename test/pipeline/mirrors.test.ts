// One thread through several sites is one thread with several sources: X's own answer, Nitter, Thread Reader's page, a
// text scrape of it.
import { describe, expect, it } from 'vitest'
import type { Extraction } from '../../src/model.ts'
import { unrollTogether } from '../../src/pipeline/pipeline.ts'
import { casesOf, extractPage, pageOf } from '../adapters/cases.ts'

const ROOT = 'x:1764938902533046279'

function read(platform: string, name: string): Extraction {
  const fixture = casesOf(platform).find((one) => one.name === name)
  return extractPage(pageOf(fixture!))
}

const own = read('x-graphql', 'self-thread')
const thread = unrollTogether([own]).threads.find(({ id }) => id === ROOT)

/** The thread as Thread Reader prints it, copied out as text: a header, the posts, the line that ends them. */
function scrapeOf(): Extraction {
  const head = ['Ines Harbour', '@harbourlamp', 'Mar 5, 2024 • 3 tweets • 1 min read', 'Scrolly', 'Bookmark', '']
  const posts = thread!.posts.slice(0, 3).flatMap(({ post }) => [post.text, ''])
  const body = new TextEncoder().encode([...head, ...posts, '• • •', 'Keep Current with Ines Harbour'].join('\n'))
  return extractPage(pageOf(casesOf('text')[0]!, body))
}

describe('a thread seen through X, Nitter, Thread Reader and a scrape of it', () => {
  const page = read('thread-reader', 'other-source')
  const sources = [own, read('nitter', 'conversation'), read('x-web', 'status'), page, scrapeOf()]
  const merged = unrollTogether(sources).threads.filter(({ author }) => author?.handle === 'harbourlamp')

  it('is one thread, with the posts that X knows', () => {
    const [whole, ...others] = merged.filter(({ posts }) => posts.length > 1)
    expect(others).toEqual([])
    expect(whole?.posts.map(({ post }) => post.id)).toEqual(thread?.posts.map(({ post }) => post.id))
  })

  it('names each source that shows a post', () => {
    const adapters = merged[0]?.posts.map(({ post }) => new Set(post.sources.map(({ adapter }) => adapter)))
    for (const names of adapters?.slice(0, 3) ?? [])
      expect([...names].sort()).toEqual(['nitter', 'text', 'thread-reader', 'x-graphql', 'x-web'])
  })

  it('is the same in any order of the sources', () => {
    const turned = unrollTogether(sources.toReversed()).threads.find(({ id }) => id === ROOT)
    expect(turned?.posts.map(({ post }) => post.id)).toEqual(thread?.posts.map(({ post }) => post.id))
  })
})
