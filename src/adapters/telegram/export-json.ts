// Telegram Desktop's export as JSON (`result.json`): one chat, or all of an account. A message is named by its number
// within its chat, and answers by number; only `date_unixtime` (2021 to now) is a moment, `date` is the clock of the
// machine that exported.
import type { Author, Extraction, Media, Note, Parent, Post, PostRef } from '../../model.ts'
import { parseUrl } from '../../url.ts'
import { addressOf, answered, chatExtraction, mediaKind, reactionsOf } from '../chats/export.ts'
import { noteOn } from '../extraction/extraction.ts'
import { knownOf, placeInJson, type Reader } from '../extraction/place.ts'
import { makePost, timeOfSeconds } from '../extraction/post.ts'
import type { Page } from '../page/page.ts'
import {
  asObject,
  countAt,
  idAt,
  type Json,
  listAt,
  objectAt,
  objectsAt,
  textAt,
  valueAt,
} from '../values/json-fields.ts'
import { bodyOfEntities } from './export-text.ts'
import { NAME as PLATFORM } from './message.ts'

/** A chat of the account, and one it left. */
const LISTS = ['chats', 'left_chats'] as const
/** Messages that are looked at to know the format. */
const SAMPLE = 100
const KINDS = new Set(['message', 'service', 'unsupported'])
/** Only chats of these kinds have addresses, for their members. */
const ADDRESSED = /^(?:private|public)_(?:supergroup|channel)$/
const PEER = /^(?:user|channel|chat)?(\d{1,20})$/
const BY_TYPE: Readonly<Record<string, Media['kind']>> = {
  animation: 'gif',
  video_file: 'video',
  video_message: 'video',
  voice_message: 'audio',
  audio_file: 'audio',
}

interface Chat {
  readonly page: Page
  readonly reader: Reader
  readonly id: string | null
  readonly isAddressed: boolean
  /** Numbers of the program's own messages: what answers one (a forum's topic) answers nobody. */
  readonly remarks: ReadonlySet<string>
}

interface Found {
  readonly value: Json
  readonly path: string
}

/** Whether at least half of the messages looked at are ones of such an export. */
export function isExportJson(value: unknown): boolean {
  const some = chatsIn(value)
    .flatMap((chat) => objectsAt(chat.value, 'messages').slice(0, SAMPLE))
    .slice(0, SAMPLE)
  return some.length > 0 && some.filter(isMessage).length * 2 >= some.length
}

function isMessage(message: Json): boolean {
  const isDated = textAt(message, 'date') !== null || idAt(message, 'date_unixtime') !== null
  const isTold = valueAt(message, 'from') !== undefined || valueAt(message, 'actor') !== undefined
  return KINDS.has(textAt(message, 'type') ?? '') && idAt(message, 'id') !== null && isDated && isTold
}

function chatsIn(value: unknown): readonly Found[] {
  const whole = asObject(value)
  if (whole === null) return []
  if (Array.isArray(valueAt(whole, 'messages'))) return [{ value: whole, path: '' }]
  return LISTS.flatMap((list) =>
    objectsAt(whole, list, 'list').map((chat, i) => ({ value: chat, path: `/${list}/list/${i}` })),
  )
}

export function extractExportJson(page: Page, reader: Reader): Extraction {
  const chats = page.kind === 'json' ? chatsIn(page.json()) : []
  const found = chats.flatMap((chat) => messagesIn(chat).map((message) => ({ chat, message })))
  const written = found.filter(({ message }) => !isRemark(message.value))
  const known = new Map(chats.map((chat) => [chat, chatOf(page, reader, chat)]))
  return chatExtraction(
    page,
    written.flatMap(({ chat, message }) => postOf(known.get(chat), message)),
    {
      title: chats.length === 1 ? textAt(chats[0]?.value, 'name') : null,
      site: 'Telegram',
      remarks: found.flatMap(({ message: { value } }) => (isRemark(value) ? [textAt(value, 'action') ?? '?'] : [])),
      notes: [
        ...fileNotes(
          page,
          written.map(({ message }) => message.value),
        ),
        ...clockNotes(
          page,
          written.map(({ message }) => message.value),
        ),
      ],
    },
  )
}

function messagesIn({ value, path }: Found): readonly Found[] {
  return listAt(value, 'messages').flatMap((item, i) => {
    const message = asObject(item)
    return message === null ? [] : [{ value: message, path: `${path}/messages/${i}` }]
  })
}

function isRemark(message: Json): boolean {
  return textAt(message, 'type') === 'service'
}

function chatOf(page: Page, reader: Reader, { value }: Found): Chat {
  const remarks = objectsAt(value, 'messages').filter(isRemark)
  return {
    page,
    reader,
    id: idAt(value, 'id'),
    isAddressed: ADDRESSED.test(textAt(value, 'type') ?? ''),
    remarks: new Set(remarks.flatMap((message) => idAt(message, 'id') ?? [])),
  }
}

