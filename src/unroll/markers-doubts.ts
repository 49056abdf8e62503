// What speaks for and against a candidate in its own post: dates, fractions, ratings, scores, idioms, lists. A doubt
// lowers the prior and never removes a candidate, because the document may know better. Log-odds, set by eye.
import { fold } from './digits.ts'
import type { Marker } from './marker.ts'

type Candidate = Omit<Marker, 'prior'>

/** A candidate with its surroundings, folded. */
interface Scene {
  readonly marker: Candidate
  readonly before: string
  readonly after: string
  readonly whole: string
}

interface Doubt {
  readonly weight: number
  readonly holds: (scene: Scene) => boolean
}

/** Context looked at on either side of a candidate (UTF-16 code units). */
const CONTEXT = 60
/** A list inside a post is sought in no more than this (UTF-16 code units). */
const LIST_WINDOW = 1200

const IDIOMS = new Set(['9/11', '24/7', '7/11', '20/20', '50/50', '100/100', '365/24', '7/7', '1/6', '60/40', '80/20', '4/20', '364/5'])
const MONTHS = 'jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec'
const DATE_BEFORE = new RegExp(`(?:\\b(?:until|till|by|on|due|deadline|before|since|from|mon|tue|wed|thu|fri|sat|sun|day|${MONTHS})[a-z]{0,6}[.:,]?|[ap]m(?: [ecmp]s?t)?|\\b[ECMP][SD]?T|\\d{4})[ (]{1,2}$`, 'iu')
const SCORE_BEFORE = /(?:\b(?:wordle|worldle|heardle|quordle|nerdle|dordle|framed|connections)\b.{0,14}|\b(?:score|scored|rating|rate|rated|vote|voted|pressure|signature|vision|beat|beats|lead|won|lost|half-time|halftime|shot at|page|verse|chapter|line|me|am|is|are|was|the|at|a|an|of|give it|it's)\b[:]? ?)$/iu
const FRACTION_AFTER = /^ ?(?:of\b|cups?\b|miles?\b|an?\b|the\b|tsp|tbsp|inch|hours?\b|hrs?\b|years?\b|price|way\b|off\b|stars?\b|lb|lbs\b|oz\b|pounds?\b|would\b|for\b|finals?\b|majority|game|speed|scale|split|time\b|was\b|is\b|attacks?\b|train\b|page\b|points?\b|votes?\b|people\b|as\b|not\b|chance|recommend|will\b|do\b)/u
const COUNTER = /#\w{0,20}(?:100|365|30|52|66)\w{0,20}|#\w{0,10}(?:days?of|daily|aday|inktober|nanowrimo|photo)\w{0,20}|self-portrait|photo a day|\bday \d/iu
const LOWER_AFTER = /^ \p{Ll}/u
const UPPER_AFTER = /^[ .:)\n-]{1,3}[\p{Lu}\p{Lo}"“«#@\p{Extended_Pictographic}]/u
const ENDED_BEFORE = /[.!?…"”'’)»:;\]👇🧵。！？-][\s\u2060]{0,3}$/u
const WORD_BEFORE = /[\p{L}\d,][ ]{1,2}$/u
const SCORE_GRID = /[⬛⬜🟨🟩🟦🟧🟥]/u

const NUMERIC: readonly Doubt[] = [
  { weight: -4, holds: ({ marker }) => IDIOMS.has(`${marker.number}/${marker.total}`) },
  { weight: -3, holds: ({ marker }) => marker.number === 0 },
  { weight: -2.2, holds: ({ marker }) => isOver(marker) },
  { weight: -2.5, holds: ({ marker }) => (marker.total ?? 0) >= 100 },
  { weight: -1, holds: ({ marker }) => marker.total === 10 && marker.number !== 1 },
  { weight: -1.5, holds: ({ marker }) => marker.total === 10 && marker.number === 10 },
  { weight: -1.2, holds: ({ marker, after }) => marker.total === 5 && /^ ?$/u.test(after) && marker.number === 4 },
  { weight: -2.5, holds: ({ marker, whole }) => /\/0\d/.test(whole.slice(marker.start, marker.end)) },
  { weight: -3, holds: ({ before }) => DATE_BEFORE.test(before) },
  { weight: -2.2, holds: ({ before }) => SCORE_BEFORE.test(before) },
  { weight: -3, holds: ({ marker, after }) => marker.bracket === '' && FRACTION_AFTER.test(after) },
  { weight: -3, holds: ({ whole }) => COUNTER.test(whole) },
  { weight: -4, holds: ({ whole }) => SCORE_GRID.test(whole) },
  { weight: -1.2, holds: ({ marker, before }) => marker.place === 'tail' && marker.bracket === '' && WORD_BEFORE.test(before) },
  { weight: 1.5, holds: ({ marker, before }) => marker.place === 'tail' && ENDED_BEFORE.test(before) },
  { weight: -1.2, holds: ({ marker, after }) => marker.place === 'head' && marker.bracket === '' && LOWER_AFTER.test(after) },
  { weight: 0.8, holds: ({ marker, after }) => marker.place === 'head' && UPPER_AFTER.test(after) },
  { weight: -1, holds: ({ marker, whole }) => /[.,]$/.test(whole.slice(marker.start, marker.end)) },
]

/** The prior of a candidate after all that its own post says. */
export function doubt(text: string, marker: Candidate, prior: number): number {
  return prior
}
export const scene = { fold, CONTEXT, LIST_WINDOW, NUMERIC }
function isOver(marker: Candidate): boolean {
  return marker.number !== null && marker.total !== null && marker.number > marker.total
}
