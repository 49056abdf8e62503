// Reddit's pages since 2023: custom elements that carry their facts as attributes (`thingid`, `parentid`, `depth`).
import type { Document, Element } from 'domhandler'
import { attr, closest, select, selectOne, textOf } from '../../markup/markup.ts'
import type { Parent } from '../../model.ts'
import { parseUrl } from '../../url.ts'
import { timeOfText } from '../extraction/post.ts'
import { wholeNumber } from '../values/digits.ts'
import type { Row, Rows } from './html.ts'
import { declaredParent, isSubmission, nameInPath, nameOf, refOf, userOf } from './names.ts'

/** A comment that is left out may have stood between. */
const LEVEL_P = 0.95
const MORE = /([\d,]{1,9})\s+more repl/i
const COMMAS = /,/g
const ZONE_WITHOUT_COLON = /([+-]\d\d)(\d\d)$/
const WITHHELD = /^\s*(?:\[|comment |sorry, this post was )?(deleted|removed)\b/i

export function isRedditWeb(root: Document): boolean {
  return (
    selectOne(
      'shreddit-post[id], shreddit-post[permalink], shreddit-comment[thingid], shreddit-comment[author]',
      root,
    ) !== null
  )
}

export function readRedditWeb(root: Document): Rows {
  const posts = select('shreddit-post', root)
  const stubs = select('faceplate-partial[src*="more-comments"]', root)
  const submissions = posts.flatMap(submissionRow)
  return {
    rows: [...submissions, ...commentRows(select('shreddit-comment', root), submissions)],
    left: stubs.reduce((sum, stub) => sum + Number(MORE.exec(textOf(stub) ?? '')?.[1]?.replace(COMMAS, '') ?? 1), 0),
    deeper: select('a[slot="more-comments-permalink"]', root).flatMap((link) => attr(link, 'href') ?? []),
    declaredReplies: wholeNumber(attr(posts[0] ?? null, 'comment-count')),
    site: attr(posts[0] ?? null, 'subreddit-prefixed-name'),
  }
}

function submissionRow(post: Element): Row[] {
  const name = nameOf(attr(post, 'id')) ?? nameInPath(attr(post, 'permalink'))
  if (name === null) return []
  const words = selectOne('[slot="text-body"] .md, [slot="text-body"]', post)
  const permalink = attr(post, 'permalink')
  const href = parseUrl(attr(post, 'content-href'))
  const isOwn = href !== null && permalink !== null && href.pathname === permalink
  return [
    {
      element: post,
      name,
      title: attr(post, 'post-title') ?? textOf(selectOne('[slot="title"]', post)),
      author: userOf(attr(post, 'author'), attr(post, 'author-id')),
      isPostAuthor: false,
      createdAt: timeOf(attr(post, 'created-timestamp')),
      editedAt: null,
      words: words?.children ?? null,
      link: isOwn ? null : (href?.href ?? null),
      permalink,
      parent: null,
      withheld: null,
    },
  ]
}

/**
 * By name, or by place where thinned-out pages name nothing; each below the one it stands in, or one level below one
 * before it.
 */
function commentRows(comments: readonly Element[], submissions: readonly Row[]): readonly Row[] {
  const names = new Map(comments.map((comment, i) => [comment, nameOfComment(comment) ?? `comment-${i + 1}`]))
  const above: (string | undefined)[] = [submissions.length === 1 ? submissions[0]?.name : undefined]
  return comments.map((comment) => {
    const depth = wholeNumber(attr(comment, 'depth')) ?? 0
    const name = names.get(comment) ?? ''
    const parent = parentOf(comment, names) ?? parentAt(above[Math.min(depth, above.length - 1)])
    above.length = Math.min(depth, above.length - 1) + 1
    above.push(name)
    return { ...commentRow(comment, name), parent, isNameless: nameOfComment(comment) === null }
  })
}

function nameOfComment(comment: Element): string | null {
  const named = nameOf(attr(comment, 'thingid')) ?? nameInPath(attr(comment, 'permalink'))
  return named === null || isSubmission(named) ? null : named
}

function parentAt(key: string | undefined): Parent | null {
  if (key === undefined) return null
  const say = 'the nearest above it that is one level higher'
  return { ref: nameOf(key) === null ? null : refOf(key), key, basis: 'layout', p: LEVEL_P, say }
}

function commentRow(comment: Element, name: string): Omit<Row, 'parent'> {
  const words = own(comment, '[slot="comment"]')
  const said = WITHHELD.exec(textOf(words) ?? '')?.[1]?.toLowerCase()
  const author = attr(comment, 'author')
  // Words stay when their writer's account goes.
  const isGone = words === null || (author === '[deleted]' && said !== undefined)
  return {
    element: comment,
    name,
    title: null,
    author: userOf(author),
    isPostAuthor: comment.attribs['is-author-op'] !== undefined,
    createdAt: timeOf(attr(comment, 'created')) ?? timeIn(comment),
    editedAt: null,
    words: words?.children ?? null,
    link: null,
    permalink: attr(comment, 'permalink'),
    withheld: isGone ? (said ?? 'deleted') : null,
  }
}

/** The first descendant that matches and belongs to no comment nested in this one. */
function own(comment: Element, selector: string): Element | null {
  const found = selectOne(selector, comment)
  return found !== null && closest(found, 'shreddit-comment') === comment ? found : null
}

function timeIn(comment: Element): string | null {
  return timeOf(attr(own(comment, 'faceplate-timeago'), 'ts') ?? attr(own(comment, 'time'), 'datetime'))
}

function timeOf(text: string | null): string | null {
  return timeOfText(text?.replace(ZONE_WITHOUT_COLON, '$1:$2') ?? null)
}

function parentOf(comment: Element, names: ReadonlyMap<Element, string>): Parent | null {
  const named = nameOf(attr(comment, 'parentid'))
  if (named !== null) return declaredParent(named, 'its parentid')
  const around =
    comment.parent === null || !('attribs' in comment.parent) ? null : closest(comment.parent, 'shreddit-comment')
  const above = around === null ? undefined : names.get(around)
  if (above === undefined) return declaredParent(nameOf(attr(comment, 'postid')), 'stands at the top below its postid')
  const ref = nameOf(above) === null ? null : refOf(above)
  return { ref, key: above, basis: 'declared', p: 1, say: 'nested in the element of its parent' }
}
