// Footnotes of an article scraped as plain text: a list behind a rule or a heading at the end, and digits glued to
// words in the body. A list whose labels the body does not use is no footnote list and stays where it is.
import { isBlank, type Line, paragraphsOf, textOf } from '../lines.ts'

export interface ScrapedNote {
  readonly label: string
  readonly lines: readonly Line[]
}

interface NoteList {
  /** Index of the line where the list (with its rule or heading) begins. */
  readonly start: number
  readonly notes: readonly ScrapedNote[]
}

/** Where a note is called: [start, end) in a paragraph's text, and by which label. */
export interface NoteCall {
  readonly paragraph: number
  readonly start: number
  readonly end: number
  readonly label: string
}

/** Rules looked behind, from the end; a page of nothing but rules must not cost their square. */
const MAX_RULES = 20

const RULE = /^(?:_{3,}|-{3,}|\*{3,}|—{2,}|─{3,}|={3,}|(?:\* ){2,}\*)$/
const HEADING =
  /^(?:foot|end)?notes:?$|^(?:anmerkungen|fußnoten|notas(?: al pie)?|noter|przypisy|примечания|voetnoten|références):?$/iu
// One real page shows `sup>2 ` where the tag lost its bracket, so remains of the tag may stand around a label.
const LABEL =
  /^(?:<?\/?sup>\s*)?(?:\[(\d{1,3}|[*†‡])\]|\((\d{1,3})\)|\^?(\d{1,3})[.):]?|([⁰¹²³⁴-⁹]{1,3})|([*†‡]))(?:<\/?sup>?)?\s+(?=\S)/u
const BACK_LINK = /(?<!\s)\s*[↩↑⤴]\uFE0E?$/u
// A call stands behind a word or its punctuation; "3.5", "MI6", "G7" and list numbers do not look like that, "1974.1"
// does.
const CALL =
  /(?<=\p{Ll}\p{Ll}|[.,;:!?”"’')\]…])(?:(?<!\d[.,:])|(?<=\b(?:1[5-9]|20)\d\d[.,:]))(?<digits>\d{1,3})(?![\p{L}\p{N}%]|[.,:]\d)|\[(?<bracket>\d{1,3}|[*†‡])\]|(?<raised>[⁰¹²³⁴-⁹]{1,3})|(?<=\S)(?<sign>[*†‡])(?=\s|$)/gu
const URL_PART = /https?:\/\/|www\./i
const SPACE = /\s/
const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹'

/** The footnote list at the end of the lines, or null. */
export function findNotes(lines: readonly Line[]): NoteList | null {
  let tried = 0
  for (let at = lines.length - 1; at >= 0 && tried < MAX_RULES; at -= 1) {
    const line = lines[at] as Line
    if (!RULE.test(line.text) && !HEADING.test(line.text)) continue
    tried += 1
    const notes = readNotes(lines.slice(at + 1))
    if (notes !== null && isUsed(lines.slice(0, at), notes)) return { start: at, notes }
  }
  return null
}

/** The calls of these labels in the paragraphs, in order of the labels, at most one each. */
export function findCalls(paragraphs: readonly string[], labels: readonly string[]): readonly NoteCall[] {
  const places = placesByLabel(paragraphs.flatMap(callsIn))
  const calls: NoteCall[] = []
  const passed = new Map<string, number>()
  let from = 0
  for (const label of labels) {
    const alike = places.get(label) ?? []
    let at = passed.get(label) ?? 0
    while ((alike[at]?.place ?? from) < from) at += 1
    passed.set(label, at)
    const found = alike[at]
    if (found === undefined) continue
    calls.push(found.call)
    from = found.place + 1
  }
  return calls
}

// The first paragraph must carry a first label; a paragraph without the next label goes on with the note before it.
function readNotes(lines: readonly Line[]): readonly ScrapedNote[] | null {
  const notes: { label: string; lines: Line[] }[] = []
  for (const paragraph of paragraphsOf(lines)) {
    const [first, ...rest] = paragraph as [Line, ...Line[]]
    const open = notes.at(-1)
    const label = labelOf(first.text)
    if (label !== null && follows(label, open?.label ?? null)) {
      notes.push({ label, lines: [{ ...first, text: first.text.replace(LABEL, '') }, ...rest] })
    } else if (open === undefined) return null
    else open.lines.push(blankBefore(first), ...paragraph)
  }
  return notes.length === 0 ? null : notes.map((note) => ({ ...note, lines: note.lines.map(withoutBackLink) }))
}

function labelOf(text: string): string | null {
  const match = LABEL.exec(text)
  const label = match?.slice(1).find((group) => group !== undefined)
  return label === undefined ? null : plainDigits(label)
}

function follows(label: string, before: string | null): boolean {
  const [now, then] = [Number(label), Number(before)]
  if (Number.isNaN(now)) return label !== before
  return before === null || Number.isNaN(then) ? now === 1 : now === then + 1
}

function isUsed(body: readonly Line[], notes: readonly ScrapedNote[]): boolean {
  const paragraphs = paragraphsOf(body).map(textOf)
  return (
    findCalls(
      paragraphs,
      notes.map((note) => note.label),
    ).length *
      2 >=
    notes.length
  )
}

/** Each call with its place among all, those of one label together. */
function placesByLabel(calls: readonly NoteCall[]): ReadonlyMap<string, readonly PlacedCall[]> {
  const places = new Map<string, PlacedCall[]>()
  for (const [place, call] of calls.entries()) {
    const alike = places.get(call.label)
    if (alike === undefined) places.set(call.label, [{ call, place }])
    else alike.push({ call, place })
  }
  return places
}

interface PlacedCall {
  readonly call: NoteCall
  readonly place: number
}

function callsIn(text: string, paragraph: number): readonly NoteCall[] {
  return [...text.matchAll(CALL)]
    .filter((match) => !URL_PART.test(wordBefore(text, match.index)))
    .map((match) => {
      const { digits, bracket, raised, sign } = match.groups ?? {}
      const label = plainDigits(digits ?? bracket ?? raised ?? sign ?? '')
      return { paragraph, start: match.index, end: match.index + match[0].length, label }
    })
}

/** How far back a URL may begin that a digit is part of, in characters. */
const MAX_URL = 500

function wordBefore(text: string, at: number): string {
  return (
    text
      .slice(Math.max(0, at - MAX_URL), at)
      .split(SPACE)
      .at(-1) ?? ''
  )
}

function plainDigits(label: string): string {
  return [...label].map((sign) => (RAISED.includes(sign) ? String(RAISED.indexOf(sign)) : sign)).join('')
}

function blankBefore(line: Line): Line {
  return { text: '', indent: 0, number: line.number - 1, breaks: false }
}

function withoutBackLink(line: Line): Line {
  return isBlank(line) ? line : { ...line, text: line.text.replace(BACK_LINK, '') }
}
