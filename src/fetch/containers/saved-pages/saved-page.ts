// What a saved page says of itself in a comment near its start, or in its head: where it came from, and when. The bytes
// stay as they are.
import type { Capture } from '../../../model.ts'
import { type ArchivedCopy, archivedCopy, urlOf } from '../../../url.ts'
import type { RawCapture } from '../../fetcher.ts'

/** Savers put their comment in front of or right behind the opening html tag. */
const HEAD_BYTES = 8192
const WEB_URL = /^https?:\/\//i
/** SingleFile (2010 to now): `Page saved with SingleFile`, then one line each. */
const SINGLE_FILE =
  /<!--\s*Page saved with SingleFile\b[^\n]*\n\s*url:\s*(\S+)[^\n]*\n(?:\s*saved date:\s*([^\n]{1,100}))?/i
/** monolith (2019 to now) writes its line before everything else. */
const MONOLITH = /<!--\s*Saved from (https?:\/\/\S+) at (\S{1,40}) using monolith\b/
/** WebScrapBook (2017 to now): attributes of the html tag, in any order; the time is UTC without signs. */
const SCRAPBOOK = /<html\b[^>]*?\sdata-scrapbook-source="([^"]*)"/i
const SCRAPBOOK_TIME = /\sdata-scrapbook-create="(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d{3})"/i
/** Save Page WE (2017 to now): elements at the end of the head, behind all styles. */
const SAVE_PAGE_NAME = '<meta name="savepage-url" '
const SAVE_PAGE = /^<meta name="savepage-url" content="([^"]*)">(?:.*?<meta name="savepage-date" content="([^"(]*))?/s
const SAVE_PAGE_BYTES = 4096
const ESCAPED: Readonly<Record<string, string>> = { '&amp;': '&', '&quot;': '"', '&lt;': '<', '&gt;': '>' }
/** Internet Explorer's mark of the web, which Chromium and Firefox write too; the number is the URL's length. */
const SAVED_FROM = /<!--\s*saved from url=\(\d{4,}\)(\S+)\s*-->/i
/**
 * HTTrack (1998 to now): an address without a scheme, as one of http (that of https is rarely told), and the moment.
 */
const HTTRACK = /<!--\s*Mirrored from ([^\s<>]+) by HTTrack\b[^\n<>]*?\],\s*([^\n<>]{1,60}?)\s*-->/i
/**
 * The Wayback Machine (2016 to now), in the script that turns links: the page's own address and the moment of its copy.
 */
const PLAYED_BACK = /__wm\.wombat\(\s*"([^"\s]+)"\s*,\s*"(\d{14})"/

/** The capture with the URL and time that the page declares, where nobody else told. */
export function readSavedMark(raw: RawCapture): RawCapture {
  if (raw.url !== null || (raw.mediaType !== null && !raw.mediaType.includes('html'))) return raw
  const body = Buffer.from(raw.body.buffer, raw.body.byteOffset, raw.body.byteLength)
  const start = body.toString('utf8', 0, HEAD_BYTES)
  const [, url, savedAt] =
    SINGLE_FILE.exec(start) ??
    SAVED_FROM.exec(start) ??
    MONOLITH.exec(start) ??
    mirroredIn(start) ??
    scrapbookIn(start) ??
    savePageIn(body) ??
    []
  const copy = url === undefined ? copyIn(start) : archivedCopy(url)
  if (copy !== null) {
    const { original, capturedAt } = copy
    return { ...raw, url: original, finalUrl: original, ...timeOf(capturedAt ?? undefined, raw.capturedAt) }
  }
  if (url === undefined || !WEB_URL.test(url) || urlOf(url) === null) return raw
  return { ...raw, url, finalUrl: url, ...timeOf(savedAt, raw.capturedAt) }
}

/** As the expressions above give it: all, URL, time. */
type Found = readonly (string | undefined)[]

function mirroredIn(start: string): Found | null {
  const [, place, time] = HTTRACK.exec(start) ?? []
  return place === undefined ? null : ['', WEB_URL.test(place) ? place : `http://${place}`, time]
}

function scrapbookIn(start: string): Found | null {
  const url = SCRAPBOOK.exec(start)?.[1]
  if (url === undefined) return null
  const time = SCRAPBOOK_TIME.exec(start)?.slice(1)
  const [year, month, day, hour, minute, second, ms] = time ?? []
  return ['', unescaped(url), time && `${year}-${month}-${day}T${hour}:${minute}:${second}.${ms}Z`]
}

function savePageIn(body: Buffer): Found | null {
  const at = body.indexOf(SAVE_PAGE_NAME)
  const [, url, time] = at === -1 ? [] : (SAVE_PAGE.exec(body.toString('utf8', at, at + SAVE_PAGE_BYTES)) ?? [])
  return url === undefined ? null : ['', unescaped(url), time]
}

function unescaped(url: string): string {
  return url.replace(/&(?:amp|quot|lt|gt);/g, (sign) => ESCAPED[sign] ?? sign)
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
