// A hit as a candidate: its number and total, where it stands, what bounds it, and how likely it is.
import type { Marker } from '../marker.ts'
import type { Cue } from './cues.ts'
import { weighByContext } from './doubts.ts'
import { reachEnd } from './end-signs.ts'
import type { PartName } from './form.ts'
import { type FormMatch, partOf } from './form-match.ts'
import type { Hit } from './hits/hit.ts'
import { fold, readDigits, readHan, readSingle } from './numerals/digits.ts'
import { readLetter, readOrdinal, readRoman, readSpelt } from './numerals/spelled.ts'
import { placeOf, type SidedSpan } from './place.ts'

const SEPARATOR_AFTER = /^(?:[:.)](?=\s)|[:.](?=[\u3040-\u9fff])| ?[-|]{1,2}(?= ))/
const SEPARATOR_BEFORE = /(?<= )[-|~•·]{1,2} ?$/
const BRACKETS: Readonly<Record<string, '(' | '[' | '{'>> = { '(': '(', '[': '[', '{': '{' }

export function toMarker(text: string, hit: Hit, cues: readonly Cue[]): Marker {
  const { found, side, start } = hit
  const end = reachEnd(text, hit.end, cues)
  const span = withSeparator(text, { side, start, end: end ?? hit.end })
  const bare: Omit<Marker, 'prior'> = {
    number: numberOf(found),
    total: totalOf(found),
    form: found.form.form,
    place: placeOf(text, { side, start: span.start, end: span.end }),
    bracket: BRACKETS[partOf(found, 'open') ?? ''] ?? '',
    openEnded: partOf(found, 'x') !== undefined,
    start,
    end: end ?? hit.end,
    cue: end === null && partOf(found, 'end') === undefined ? cueOf(cues) : 'end',
  }
  const prior = weighByContext(text, bare, found.form.prior)
  const { number, form, place, bracket, openEnded, cue } = bare
  return { number, total: bare.total, form, place, bracket, openEnded, start: span.start, end: span.end, cue, prior }
}

/**
 * A colon, full stop or dash that only parts the marker from the text goes with it: `24/40 - All`, `waiting — 1/13`.
 */
function withSeparator(
  text: string,
  { side, start, end }: SidedSpan,
): { readonly start: number; readonly end: number } {
  if (side === 'head')
    return { start, end: end + (SEPARATOR_AFTER.exec(fold(text.slice(end, end + 5)))?.[0].length ?? 0) }
  return {
    start: start - (SEPARATOR_BEFORE.exec(fold(text.slice(Math.max(0, start - 5), start)))?.[0].length ?? 0),
    end,
  }
}

/** How the number is written decides who reads it. */
const READERS: readonly (readonly [part: PartName, read: (written: string) => number | null])[] = [
  ['n', readDigits],
  ['keys', readDigits],
  ['single', readSingle],
  ['han', readHan],
  ['roman', readRoman],
  ['spelt', readSpelt],
  ['letter', readLetter],
  ['ordinal', readOrdinal],
]

const TOTAL_READERS: typeof READERS = [
  ['m', readDigits],
  ['singletotal', readSingle],
  ['hantotal', readHan],
  ['romantotal', readRoman],
]

function numberOf(found: FormMatch): number | null {
  for (const [part, read] of READERS) {
    const written = partOf(found, part)
    if (written !== undefined) return read(written)
  }
  return found.match[0].startsWith('🔟') ? 10 : null
}

function totalOf(found: FormMatch): number | null {
  for (const [part, read] of TOTAL_READERS) {
    const written = partOf(found, part)
    if (written !== undefined) return read(written)
  }
  return null
}

function cueOf(cues: readonly Cue[]): 'start' | 'end' | null {
  if (cues.some((cue) => cue.kind === 'end' && cue.formal)) return 'end'
  return cues.some((cue) => cue.kind === 'start') ? 'start' : null
}
