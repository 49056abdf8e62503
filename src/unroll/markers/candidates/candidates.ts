// Every candidate for a number marker in one post's text, in all scripts and forms, with a prior. Nothing is decided
// here: whether a candidate numbers a thread is a decision of the document (acceptance/families.ts).
import type { Marker } from '../marker.ts'
import { type Ends, endCues, findBounds, foldEnds, headEnd } from './cues.ts'
import { weighByContext } from './doubts.ts'
import { endMarkers } from './end-signs.ts'
import { backHits } from './hits/back.ts'
import { frontHits } from './hits/front.ts'
import { type Hit, NO_HITS } from './hits/hit.ts'
import { insideHits, titleHits } from './hits/inside.ts'
import { spelledHits } from './hits/spelled.ts'
import { findNumber } from './numerals/signs.ts'
import { toMarker } from './read-hit.ts'

/** By judgement: as often as `3/17`, of which most are told. */
const TURNED_PRIOR = 0.6

/**
 * All candidates, the likeliest first. Pure and total: any string gives a list, spans lie inside the text, the cost
 * does not grow with the length of the post.
 */
export function findMarkers(text: string): readonly Marker[] {
  const ends = foldEnds(text)
  const counted = allHits(ends)
  const hits = counted.length > 0 ? counted : spelledHits(ends)
  const first = headEnd(ends.head)
  if (hits.length === 0) return endMarkers(text, first === null ? endCues(ends) : [first])
  const cues = findBounds(ends)
  const markers: Marker[] = []
  for (const hit of hits) markers.push(...readBothWays(text, toMarker(text, hit, cues)))
  const ended = endMarkers(text, first === null ? cues : [...cues, first], markers)
  return withoutCopies(ended.length === 0 ? markers : [...markers, ...ended])
}

function allHits({ head, tail, from }: Ends): readonly Hit[] {
  const number = findNumber(head, 0, head.length)
  if (number < 0) return from > 0 ? backHits(tail, from) : NO_HITS
  const [front, back] = [frontHits(head, number), backHits(tail, from)]
  const title = front.length === 0 ? titleHits(head) : NO_HITS
  const inside = title.length === 0 ? insideHits(head) : title
  if (inside.length === 0) return back.length === 0 ? front : front.length === 0 ? back : [...front, ...back]
  const found = [...front, ...back]
  return [...found, ...inside.filter((hit) => found.every(({ start, end }) => end <= hit.start || hit.end <= start))]
}

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/

/** `17/3` is the third of 17 where it is written as it is read, from right to left: which, the company says. */
function readBothWays(text: string, marker: Marker): readonly Marker[] {
  const { number, total, form } = marker
  if (form !== 'n/m' || number === null || total === null || number <= total || total < 1) return [marker]
  if (!RIGHT_TO_LEFT.test(text)) return [marker]
  const turned = { ...marker, number: total, total: number }
  return [marker, { ...turned, prior: weighByContext(text, turned, TURNED_PRIOR) }]
}

function withoutCopies(markers: readonly Marker[]): readonly Marker[] {
  if (markers.length < 2) return markers
  const seen = new Set<string>()
  const unique = markers.filter((marker) => {
    const key = `${marker.start}-${marker.end} ${marker.number}`
    return !seen.has(key) && seen.add(key)
  })
  return unique.sort((a, b) => b.prior - a.prior || a.start - b.start)
}
