// A row that is a post of X, whoever wrote it down: ids, times, addresses and answers as scrapers, exports and programs
// for statistics spell them. Its fields have the names of posts.ts already; the others are called as the source calls
// them.
import { asObject, plainKey } from '../values/json-fields.ts'
import { literalOf } from '../values/literals.ts'
import { PLATFORM, snowflakeTime, statusInUrl } from '../x/names.ts'
import { type Fields, utcOf } from './fields.ts'

/** R's programs put an `x` before ids so that nobody takes them for numbers; others add `.0`. */
const ID = /^x?(\d{1,20})(?:\.0)?$/
const NO_ID = '0'
const FROM_ROOT = /^\/\w{1,20}\/status(?:es)?\/\d/
const SITE = 'https://x.com'
/** Ids hold their moment since then. */
const FIRST_MOMENT = '2010-11-04'
const ZONE = /(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})$/i
/** How far what is written may be from the moment in the id: ids are given out when a post is kept. */
const NEAR_MS = 2_000
/** No zone and no time of day makes more; beyond it the id is somebody's invention. */
const FAR_MS = 38 * 3_600_000
/** X's own exports and APIs write three signs so. */
const ESCAPED = /&(?:amp|lt|gt);/g
const SIGNS: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' }
/** Columns that name what a row shares, that say that it does, or what it is. */
const SHARED_IDS = new Set(
  'retweetedstatusid retweetedstatusidstr retweetedstatus referencedtweetsretweetedid retweetedid retweetid retweetedtweet'.split(
    ' ',
  ),
)
const SHARES = new Set(['isretweet', 'retweet'])
const SHOWN = new Set(['name', 'username'])
const KIND = 'tweettype'
const SHARED_KIND = /^retweet/i
const TRUE = /^true$/i

/**
 * The row with X's references; itself where it turns out to be none of X's (`isNamed`: its source calls posts tweets).
 */
export function asRowOfX(row: Fields, isNamed: boolean): Fields {
  const url = addressOf(row['url'])
  const status = statusInUrl(url)
  const id = idOf(row['id']) ?? (isWritersOwn(row, status?.handle ?? null) ? (status?.id ?? null) : null)
  if (id === null || (status?.id !== id && !(isNamed && isTimely(row, id)))) return row
  const text = row['text']
  const words = typeof text === 'string' ? text.replace(ESCAPED, (sign) => SIGNS[sign] ?? sign) : text
  const known = { ...row, ...shown(row), ...answered(row, id), ...timed(row, id), id, text: words, platform: PLATFORM }
  return url === null ? known : { ...known, url }
}

/** Whether what a column says can be that a row only shares another's post. */
export function tellsRepost(name: string): boolean {
  const plain = plainKey(name)
  return SHARED_IDS.has(plain) || SHARES.has(plain) || plain === KIND
}

/** Whether a column says that a row only shares another's post, whose words it may cut. */
export function isRepost(name: string, value: unknown): boolean {
  const plain = plainKey(name)
  if (SHARED_IDS.has(plain))
    return (
      (asObject(value) ?? asObject(typeof value === 'string' ? literalOf(value) : null)) !== null ||
      idOf(value) !== null
    )
  if (SHARES.has(plain)) return value === true || TRUE.test(String(value))
  return plain === KIND && SHARED_KIND.test(String(value))
}

function idOf(value: unknown): string | null {
  const id = typeof value === 'string' || Number.isSafeInteger(value) ? ID.exec(String(value))?.[1] : undefined
  return id === undefined || id === NO_ID ? null : id
}

function addressOf(url: unknown): string | null {
  if (typeof url !== 'string') return null
  return FROM_ROOT.test(url) ? SITE + url : url
}

/** An address alone may be what somebody writes about. */
function isWritersOwn({ id, author }: Fields, handle: string | null): boolean {
  const written = typeof author === 'string' ? author : asObject(author)?.['handle']
  const isSame = typeof written === 'string' && handle?.toLowerCase() === written.replace('@', '').toLowerCase()
  return id == null && isSame
}

/** Other sets number posts that they call tweets by themselves. */
function isTimely({ createdAt }: Fields, id: string): boolean {
  return snowflakeTime(id) !== null || (typeof createdAt === 'string' && createdAt < FIRST_MOMENT)
}

/** Beside a handle, `username` and `name` are what is shown. */
function shown(row: Fields): Fields {
  const { author } = row
  const account = typeof author === 'string' ? { handle: author } : asObject(author)
  if (account === null || account['name'] != null) return {}
  const named = Object.keys(row).find((key) => SHOWN.has(plainKey(key)))
  return named === undefined ? {} : { author: { ...account, name: row[named] } }
}

/** gallery-dl alone calls the parent `reply_id`, beside ids of what is shared and quoted. */
function answered(row: Fields, own: string): Fields {
  const written = row['inReplyTo'] ?? ('retweet_id' in row && 'quote_id' in row ? row['reply_id'] : undefined)
  const id = idOf(written)
  const isLost = id === null && written != null && String(written) !== ''
  return { inReplyTo: id === own ? null : id, ...(isLost && !isBlank(written) ? { answers: written } : {}) }
}

/** `[]`, `0`: nobody is answered. */
function isBlank(value: unknown): boolean {
  return String(value) === '[]' || String(value) === NO_ID || (Array.isArray(value) && value.length === 0)
}

/** The moment in the id is surer than a clock without its zone, and finer than a day. */
function timed({ createdAt: written }: Fields, id: string): Fields {
  const time = snowflakeTime(id)
  if (time === null) return {}
  const read = typeof written === 'string' ? utcOf(written.trim()) : null
  if (read !== null && ZONE.test(String(written).trim())) return {}
  const distance = read === null ? null : Math.abs(Date.parse(read) - Date.parse(time))
  if (distance !== null && distance > FAR_MS) return {}
  const isSame = distance !== null && distance < NEAR_MS
  return { createdAt: isSame ? read : time, ...(isSame || written == null ? {} : { writtenTime: written }) }
}
