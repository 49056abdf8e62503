// Headers and cookies that a source's owner keeps in files of their own. They are read here, sent to the hosts they are
// for, and appear nowhere else: not in messages, reports or the archive.
import { readFileSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { Secrets } from '../crawl/job.ts'
import type { Source } from '../crawl/sources/sources.ts'
import { UsageError } from '../errors.ts'
import { type Cookie, cookieHeader, parseCookies, stateOfCookies } from '../fetch/cookies.ts'
import { fetchUrlOf } from '../pipeline/pipeline.ts'
import { type Io, remark } from './io.ts'

const HEADER = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):\s*(\S.*)$/
const LINE_END = /\r?\n/
/** Permission bits of everybody but the owner. */
const OTHERS = 0o077

interface Lent {
  /** Protocol, host and port. */
  readonly origins: ReadonlySet<string>
  readonly headers: Readonly<Record<string, string>>
  readonly cookies: readonly Cookie[]
}

/** What the command line says for all sources that say nothing else. */
interface CommonWishes {
  readonly profile?: string
  readonly media?: boolean
}

/**
 * Reads the files that sources name; paths are relative to the sources file. Throws UsageError without showing
 * contents.
 */
export function readSecrets(
  sources: readonly Source[],
  sourcesPath: string,
  io: Io,
  common: CommonWishes = {},
): Secrets {
  const at = (path: string) => resolve(dirname(sourcesPath), path)
  const known = new Map(
    sources.map((source): [string, Lent] => {
      const { headersFile, cookiesFile } = source
      const origins = new Set([source.url, fetchUrlOf(source.url)].flatMap(originsOf))
      const read = (key: string, file: string) => readSecret(at(file), `${sourcesPath}: ${key} of ${source.name}`, io)
      const headers = headersFile === null ? {} : parseHeaders(read('headers', headersFile), at(headersFile))
      const cookies = cookiesFile === null ? [] : parseCookies(read('cookies', cookiesFile), at(cookiesFile))
      return [source.name, { origins, headers, cookies }]
    }),
  )
  remarkCookies(sources, known, io)
  return {
    headersFor: (source, url) => {
      const lent = known.get(source.name)
      if (lent === undefined) return {}
      const cookie = cookieHeader(lent.cookies, url, io.now().getTime())
      return { ...(lent.origins.has(url.origin) ? lent.headers : {}), ...(cookie === null ? {} : { cookie }) }
    },
    browsingFor: (source) => ({
      profile: source.profile === null ? (common.profile ?? null) : at(source.profile),
      media: source.media || common.media === true,
      cookies: known.get(source.name)?.cookies ?? [],
    }),
  }
}

/** Without them a site shows what everybody sees, and says no word about it. */
function remarkCookies(sources: readonly Source[], known: ReadonlyMap<string, Lent>, io: Io): void {
  const used = new Map<string, boolean>()
  for (const { name, url, cookiesFile: file } of sources) {
    if (file === null) continue
    const state = stateOfCookies(known.get(name)?.cookies ?? [], new URL(fetchUrlOf(url)), io.now().getTime())
    // A file that is named for all sources may be for one of them.
    used.set(file, used.get(file) === true || state !== 'none')
    if (typeof state !== 'object') continue
    const ended = `all cookies for it in ${file} have ended, the last on ${sayDay(state.endedAt)}`
    remark(io, `${name}: ${ended}: it is looked at without; log in and export them anew`)
  }
  for (const [file, isUsed] of used)
    if (!isUsed) remark(io, `${file} has no cookie for the address of any source that names it`)
}

function sayDay(ms: number): string {
  return new Date(ms).toISOString().slice(0, 'yyyy-mm-dd'.length)
}

/**
 * What was lent to a plain address may go encrypted too, and never the other way round: a redirect could ask for it.
 */
function originsOf(url: string): readonly string[] {
  const { origin, host } = new URL(url)
  return [origin, `https://${host}`]
}

function readSecret(path: string, place: string, io: Io): string {
  try {
    const isOpen = process.platform !== 'win32' && (statSync(path).mode & OTHERS) !== 0
    if (isOpen) remark(io, `${path}: others on this computer can read this secret; \`chmod 600\` keeps it yours`)
    return readFileSync(path, 'utf8')
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new UsageError(`${place}: the secret file cannot be read (${why}); mend the path or the file's permissions`, {
      cause: error,
    })
  }
}

function parseHeaders(text: string, path: string): Readonly<Record<string, string>> {
  const lines = text.split(LINE_END).map((line, at) => ({ line: line.trim(), at: at + 1 }))
  const given = lines.filter(({ line }) => line !== '' && !line.startsWith('#'))
  return Object.fromEntries(
    given.map(({ line, at }) => {
      const [, name, value] = HEADER.exec(line) ?? []
      if (name === undefined || value === undefined)
        throw new UsageError(`${path}:${at}: give lines of the form Name: value`)
      return [name.toLowerCase(), value]
    }),
  )
}
