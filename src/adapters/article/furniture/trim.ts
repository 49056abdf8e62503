// What a body still holds that is not the article: lines above its first paragraph, boxes between, lists and lines
// below its last. Decided by features of blocks (place, length, links, set phrases), never by the site.
import { type Element, isTag, type ParentNode } from 'domhandler'
import { bare } from '../../../bare.ts'
import { textOf } from '../../../markup/markup.ts'
import { readDate } from '../../values/dates.ts'
import { lengthOf } from '../length.ts'
import { type BodyBlock, blocksIn } from './blocks.ts'
import { isBio, isCredit, isInvitation, isLabel, isPointer } from './phrases.ts'

/** Characters from which a block is a paragraph whatever it ends with. */
const MIN_PROSE = 90
const CELLS = new Set(['td', 'th'])
const MIN_SENTENCE = 40
/** Share of all characters above which a head or tail is no furniture but the article itself: verse, lists, tables. */
const MAX_EDGE_SHARE = 0.15
/** Blocks from the first paragraph on among which a byline may stand. */
const AFTER_LEAD = 5
/** Characters, at most, of a line with a name, the title, a place with a date, and words about the author. */
const MAX_BYLINE = 90
const MAX_TITLE = 1_000
const MAX_DATELINE = 70
const MAX_BIO = 600
/** Paragraphs at the end among which one about the author may stand. */
const BIO_WITHIN = 3
const SENTENCE_END = /[.!?…:;。！？：；؟۔।]["'”»«)\]」』）】]*$/u
/** Whole words up to a full stop; no label, count or name. */
const STATEMENT = /^\p{L}[^:©|]*(?:[\p{Ll}\p{Lo}\p{M})]|\d)[.!?。！？؟۔।]["'”»)」』）]*$/u
const BYLINE =
  /^\W{0,3}(?:by|von|par|por|di|door|written by|posted by|text|words|autor(?:in)?|redaktion|escrito por|publicado por|publié par|opublikowa[łn].{0,8})\b\s*:?\s+[\p{Lu}@]/iu
const META =
  /^\W{0,3}(?:(?:last )?(?:updated|modified|published|posted)|veröffentlicht|aktualisiert|erstellt|stand|publié|mis à jour|publicado|actualizado|aggiornato|pubblicato|\d+\s*(?:min(?:ute)?n?s?|mins?)\b.{0,20}$|(?:reading time|lesezeit|lesedauer|temps de lecture).{0,30}$|\d+\s+(?:views|shares|likes|aufrufe|vues)$)/iu
const CAPTION =
  /(^|[\s_-])(caption|wp-caption-text|legend|image-?credit|photo-?credit|credits?|copyright|image-?description|picture-?description|bild-?unterschrift)([\s_-]|$)|caption(__\S+)?(\s|$)/i
const ADDRESS = /^(https?:\/\/|www\.)\S+$/i
const MAX_CAPTION = 400
/** `Figure 3: …` below a picture. */
const NUMBERED = /^(?:abb(?:ildung|\.)|fig(?:ure|\.)|abbildungen|bild)\s*\d*[a-z]?\s*:/iu
const ABOUT = /^,? (?:is|was|currently|writes|works|covers|ist|schreibt|arbeitet|est|es)\b/u
const MORE = /(?:learn|read) more\W*$|mehr erfahren\W*$/iu

interface Known {
  readonly title: string | null
  readonly author: string | null
}

/** The same as they are compared; empty: not known. */
interface BareNames {
  readonly title: string
  readonly author: string
  readonly writtenAuthor: string | null
}

/** The blocks of the body that are no part of the article. */
export function trimBody(body: ParentNode, { title, author }: Known): ReadonlySet<Element> {
  const blocks = blocksIn(body)
  const known = { title: bare(title ?? ''), author: bare(author ?? ''), writtenAuthor: author }
  const isOut = blocks.map(isFurnitureAnywhere)
  takeUnderLabels(blocks, isOut)
  trimHead(blocks, isOut, known)
  trimTail(blocks, isOut, known)
  return new Set(blocks.filter((_, i) => isOut[i]).map(({ element }) => element))
}

function isFurnitureAnywhere({ element, text, kind }: BodyBlock): boolean {
  return (
    (isLabel(text) && !isCell(element)) ||
    isPointer(text) ||
    isCredit(text) ||
    (kind !== 'heading' && isInvitation(text))
  )
}

/** One of several in a row: what a table says in a number or a word is no button. */
function isCell(element: Element): boolean {
  const beside = element.parent?.children ?? []
  return CELLS.has(element.name) && beside.some((node) => node !== element && isTag(node) && CELLS.has(node.name))
}

/** The links below a label go with it. */
function takeUnderLabels(blocks: readonly BodyBlock[], isOut: boolean[]): void {
  for (let i = 1; i < blocks.length; i += 1) {
    const [before, block] = blocks.slice(i - 1, i + 1) as [BodyBlock, BodyBlock]
    if (isOut[i - 1] && block.kind === 'links' && (before.kind === 'links' || isLabel(before.text))) isOut[i] = true
  }
}

/** Above the first paragraph: the title again, names, dates, buttons, crumbs. */
function trimHead(blocks: readonly BodyBlock[], isOut: boolean[], known: BareNames): void {
  const first = blocks.findIndex((block, i) => !isOut[i] && isProse(block) && !isHeadLine(block, known))
  const head = blocks.slice(0, Math.max(first, 0))
  const mayBeLoose = isSmall(head, blocks)
  for (const [i, block] of head.entries())
    isOut[i] ||= isHeadLine(block, known) || (mayBeLoose && (block.kind === 'links' || isLoose(block)))
  // A lead comes before the names and dates.
  for (const [i, block] of blocks.slice(head.length, head.length + AFTER_LEAD).entries())
    isOut[head.length + i] ||= block.kind === 'text' && !SENTENCE_END.test(block.text) && isHeadLine(block, known)
}

/** Below the last paragraph: tags, names, lists of links, headings with nothing under them; then who the author is. */
function trimTail(blocks: readonly BodyBlock[], isOut: boolean[], { writtenAuthor }: BareNames): void {
  takeBio(blocks, isOut, writtenAuthor)
  const last = blocks.findLastIndex((block, i) => !isOut[i] && isProse(block))
  const tail = blocks.slice(last + 1)
  if (last < 0 || !isSmall(tail, blocks)) return
  const said = tail.findIndex((block) => !isShortSentence(block))
  const spoken = said < 0 ? tail.length : said
  for (const [i, block] of tail.entries()) isOut[last + 1 + i] ||= i >= spoken && !isKeptAtEnd(block)
}

/** `More soon.` behind the last paragraph is the author's; what stands below furniture is not. */
function isShortSentence({ text, kind, element, linkShare }: BodyBlock): boolean {
  return kind === 'text' && element.name === 'p' && linkShare === 0 && STATEMENT.test(text)
}

/** Lists and code may end an article, a picture with its words, and addresses written out. */
function isKeptAtEnd({ text, kind, element, linkShare }: BodyBlock): boolean {
  const isBelowPicture = element.name === 'figcaption' && linkShare === 0
  return kind === 'listed' || element.name === 'pre' || isBelowPicture || ADDRESS.test(text)
}

function takeBio(blocks: readonly BodyBlock[], isOut: boolean[], author: string | null): void {
  const prose = blocks.map((_, i) => i).filter((i) => !isOut[i] && isProse(blocks[i] as BodyBlock))
  const [first] = prose
  if (first !== undefined && prose.length > BIO_WITHIN && isAbout(blocks[first] as BodyBlock, author))
    isOut[first] = true
  for (const i of prose.slice(-BIO_WITHIN)) {
    const { text } = blocks[i] as BodyBlock
    if (text.length <= MAX_BIO && prose.length > BIO_WITHIN && isBio(text)) isOut[i] = true
  }
}

/** Some pages introduce the author before the article begins. */
function isAbout({ text }: BodyBlock, author: string | null): boolean {
  if (author === null || !text.startsWith(`${author} `) || text.length > MAX_BIO) return false
  return ABOUT.test(text.slice(author.length)) && (isBio(text) || MORE.test(text))
}

/** The words below a picture. */
export function isCaption(element: Element): boolean {
  if (element.name === 'figcaption') return true
  const isNamed = CAPTION.test(element.attribs['class'] ?? '')
  const text = isNamed || element.name === 'p' ? (textOf(element) ?? '') : ''
  return text.length <= MAX_CAPTION && (isNamed || NUMBERED.test(text))
}

/** Whether the blocks at an edge are few enough to be judged by their length. */
function isSmall(edge: readonly BodyBlock[], all: readonly BodyBlock[]): boolean {
  const sum = (blocks: readonly BodyBlock[]) => blocks.reduce((length, { text }) => length + text.length, 0)
  return sum(edge) <= sum(all) * MAX_EDGE_SHARE
}

function isProse({ text, kind, element }: BodyBlock): boolean {
  if (kind === 'links' || kind === 'heading' || kind === 'caption') return false
  const length = lengthOf(text)
  if (kind === 'listed' || element.name === 'pre') return length >= MIN_SENTENCE
  return length >= MIN_PROSE || (length >= MIN_SENTENCE && SENTENCE_END.test(text))
}

function isHeadLine({ text, kind }: BodyBlock, { title, author }: BareNames): boolean {
  if (title !== '' && text.length <= MAX_TITLE && bare(text) === title) return true
  if (kind === 'heading') return false
  const length = lengthOf(text)
  if (length <= MAX_BYLINE && (BYLINE.test(text) || META.test(text))) return true
  if (length <= MAX_BYLINE && author !== '' && bare(text).includes(author)) return true
  return length <= MAX_DATELINE && readDate(text) !== null
}

/** Short, and no sentence: a label, a name, a count. */
function isLoose({ text, kind }: BodyBlock): boolean {
  return kind === 'text' && lengthOf(text) < MIN_SENTENCE && !SENTENCE_END.test(text)
}
