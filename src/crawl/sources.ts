// The sources file: what to look at, how often, how far. TOML to nouns; every fault names its line and key. Reads no
// files.
import { parse, TomlError } from 'smol-toml'
import { UsageError } from '../errors.ts'
import { parseDuration } from './duration.ts'
import { pageUrl } from './follow.ts'
import { lineOfKey, lineOfTopKey } from './toml-lines.ts'

/**
 * `parts`: more of the same page (comment pages, context, "more"); `items`: pages it lists (new threads, feed entries).
 */
type Follow = 'parts' | 'items'

export interface Source {
  /** Unique; `url` when the file gives none. */
  readonly name: string
  readonly url: string
  /** Between two looks, ms. */
  readonly everyMs: number
  readonly follow: readonly Follow[]
  /** When an item is looked at again after it was found, ms each; the last step repeats. */
  readonly revisitMs: readonly number[]
  readonly browser: 'auto' | 'never' | 'always'
  /** Folder of the browser's profile, or null for the one of the command line, or none. */
  readonly profile: string | null
  /** Whether the browser loads and keeps pictures, films and fonts. */
  readonly media: boolean
  /** Of one round: the source with all that follows from it. */
  readonly maxPages: number
  /** Links from the source. */
  readonly maxDepth: number
  /** Path of a file with headers (`Name: value` lines) or Netscape cookies, or null. */
  readonly headersFile: string | null
  readonly cookiesFile: string | null
}

const DAY_MS = 86_400_000
/** A site owner sees this as somebody reading, not as a machine that hammers. */
const LEAST_EVERY_MS = 60_000
/** Nobody means more; and the times that come of it stay times that can be compared. */
const MOST_EVERY_MS = 3650 * DAY_MS
const DEFAULTS = {
  everyMs: DAY_MS,
  follow: ['parts'],
  revisitMs: [DAY_MS, 7 * DAY_MS, 30 * DAY_MS, 180 * DAY_MS],
  browser: 'auto',
  profile: null,
  media: false,
  maxPages: 200,
  maxDepth: 30,
  headersFile: null,
  cookiesFile: null,
} as const satisfies Omit<Source, 'name' | 'url'>

/** What stands in one place of the file, with a way to complain about it. */
interface Place {
  readonly value: unknown
  fail(reason: string): never
}

type Reader<T> = (place: Place) => T

interface Field<T> {
  readonly name: keyof Source
  readonly read: Reader<T>
}

const FIELDS: Readonly<Record<string, Field<unknown>>> = {
  name: { name: 'name', read: readText },
  url: { name: 'url', read: readUrl },
  every: { name: 'everyMs', read: readEvery },
  follow: { name: 'follow', read: (place) => readList(place, (item) => readChoice(item, ['parts', 'items'])) },
  revisit: { name: 'revisitMs', read: (place) => readList(place, readEvery) },
  browser: { name: 'browser', read: (place) => readChoice(place, ['auto', 'never', 'always']) },
  profile: { name: 'profile', read: readText },
  media: { name: 'media', read: readSwitch },
  max_pages: { name: 'maxPages', read: (place) => readCount(place, 1, 1_000_000) },
  max_depth: { name: 'maxDepth', read: (place) => readCount(place, 0, 10_000) },
  headers: { name: 'headersFile', read: readText },
  cookies: { name: 'cookiesFile', read: readText },
}

/** What no two sources share. */
const OF_ONE = ['name', 'url']

/**
 * All sources of a file. Throws UsageError that names `path`, line and key. Keys above the tables are defaults for all.
 */
