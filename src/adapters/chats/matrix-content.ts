// The content of a Matrix message → words, files and time. Answers of before 2024 repeat the words they answer in front
// of their own, for clients that show nothing else (rich reply fallback): that is taken out.
import type { Media } from '../../model.ts'
import { type Body, bodyFromHtml } from '../../text/body.ts'
import { timeOfSeconds } from '../extraction/post.ts'
import { countAt, type Json, objectAt, textAt, valueAt } from '../values/json-fields.ts'

const HTML = 'org.matrix.custom.html'
const REPEATED_HTML = /<mx-reply>[^<]*(?:<(?!\/?mx-reply>)[^<]*)*<\/mx-reply>/gi
const REPEATED_LINES = /^> <@[^\n]*\n(?:>[^\n]*\n)*\n?/
const FILES: ReadonlyMap<string, Media['kind']> = new Map([
  ['m.image', 'image'],
  ['m.video', 'video'],
  ['m.audio', 'audio'],
  ['m.file', 'file'],
])
/** `mxc://server/id`: files are named by the server that keeps them. */
const STORED = /^mxc:\/\/([\w.:-]{1,255})\/([\w-]{1,255})$/

export function timeOfEvent(event: Json | undefined): string | null {
  const sent = valueAt(event, 'origin_server_ts')
  return typeof sent === 'number' ? timeOfSeconds(sent / 1000) : null
}

/** What a file is called is not what somebody said, unless a name stands beside it. */
export function bodyOfContent(content: Json | null): Body {
  const isFile = FILES.has(textAt(content, 'msgtype') ?? 'm.image')
  const written = textAt(content, 'body')
  const isName = isFile && [null, written].includes(textAt(content, 'filename'))
  if (content === null || written === null || isName) return { text: '', html: null }
  const isAnswer = objectAt(content, 'm.relates_to', 'm.in_reply_to') !== null
  const html = textAt(content, 'format') === HTML ? textAt(content, 'formatted_body') : null
  if (html !== null) return bodyFromHtml(html.replace(REPEATED_HTML, ''), null)
  const text = isAnswer ? written.replace(REPEATED_LINES, '') : written
  return { text, html: null }
}

/** `isSticker`: an event of its own kind, whose content has no kind. */
export function mediaOfContent(content: Json | null, isSticker: boolean): readonly Media[] {
  const kind = isSticker ? 'image' : FILES.get(textAt(content, 'msgtype') ?? '')
  const url = addressOf(textAt(content, 'url') ?? textAt(content, 'file', 'url'))
  if (kind === undefined || url === null) return []
  const info = objectAt(content, 'info')
  const size = { width: countAt(info, 'w'), height: countAt(info, 'h') }
  const poster = kind === 'video' ? addressOf(textAt(info, 'thumbnail_url')) : null
  return [{ kind, url, alt: textAt(content, 'body'), ...size, poster }]
}

/** Where any server hands the file out (client-server API 1.11; without a login it may refuse since 2024). */
function addressOf(stored: string | null): string | null {
  const [, server, id] = STORED.exec(stored ?? '') ?? []
  return server === undefined ? null : `https://${server}/_matrix/media/v3/download/${server}/${id}`
}
