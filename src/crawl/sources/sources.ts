// The sources file: what to look at, how often, how far. TOML to nouns; all faults are named, each with its line and
// key. Reads no files.
import { parse, TomlError } from 'smol-toml'
import { UsageError } from '../../errors.ts'
import { pageUrl } from '../addresses.ts'
import { parseDuration } from './duration.ts'
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

/** Throws UsageError that says what is wrong with the value, not where it stands. */
type ReadValue<T> = (value: unknown) => T

interface Field<T> {
  readonly name: keyof Source
  readonly read: ReadValue<T>
}

const FIELDS: Readonly<Record<string, Field<unknown>>> = {
  name: { name: 'name', read: readText },
  url: { name: 'url', read: readUrl },
  every: { name: 'everyMs', read: readEvery },
  follow: { name: 'follow', read: (value) => readList(value, (item) => readChoice(item, ['parts', 'items'])) },
  revisit: { name: 'revisitMs', read: (value) => readList(value, readEvery) },
  browser: { name: 'browser', read: (value) => readChoice(value, ['auto', 'never', 'always']) },
  profile: { name: 'profile', read: readText },
  media: { name: 'media', read: readSwitch },
  max_pages: { name: 'maxPages', read: (value) => readCount(value, 1, 1_000_000) },
  max_depth: { name: 'maxDepth', read: (value) => readCount(value, 0, 10_000) },
  headers: { name: 'headersFile', read: readText },
  cookies: { name: 'cookiesFile', read: readText },
}

/** What no two sources share. */
const OF_ONE = ['name', 'url']

/**
 * All sources of a file. Throws UsageError that names `path`, line and key of every fault, a line each. Keys above the
 * tables are defaults for all.
 */
export function parseSources(toml: string, path: string): readonly Source[] {
  const { source, ...shared } = parseToml(toml, path)
  const faults: string[] = []
  const topLine = (key: string) => `${path}:${lineOfTopKey(toml, key) ?? 1}`
  const isMisnamed = Object.hasOwn(shared, 'sources')
  if (isMisnamed) faults.push(`${topLine('sources')}: sources: each source begins with [[source]], without an s`)
  for (const key of OF_ONE)
    if (Object.hasOwn(shared, key))
      faults.push(`${topLine(key)}: ${key}: this is of one source: put it below a [[source]]`)
  const common = Object.entries(shared).filter(([key]) => key !== 'sources' && !OF_ONE.includes(key))
  const defaults = readKeys(Object.fromEntries(common), topLine, faults)
  if (source !== undefined && !Array.isArray(source))
    faults.push(`${topLine('source')}: source: each source begins with [[source]], in two brackets`)
  else if (!isMisnamed && (source === undefined || source.length === 0))
    faults.push(`${path}: there is no [[source]] in it; each source is a table with at least a url`)
  const lineOf = (index: number, key: string | null) =>
    `${path}:${lineOfKey(toml, index, key) ?? lineOfTopKey(toml, 'source') ?? 1}`
  const sources = (Array.isArray(source) ? source : []).map((given: unknown, index): Source | null => {
    const placeOf = (key: string | null) => lineOf(index, key)
    const table = asTable(given)
    const read = { ...DEFAULTS, ...defaults, ...readKeys(table, placeOf, faults) }
    const { url } = read
    if (url !== undefined) return { ...read, url, name: read.name ?? url }
    if (!Object.hasOwn(table, 'url'))
      faults.push(`${placeOf(null)}: this source has no url; give the address to look at`)
    return null
  })
  checkUnique(sources, lineOf, faults)
  if (faults.length > 0) throw new UsageError(faults.join('\n'))
  return sources.filter((one) => one !== null)
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

/** What can be read; the rest is named in `faults`. */
function readKeys(
  table: Readonly<Record<string, unknown>>,
  placeOf: (key: string) => string,
  faults: string[],
): Partial<Source> {
  const read = Object.entries(table).flatMap(([key, value]) => {
    const field = Object.hasOwn(FIELDS, key) ? FIELDS[key] : undefined
    try {
      return [[field?.name ?? '', (field?.read ?? readStrange)(value)] as const]
    } catch (fault) {
      if (!(fault instanceof UsageError)) throw fault
      faults.push(`${placeOf(key)}: ${key}: ${fault.message}`)
      return []
    }
  })
  return Object.fromEntries(read) as Partial<Source>
}

function checkUnique(
  sources: readonly (Source | null)[],
  placeOf: (index: number, key: string) => string,
  faults: string[],
): void {
  const seen = { url: new Map<string, number>(), name: new Map<string, number>() }
  for (const [index, source] of sources.entries()) {
    if (source === null) continue
    const key = (['url', 'name'] as const).find((one) => seen[one].has(source[one]))
    if (key !== undefined)
      faults.push(`${placeOf(index, key)}: ${key}: ${source[key]} is source ${seen[key].get(source[key])! + 1} already`)
    for (const one of ['url', 'name'] as const) if (!seen[one].has(source[one])) seen[one].set(source[one], index)
  }
}

function fail(reason: string): never {
  throw new UsageError(reason)
}

function readStrange(): never {
  return fail(`there is no such key; known are ${Object.keys(FIELDS).join(', ')}`)
}

function readText(value: unknown): string {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : fail('give some text in quotes')
}

function readSwitch(value: unknown): boolean {
  return typeof value === 'boolean' ? value : fail('give true or false')
}

function readUrl(value: unknown): string {
  const text = readText(value)
  const url = pageUrl(text)
  if (url === null) return fail(`${text} is no web address; it begins with https:// or http://`)
  const { username, password } = new URL(text)
  return username + password === '' ? url : fail('a password in an address would be archived; use a headers file')
}

function readEvery(value: unknown): number {
  const ms = typeof value === 'string' ? parseDuration(value) : null
  if (ms === null) return fail('give a length of time such as "30m", "6h" or "7d"')
  if (ms < LEAST_EVERY_MS) return fail('a page is looked at once a minute at most; give "1m" or more')
  return ms <= MOST_EVERY_MS ? ms : fail('give ten years ("3650d") at most')
}

function readCount(value: unknown, least: number, most: number): number {
  const isCount = typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most
  return isCount ? value : fail(`give a whole number from ${least} to ${most}`)
}

function readChoice<T extends string>(value: unknown, choices: readonly T[]): T {
  return (
    choices.find((choice) => choice === value) ?? fail(`give one of ${choices.map((one) => `"${one}"`).join(', ')}`)
  )
}

function readList<T>(value: unknown, read: ReadValue<T>): readonly T[] {
  return Array.isArray(value) ? value.map(read) : fail('give a list in [ ]')
}
