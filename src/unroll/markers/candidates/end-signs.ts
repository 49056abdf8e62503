// End signs (`/END`, `-30-`) as candidates: they stand where a number would, and go with the number beside them.

import type { Marker, Place } from '../marker.ts'
import type { Cue } from './cues.ts'
import { placeOf } from './place.ts'

/** Spaces between the last number and the end word that goes with it. */
const MAX_END_GAP = 4
const BLANK = /^[\s\u2060]*$/u
const END_PRIOR = 0.95
const END_SIGN = /^(?:[/\\([-]|🔚)/u
/** `/thread` and `/rant` are jokes too. */
const JOKE_END_PRIOR = 0.88
const JOKE_END = /(?:thread|rant)[.!]?$/i
/** Words, and capitals at the end of a line (`… and so on END`), need company. */
const LOOSE_END_PRIOR = 0.6
/** Where they do. */
const IN_TEXT: ReadonlySet<Place> = new Set<Place>(['head', 'tail'])
const NO_MARKERS: readonly Marker[] = []

/** Candidates without a number, none of which overlaps the markers given. */
export function endMarkers(text: string, cues: readonly Cue[], markers = NO_MARKERS): readonly Marker[] {
  if (cues.length === 0) return NO_MARKERS
  return cues
    .filter((cue) => cue.kind === 'end' && cue.formal)
    .filter((cue) => markers.every((marker) => marker.end <= cue.start || marker.start >= cue.end))
    .map(({ start, end }) => {
      const place = placeOf(text, { side: start < text.length - end ? 'head' : 'tail', start, end })
      const prior = priorOf(text.slice(start, end), place)
      const told = { number: null, total: null, form: 'end', bracket: '', openEnded: false, cue: 'end' } as const
      return { ...told, place, start, end, prior }
    })
}

function priorOf(sign: string, place: Place): number {
  if (!IN_TEXT.has(place)) return END_PRIOR
  if (!END_SIGN.test(sign)) return LOOSE_END_PRIOR
  return JOKE_END.test(sign) ? JOKE_END_PRIOR : END_PRIOR
}

/** "8/8 END": the end of the end word that goes with the number that ends at `from`, or null. */
export function reachEnd(text: string, from: number, cues: readonly Cue[]): number | null {
  const near = cues.find(({ kind, start }) => kind === 'end' && start >= from && start - from <= MAX_END_GAP)
  return near !== undefined && BLANK.test(text.slice(from, near.start)) ? near.end : null
}
