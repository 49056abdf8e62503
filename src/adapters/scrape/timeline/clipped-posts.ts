// A page of X as web clippers write it in Markdown: each post below its head, rules between, the post that the page is
// about without a link of its own, answers below it; or one post under a title that says so. Gives what stands where;
// makes no posts.
import { statusInUrl } from '../../x/names.ts'
import type { Clip } from '../clip/clip.ts'
import { isBlank, type Line, trimLines } from '../lines.ts'
import { isRule, readChat } from './chat-posts.ts'
import type { Answered, Timeline, TimelinePost } from './timeline.ts'

/**
 * By judgement: an account's post right below somebody else's answers it; others below the page's post mostly answer
 * that.
 */
const P_BELOW = 0.8
const P_PAGE = 0.7
/** Web Clipper's title of a page with one post, since 2026; with more it is "Thread by". */
const ONE_POST = /^post by @(\w{1,20})(?: on (?:x|twitter))?$/i
const QUOTED = /^>\s?/
const DAY = /^\d{4}-\d\d-\d\d$/

/** The posts, or null when the lines have no heads and the clip's title does not say that they are one post. */
export function readClippedPosts(clip: Clip, lines: readonly Line[]): Timeline | null {
  const chat = readChat(lines) ?? readOne(clip, lines)
  if (chat === null) return null
  const page = statusInUrl(clip.url)
  const named = chat.posts.map((post, at) =>
    at === 0 && isBy(post, page?.handle) ? { ...post, url: post.url ?? clip.url } : post,
  )
  const about = named.find(({ url }) => page !== null && statusInUrl(url)?.id === page.id)
  const posts = named.map(withQuotes)
  return { ...chat, posts: about === undefined ? posts : withAnswered(posts, about) }
}

function isBy({ handle }: TimelinePost, account: string | null | undefined): boolean {
  return handle !== null && handle.toLowerCase() === account?.toLowerCase()
}

function readOne({ title, url, author }: Clip, lines: readonly Line[]): Timeline | null {
  const handle = ONE_POST.exec(title ?? '')?.[1]
  const body = trimLines(lines.map((line) => (isRule(line) ? { ...line, text: '' } : line)))
  if (handle === undefined || statusInUrl(url) === null || body[0] === undefined) return null
  const name = author?.handle === handle ? author.name : null
  const post = {
    name,
    handle,
    printedDate: null,
    url,
    replyingTo: [],
    line: body[0].number,
    body,
    quotes: [],
    isCut: false,
  }
  return { posts: [post], adverts: 0, dropped: [] }
}

/** The account's own posts at the top are its thread, which is the engine's business; the rest answers somebody. */
function withAnswered(posts: readonly TimelinePost[], about: TimelinePost): readonly TimelinePost[] {
  const isOwn = (post: TimelinePost | undefined) => post?.handle === about.handle
  const first = posts.findIndex((post) => !isOwn(post))
  return posts.map((post, at) => {
    const above = posts[at - 1]
    if (first === -1 || at < first || above === undefined) return post
    if (isOwn(post) && !isOwn(above))
      return { ...post, answers: answersTo(above, P_BELOW, `a post of ${calledOf(above)}`) }
    return isOwn(post) ? post : { ...post, answers: answersTo(about, P_PAGE, 'the post that the page is about') }
  })
}

function answersTo({ line }: TimelinePost, p: number, what: string): Answered {
  return { line, p, say: `it stands below ${what}, as answers to it do` }
}

function calledOf({ handle, name }: TimelinePost): string {
  return handle === null ? (name ?? 'another') : `@${handle}`
}

/** The quoted lines at a post's end are the post that it quotes, below a head or the day alone. */
function withQuotes(post: TimelinePost): TimelinePost {
  const words = post.body.findLastIndex((line) => !isBlank(line) && !QUOTED.test(`${line.text} `))
  const quoted = post.body.slice(words + 1).map((line) => ({ ...line, text: line.text.replace(QUOTED, '') }))
  const body = trimLines(quoted, ({ text }) => DAY.test(text))
  const [first] = body
  if (words === -1 || first === undefined) return post
  const rest = {
    line: first.number,
    name: null,
    handle: null,
    printedDate: null,
    url: null,
    replyingTo: [],
    quotes: [],
  }
  return { ...post, body: trimLines(post.body.slice(0, words + 1)), quotes: [{ ...rest, body, isCut: false }] }
}
