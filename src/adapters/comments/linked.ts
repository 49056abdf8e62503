// Comments that a page says only in its JSON-LD (schema.org `comment`, flat or nested), where a script would draw them.
import type { Element } from 'domhandler'
import { select } from '../../markup/markup.ts'
import type { Author, Parent, Post } from '../../model.ts'
import { bodyFromHtml } from '../../text/body.ts'
import { resolve } from '../../url.ts'
import { ARTICLE_KEY } from '../article/blog-article.ts'
import { isNode, type LinkedNode, nodesOf, textIn } from '../article/metadata/linked-data.ts'
import { placeInHtml, type Reader } from '../extraction/place.ts'
import { makePost } from '../extraction/post.ts'
import type { Page } from '../page/page.ts'
import { type PrintedTime, readDate } from '../values/dates.ts'

/** Comments read of one page. */
const MAX_COMMENTS = 5_000
/** Levels of answers read. */
const MAX_LEVELS = 100
const SAYS = "named among the article's comments in the page's JSON-LD"

interface Found {
  readonly node: LinkedNode
  readonly script: Element
  readonly parent: number | null
}

interface LinkedComments {
  readonly posts: readonly Post[]
  readonly times: readonly PrintedTime[]
}

/** All of them as answers to the article or to each other; `index` counts from 1. */
export function readLinkedComments(page: Page, reader: Reader, base: URL | null): LinkedComments {
  const found = commentsIn(page)
  const read = found.map(({ node }) => ({ time: timeOf(node), body: bodyFromHtml(wordsOf(node), base) }))
  const posts = found.map(({ node, script, parent }, i) =>
    makePost({
      key: keyOf(i),
      kind: 'comment',
      platform: reader.name,
      author: authorOf(node, base),
      ...(read[i]?.body ?? { text: '', html: null }),
      createdAt: read[i]?.time?.iso ?? null,
      url: resolve(textIn(node, 'url'), base),
      parent: parentOf(parent),
      index: i + 1,
      provenance: placeInHtml(page, reader, script, null),
    }),
  )
  return { posts, times: read.map(({ time }) => time).filter((time) => time !== null) }
}

/** A comment stands before those in it. */
function commentsIn(page: Page): Found[] {
  const found: Found[] = []
  for (const script of select('script[type="application/ld+json"]', page.html().root))
    for (const node of nodesOf(script)) addComments(found, node, { script, parent: null, level: 0 })
  return found
}

interface Place {
  readonly script: Element
  /** Index of the comment above. */
  readonly parent: number | null
  readonly level: number
}

function addComments(found: Found[], node: LinkedNode, { script, parent, level }: Place): void {
  if (level >= MAX_LEVELS) return
  for (const comment of [node['comment'] ?? []].flat()) {
    if (!isNode(comment) || wordsOf(comment).trim() === '' || found.length >= MAX_COMMENTS) continue
    found.push({ node: comment, script, parent })
    addComments(found, comment, { script, parent: found.length - 1, level: level + 1 })
  }
}

function wordsOf(node: LinkedNode): string {
  return textIn(node, 'text') ?? textIn(node, 'commentText') ?? textIn(node, 'description') ?? ''
}

function timeOf(node: LinkedNode): PrintedTime | null {
  return readDate(textIn(node, 'dateCreated') ?? textIn(node, 'datePublished') ?? textIn(node, 'commentTime'))
}

function authorOf(node: LinkedNode, base: URL | null): Author | null {
  const [author] = [node['author'] ?? node['creator']].flat()
  const name = isNode(author) ? textIn(author, 'name') : typeof author === 'string' ? author.trim() : null
  if (name === null || name === '') return null
  return { id: null, handle: null, name, url: resolve(isNode(author) ? textIn(author, 'url') : null, base) }
}

function parentOf(parent: number | null): Parent {
  if (parent === null) return { ref: null, key: ARTICLE_KEY, basis: 'declared', p: 1, say: SAYS }
  return { ref: null, key: keyOf(parent), basis: 'declared', p: 1, say: 'stands in the comment it answers, in JSON-LD' }
}

function keyOf(index: number): string {
  return `comment-${index + 1}`
}
