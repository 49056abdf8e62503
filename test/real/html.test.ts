// The HTML adapters on captures of real pages, which live beside the repository and not in it. Prints what it compared.
import { existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { threadReader } from '../../src/adapters/thread-reader/thread-reader.ts'
import { wordpress } from '../../src/adapters/wordpress/wordpress.ts'
import { attr, select } from '../../src/markup/markup.ts'
import type { Extraction, Post } from '../../src/model.ts'
import { filesUnder, pageAt, REAL } from './files.ts'

const TRUTH = join(REAL, 'article-pages/groundtruth.json')
const DEPTH = /(?:^|\s)depth-(\d+)/

interface Truth {
  readonly title?: string
  readonly author?: string
  readonly date?: string
  readonly comments?: readonly string[]
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0
}

describe.skipIf(!existsSync(REAL))('Thread Reader captures', () => {
  const files = filesUnder(join(REAL, 'tra-html'), /\.(md|html)$/)

  it.each(files.map((path) => [basename(path), path]))('%s: one post for each mark on the page', (name, path) => {
    const page = pageAt(path, { mediaType: 'text/html' })
    expect(threadReader.recognises(page)).toBe(true)
    const { posts } = threadReader.extract(page)
    const marks = Math.max(count(page.text, /<sup class="tw-permalink"/g), count(page.text, /id="tweet_\d+"/g))
    console.log(`${name.padEnd(40)} posts ${posts.length} of ${marks}`)
    // One saver lost the mark of a last post: its words are kept, and it is said.
    const unmarked = posts.filter(({ boundary }) => boundary !== null)
    expect(posts.length - unmarked.length).toBe(marks)
    expect(unmarked.every((post) => post === posts.at(-1))).toBe(true)
    for (const { text } of posts) expect(text).not.toMatch(/…$|tw-permalink|entity-/)
  })
})

describe.skipIf(!existsSync(REAL))('WordPress captures', () => {
  const files = filesUnder(join(REAL, 'wordpress-html'), /\.html$/)
  const truths: Readonly<Record<string, Truth>> = existsSync(TRUTH) ? JSON.parse(readFileSync(TRUTH, 'utf8')) : {}
  const pages = files
    .map((path) => [basename(path), path] as const)
    .filter(([, path]) => wordpress.recognises(pageAt(path, { mediaType: 'text/html' })))

  it('are most of the folder; the rest is Blogger and reduced copies', () => {
    expect(pages.length).toBeGreaterThanOrEqual(24)
  })

  it.each(pages)('%s: the tree is the one its classes tell', (name, path) => {
    const page = pageAt(path, { mediaType: 'text/html' })
    const extraction = wordpress.extract(page)
    const comments = extraction.posts.filter(({ kind }) => kind === 'comment')
    const depths = comments.map((post) => [
      depthOf(post, extraction),
      Number(DEPTH.exec(attr(select(post.provenance.selector ?? '', page.html().root)[0] ?? null, 'class') ?? '')?.[1]),
    ])
    const right = depths.filter(([ours, theirs]) => ours === theirs).length
    // An answer addressed to a neighbour at the theme's limit stands one level below the class, and says so.
    const addressed = comments.filter(({ parent }) => parent?.say.startsWith('begins with @')).length
    printRow(name, extraction, `depth ${right}+${addressed} of ${comments.length}`, truths[name] ?? {})
    expect(right + addressed).toBe(comments.length)
    expect(comments.filter(({ text, author }) => text === '' || author === null)).toEqual([])
  })
})

/** 1 for answers to the article. */
function depthOf(post: Post, { posts }: Extraction): number {
  const parent = posts.find(({ key }) => key === post.parent?.key)
  return parent === undefined || parent.kind === 'article' ? 1 : depthOf(parent, { posts } as Extraction) + 1
}

function printRow(name: string, { posts, declared }: Extraction, tree: string, truth: Truth): void {
  const article = posts.find(({ kind }) => kind === 'article')
  const said = posts
    .filter(({ kind }) => kind === 'comment')
    .map(({ text }) => squeeze(text))
    .join(' ')
  const wanted = truth.comments ?? []
  const found = wanted.filter((segment) => said.includes(squeeze(segment))).length
  const marks = [
    truth.title === undefined
      ? null
      : `title ${squeeze(truth.title) === squeeze(article?.title ?? '') ? 'right' : 'WRONG'}`,
    truth.date ? `date ${article?.createdAt?.startsWith(truth.date) ? 'right' : 'WRONG'}` : null,
    truth.author ? `author ${article?.author?.name === truth.author ? 'right' : 'WRONG'}` : null,
    wanted.length === 0 ? null : `comments found ${found} of ${wanted.length}`,
    declared.replies === null ? null : `declared ${declared.replies}`,
    `footnotes ${article?.footnotes.length ?? 0}`,
  ]
  console.log(`${name.slice(0, 40).padEnd(40)} ${tree.padEnd(16)} ${marks.filter((mark) => mark !== null).join(', ')}`)
}

function squeeze(text: string): string {
  return text
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .toLowerCase()
}
