// Messages of Slack: a day of a channel as workspaces are exported, answers of the API, and what slackdump writes. A
// message is named by its time within its channel; a channel by its id, or by the folder its days lie in. Threads are
// one level deep.
import type { Author, Extraction, Media, Note, Parent, Post, PostRef, Quote } from '../../model.ts'
import { parseUrl } from '../../url.ts'
import type { Adapter } from '../adapter.ts'
import { makeExtraction, noteOn } from '../extraction/extraction.ts'
import { knownOf, placeInJson } from '../extraction/place.ts'
import { makePost, NO_BODY, timeOfSeconds } from '../extraction/post.ts'
import type { Page } from '../page/page.ts'
import { asObject, countAt, type Json, objectAt, objectsAt, textAt, textsAt, valueAt } from '../values/json-fields.ts'
import { addressOf, answered, chatExtraction, mediaKind, reactionsOf } from './export.ts'
import { accountsIn, nameOfAccount } from './slack-accounts.ts'
import { listName } from './slack-lists.ts'
import { bodyOfSlack } from './slack-text.ts'

const NAME = 'slack'
const READER = { name: NAME, version: 1 } as const
const TIME = /^\d{9,10}\.\d{6}$/
const CHANNEL_ID = /^[CDG][A-Z0-9]{6,14}$/
const FOLDER = /([^/\\]{1,200})[/\\][^/\\]+$/
/** Kinds of messages that the program writes. */
const REMARK = /^(?:channel|group|bot_(?:add|remove|enable|disable)|pinned|unpinned|reminder_add|sh_room|huddle)/
const DELETED = 'tombstone'
/** slackdump lays the answers into the message they answer. */
const NESTED = 'slackdump_thread_replies'

export const slack: Adapter = {
  ...READER,
  generic: false,
  examples: [],
  locate: () => null,
  recognises: (page) => page.kind === 'json' && (isChannel(page.json()) || listName(page.json()) !== null),
  extract: extractMessages,
}

/** Half of a hundred messages are ones by all signs. */
function isChannel(value: unknown): boolean {
  const some = messagesIn(value).slice(0, 100)
  return some.filter(({ message }) => isMessage(message)).length * 2 > some.length
}

function isMessage(message: Json): boolean {
  return textAt(message, 'type') === 'message' && TIME.test(textAt(message, 'ts') ?? '')
}

interface Found {
  readonly message: Json
  readonly path: string
}

function messagesIn(value: unknown): readonly Found[] {
  const path = Array.isArray(value) ? '' : '/messages'
  const list = Array.isArray(value) ? (value as readonly unknown[]) : valueAt(value, 'messages')
  return Array.isArray(list) ? list.flatMap((item, i) => withNested(item, `${path}/${i}`)) : []
}

function withNested(item: unknown, path: string): readonly Found[] {
  const message = asObject(item)
  if (message === null) return []
  const above = { thread_ts: valueAt(message, 'ts') }
  const nested = objectsAt(message, NESTED).map((answer, i) => ({
    message: { ...above, ...answer },
    path: `${path}/${NESTED}/${i}`,
  }))
  return [{ message, path }, ...nested]
}

/** What holds for all messages of a file. */
interface Channel {
  readonly page: Page
  /**
   * Stands before each time in a name, because times are one only within a channel; null when nothing names the
   * channel.
   */
  readonly name: string | null
  readonly accounts: ReadonlyMap<string, Author>
}

function extractMessages(page: Page): Extraction {
  const value = page.json()
  if (!isChannel(value)) return makeExtraction({ notes: listNotes(page, listName(value)) })
  const found = messagesIn(value).filter(({ message }) => isMessage(message))
  const messages = found.map(({ message }) => message)
  const channel: Channel = { page, name: channelName(page, value), accounts: accountsIn(value, messages) }
  const written = found.filter(({ message }) => !isRemark(message))
  return chatExtraction(
    page,
    written.map((one) => postOf(channel, one)),
    {
      title: channel.name,
      site: 'Slack',
      remarks: messages.filter(isRemark).map((message) => textAt(message, 'subtype') ?? '?'),
      notes: unshownNotes(page, messages),
      tree: messages.flatMap((message) => branchesOf(channel, message)),
    },
  )
}

function listNotes(page: Page, name: string | null): readonly Note[] {
  const message = `A list of a workspace (${name}): nobody's words. Give the days of its channels.`
  return name === null ? [] : [noteOn(page, 'info', 'no-posts', message)]
}

function isRemark(message: Json): boolean {
  return REMARK.test(textAt(message, 'subtype') ?? '')
}

function channelName(page: Page, value: unknown): string | null {
  const told = textAt(value, 'channel_id') ?? page.url?.searchParams.get('channel') ?? null
  if (told !== null) return CHANNEL_ID.test(told) ? told : null
  return FOLDER.exec(page.capture.input)?.[1]?.replace('!', '') ?? null
}

function postOf(channel: Channel, { message, path }: Found): Post {
  const ts = textAt(message, 'ts') ?? ''
  const isDeleted = textAt(message, 'subtype') === DELETED
  return makePost({
    key: ts,
    ref: refOf(channel, ts),
    kind: 'post',
    platform: NAME,
    author: isDeleted ? null : authorOf(message, channel),
    ...(isDeleted ? NO_BODY : bodyOf(message, channel)),
    createdAt: timeOf(ts),
    editedAt: timeOf(textAt(message, 'edited', 'ts')),
    url: addressOnWeb(textAt(message, 'permalink')),
    parent: parentOf(channel, message, ts),
    conversation: textAt(message, 'thread_ts'),
    media: filesIn(message).flatMap(mediumOf),
    quotes:
      textAt(message, 'text') === null ? [] : objectsAt(message, 'attachments').flatMap((one) => quoteOf(one, channel)),
    provenance: placeInJson(channel.page, READER, path, extraOf(message, isDeleted)),
  })
}

