// Chats as programs log them and as people copy or export them: IRC, WhatsApp, Telegram, Discord, Slack. Each post
// begins with who and when, in one form throughout; other lines go on, or are the program's own. Gives what stands
// where; makes no posts.
import { RULE } from '../clip/clip.ts'
import { isBlank, type Line, trimLines } from '../lines.ts'
import { CHAT_FORMS, type ChatForm } from './chat-forms.ts'
import type { Timeline, TimelinePost } from './timeline.ts'

const MIN_POSTS = 2
/** Lines looked at to know the form. */
const SAMPLE_LINES = 5_000
/** Lines of a page above the first post, at most. */
const MAX_ABOVE = 3
/** Below this share of lines that begin posts, a time and a name are a quotation in somebody's text. */
const SHARE = 0.1

const ONLY_CLOCK = /^\d{1,2}:\d{2}\s?[AP]M$/i
const ADDRESS = /^@?([^\s,:]{1,40})[,:]\s/u

/** The posts, or null when no form begins two lines, or anything longer than a page's head stands above. */
export function readChat(all: readonly Line[]): Timeline | null {
  const lines = joinHeads(all)
  const written = lines.filter((line) => !isBlank(line))
  const sample = written.slice(0, SAMPLE_LINES)
  const counted = CHAT_FORMS.map((one) => ({ one, count: sample.filter(({ text }) => one.post.test(text)).length }))
  const { one, count } = counted.reduce((most, next) => (next.count > most.count ? next : most))
  const first = sample.findIndex(({ text }) => one.post.test(text) || one.own.test(text))
  if (count < MIN_POSTS || count < sample.length * SHARE || first > MAX_ABOVE) return null
  const { posts, dropped } = readLines(written.slice(0, first), lines, one)
  return { posts, adverts: 0, dropped }
}

/** Slack copies a name and its clock as two lines. */
function joinHeads(lines: readonly Line[]): readonly Line[] {
  return lines.flatMap((line, i) => {
    const [above, below] = [lines[i - 1], lines[i + 1]]
    if (below !== undefined && ONLY_CLOCK.test(below.text) && !isBlank(line))
      return [{ ...line, text: `${line.text}  ${below.text}` }]
    return ONLY_CLOCK.test(line.text) && above !== undefined && !isBlank(above) ? [] : [line]
  })
}

type Head = Readonly<Record<string, string | undefined>>
type OpenPost = TimelinePost & { readonly body: Line[] }

function readLines(
  above: readonly Line[],
  lines: readonly Line[],
  { post, own }: ChatForm,
): Pick<Timeline, 'posts' | 'dropped'> {
  const posts: OpenPost[] = []
  const dropped = above.map(({ number }) => number)
  const names = new Set<string>()
  for (const line of lines) {
    const head = post.exec(line.text)?.groups
    if (head !== undefined) posts.push(startPost(line, head, names))
    else if (own.test(line.text)) dropped.push(line.number)
    else posts.at(-1)?.body.push(line)
  }
  return { posts: posts.map((open) => ({ ...open, body: trimLines(open.body, isRule) })), dropped }
}

/** What ends a post on a page, and is none of its words. */
export function isRule({ text }: Line): boolean {
  return text === RULE
}

function startPost(line: Line, head: Head, names: Set<string>): OpenPost {
  const { who = null, acts, nick = acts ?? null, at = '', when = at, url = null, said: words = '' } = head
  const said = acts === undefined ? words : `${acts} ${words}`
  names.add((who ?? nick ?? '').toLowerCase())
  const addressed = ADDRESS.exec(said)?.[1]
  return {
    name: who,
    handle: nick,
    printedDate: when === '' ? null : when,
    url,
    replyingTo: [],
    addressed: addressed !== undefined && names.has(addressed.toLowerCase()) ? addressed : null,
    line: line.number,
    body: said === '' ? [] : [{ ...line, text: said }],
    quotes: [],
    isCut: false,
    ...(line.shown === undefined ? {} : { shown: line.shown }),
  }
}
