// Posts out of a copied timeline: whoever wrote them, what they quote, whom the page says they answer. The page prints
// days without a zone, so no post gets a moment; the printed words are kept.
import type { Author, Parent, Post, Provenance, Quote } from '../../../model.ts'
import { UNKNOWN_POST } from '../../../post.ts'
import { PLATFORM, refOf, snowflakeTime, statusInUrl } from '../../x/names.ts'
import { type Shown, textOf } from '../lines.ts'
import type { TimelinePost } from './timeline.ts'

/**
 * Pages of a conversation put an answer below what it answers; a profile may show two of the other's posts above it.
 */
const P_NAMED_ABOVE = 0.8
/**
 * So often the last post of whom a chat's line speaks to is the one it answers: ten logs of IRC, 871 lines, labelled by
 * people.
 */
const P_ADDRESSED = 0.65

const SAY_LINKED = 'its source links the post that it answers'

/** @param place the provenance of lines `first`..`last` (1-based), with what else is known of the post */
export function timelinePosts(
  read: readonly TimelinePost[],
  platform: string,
  place: (first: number, last: number, extra: Provenance['extra']) => Provenance,
): readonly Post[] {
  // A thread of which some posts have ids and times and others none would come apart.
  const areNamed = read.every(({ url }) => statusInUrl(url) !== null)
  const last = new Map<string, TimelinePost>()
  const parents = read.map((post) => {
    const parent = parentOf(post, last)
    last.set(calledOf(post), post)
    return parent
  })
  return read.map((post, index) => ({
    ...UNKNOWN_POST,
    ...(areNamed ? addressOf(post, platform) : { platform, url: post.url }),
    key: keyOf(post),
    kind: 'post',
    author: isSaid(post) ? authorOf(post) : null,
    ...(post.time == null ? {} : { createdAt: post.time }),
    text: textOf(post.body),
    html: null,
    parent: parents[index] ?? null,
    media: shownWith(post).flatMap(({ media }) => media),
    quotes: [...post.quotes.map(quoteOf), ...shownWith(post).flatMap(({ quotes }) => quotes)],
    index,
    provenance: place(post.line, post.body.at(-1)?.number ?? post.line, extraOf(post)),
  }))
}

/** An address of X holds the post's id, and that its time. */
function addressOf({ url }: TimelinePost, platform: string): Pick<Post, 'platform' | 'ref' | 'url' | 'createdAt'> {
  const status = statusInUrl(url)
  if (status === null) return { platform, ref: null, url, createdAt: null }
  return { platform: PLATFORM, ref: refOf(status.id), url, createdAt: snowflakeTime(status.id) }
}

/** By handle or name in small letters, the last post so far. */
type Last = ReadonlyMap<string, TimelinePost>

function keyOf({ line }: Pick<TimelinePost, 'line'>): string {
  return `l${line}`
}

function authorOf({ name, handle }: TimelinePost): Author {
  return { id: null, handle, name, url: null }
}

function isSaid({ name, handle }: TimelinePost): boolean {
  return handle !== null || name !== null
}

function shownWith({ shown, body }: TimelinePost): readonly Shown[] {
  return [shown, ...body.map((line) => line.shown)].filter((one) => one !== undefined)
}

function quoteOf(quoted: TimelinePost): Quote {
  const { ref, url, createdAt } = addressOf(quoted, PLATFORM)
  return { ref, author: isSaid(quoted) ? authorOf(quoted) : null, text: textOf(quoted.body), url, createdAt }
}

function extraOf({ printedDate, replyingTo }: TimelinePost): Provenance['extra'] {
  const extra = {
    ...(printedDate === null ? {} : { printedDate }),
    ...(replyingTo.length === 0 ? {} : { replyingTo }),
  }
  return Object.keys(extra).length === 0 ? null : extra
}

/** The last post above by an account that the page says is answered, itself last; else by whom the words speak to. */
function parentOf(post: TimelinePost, last: Last): Parent | null {
  const { replyingTo, handle, addressed = null, answers, answeredId = null } = post
  if (answeredId !== null) return { ref: refOf(answeredId), key: null, basis: 'declared', p: 1, say: SAY_LINKED }
  if (answers !== undefined) return { ref: null, key: keyOf(answers), basis: 'layout', p: answers.p, say: answers.say }
  const others = replyingTo.filter((name) => name !== handle)
  const named = others.length > 0 ? others : replyingTo
  const names = named.length > 0 || addressed === null ? named : [addressed]
  const above = names.map((name) => last.get(name.toLowerCase())).filter((post) => post !== undefined)
  const [answered] = above.sort((a, b) => b.line - a.line)
  if (answered === undefined) return null
  const name = answered.handle ?? answered.name
  const how = named.length > 0 ? `the page says "Replying to @${name}"` : `its first word is "${name}"`
  const p = named.length > 0 ? P_NAMED_ABOVE : P_ADDRESSED
  return { ref: null, key: keyOf(answered), basis: 'layout', p, say: `${how}, whose last post above this is` }
}

function calledOf({ handle, name }: TimelinePost): string {
  return (handle ?? name ?? '').toLowerCase()
}
