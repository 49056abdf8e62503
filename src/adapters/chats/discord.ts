// A channel of Discord as DiscordChatExporter writes it down: in JSON (2.0 of 2019 to now) here, as pages in
// discord-page.ts. Ids are one for all of Discord; answers name what they answer, and a thread has the id of the
// message it hangs on. The program's remarks are counted.
import type { Author, Extraction, Media, Note, Parent, Post, PostRef, Quote } from '../../model.ts'
import { hostIs, parseUrl } from '../../url.ts'
import type { Adapter, Located } from '../adapter.ts'
import { makeExtraction, noteOn } from '../extraction/extraction.ts'
import { onceByUrl } from '../extraction/media.ts'
import { knownOf, placeInJson } from '../extraction/place.ts'
import { makePost, timeOfText } from '../extraction/post.ts'
import type { Page } from '../page/page.ts'
import { isPiece } from '../page/piece.ts'
import { asObject, countAt, idAt, type Json, objectAt, objectsAt, textAt, valueAt } from '../values/json-fields.ts'
import { extractDiscordPage, isDiscordPage } from './discord-page.ts'
import { addressOf, answered, chatExtraction, mediaKind, reactionsOf } from './export.ts'

const NAME = 'discord'
const READER = { name: NAME, version: 1 } as const
const SITE = 'Discord'
const CHANNEL_PATH = /^\/channels\/(?:\d{15,20}|@me)\/(\d{15,20})(?:\/(\d{15,20}))?\/?$/
/** Who came, went, called or pinned; kinds the exporter has no word for are numbers (1 to 18 in Discord's API). */
const REMARK = /^(?:Recipient|Call$|Channel|GuildMember|ThreadCreated$|(?:[1-9]|1[0-8])$)/
const ANSWER = /^(?:Reply|19)$/
/** In a thread it stands for the message that the thread hangs on, and is empty. */
const STARTER = /^(?:ThreadStarterMessage|21)$/
const THREAD = /Thread/
const FORWARD = 'Forward'

export const discord: Adapter = {
  ...READER,
  generic: false,
  examples: ['https://discord.com/channels/81384788765712384/381887113391505410/1214000000000000000'],
  locate,
  recognises: (page) => (page.kind === 'json' ? isExport(page.json()) : isDiscordPage(page)),
  extract: (page) => (page.kind === 'html' ? extractDiscordPage(page, READER) : extractExport(page)),
}

function locate(url: URL): Located | null {
  if (!hostIs(url, 'discord.com')) return null
  const [, channel, message] = CHANNEL_PATH.exec(url.pathname) ?? []
  if (channel === undefined) return null
  return { kind: message === undefined ? 'feed' : 'post', id: message ?? channel, fetch: url.href }
}

function isExport(value: unknown): boolean {
  const isTold = objectAt(value, 'guild') !== null && idAt(value, 'channel', 'id') !== null
  return isTold && Array.isArray(valueAt(value, 'messages'))
}

/** What holds for all messages of a channel. */
interface Channel {
  readonly page: Page
  readonly guild: string | null
  readonly id: string
  /** The message all others of a thread answer unless they say otherwise; null in a channel. */
  readonly root: string | null
  /** By id: a channel has few authors and many messages. */
  readonly authors: Map<string, Author | null>
}

function extractExport(page: Page): Extraction {
  const value = page.json()
  if (!isExport(value)) return makeExtraction({})
  const items = (valueAt(value, 'messages') as readonly unknown[]).map(asObject)
  const channel = channelOf(page, value, items)
  const posts = items.flatMap((item, i) => (item === null || isRemark(item) ? [] : postOf(channel, item, i)))
  return chatExtraction(page, posts, {
    title: textAt(value, 'channel', 'name'),
    site: textAt(value, 'guild', 'name') ?? SITE,
    remarks: items.flatMap((item) => (item !== null && isRemark(item) ? [textAt(item, 'type') ?? '?'] : [])),
    notes: rangeNotes(page, value, items.length),
  })
}

/** A thread hangs on a message where that is said: by a stand-in for it, or by the message itself. */
function channelOf(page: Page, value: unknown, items: readonly (Json | null)[]): Channel {
  const id = idAt(value, 'channel', 'id') ?? ''
  const isThread = THREAD.test(textAt(value, 'channel', 'type') ?? '')
  const isHung = items.some((item) => idAt(item, 'id') === id || STARTER.test(textAt(item, 'type') ?? ''))
  return { page, guild: idAt(value, 'guild', 'id'), id, root: isThread && isHung ? id : null, authors: new Map() }
}

function isRemark(message: Json): boolean {
  return REMARK.test(textAt(message, 'type') ?? '')
}

function postOf(channel: Channel, message: Json, at: number): readonly Post[] {
  const id = idAt(message, 'id')
  if (id === null || STARTER.test(textAt(message, 'type') ?? '')) return []
  const content = textAt(message, 'content')
  const embeds = objectsAt(message, 'embeds')
  const text = content ?? embeds.map(wordsOfEmbed).filter(Boolean).join('\n\n')
  return [
    makePost({
      key: id,
      ref: refOf(id),
      kind: 'post',
      platform: NAME,
      author: knownAuthor(channel, objectAt(message, 'author')),
      text,
      html: null,
      createdAt: timeOfText(textAt(message, 'timestamp')),
      editedAt: timeOfText(textAt(message, 'timestampEdited')),
      url: `https://discord.com/channels/${channel.guild ?? '@me'}/${channel.id}/${id}`,
      parent: parentOf(channel, message, id),
      conversation: channel.root,
      media: mediaOf(message),
      quotes: [...forwardedIn(message), ...(content === null ? [] : embeds.flatMap(quoteOfEmbed))],
      provenance: placeInJson(channel.page, READER, `/messages/${at}`, extraOf(message)),
    }),
  ]
}

