// A Markdown clip of a page (web clippers, readers): front matter on top, Markdown marks around the words. Gives the front
// matter's word on where it came from, and the lines as a reader of the page saw them. Not a Markdown parser.

import { urlOf } from '../url.ts'
import type { Line } from './scrape-lines.ts'

export interface Clip {
  readonly url: string | null
  readonly title: string | null
  readonly description: string | null
  /** Without the front matter, marks taken off. Numbers are those of the input. */
  readonly lines: readonly Line[]
  /** True when lines inside a paragraph are kept by hard breaks, so that a blank line is a boundary of the page. */
  readonly hasHardBreaks: boolean
}

/** Longest front matter, in lines. */
const MAX_FRONT = 200
const MIN_HARD_BREAKS = 2

const FENCE = /^---$/
const FIELD = /^([\w-]{1,40}):\s+(.+)$/
const QUOTED = /^(["'])(.*)\1$/
const IMAGE = /!\[[^\]]{0,2000}\]\([^()\s]{1,4000}\)/g
const LINK = /\[([^\]]{1,2000})\]\(([^()\s]{1,4000})(?:\s+"[^"]{0,500}")?\)/g
const TAGS = /<\/?(?:a|br|div|figure|iframe|img|p|source|span|video)\b[^<>]{0,4000}>/gi
const HEADING = /^#{1,6}\s+/
const STRONG = /(\*\*|__)(?=\S)([^*_]{1,500})(?<=\S)\1/g
const CODE_LINE = /^`([^`]+)`$/
const ESCAPED = /\\([\\`*_{}[\]()#+\-.!~|<>])/g
const SHORTENED = /^[^\s]+\.[^\s]+$/
const OWN_LINK = /threadreaderapp/i
const NAMES = /^[@#]/

/** The clip, or null when the lines do not begin with front matter. */
export function readClip(lines: readonly Line[]): Clip | null {
  if (!FENCE.test(lines[0]?.text ?? '')) return null
  const end = lines.slice(1, MAX_FRONT).findIndex((line) => FENCE.test(line.text)) + 1
  if (end < 2) return null
  const fields = fieldsOf(lines.slice(1, end))
  const body = lines.slice(end + 1)
  return {
    url: [fields.get('url'), fields.get('source')].find((value) => urlOf(value ?? null) !== null) ?? null,
    title: fields.get('title') ?? null,
    description: fields.get('description') ?? null,
    lines: body.map((line) => ({ ...line, text: plain(line.text) })),
    hasHardBreaks: body.filter((line) => line.breaks && line.text !== '').length >= MIN_HARD_BREAKS,
  }
}

function fieldsOf(lines: readonly Line[]): ReadonlyMap<string, string> {
  const pairs = lines.flatMap((line) => {
    const [, key, value] = FIELD.exec(line.text) ?? []
    return key === undefined || value === undefined ? [] : [[key, value.replace(QUOTED, '$2')] as const]
  })
  return new Map(pairs)
}

function plain(text: string): string {
  return text
    .replace(HEADING, '')
    .replace(IMAGE, '')
    .replace(LINK, (_, label: string, target: string) => expanded(label, target))
    .replace(TAGS, '')
    .replace(STRONG, '$2')
    .replace(CODE_LINE, '$1')
    .replace(ESCAPED, '$1')
    .trim()
}

// Pages shorten long addresses ("example.org/a-long…"); the target has them whole.
function expanded(label: string, target: string): string {
  if (OWN_LINK.test(target) || NAMES.test(label)) return label
  return SHORTENED.test(label) ? target : `${label} (${target})`
}