export function parseSources(toml: string, path: string): readonly Source[] {
  const { source, ...shared } = parseToml(toml, path)
  const topLine = (key: string) => `${path}:${lineOfTopKey(toml, key) ?? 1}`
  if (Object.hasOwn(shared, 'sources'))
    throw new UsageError(`${topLine('sources')}: sources: each source begins with [[source]], without an s`)
  for (const key of OF_ONE)
    if (Object.hasOwn(shared, key))
      throw new UsageError(`${topLine(key)}: ${key}: this is of one source: put it below a [[source]]`)
  const defaults = readKeys(shared, topLine)
  if (source !== undefined && !Array.isArray(source))
    throw new UsageError(`${topLine('source')}: source: each source begins with [[source]], in two brackets`)
  if (source === undefined || source.length === 0)
    throw new UsageError(`${path}: there is no [[source]] in it; each source is a table with at least a url`)
  const lineOf = (index: number, key: string | null) =>
    `${path}:${lineOfKey(toml, index, key) ?? lineOfTopKey(toml, 'source') ?? 1}`
  const sources = source.map((table: unknown, index) => {
    const placeOf = (key: string | null) => lineOf(index, key)
    const given = { ...DEFAULTS, ...defaults, ...readKeys(asTable(table), placeOf) }
    const { url } = given
    if (url === undefined) throw new UsageError(`${placeOf(null)}: this source has no url; give the address to look at`)
    return { ...given, url, name: given.name ?? url }
  })
  checkUnique(sources, lineOf)
  return sources
}

function parseToml(toml: string, path: string): Readonly<Record<string, unknown>> {
  try {
    return parse(toml)
  } catch (error) {
    if (!(error instanceof TomlError)) throw error
    const [reason = ''] = error.message.replace('Invalid TOML document: ', '').split('\n')
    throw new UsageError(`${path}:${error.line}: this is not TOML: ${reason}`, { cause: error })
  }
}

function asTable(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

function readKeys(table: Readonly<Record<string, unknown>>, placeOf: (key: string) => string): Partial<Source> {
  const read = Object.entries(table).map(([key, value]) => {
    const field = Object.hasOwn(FIELDS, key) ? FIELDS[key] : undefined
    const fail = (reason: string): never => {
      throw new UsageError(`${placeOf(key)}: ${key}: ${reason}`)
    }
    if (field === undefined) return fail(`there is no such key; known are ${Object.keys(FIELDS).join(', ')}`)
    return [field.name, field.read({ value, fail })]
  })
  return Object.fromEntries(read) as Partial<Source>
}

function checkUnique(sources: readonly Source[], placeOf: (index: number, key: string) => string): void {
  for (const key of ['url', 'name'] as const) {
    const seen = new Map<string, number>()
    for (const [index, source] of sources.entries()) {
      const first = seen.get(source[key])
      if (first !== undefined)
        throw new UsageError(`${placeOf(index, key)}: ${key}: ${source[key]} is source ${first + 1} already`)
      seen.set(source[key], index)
    }
  }
}

function readText({ value, fail }: Place): string {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : fail('give some text in quotes')
}

function readSwitch({ value, fail }: Place): boolean {
  return typeof value === 'boolean' ? value : fail('give true or false')
}

function readUrl(place: Place): string {
  const text = readText(place)
  const url = pageUrl(text)
  if (url === null) return place.fail(`${text} is no web address; it begins with https:// or http://`)
  const { username, password } = new URL(text)
  return username + password === '' ? url : place.fail('a password in an address would be archived; use a headers file')
}

function readDuration(place: Place): number {
  const ms = typeof place.value === 'string' ? parseDuration(place.value) : null
  return ms ?? place.fail('give a length of time such as "30m", "6h" or "7d"')
}

function readEvery(place: Place): number {
  const ms = readDuration(place)
  if (ms < LEAST_EVERY_MS) place.fail('a page is looked at once a minute at most; give "1m" or more')
  return ms <= MOST_EVERY_MS ? ms : place.fail('give ten years ("3650d") at most')
}

function readCount({ value, fail }: Place, least: number, most: number): number {
  const isCount = typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most
  return isCount ? value : fail(`give a whole number from ${least} to ${most}`)
}

function readChoice<T extends string>({ value, fail }: Place, choices: readonly T[]): T {
  return (
    choices.find((choice) => choice === value) ?? fail(`give one of ${choices.map((one) => `"${one}"`).join(', ')}`)
  )
}

function readList<T>({ value, fail }: Place, read: Reader<T>): readonly T[] {
  return Array.isArray(value) ? value.map((item: unknown) => read({ value: item, fail })) : fail('give a list in [ ]')
}
