// A Markdown clip of a page or thread (web clippers, readers, people's own unrolls): a head that tells where it came
// from, Markdown marks around the words. Gives the head's facts, and the lines as a reader of the page saw them. Not a
// Markdown parser.
import type { Media, Quote } from '../../../model.ts'
import { isBlank, type Line, type Shown } from '../lines.ts'
import { type ClipHead, readClipHead } from './clip-head.ts'
import { picturesIn, readEmbed } from './clip-shown.ts'

export interface Clip extends Omit<ClipHead, 'length'> {
  /** Without the head, marks taken off; rows of pictures and quoted posts as rules. Numbers are those of the input. */
  readonly lines: readonly Line[]
  /** True when lines inside a paragraph are kept by hard breaks, so that a blank line is a boundary of the page. */
  readonly hasHardBreaks: boolean
}

/** Stands for what ends a post on the page: pictures below it, a post it quotes. */
export const RULE = '---'
const MIN_HARD_BREAKS = 2

/** A picture, alone or as what a link shows. */
const IMAGE = /\[!\[[^[\]]{0,2000}\]\([^()\s]{1,4000}\)\]\([^()\s]{0,4000}\)|!\[[^[\]]{0,2000}\]\([^()\s]{1,4000}\)/g
/** The picture of an account of X, alone on its line: it stands at the head of each post on a page of posts. */
const ACCOUNT =
  /^\[!\[[^[\]]{0,200}\bprofile picture\]\([^()\s]{1,4000}\)\]\(https?:\/\/(?:www\.)?(?:x|twitter)\.com\/\w{1,20}\)$/i
/**
 * The preview of a page that a post links: its title in a link, and its address in another. The post has the link
 * itself.
 */
const PREVIEW = /^\[\*\*[^*[\]]{1,500}\*\*[^[\]]{0,2000}\]\(([^()\s]{1,4000})\) \[https?:\/\/[^\s[\]]{1,4000}\]\(\1\)$/
const LINK = /\[([^[\]]{1,2000})\]\(([^()\s]{1,4000})(?:\s+"[^"]{0,500}")?\)/g
const TAGS = /<\/?(?:a|br|div|figure|iframe|img|p|source|span|video)\b[^<>]{0,4000}>/gi
const HEADING = /^#{1,6}\s+/
/** Or an address: two underscores in one are somebody's name. */
const STRONG = /https?:\/\/[^\s()]{1,4000}|(\*\*|__)(?=\S)([^*_]{1,500})(?<=\S)\1/g
const CODE_LINE = /^`([^`]+)`$/
const ESCAPED = /\\([\\`*_{}[\]()#+\-.!~|<>])/g
const SHORTENED = /^\S[^\s.]*\.\S+$/
const OWN_LINK = /threadreaderapp/i
const NAMES = /^[@#]/
/** A link to somewhere on the same page, as buttons are. */
const SAME_PAGE = /^#/
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

/**
 * Pictures and quoted posts go with the last words above them, pictures at the top with the first; a row of them ends a
 * post.
 */
export function plainLines(body: readonly Line[]): readonly Line[] {
  const lines: Line[] = []
  const shown = new Map<number, Gathered>()
  let words: number | null = null
  let early: readonly Media[] = []
  for (let at = 0; at < body.length; at++) {
    const line = body[at] as Line
    const embed = readEmbed(body, at)
    if (embed !== null && words !== null) gather(shown, words, embed.shown)
    lines.push(
      embed === null ? { ...line, text: plain(line.text) } : standIn(line, words === null ? embed.words : null),
    )
    if (isWords(lines.at(-1))) words = lines.length - 1
    const pictures = embed === null ? picturesIn(line.text) : []
    early = [...early, ...pictures]
    if (words !== null && early.length > 0) {
      gather(shown, words, { media: early, quotes: [] })
      early = []
    }
    at += (embed?.length ?? 1) - 1
  }
  return lines.map((line, at) => withShown(line, shown.get(at)))
}

function withShown(line: Line, shown: Gathered | undefined): Line {
  return shown === undefined ? line : { ...line, shown }
}

interface Gathered {
  readonly media: Media[]
  readonly quotes: Quote[]
}

function gather(shown: Map<number, Gathered>, at: number, { media, quotes }: Shown): void {
  const gathered = shown.get(at) ?? { media: [], quotes: [] }
  gathered.media.push(...media)
  gathered.quotes.push(...quotes)
  shown.set(at, gathered)
}

/** For a quoted post: its own words where nothing stands above it to show it with. */
function standIn(line: Line, words: string | null): Line {
  return words === null ? { ...line, text: RULE } : { ...line, text: words, breaks: false }
}

function isWords(line: Line | undefined): boolean {
  return line !== undefined && line.text !== '' && line.text !== RULE
}

function plain(text: string): string {
  if (PICTURE_ROW.test(text) || SETTING_ROW.test(text) || ACCOUNT.test(text)) return RULE
  if (PREVIEW.test(text)) return ''
  return text
    .replace(HEADING, '')
    .replace(IMAGE, '')
    .replace(LINK, (_, label: string, target: string) => expanded(label, target))
    .replace(TAGS, '')
    .replace(STRONG, (found, _, strong?: string) => strong ?? found)
    .replace(CODE_LINE, '$1')
    .replace(ESCAPED, '$1')
    .trim()
}

// Pages shorten long addresses ("example.org/a-long…"); the target has them whole.
function expanded(label: string, target: string): string {
  if (OWN_LINK.test(target) || SAME_PAGE.test(target) || NAMES.test(label)) return label
  return SHORTENED.test(label) ? target : `${label} (${target})`
}
