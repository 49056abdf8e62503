// The lines of a scrape that hold text, with what the cutting of posts needs to know of each: weighted length, what
// separates it from the line above, where no post can go across, and where a number stands.

import type { Scrape, ScrapeLine } from '../../model.ts'
import { acceptMarkers } from '../markers/acceptance/families.ts'
import { findMarkers } from '../markers/candidates/candidates.ts'
import { type Marker, RUN_FORMS } from '../markers/marker.ts'
import { weightedLength } from './length.ts'
import { findQuoted } from './quoted.ts'

/** What stands between a line and the line of text above it. `joined`: the Markdown hard break inside a paragraph. */
export type Separator = 'newline' | 'blank' | 'blanks' | 'joined'

export interface Row {
  readonly line: ScrapeLine
  /** Place of the line in its scrape. */
  readonly at: number
  readonly weight: number
  readonly separator: Separator
  /** No post goes across from the row above. */
  readonly hard: boolean
  /** Log-odds that a post begins here, as the words at the two line ends say. */
  readonly lean: number
  /** The number or end sign the document believes in. */
  readonly marker: Marker | null
  /** True when the marker is the whole line. */
  readonly isMarkerOnly: boolean
}

const NOT_BLANK = /\S/u
const HARD_BREAK = /(?: {2}|\\)$/
const LOWER_START = /^\s*\p{Ll}/u
const OPEN_END = /[^.!?…:"”'’)\]\p{Extended_Pictographic}]\s*$/u
const BULLET = /^\s*(?:[-•·▪◦*✅✔❌➡👉]|\p{Emoji_Presentation}\s|\d\ufe0f?\u20e3)/u
const CARRIED = /^\s*(?:It|This|That|They|These|Those|He|She|And|But|Plus|Also|Then|So|You can)\b/u
/** A number in brackets is none: `(3)`, `（三）`. */
const ASIDE = /^\s*[(（](?!\p{N}{1,2}[/)）]|[一二三四五六七八九十]{1,3}[)）])/u
const COLON_END = /[:：]\s*$/u
const HANGING_END = /(?:🧵|👇|⬇️?)\s*$/u
/** Lean of wrapped sentences, list items, lines that carry on, asides, lines after a colon, lines after a pointer. */
const WRAPPED = -2.5
const LISTED = -1
const CARRIES = -0.4
const ASIDES = -1
const INTRODUCED = -1
const POINTED = 3

/** The rows of a scrape, in order. Blank lines become separators. */
export function readRows(scrape: Scrape): readonly Row[] {
  const lines = [...scrape.lines.entries()].filter(([, line]) => NOT_BLANK.test(line.text))
  const quoted = findQuoted(lines.map(([, { text }]) => text))
  const texts = lines.map(([, { text }], index) => {
    return { text: quoted.has(index) ? '' : text, author: '', createdAt: null, index }
  })
  const accepted = acceptMarkers(texts, findInLine)
  return lines.map(([at, line], index) => {
    const above = lines[index - 1]
    const marker = accepted[index]?.marker ?? null
    return {
      line,
      at,
      weight: weightedLength(line.text.trim()),
      separator: above === undefined ? 'newline' : separatorBetween(scrape.lines, above[0], at),
      hard: above === undefined || isHard(scrape.lines, above[0], at),
      lean: above === undefined ? 0 : leanBetween(above[1].text, line.text),
      marker,
      isMarkerOnly: marker?.place === 'alone',
    }
  })
}

/** `1 Onion`, `a) the first`: what counts only in a run is, line by line, as a rule a list inside a post. */
function findInLine(text: string): readonly Marker[] {
  const markers = findMarkers(text)
  return markers.some(({ form }) => RUN_FORMS.has(form)) ? markers.filter(({ form }) => !RUN_FORMS.has(form)) : markers
}

function separatorBetween(lines: readonly ScrapeLine[], above: number, at: number): Separator {
  const follower = lines[above + 1]?.text ?? ''
  if (HARD_BREAK.test(lines[above]?.text ?? '') && follower !== '') return 'joined'
  const blanks = at - above - 1
  return blanks === 0 ? 'newline' : blanks === 1 ? 'blank' : 'blanks'
}

function isHard(lines: readonly ScrapeLine[], above: number, at: number): boolean {
  return lines[above]?.block !== lines[at]?.block || lines.slice(above + 1, at + 1).some((line) => line.cutBefore)
}

function leanBetween(above: string, below: string): number {
  const [end, start] = [above.slice(-40), below.slice(0, 40)]
  if (LOWER_START.test(start) && OPEN_END.test(end)) return WRAPPED
  return (
    (BULLET.test(start) ? LISTED : 0) +
    (CARRIED.test(start) ? CARRIES : 0) +
    (ASIDE.test(start) ? ASIDES : 0) +
    (COLON_END.test(end) ? INTRODUCED : 0) +
    (HANGING_END.test(end) ? POINTED : 0)
  )
}