function postOf(chat: Chat | undefined, { value, path }: Found): readonly Post[] {
  const id = idAt(value, 'id')
  if (id === null || chat === undefined) return []
  const topic = idAt(value, 'reply_to_message_id')
  return [
    makePost({
      key: nameIn(chat, id),
      ref: refOf(chat, id),
      kind: 'post',
      platform: PLATFORM,
      author: authorOf(value),
      ...bodyOfEntities(valueAt(value, 'text') ?? textAt(value, 'poll', 'question')),
      createdAt: momentAt(value, 'date_unixtime'),
      editedAt: momentAt(value, 'edited_unixtime'),
      url: chat.isAddressed && chat.id !== null ? `https://t.me/c/${chat.id}/${id}` : null,
      parent: parentOf(chat, value, nameIn(chat, id)),
      conversation: topic !== null && chat.remarks.has(topic) ? nameIn(chat, topic) : null,
      media: mediaOf(value),
      provenance: placeInJson(chat.page, chat.reader, path, extraOf(value)),
    }),
  ]
}

function nameIn({ id }: Chat, message: string): string {
  return id === null ? message : `${id}/${message}`
}

/** A chat without a number cannot be told from another. */
function refOf(chat: Chat, message: string): PostRef | null {
  return chat.id === null ? null : { platform: PLATFORM, id: nameIn(chat, message) }
}

/** An account that is gone has no name, and its number. */
function authorOf(message: Json): Author | null {
  const id = PEER.exec(textAt(message, 'from_id') ?? '')?.[1] ?? idAt(message, 'from_id')
  const name = textAt(message, 'from')
  return id === null && name === null ? null : { id, handle: null, name, url: null }
}

function momentAt(message: Json, key: string): string | null {
  const seconds = countAt(message, key)
  return seconds === null || seconds === 0 ? null : timeOfSeconds(seconds)
}

/** What is answered may stand in another chat, which is then named. */
function parentOf(chat: Chat, message: Json, own: string): Parent | null {
  const id = idAt(message, 'reply_to_message_id')
  const peer = PEER.exec(textAt(message, 'reply_to_peer_id') ?? '')?.[1]
  if (id === null || (peer === undefined && chat.remarks.has(id))) return null
  const there = peer === undefined ? chat : { ...chat, id: peer }
  const [ref, key] = [refOf(there, id), nameIn(there, id)]
  if (ref !== null) return answered(ref, key, own, 'reply_to_message_id of the message')
  return key === own ? null : { ref, key, basis: 'declared', p: 1, say: 'reply_to_message_id of the message' }
}

/** In the place of a file that was not exported stands a remark in brackets. */
function pathAt(message: Json, key: string): string | null {
  const path = textAt(message, key)
  return path === null || path.startsWith('(') ? null : addressOf(path)
}

function mediaOf(message: Json): readonly Media[] {
  const size = { width: countAt(message, 'width'), height: countAt(message, 'height') }
  const [photo, file] = [pathAt(message, 'photo'), pathAt(message, 'file')]
  const kind = BY_TYPE[textAt(message, 'media_type') ?? ''] ?? mediaKind(textAt(message, 'mime_type'), file)
  const alt = textAt(message, 'title') ?? textAt(message, 'file_name') ?? textAt(message, 'sticker_emoji')
  return [
    ...(photo === null ? [] : [{ kind: 'image' as const, url: photo, alt: null, ...size, poster: null }]),
    ...(file === null ? [] : [{ kind, url: file, alt, ...size, poster: pathAt(message, 'thumbnail') }]),
  ]
}

function extraOf(message: Json) {
  const reactions = objectsAt(message, 'reactions').map(
    (one) => [textAt(one, 'emoji') ?? textAt(one, 'type'), countAt(one, 'count')] as const,
  )
  const poll = objectAt(message, 'poll')
  return knownOf({
    forwardedFrom: textAt(message, 'forwarded_from'),
    signature: textAt(message, 'author'),
    reactions: reactionsOf(reactions),
    poll: poll === null ? null : objectsAt(poll, 'answers').map((one) => textAt(one, 'text')),
    printedDate: momentAt(message, 'date_unixtime') === null ? textAt(message, 'date') : null,
    link: parseUrl(textAt(message, 'game_link'))?.href ?? null,
  })
}

function fileNotes(page: Page, messages: readonly Json[]): readonly Note[] {
  const keys = ['photo', 'file'] as const
  const gone = messages.filter((one) => keys.some((key) => textAt(one, key) !== null && pathAt(one, key) === null))
  const message = `The files of ${gone.length} messages are not in the export. Export the chat again with its media to have them.`
  return gone.length === 0 ? [] : [noteOn(page, 'info', 'files-gone', message)]
}

function clockNotes(page: Page, messages: readonly Json[]): readonly Note[] {
  const undated = messages.filter((message) => momentAt(message, 'date_unixtime') === null)
  const message = `The dates of ${undated.length} messages have no zone: they are kept as printed, not taken for moments. Newer versions of the program export them in full.`
  return undated.length === 0 ? [] : [noteOn(page, 'info', 'clock-without-zone', message)]
}
