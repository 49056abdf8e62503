// Makers of model values for the export tests: whole and valid, each test says only what matters to it.
import type {
  Author,
  Conversation,
  ConversationReply,
  Gap,
  Link,
  MergedPost,
  Provenance,
  Thread,
  ThreadPost,
  Unrolled,
} from '../../src/model.ts'
import { UNKNOWN_POST } from '../../src/post.ts'

export const ADA: Author = { id: '7', handle: 'ada', name: 'Ada Example', url: 'https://social.example/ada' }

const SOURCE: Provenance = {
  input: 'page.txt',
  capture: 'sha256:00ff',
  capturedAt: '2026-01-03T00:00:00.000Z',
  adapter: 'text',
  adapterVersion: 1,
  selector: null,
  path: null,
  line: 3,
  endLine: 4,
  extra: null,
}

export function makePost(given: Partial<MergedPost> = {}): MergedPost {
  return {
    ...UNKNOWN_POST,
    key: 'k',
    id: 'x:1',
    kind: 'post',
    platform: 'x',
    author: ADA,
    text: 'Bridges hum.',
    html: null,
    createdAt: '2026-01-02T03:04:05.000Z',
    url: 'https://social.example/ada/1',
    provenance: SOURCE,
    sources: [SOURCE],
    ...given,
  }
}

export function makeLink(p: number): Link {
  return { basis: 'inferred', p, evidence: [{ kind: 'number-next', say: '1 → 2, same form', weight: 4.123456 }] }
}

/** Posts in order, numbered 1, 2, 3 …; each text without a marker. */
export function makeThread(texts: readonly string[], given: Partial<Thread> = {}): Thread {
  const posts = texts.map((text, index) => makeThreadPost(index + 1, { text, id: `x:${index + 1}` }))
  return {
    id: 'x:1',
    aliases: [],
    platform: 'x',
    author: ADA,
    title: null,
    url: 'https://social.example/ada/1',
    completeness: 'complete',
    statement: `${texts.length} posts`,
    declaredTotal: null,
    posts,
    gaps: [],
    branches: [],
    ...given,
  }
}

export function makeThreadPost(
  position: number,
  given: Partial<MergedPost>,
  more: Partial<ThreadPost> = {},
): ThreadPost {
  const post = makePost(given)
  const link = position === 1 ? null : makeLink(0.99)
  return { position, number: position, post, text: post.text, strips: [], link, ...more }
}

export function makeGap(given: Partial<Gap>): Gap {
  return { after: 1, before: 2, count: 1, class: 'missing', p: 0.97, reason: 'a number is not there', ...given }
}

export function makeReply(index: number, parent: number | null, given: Partial<MergedPost>): ConversationReply {
  const post = makePost({ kind: 'comment', platform: 'blog', id: `blog:c${index}`, ...given })
  return { index, parent, depth: parent === null ? 0 : 1, post, link: makeLink(0.95) }
}

export function makeConversation(
  root: Partial<MergedPost> | null,
  replies: readonly ConversationReply[],
): Conversation {
  return {
    id: 'blog:1',
    root:
      root === null
        ? null
        : makePost({ kind: 'article', platform: 'blog', id: 'blog:1', title: 'On bridges', ...root }),
    site: 'The Bridge Blog',
    replies,
    declaredReplies: 44,
    completeness: 'partial',
    statement: `${replies.length} of 44 comments`,
  }
}

export function makeUnrolled(given: Partial<Unrolled>): Unrolled {
  return { threads: [], conversations: [], unplaced: [], edges: [], handovers: [], notes: [], ...given }
}
