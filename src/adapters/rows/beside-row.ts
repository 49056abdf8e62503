// What a row of a table holds beside its words: pictures and films; of a row of X's also the conversation it is of, and
// what it quotes. Programs write lists and objects into cells as JSON or as Python prints them.
import type { Post } from '../../model.ts'
import type { Json } from '../values/json-fields.ts'
import { literalOf } from '../values/literals.ts'
import { scrapedTweet } from '../x/files/scraped-tweet.ts'
import { folded } from '../x/files/scraper-row.ts'
import { PLATFORM } from '../x/names.ts'
import { isMediaName, mediaIn } from './row-media.ts'

export type Beside = Pick<Post, 'conversation' | 'media' | 'quotes'>

/** R's programs put an `x` before ids, others add `.0`. */
const ID = /^x?(\d{1,20})(?:\.0)?$/
const BEFORE_ADDRESS = /[\s,;|](?=https?:)/

/** What the cells of a record hold, by the names of their columns. */
export function cellValues(names: readonly string[], record: readonly string[]): Json {
  return Object.fromEntries(
    record.flatMap((cell, at) => (cell === '' ? [] : [[names[at] ?? '', cellValue(names[at] ?? '', cell)]])),
  )
}

function cellValue(name: string, cell: string): unknown {
  return literalOf(cell) ?? (isMediaName(name) ? cell.split(BEFORE_ADDRESS).map((one) => one.trim()) : cell)
}

/** What stands beside the words of a row; `fields` are those that posts.ts reads. */
export function besideRow(row: Json, { platform, id }: Json): Beside {
  if (platform === PLATFORM && typeof id === 'string') return besideRowOfX(row, id)
  return { conversation: null, media: mediaIn(row), quotes: [] }
}

function besideRowOfX(row: Json, id: string): Beside {
  const named = Object.entries(folded(row)).map(([key, value]) => [key, plainId(value)] as const)
  const tweet = scrapedTweet({ ...Object.fromEntries(named), idstr: id })
  const media = tweet === null || tweet.media.length === 0 ? mediaIn(row) : tweet.media
  return { conversation: tweet?.conversation ?? null, media, quotes: tweet?.quotes ?? [] }
}

function plainId(value: unknown): unknown {
  return typeof value === 'string' ? (ID.exec(value)?.[1] ?? value) : value
}
