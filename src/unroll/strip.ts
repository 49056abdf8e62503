// Takes an accepted marker out of a post's text, with the space or the empty line it leaves, and nothing else. The raw
// text stays with the post; the spans say what was removed.
import type { Marker } from './marker.ts'

export interface Stripped {
  readonly text: string
  /** [start, end) in UTF-16 code units of the text given. */
  readonly strips: readonly (readonly [start: number, end: number])[]
}

const SPACE = /\s/u
const INLINE_SPACE = /[^\S\n]/u

/** The text without the marker; null gives the text as it is. */
export function stripMarker(text: string, marker: Marker | null): Stripped {
  if (marker === null || marker.end <= marker.start) return { text, strips: [] }
  const [start, end] = widen(text, marker.start, marker.end)
  return { text: text.slice(0, start) + text.slice(end), strips: [[start, end]] }
}

/** The span with the white space that would stand doubled or at an end of the text without it. */
function widen(text: string, start: number, end: number): readonly [number, number] {
  const before = skipBack(text, start, SPACE)
  const after = skip(text, end, SPACE)
  if (before === 0) return [0, after]
  if (after === text.length) return [before, text.length]
  return widenInside(text, start, end)
}

/** Between words one of two spaces goes; a line of its own goes with its line break. */
function widenInside(text: string, start: number, end: number): readonly [number, number] {
  const from = skipBack(text, start, INLINE_SPACE)
  const to = skip(text, end, INLINE_SPACE)
  const [opens, closes] = [text[from - 1] === '\n', text[to] === '\n']
  if (opens && closes) return [from, to + 1]
  if (opens) return [from, to]
  return closes || from < start ? [closes ? from : start, to] : [start, end]
}

function skip(text: string, from: number, what: RegExp): number {
  let at = from
  while (at < text.length && what.test(text[at] ?? '')) at++
  return at
}

function skipBack(text: string, from: number, what: RegExp): number {
  let at = from
  while (at > 0 && what.test(text[at - 1] ?? '')) at--
  return at
}