function refOf(id: string): PostRef {
  return { platform: NAME, id }
}

function knownAuthor({ authors }: Channel, user: Json | null): Author | null {
  const id = idAt(user, 'id')
  const author = (id === null ? undefined : authors.get(id)) ?? authorOf(user)
  if (id !== null) authors.set(id, author)
  return author
}

/** `name` is the account's; accounts of before 2023 have a number beside it. */
function authorOf(user: Json | null): Author | null {
  const [id, name, number] = [idAt(user, 'id'), textAt(user, 'name'), textAt(user, 'discriminator')]
  if (id === null && name === null) return null
  const handle = name === null || number === null || Number(number) === 0 ? name : `${name}#${number}`
  return { id, handle, name: textAt(user, 'nickname'), url: null }
}

function parentOf(channel: Channel, message: Json, own: string): Parent | null {
  const id = idAt(message, 'reference', 'messageId')
  if (ANSWER.test(textAt(message, 'type') ?? '') && id !== null)
    return answered(refOf(id), id, own, 'reference of the message')
  if (channel.root === null) return null
  return answered(refOf(channel.root), channel.root, own, 'stands in the thread of this message')
}

function mediaOf(message: Json): readonly Media[] {
  const files = objectsAt(message, 'attachments').flatMap((file) => medium(file, 'url', textAt(file, 'fileName')))
  const stickers = objectsAt(message, 'stickers').flatMap((one) => medium(one, 'sourceUrl', textAt(one, 'name')))
  const shown = objectsAt(message, 'embeds').flatMap((embed) =>
    [objectAt(embed, 'image'), ...objectsAt(embed, 'images')].flatMap((one) => medium(one, 'url', null)),
  )
  return onceByUrl([...files, ...stickers, ...shown])
}

function medium(file: Json | null, key: string, name: string | null): Media[] {
  const url = addressOf(textAt(file, key))
  if (url === null) return []
  const kind = mediaKind(null, name ?? parseUrl(url)?.pathname ?? url)
  const size = { width: countAt(file, 'width'), height: countAt(file, 'height') }
  return [{ kind: key === 'url' ? kind : 'image', url, alt: name, ...size, poster: null }]
}

function wordsOfEmbed(embed: Json): string {
  const fields = objectsAt(embed, 'fields').map(
    (field) => `${textAt(field, 'name') ?? ''}: ${textAt(field, 'value') ?? ''}`,
  )
  return [textAt(embed, 'title'), textAt(embed, 'description'), ...fields].filter(Boolean).join('\n')
}

/** The preview of a link, with the words that stand on it. */
function quoteOfEmbed(embed: Json): Quote[] {
  const text = wordsOfEmbed(embed)
  if (text === '') return []
  const name = textAt(embed, 'author', 'name')
  const author =
    name === null ? null : { id: null, handle: null, name, url: parseUrl(textAt(embed, 'author', 'url'))?.href ?? null }
  const url = parseUrl(textAt(embed, 'url'))?.href ?? null
  return [{ ref: null, author, text, url, createdAt: timeOfText(textAt(embed, 'timestamp')) }]
}

/** A forwarded message names itself and not its author (2024 to now). */
function forwardedIn(message: Json): Quote[] {
  const forwarded = objectAt(message, 'forwardedMessage')
  const id = textAt(message, 'reference', 'type') === FORWARD ? idAt(message, 'reference', 'messageId') : null
  if (forwarded === null && id === null) return []
  const createdAt = timeOfText(textAt(forwarded, 'timestamp'))
  return [
    { ref: id === null ? null : refOf(id), author: null, text: textAt(forwarded, 'content'), url: null, createdAt },
  ]
}

function extraOf(message: Json) {
  const reactions = objectsAt(message, 'reactions').map(
    (one) => [textAt(one, 'emoji', 'name'), countAt(one, 'count')] as const,
  )
  return knownOf({
    reactions: reactionsOf(reactions),
    pinned: valueAt(message, 'isPinned') === true,
    bot: valueAt(message, 'author', 'isBot') === true,
  })
}

/** An export may be of some days only, and says how many messages it wrote. */
function rangeNotes(page: Page, value: unknown, here: number): readonly Note[] {
  const [after, before] = [textAt(value, 'dateRange', 'after'), textAt(value, 'dateRange', 'before')]
  const written = countAt(value, 'messageCount')
  const range = `Only messages ${[after && `after ${after}`, before && `before ${before}`].filter(Boolean).join(' and ')} were exported.`
  const missing = `The export says that it holds ${written} messages; ${here} are here.`
  return [
    ...(after === null && before === null ? [] : [noteOn(page, 'info', 'partial-export', range)]),
    ...(written === null || written === here || isPiece(page)
      ? []
      : [noteOn(page, 'warning', 'messages-missing', missing)]),
  ]
}
