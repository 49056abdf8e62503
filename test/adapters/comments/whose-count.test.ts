// Laws on how many comments a page says there are: the count is of one discussion, or nobody's.
import { describe, expect, it } from 'vitest'
import { withClearCount } from '../../../src/adapters/comments/whose-count.ts'
import type { Extraction, Post } from '../../../src/model.ts'
import { unrollTogether } from '../../../src/pipeline/pipeline.ts'
import { allCases, type Case, extractPage, pageOf } from '../cases.ts'

const [blog] = allCases().filter(({ platform }) => platform === 'wordpress') as [Case]
const PAGE = pageOf(blog)
const READ = extractPage(PAGE)
const ARTICLE = READ.posts.find(({ kind }) => kind === 'article') as Post
const COMMENTS = READ.posts.filter(({ kind }) => kind === 'comment')

function counted(...posts: readonly Post[]): Extraction {
  return withClearCount(PAGE, { ...READ, posts, notes: [], declared: { ...READ.declared, replies: 12 } })
}

function other(key: string, kind: Post['kind'] = 'article'): Post {
  return { ...ARTICLE, kind, key, conversation: null, ref: { platform: 'wordpress', id: `gauges.example/${key}` } }
}

describe('how many comments a page says there are', () => {
  it('is kept of one article, with other posts shown in it', () => {
    expect(counted(ARTICLE, ...COMMENTS, other('shown', 'post')).declared.replies).toBe(12)
  })

  it('is kept of comments alone', () => {
    expect(counted(...COMMENTS).declared.replies).toBe(12)
  })

  it.each(['article', 'post'] as const)('is nobody’s where several discussions stand on it: of one %s each', (kind) => {
    const read = counted(other('high', kind), other('low', kind))
    expect(read.declared).toEqual({ ...READ.declared, replies: null })
    expect(read.notes.map(({ code }) => code)).toEqual(['count-unclear'])
  })

  it('is claimed for no article among several', () => {
    const talks = unrollTogether([counted(ARTICLE, ...COMMENTS, other('low'))]).conversations
    expect(talks.map(({ declaredReplies }) => declaredReplies)).toEqual([null, null])
    expect(talks.map(({ statement }) => statement).join()).not.toContain('12')
  })

  it('is told as it was where no count is', () => {
    const silent = { ...READ, declared: { ...READ.declared, replies: null }, posts: [ARTICLE, other('low')] }
    expect(withClearCount(PAGE, silent)).toBe(silent)
  })
})
