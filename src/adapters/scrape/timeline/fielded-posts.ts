// Messages below fields of their own, one a line (`From:`, `Type:`, `Sent:`), a blank line, then the words: as Signal's
// chats are written out (sigtop). Not mails: nobody's `Subject` is there. Gives what stands where; makes no posts.
import { timeOfText } from '../../extraction/post.ts'
import { isBlank, type Line, trimLines } from '../lines.ts'
import type { Timeline, TimelinePost } from './timeline.ts'

const MIN_POSTS = 2
const FIELD = /^([A-Z][a-z]{2,15}(?:[ -][A-Za-z]{2,15})?): ?(.*)$/s
const NUMBER = /^(.*\S)\s+\(([^()]{3,60})\)$/
/** What each message has. */
const FROM = 'From'
const SENT = 'Sent'
/** Above the first message. */
const CONVERSATION = 'Conversation'

/** The messages, or null when fewer than two begin with their fields. */
export function readFieldedPosts(lines: readonly Line[]): Timeline | null {
  const heads = lines.flatMap((_, at) => headAt(lines, at) ?? [])
  if (heads.length < MIN_POSTS) return null
  const above = trimLines(lines.slice(0, heads[0]?.start)).filter((line) => !isBlank(line))
  if (above.some(({ text }) => FIELD.exec(text)?.[1] !== CONVERSATION)) return null
  const posts = heads.map((head, i) => postOf(head, lines.slice(head.end, heads[i + 1]?.start)))
  const isWord = new Set(posts.flatMap(({ body }) => body.map(({ number }) => number)))
  const dropped = lines.filter((line) => !isBlank(line) && !isWord.has(line.number)).map(({ number }) => number)
  return { posts, adverts: 0, dropped }
}

interface Head {
  readonly start: number
  readonly end: number
  readonly line: number
  readonly fields: ReadonlyMap<string, string>
}

/** Fields behind a blank line, the sender's first, a time among them. */
function headAt(lines: readonly Line[], start: number): Head | null {
  const line = lines[start]
  if (line === undefined || !line.text.startsWith(FROM) || !isBlank(lines[start - 1] ?? BLANK)) return null
  const fields = new Map<string, string>()
  let end = start
  for (let match = fieldAt(lines, end); match !== null; match = fieldAt(lines, end)) {
    fields.set(match[1] ?? '', (match[2] ?? '').trim())
    end += 1
  }
  const isTimed = timeOfText(fields.get(SENT) ?? null) !== null
  return isTimed && fields.has(FROM) && isBlank(lines[end] ?? BLANK) ? { start, end, line: line.number, fields } : null
}

const BLANK: Line = { text: '', indent: 0, number: 0, breaks: false }

function fieldAt(lines: readonly Line[], at: number): RegExpExecArray | null {
  return FIELD.exec(lines[at]?.text ?? '')
}

function postOf({ line, fields }: Head, rest: readonly Line[]): TimelinePost {
  const from = fields.get(FROM) ?? ''
  const [, name = from, number = null] = NUMBER.exec(from) ?? []
  return {
    name,
    handle: number,
    printedDate: null,
    time: timeOfText(fields.get(SENT) ?? null),
    url: null,
    replyingTo: [],
    line,
    body: trimLines(rest),
    quotes: [],
    isCut: false,
  }
}
