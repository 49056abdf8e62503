// What a page saved from a browser says of itself in a comment near its start: where it came from, and when. The bytes
// stay as they are.
import type { Capture } from '../../model.ts'
import { type ArchivedCopy, archivedCopy, urlOf } from '../../url.ts'
import type { RawCapture } from '../fetcher.ts'

/** Savers put their comment in front of or right behind the opening html tag. */
const HEAD_BYTES = 8192
const WEB_URL = /^https?:\/\//i
/** SingleFile (2010 to now): `Page saved with SingleFile`, then one line each. */
const SINGLE_FILE =
  /<!--\s*Page saved with SingleFile\b[^\n]*\n\s*url:\s*(\S+)[^\n]*\n(?:\s*saved date:\s*([^\n]{1,100}))?/i
/** Internet Explorer's mark of the web, which Chromium and Firefox write too; the number is the URL's length. */
const SAVED_FROM = /<!--\s*saved from url=\(\d{4,}\)(\S+)\s*-->/i
/**
 * The Wayback Machine (2016 to now), in the script that turns links: the page's own address and the moment of its copy.
 */
const PLAYED_BACK = /__wm\.wombat\(\s*"([^"\s]+)"\s*,\s*"(\d{14})"/

/** The capture with the URL and time that the page declares, where nobody else told. */
export function readSavedMark(raw: RawCapture): RawCapture {
  if (raw.url !== null || (raw.mediaType !== null && !raw.mediaType.includes('html'))) return raw
  const start = Buffer.from(raw.body.buffer, raw.body.byteOffset, Math.min(raw.body.byteLength, HEAD_BYTES)).toString()
  const [, url, savedAt] = SINGLE_FILE.exec(start) ?? SAVED_FROM.exec(start) ?? []
  const copy = url === undefined ? copyIn(start) : archivedCopy(url)
  if (copy !== null) {
    const { original, capturedAt } = copy
    return { ...raw, url: original, finalUrl: original, ...timeOf(capturedAt ?? undefined, raw.capturedAt) }
  }
  if (url === undefined || !WEB_URL.test(url) || urlOf(url) === null) return raw
  return { ...raw, url, finalUrl: url, ...timeOf(savedAt, raw.capturedAt) }
}

/** What a page of a web archive is a copy of, as its script says. */
function copyIn(start: string): ArchivedCopy | null {
  const [, url, stamp] = PLAYED_BACK.exec(start) ?? []
  return url === undefined ? null : archivedCopy(`https://web.archive.org/web/${stamp}/${url}`)
}

/** A time after the file's own date is no time of saving. */
function timeOf(saved: string | undefined, latest: string): Partial<Pick<Capture, 'capturedAt' | 'capturedAtBasis'>> {
  const time = new Date(saved?.trim() ?? '').getTime()
  if (!(time > 0 && time <= Date.parse(latest))) return {}
  return { capturedAt: new Date(time).toISOString(), capturedAtBasis: 'declared' }
}
