// Options that several commands share, so that they mean the same everywhere.
import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { Option } from 'commander'
import { UsageError } from '../errors.ts'
import type { PageOrder } from '../model.ts'

export type Format = 'md' | 'json' | 'jsonl' | 'text'

export const DEFAULT_ARCHIVE = './archive'

/** `--archive DIR`, also from the environment. */
export function archiveOption(): Option {
  const option = new Option('--archive <dir>', 'the archive folder').env('UNSPOOL_ARCHIVE').default(DEFAULT_ARCHIVE)
  return option.argParser(wholePath)
}

/**
 * An archive's folder for SQLite, whose binding takes the space before a name away: the database would lie elsewhere
 * than the rest.
 */
export function wholePath(path: string): string {
  return path === path.trimStart() ? path : resolve(path)
}

export function formatOption(): Option {
  return new Option('--format <format>', 'how to print')
    .choices(['md', 'json', 'jsonl', 'text'] satisfies Format[])
    .default('md' satisfies Format)
}

/** `--json`, as on every other command, where there are more formats than two. */
export function asJsonOption(): Option {
  return new Option('--json', 'the same as --format json').implies({ format: 'json' satisfies Format })
}

export function orderOption(): Option {
  return new Option('--order <order>', 'whether the order of posts in the input means anything')
    .choices(['page', 'none'] satisfies PageOrder[])
    .default('page')
}

/** `--min-posts N`: account exports hold many posts that are in no thread. */
export function minPostsOption(): Option {
  return new Option('--min-posts <n>', 'leave out threads and discussions of fewer posts; articles stay').default('1')
}

/** A whole number above zero, or a UsageError that names the option. */
export function readCount(text: string, option: string): number {
  const n = Number(text)
  if (Number.isSafeInteger(n) && n > 0) return n
  throw new UsageError(`${option} takes a whole number above 0, not ${JSON.stringify(text)}`)
}

/** A path where a folder is or can be made, or a UsageError. */
export function readFolder(path: string): string {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== false) return path
  throw new UsageError(`${path} is no folder; name one, or a place where one can be made`)
}

const PLAIN = /^[\w./:@=+-]+$/

/** As it can be typed again into a shell. */
export function quoteWord(text: string): string {
  return PLAIN.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}

const DAY = /^\d{4}-\d\d-\d\d$/
const CLOCK = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?$/
const EDGES = { start: 'T00:00:00.000Z', end: 'T23:59:59.999Z' }

/**
 * A day or a time as UTC, ISO 8601 with milliseconds, or a UsageError that names the option. A day means all of it: its
 * start or end; a time without a zone is in UTC, whatever the machine's zone is.
 */
export function readDay(text: string, option: string, edge: keyof typeof EDGES): string {
  const isDay = DAY.test(text)
  const time = Date.parse(isDay ? `${text}${EDGES[edge]}` : CLOCK.test(text) ? `${text}Z` : text)
  const isOfCalendar = !isDay || (!Number.isNaN(time) && new Date(time).toISOString().startsWith(text))
  if (Number.isNaN(time) || !isOfCalendar)
    throw new UsageError(`${option} takes a date such as 2024-06-30, not ${JSON.stringify(text)}`)
  return new Date(time).toISOString()
}

export function jsonOption(): Option {
  return new Option('--json', 'print one JSON document instead of text').default(false)
}

export function browserOption(): Option {
  return new Option('--browser <when>', 'use a browser for pages that only their script can fill')
    .choices(['auto', 'never'])
    .default('auto')
}

/** A folder that stays: whoever logs in there once is logged in. */
export function profileOption(): Option {
  return new Option('--profile <dir>', "the browser's profile folder, for sites where one is logged in").env(
    'UNSPOOL_PROFILE',
  )
}

export function mediaOption(): Option {
  return new Option('--media', 'let the browser load pictures, films and fonts, and keep them').default(false)
}

/** One's own servers, which the address guard would refuse. */
export function allowPrivateOption(): Option {
  return new Option('--allow-private <host>', 'also fetch from this host of a private network; may be repeated')
    .default([])
    .argParser((host: string, before: readonly string[]) => [...before, host])
}

export function verboseOption(): Option {
  return new Option('-v, --verbose', 'also print remarks of little weight').default(false)
}

/** Examples under a command's help, each a line that works as typed. */
export function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  $ ${line}`).join('\n')}`
}
