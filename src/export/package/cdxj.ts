// The index that replay tools look pages up in: one line a capture, sorted by SURT (the URL with its host backwards)
// and time, as cdxj-indexer and warcio write it. Pure.

/** A capture as the index sees it. */
export interface IndexedCapture {
  readonly url: string
  /** UTC, ISO 8601. */
  readonly capturedAt: string
  readonly status: number | null
  readonly mediaType: string | null
  readonly digest: string
  readonly isRevisit: boolean
  readonly warc: { readonly file: string; readonly offset: number; readonly length: number }
}

const WEB = /^https?:\/\//i
const PAIR = /[\ud800-\udfff]/
const WWW = /^www\d*\./
const NOT_DIGIT = /\D/g
/** Digits of YYYYMMDDhhmmss. */
const STAMP_DIGITS = 14
/** Lines sorted at once: some 30 MB, and as many beside them. */
const MOST_LINES = 100_000
const UNKNOWN_TYPE = 'application/octet-stream'

/**
 * Lines with their line ends, sorted by their bytes. Captures of files, which have no web address, are left out. The
 * captures are gone through again for every so many lines, the least first, so that no more than twice as many wait in
 * memory.
 */
export function* cdxjLines(captures: () => Iterable<IndexedCapture>, most = MOST_LINES): Generator<string> {
  for (let after = ''; ; ) {
    const lines = leastAfter(captures(), after, most)
    for (const line of lines) yield `${line}\n`
    if (lines.length < most) return
    after = lines.at(-1)!
  }
}

export function isWebAddress(url: string): boolean {
  return WEB.test(url)
}

function leastAfter(captures: Iterable<IndexedCapture>, after: string, most: number): readonly string[] {
  const lines: string[] = []
  const keepLeast = (): void => {
    lines.sort(compareBytes)
    lines.length = Math.min(lines.length, most)
  }
  for (const capture of captures) {
    if (!isOfWeb(capture.url)) continue
    const line = cdxjLine(capture)
    if (compareBytes(line, after) > 0) lines.push(line)
    if (lines.length >= 2 * most) keepLeast()
  }
  keepLeast()
  return lines
}

/** Bytes and code units sort alike but for signs beyond the first plane, and only then bytes are made. */
function compareBytes(a: string, b: string): number {
  if (PAIR.test(a) || PAIR.test(b)) return Buffer.compare(Buffer.from(a), Buffer.from(b))
  return a < b ? -1 : a > b ? 1 : 0
}

/** Other tools' files hold addresses that are none. */
function isOfWeb(url: string): boolean {
  try {
    return isWebAddress(url) && new URL(url).host !== ''
  } catch {
    return false
  }
}

function cdxjLine({ url, capturedAt, status, mediaType, digest, isRevisit, warc }: IndexedCapture): string {
  const fields = {
    url,
    mime: isRevisit ? 'warc/revisit' : (mediaType ?? UNKNOWN_TYPE),
    ...(status === null ? {} : { status: String(status) }),
    digest,
    length: String(warc.length),
    offset: String(warc.offset),
    filename: warc.file,
  }
  return `${surtOf(url)} ${stampOf(capturedAt)} ${JSON.stringify(fields)}`
}

/** `https://www.Blog.example:8080/A?b=2&a=1` → `example,blog:8080)/a?a=1&b=2`. */
export function surtOf(url: string): string {
  const { hostname, port, pathname, search } = new URL(url)
  const host = hostname.replace(WWW, '').split('.').reverse().join(',')
  const query = search === '' ? '' : `?${search.slice(1).split('&').sort().join('&')}`
  return `${host}${port === '' ? '' : `:${port}`})${pathname}${query}`.toLowerCase()
}

/** YYYYMMDDhhmmss of a UTC time. */
function stampOf(time: string): string {
  return time.replace(NOT_DIGIT, '').slice(0, STAMP_DIGITS)
}
