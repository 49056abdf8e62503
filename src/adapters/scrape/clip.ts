// A Markdown clip of a page or thread (web clippers, readers, people's own unrolls): a head that tells where it came from,
// Markdown marks around the words. Gives the head's facts, and the lines as a reader of the page saw them. Not a Markdown parser.
import type { Author } from '../../model.ts'
import { readClipHead } from './clip-head.ts'
import { picturesIn, readEmbed } from './clip-shown.ts'
import { isBlank, type Line, type Shown } from './lines.ts'

export interface Clip {
  readonly url: string | null
  readonly title: string | null
  readonly description: string | null
  readonly author: Author | null
  /** As printed in the head. */
  readonly published: string | null
  /** Without the head, marks taken off; rows of pictures and quoted posts as rules. Numbers are those of the input. */
  readonly lines: readonly Line[]
  /** True when lines inside a paragraph are kept by hard breaks, so that a blank line is a boundary of the page. */
  readonly hasHardBreaks: boolean
}

/** Stands for what ends a post on the page: pictures below it, a post it quotes. */
export const RULE = '---'
const MIN_HARD_BREAKS = 2

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
/** A row of a table that holds nothing but pictures, and the row that says how to set it. */
const PICTURE_ROW = /^\|(?:\s*\[?!\[[^\]]{0,2000}\]\([^()\s]{1,4000}\)(?:\]\([^()\s]{1,4000}\))?\s*\|)+$/
const SETTING_ROW = /^\|(?:\s*:?-{1,9}:?\s*\|)+$/

/** The clip, or null when no head tells that the lines are one. */
export function readClip(lines: readonly Line[]): Clip | null {
  const head = readClipHead(lines)
  if (head === null) return null
  const { length, ...facts } = head
  const body = lines.slice(length)
  return { ...facts, lines: plainLines(body), hasHardBreaks: keepsBreaks(body) }
}

/** Hard breaks stand for every line end inside a post only where they stand for its empty lines too. */
function keepsBreaks(body: readonly Line[]): boolean {
  const breaks = body.filter((line) => line.breaks)
  return breaks.filter((line) => !isBlank(line)).length >= MIN_HARD_BREAKS && breaks.some(isBlank)
}

/** Pictures and quoted posts go with the last words above them; a row of them ends a post. */
function plainLines(body: readonly Line[]): readonly Line[] {
  const lines: Line[] = []
  for (let at = 0; at < body.length; at++) {
    const line = body[at] as Line
    const embed = readEmbed(body, at)
    if (embed === null) lines.push(plainLine(line))
    else if (!show(lines, embed.shown)) lines.push({ ...line, text: embed.words, breaks: false })
    else lines.push({ ...line, text: RULE })
    at += (embed?.length ?? 1) - 1
    const pictures = embed === null ? picturesIn(line.text) : []
    if (pictures.length > 0) show(lines, { media: pictures, quotes: [] })
  }
  return lines
}

function plainLine(line: Line): Line {
  return { ...line, text: plain(line.text) }
}

/** Adds to what the last words show; false where there are none yet. */
function show(lines: Line[], { media, quotes }: Shown): boolean {
  const at = lines.findLastIndex(({ text }) => text !== '' && text !== RULE)
  const line = lines[at]
  if (line === undefined) return false
  const before = line.shown ?? { media: [], quotes: [] }
  lines[at] = { ...line, shown: { media: [...before.media, ...media], quotes: [...before.quotes, ...quotes] } }
  return true
}

function plain(text: string): string {
  if (PICTURE_ROW.test(text) || SETTING_ROW.test(text)) return RULE
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