function refOf({ name }: Channel, ts: string): PostRef {
  return { platform: NAME, id: name === null ? ts : `${name}/${ts}` }
}

/** Seconds with six places behind the point, of which a time keeps three. */
function timeOf(ts: string | null): string | null {
  return ts !== null && TIME.test(ts) ? timeOfSeconds(Math.floor(Number(ts) * 1000) / 1000) : null
}

function addressOnWeb(url: string | null): string | null {
  return url?.startsWith('https://') === true ? addressOf(url) : null
}

/** A bot is an account that messages name beside themselves. */
function authorOf(message: Json, { accounts }: Channel): Author | null {
  const id = textAt(message, 'user') ?? textAt(message, 'bot_id')
  const known = accounts.get(id ?? '')
  const name = textAt(message, 'username') ?? textAt(message, 'bot_profile', 'name')
  if (known !== undefined) return known
  // Where nobody says a name the id is what people are called by, in the words too.
  return id === null && name === null ? null : { id, handle: name === null ? id : null, name, url: null }
}

/** A program's message may have all its words in attachments. */
function bodyOf(message: Json, { accounts }: Channel) {
  const words = textAt(message, 'text') ?? objectsAt(message, 'attachments').map(wordsOf).filter(Boolean).join('\n\n')
  return bodyOfSlack(words, (id) => nameOfAccount(accounts.get(id)))
}

function wordsOf(attachment: Json): string {
  const own = [textAt(attachment, 'title'), textAt(attachment, 'text')].filter(Boolean).join('\n')
  return own === '' ? (textAt(attachment, 'fallback') ?? '') : own
}

function parentOf(channel: Channel, message: Json, own: string): Parent | null {
  const root = textAt(message, 'thread_ts')
  if (root === null || !TIME.test(root)) return null
  return answered(refOf(channel, root), root, own, 'thread_ts of the message')
}

/** A message that begins a thread lists its answers, those of later days too. */
function branchesOf(channel: Channel, message: Json) {
  const root = refOf(channel, textAt(message, 'ts') ?? '')
  const times = objectsAt(message, 'replies').map((reply) => textAt(reply, 'ts') ?? '')
  const branches = times.filter((ts) => TIME.test(ts)).map((ts) => ({ post: refOf(channel, ts), parent: root }))
  return branches.length === 0 ? [] : [{ post: root, parent: null }, ...branches]
}

/** One file a message until 2018. */
function filesIn(message: Json): readonly Json[] {
  const file = objectAt(message, 'file')
  return file === null ? objectsAt(message, 'files') : [file]
}

function mediumOf(file: Json): Media[] {
  const url = withoutKey(addressOf(textAt(file, 'url_private') ?? textAt(file, 'permalink')))
  if (url === null) return []
  const name = textAt(file, 'name')
  const size = { width: countAt(file, 'original_w'), height: countAt(file, 'original_h') }
  return [
    {
      kind: mediaKind(textAt(file, 'mimetype'), name),
      url,
      alt: textAt(file, 'alt_txt') ?? textAt(file, 'title') ?? name,
      ...size,
      poster: null,
    },
  ]
}

/** An export opens its files by a key in their addresses (`t=xoxe-…`), which is nobody's to pass on. */
function withoutKey(address: string | null): string | null {
  const url = parseUrl(address)
  url?.searchParams.delete('t')
  return url?.href ?? address
}

/** A link's preview, or another message that is shown (`is_msg_unfurl`). */
function quoteOf(attachment: Json, { accounts }: Channel): Quote[] {
  const words = wordsOf(attachment)
  if (words === '') return []
  const { text } = bodyOfSlack(words, (id) => nameOfAccount(accounts.get(id)))
  const [id, name] = [textAt(attachment, 'author_id'), textAt(attachment, 'author_name')]
  const author = name === null ? null : { id, handle: null, name, url: null }
  const url = addressOnWeb(textAt(attachment, 'from_url') ?? textAt(attachment, 'title_link'))
  return [{ ref: null, author, text, url, createdAt: timeOf(textAt(attachment, 'ts')) }]
}

function extraOf(message: Json, isDeleted: boolean) {
  const reactions = objectsAt(message, 'reactions').map(
    (one) => [textAt(one, 'name'), countAt(one, 'count') ?? textsAt(one, 'users').length] as const,
  )
  return knownOf({
    reactions: reactionsOf(reactions),
    pinned: valueAt(message, 'pinned_to') !== undefined,
    bot: textAt(message, 'bot_id') !== null,
    withheld: isDeleted ? 'deleted' : null,
  })
}

/** Files that are gone are named by what took them. */
function unshownNotes(page: Page, messages: readonly Json[]): readonly Note[] {
  const gone = messages.flatMap(filesIn).filter((file) => objectAt(file) !== null && mediumOf(file).length === 0)
  const message = `${gone.length} files are not in the export: deleted, or hidden by the plan's limit.`
  return gone.length === 0 ? [] : [noteOn(page, 'info', 'files-gone', message)]
}
