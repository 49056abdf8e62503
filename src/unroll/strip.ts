// Takes an accepted marker out of a post's text, with the space or blank line it leaves, and nothing else. The raw text
// stays with the post; the spans say what was removed.
import type { Marker } from './marker.ts'

export interface Stripped {
  readonly text: string
  /** [start, end) in UTF-16 code units of the text given. */
  readonly strips: readonly (readonly [start: number, end: number])[]
}

/** The text without the marker; null gives the text as it is. */
export function stripMarker(text: string, marker: Marker | null): Stripped {
  if (marker === null) return { text, strips: [] }
  const [start, end] = widen(text, marker)
  return { text: text.slice(0, start) + text.slice(end), strips: [[start, end]] }
}

const SPACE = /\s/u

function widen(text: string, marker: Marker): readonly [number, number] {
  let { start, end } = marker
  const head = text.slice(0, start).trim() === ''
  const tail = text.slice(end).trim() === ''
  if (head) {
    start = 0
    while (end < text.length && SPACE.test(text[end] ?? '')) end++
  } else if (tail) {
    end = text.length
    while (start > 0 && SPACE.test(text[start - 1] ?? '')) start--
  } else if (SPACE.test(text[start - 1] ?? '')) {
    while (end < text.length && text[end] === ' ') end++
  }
  return [start, end]
}
