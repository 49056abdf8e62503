// Mails: one message (RFC 5322, `.eml`), or many in one file (mbox, RFC 4155; Pipermail's months and pages). A message
// is named by its Message-ID and says itself what it answers. A mail whose parts are a page and its pictures is one
// too; MHTML, which nobody sent, is a container.
import { type MimePart, parseMime } from '../../mime.ts'
import type { Extraction, Note, Parent, Post, PostRef } from '../../model.ts'
import type { Adapter } from '../adapter.ts'
import { chatExtraction } from '../chats/export.ts'
import { makeExtraction, noteOn } from '../extraction/extraction.ts'
import { knownOf, placeInText } from '../extraction/place.ts'
import { makePost, timeOfText } from '../extraction/post.ts'
import type { Page } from '../page/page.ts'
import { authorOf } from './addresses.ts'
import { bodyOf, filesOf } from './body.ts'
import { readHeader } from './header.ts'
import { isHyperkitty, readHyperkitty } from './hyperkitty.ts'
import { isPipermail, readPipermail } from './pipermail.ts'
import { isPipermailIndex, readPipermailIndex } from './pipermail-index.ts'

const NAME = 'mail'
const READER = { name: NAME, version: 1 } as const
/** Heads of mails are long: each station writes a few lines. */
const HEAD_LENGTH = 65_536
const END_OF_HEAD = /\r?\n\r?\n/
/** What programs write before each message of an mbox: the sender and the time of arrival. */
const MBOX_LINE = /^From \S[^\r\n]{0,300} \d{4}(?: [+-]\d{4})?[ \t]*$/
const HEADERS_ONLY = /^(?:[\w-]{1,100}:[^\r\n]*(?:\r?\n|$)(?:[ \t][^\r\n]*(?:\r?\n|$))*){3}/
const SENDER = /^From:/im
const NAMED = /^(?:Message-ID|Received):/im
const SENT = /^Date:/im
const ENTITLED = /^Subject:/im
/** Messages of a chat written out with fields of their own. */
const CHAT = /^Type: (?:incoming|outgoing)\b/m
const ID = /<([^<>\s]{1,500})>/g
const ESCAPED_FROM = /^>(?=>*From )/gm
/** A clock that says how far it is from UTC; words in brackets may follow. */
const ZONED = /(?:[+-]\d{4}|\b(?:UT|UTC|GMT|Z|[ECMP][SD]T))\s*(?:\([^()]*\)\s*)?$/

export const mail: Adapter = {
  ...READER,
  generic: false,
  examples: [],
  locate: () => null,
  recognises(page: Page): boolean {
    if (page.kind === 'binary' || page.kind === 'empty') return false
    return isMail(page.text.slice(0, HEAD_LENGTH)) || isPipermail(page) || isPipermailIndex(page) || isHyperkitty(page)
  },
  extract: extractMails,
}

function isMail(start: string): boolean {
  const [first = ''] = start.split('\n', 1)
  const isMbox = MBOX_LINE.test(first.trimEnd())
  const rest = isMbox ? start.slice(first.length + 1) : start
  // Nearly no page begins so, and where its head would end is far to seek.
  if (!HEADERS_ONLY.test(rest)) return false
  const head = rest.slice(0, END_OF_HEAD.exec(rest)?.index)
  if (!HEADERS_ONLY.test(head) || !SENDER.test(head) || CHAT.test(head)) return false
  return isMbox || NAMED.test(head) || (SENT.test(head) && ENTITLED.test(head))
}

function extractMails(page: Page): Extraction {
  if (!mail.recognises(page)) return makeExtraction({})
  if (isPipermail(page)) return readPipermail(page, READER)
  if (isPipermailIndex(page)) return readPipermailIndex(page)
  if (isHyperkitty(page)) return readHyperkitty(page, READER)
  const bytes = page.capture.body
  const raw = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
  const messages = messagesIn(raw).map((message) => ({
    ...message,
    part: parseMime(Buffer.from(message.raw, 'latin1')),
  }))
  const posts = messages.map(({ part, ...lines }) => postOf(page, part, lines))
  return chatExtraction(page, posts, {
    title: messages.length === 1 ? subjectOf(messages[0]?.part) : null,
    site: 'Mail',
    remarks: [],
    notes: fileNotes(
      page,
      messages.map(({ part }) => filesOf(part).length),
    ),
  })
}

interface Message {
  readonly raw: string
  /** 1-based, its headers included. */
  readonly line: number
  readonly endLine: number
}

/**
 * Messages of an mbox begin behind a blank line; a line of a message that looks like a beginning has a `>` before it.
 */
function messagesIn(raw: string): readonly Message[] {
  const lines = raw.split('\n')
  const isStart = (at: number): boolean =>
    MBOX_LINE.test(lines[at]?.trimEnd() ?? '') && (at === 0 || lines[at - 1]?.trim() === '')
  const starts = lines.flatMap((line, at) => (line.startsWith('From ') && isStart(at) ? [at] : []))
  if (starts[0] !== 0) return [{ raw, line: 1, endLine: lines.length }]
  return starts.map((start, i) => {
    const end = starts[i + 1] ?? lines.length
    const body = lines
      .slice(start + 1, end)
      .join('\n')
      .replace(ESCAPED_FROM, '')
    return { raw: body, line: start + 1, endLine: end }
  })
}

function postOf(page: Page, part: MimePart, lines: Pick<Message, 'line' | 'endLine'>): Post {
  const id = idsIn(part, 'message-id')[0] ?? null
  const [date, parent] = [readHeader(part, 'date'), parentOf(part, id)]
  const createdAt = date !== null && ZONED.test(date.trim()) ? timeOfText(date) : null
  return makePost({
    key: id ?? `line ${lines.line}`,
    ref: id === null ? null : refOf(id),
    kind: 'post',
    platform: NAME,
    author: authorOf(readHeader(part, 'from')),
    title: parent === null ? subjectOf(part) : null,
    ...bodyOf(part),
    createdAt,
    parent,
    conversation: idsIn(part, 'references')[0] ?? null,
    provenance: placeInText(
      page,
      READER,
      { line: lines.line, endLine: lines.endLine },
      knownOf({
        subject: subjectOf(part),
        printedDate: createdAt === null ? date : null,
        files: filesOf(part).length === 0 ? null : filesOf(part),
      }),
    ),
  })
}

function subjectOf(part: MimePart | undefined): string | null {
  return part === undefined ? null : readHeader(part, 'subject')
}

function refOf(id: string): PostRef {
  return { platform: NAME, id }
}

function idsIn(part: MimePart, header: string): readonly string[] {
  return [...(part.headers.get(header) ?? '').matchAll(ID)].map(([, id]) => id ?? '')
}

/** The first that it answers, else the last that it goes back to. */
function parentOf(part: MimePart, own: string | null): Parent | null {
  const answered = idsIn(part, 'in-reply-to')[0]
  const id = answered ?? idsIn(part, 'references').at(-1)
  if (id === undefined || id === own) return null
  const say = answered === undefined ? 'last of the References of the mail' : 'In-Reply-To of the mail'
  return { ref: refOf(id), key: id, basis: 'declared', p: 1, say }
}

function fileNotes(page: Page, counts: readonly number[]): readonly Note[] {
  const count = counts.reduce((sum, one) => sum + one, 0)
  const message = `${count} files are attached to these mails; their names are kept, and the files are in the mails.`
  return count === 0 ? [] : [noteOn(page, 'info', 'files-attached', message)]
}
