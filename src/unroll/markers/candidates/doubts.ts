// What speaks for and against a candidate in its own post: dates, fractions, ratings, scores, idioms, lists. A doubt
// lowers the prior and never removes a candidate, because the document may know better. Weights are log-odds.
import { RATED_OF } from '../acceptance/company.ts'
import type { Form, Marker } from '../marker.ts'
import { foldingOf } from './numerals/digits.ts'

type Candidate = Omit<Marker, 'prior'>

/** A candidate with its surroundings, folded. */
interface Scene {
  readonly marker: Candidate
  readonly before: string
  /**
   * What of `before` is on the candidate's own line: nothing that precedes a number in a sentence is parted from it by
   * a line end.
   */
  readonly line: string
  /** The end of that: patterns that look back no further are not tried all over. */
  readonly near: string
  readonly after: string
  /** The start of the post, enough to see a list or a daily hashtag. */
  readonly whole: string
  /** The candidate itself. */
  readonly own: string
}

type Doubt = readonly [weight: number, holds: (scene: Scene) => boolean]

/** Context looked at on either side of a candidate (UTF-16 code units). */
const CONTEXT = 60
/** Longer than all that a pattern over `near` can match (UTF-16 code units). */
const NEAR = 24
/** A list or a hashtag inside a post is sought in no more than this (UTF-16 code units). */
const WHOLE = 1200
/** No thread was seen with a declared total of a hundred; photo-a-day and coding challenges have that many. */
const LONG_TOTAL = 100
const LONG_NUMBER = 60

const MONTH = 'jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec'
const IDIOMS = new Set(
  '9/11 24/7 7/11 20/20 50/50 100/100 24/365 365/24 7/7 1/6 4/20 60/40 70/30 80/20 90/10 364/5 5/7'.split(' '),
)
const DATE_BEFORE = new RegExp(
  `(?:\\b(?:until|till|by|due|deadline|before|since|week of|mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun|\\p{L}{2,6}day|(?:${MONTH})\\p{L}{0,6})[.:,]?|\\d ?[ap]m(?: [ecmp][sd]?t)?|\\b[ecmp][sd]?t) ?\\(?$`,
  'iu',
)
const SCORE_BEFORE =
  /\b(?:wordle|worldle|heardle|quordle|nerdle|framed|score[ds]?|rat(?:ing|ed?)|vot(?:e|ed)|pressure|signature|vision|lead|won|lost|half-?time|shot at|page|verse|ratio|odds|chances)\b[^.!?\n]{0,16}$/iu
const GAME_BEFORE = /\b\p{L}{2,12}(?:dle|rdle|drop|grams|lingo)\b #?[\d,.]{0,7} ?$|\bframed #\d{1,5}/iu
/** What any of these holds, much cheaper. */
const GAMISH = /dle|drop|grams|lingo|framed/i
const VALUE_BEFORE =
  /(?:\b(?:me|am|is|are|was|were|be|the|at|an?|of|about|around|only|nearly|over|under|it's|views|until)|[$£€~<>=]) ?$/iu
/** A day of the month is announced in so many words; a sentence that breaks off here has kin that does not. */
const DAY_BEFORE = /\b(?:on|am|vom|le|el|il|den|dia|día) $/iu
const RATED_BEFORE = /[:=] ?$/
const VERSE_BEFORE =
  /\b(?:mt|mk|lk|jn|matt|mark|luke|john|acts|rom|romans|cor|gal|eph|psalms?|ps|genesis|gen|exodus|isaiah) $/iu
const UNIT_AFTER =
  /^ ?(?:of|cups?|miles?|tsp|tbsp|inch(?:es)?|hours?|hrs?|years?|price|way|off|stars?|lbs?|oz|pounds?|would|for|finals?|majority|speed|scale|split|was|is|were|are|attacks?|trains?|points?|votes?|people|as|chance|recommend|will|do|a|an|the|to|in|on|and|or|widow\p{L}*|time)\b/u
const COUNTER =
  /#\p{L}{0,20}(?:100|365|366)\p{L}{1,20}|#(?:30|31|52|66)(?:days?|weeks?)\p{L}{0,20}|#(?:\p{L}{0,10}(?:daysof|daily|aday|inktober|nanowrimo)\p{L}{0,20})|self-portrait|photo a day|\b(?:day|week) \d{1,3}\b|\b\d{4}\/36[56]/iu
/** One of these is in whatever the pattern finds, and is sought much cheaper: most posts hold none. */
const COUNTERISH = ['#', 'day', 'week ', 'portrait', '/36']
const TAB_TITLE = / (?:-|\/|\|) (?:YouTube|Twitter|Facebook|X|Reddit|Instagram|LinkedIn|Gmail)(?: ?-)?$| \/ Twitter\b/u
/** Halves of what follows: a class of whole signs costs more. */
const GRIDDISH = /[⬛⬜\ud83d]/
const SCORE_GRID = /[⬛⬜🟨🟩🟦🟧🟥]/u
const ENDED_BEFORE = /(?:[.!?…"”'’)»:;\]。！？-]|\p{Extended_Pictographic})[\s\u2060]{0,3}$/u
/** A sign of two code units and three blanks. */
const ENDED_REACH = 5
const PARTED_BEFORE = /[\p{L}\d][,:] $/u
const WORD_BEFORE = /[\p{L}\d,&][ ]{1,2}$/u
const LOWER_AFTER = /^ {1,2}\p{Ll}/u
const UPPER_AFTER = /^[ .:)\n-]{1,3}(?:[\p{Lu}\p{Lo}"“«#@(]|\p{Extended_Pictographic})/u
const VERB_AFTER = /^ (?:is|was|are|were|isn't|wasn't|has|had|of|would|people|million|billion|percent|years?|and)\b/u
const MONTH_AFTER = new RegExp(
  `^ ?(?:${MONTH}|mai|mär|okt|dez|ene|abr|ago|dic|gen|giu|lug|fév|avr|juin|juil|août|déc)\\p{L}{0,8}\\b`,
  'iu',
)
/** `1. Mai 1945`: a date, in company too. "May" may be a verb. */
const DATE_AFTER =
  /^ ?(?:jan(?:uary?|uar)?|feb(?:ruary?|ruar)?|march|märz|apr(?:il)?|mai|june?|juni|july?|juli|aug(?:ust)?|sept?(?:ember)?|o[ck]t(?:ober)?|nov(?:ember)?|de[cz](?:ember)?|(?:de )?(?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)|janvier|février|avril|juin|juillet|août|septembre|octobre|novembre|décembre|gennaio|febbraio|aprile|maggio|giugno|luglio|settembre|ottobre|dicembre)(?![\p{L}])/iu
const SENTENCE_AFTER = /^ (?:That|That's|Not|Yes|No) /u
const STOPPED = /[.,]$/
/** `(Deadline 2/15)`; `(Update 1/2)` numbers posts. */
const WORDED = /^[([{] ?(?!update|thread|tweet|part|post|hilo|cont|reply)\p{L}{2}/iu
const ZERO_LED = /\/ ?0\d/
const SPACED = /\d \/ ?\d/
const CUED = /thread|tweet|hilo|тред|part|update|🧵/iu

/** Fractions with a number on both sides. */
const FRACTION_DOUBTS: readonly Doubt[] = [
  [-4, ({ marker }) => IDIOMS.has(`${marker.number}/${marker.total}`)],
  [-3, ({ marker }) => marker.number === 0],
  [-2, ({ marker }) => isOver(marker) && (marker.number ?? 0) > (marker.total ?? 0) + 3],
  [-1.2, ({ marker }) => isOver(marker)],
  // Nobody promises a thread of one, but scores and ratings end so.
  [-3, ({ marker }) => isOver(marker) && (marker.total ?? 0) < 2],
  [-2.5, ({ marker }) => (marker.total ?? 0) >= LONG_TOTAL],
  // `10/10 END` is the last of ten and no praise.
  [3, ({ marker }) => marker.cue === 'end' && marker.number === marker.total],
  [-0.8, ({ marker }) => marker.total === 10 && (marker.number ?? 0) > 4],
  [-1.5, ({ marker, after }) => marker.total === 10 && marker.number === 10 && after.trim() !== ''],
  [-2.5, ({ own }) => ZERO_LED.test(own)],
  [-1, ({ own }) => SPACED.test(own)],
  [-3, ({ near }) => near !== '' && DATE_BEFORE.test(near)],
  [-2.5, ({ line }) => line !== '' && SCORE_BEFORE.test(line)],
  [-2, ({ near }) => near !== '' && VALUE_BEFORE.test(near)],
  [-4.5, ({ marker, near, after }) => marker.bracket === '' && DAY_BEFORE.test(near) && !CUED.test(after.slice(0, 16))],
  [-5.5, ({ marker, near }) => RATED_OF.has(marker.total ?? 0) && marker.place === 'tail' && RATED_BEFORE.test(near)],
  [-3, ({ near }) => near !== '' && VERSE_BEFORE.test(near)],
  [-3, ({ marker, after }) => marker.bracket === '' && UNIT_AFTER.test(after)],
  [-3, ({ whole }) => isCounting(whole)],
  [-6, ({ before }) => GAMISH.test(before) && GAME_BEFORE.test(before)],
  [-4, ({ whole }) => GRIDDISH.test(whole) && SCORE_GRID.test(whole)],
  [-1, ({ marker, near }) => marker.bracket === '' && WORD_BEFORE.test(near)],
  [1, ({ marker, before }) => marker.place === 'tail' && ENDED_BEFORE.test(before.slice(-ENDED_REACH))],
  [-0.8, ({ marker, after }) => marker.bracket === '' && LOWER_AFTER.test(after)],
  [0.8, ({ marker, after }) => marker.place === 'head' && UPPER_AFTER.test(after)],
  [-0.8, ({ own }) => STOPPED.test(own)],
  [-2.5, ({ own }) => WORDED.test(own)],
  [1, ({ before, after }) => CUED.test(before.slice(-12) + after.slice(0, 16))],
  [1.5, ({ marker, before, after }) => marker.place.startsWith('own-line') && (isVoid(before) || isVoid(after))],
]

/** One number: list items, ranks, counts and years look the same. */
const ITEM_DOUBTS: readonly Doubt[] = [
  [-4, ({ marker }) => (marker.number ?? 0) >= 1000],
  [-1.5, ({ marker }) => (marker.number ?? 0) >= LONG_NUMBER],
  [-1, ({ marker }) => marker.number === 0],
  [-4.5, (scene) => isListed(scene)],
  [-4, ({ whole }) => TAB_TITLE.test(whole)],
  [-2, ({ after }) => after !== '' && VERB_AFTER.test(after)],
  [-1.5, ({ after }) => after !== '' && SENTENCE_AFTER.test(after)],
  [-3, ({ after }) => after !== '' && MONTH_AFTER.test(after)],
  [-4, ({ marker, after }) => !marker.place.startsWith('own-line') && DATE_AFTER.test(after)],
  [-0.4, ({ after }) => LOWER_AFTER.test(after)],
  // "Part 3 of what we saw" is a sentence, in company too; "Part 3: …" and "Part 3" alone are numbers.
  [-6, ({ marker, after }) => marker.form === 'part n' && marker.bracket === '' && LOWER_AFTER.test(after)],
  // "Dune, part 2" is a film.
  [-7, ({ marker, near }) => isSpokenPart(marker) && PARTED_BEFORE.test(near)],
  [0.4, ({ after }) => UPPER_AFTER.test(after)],
  [-1.2, ({ marker, near }) => marker.place === 'tail' && WORD_BEFORE.test(near)],
  // "Day 3:" says itself what it counts.
  [-2, ({ marker, whole }) => marker.form !== 'label n' && isCounting(whole)],
  [1, ({ marker }) => marker.place.startsWith('own-line')],
]

/** `n/`, `/n`, open totals: nothing else is written so, references apart. */
const SAFE_DOUBTS: readonly Doubt[] = [
  [-3, ({ near }) => near !== '' && REFERENCE.test(near)],
  [-2, ({ marker }) => (marker.number ?? 0) >= 200],
  [-1.5, ({ marker, after }) => marker.form === 'n/' && marker.place === 'head' && VERB_AFTER.test(after)],
]
const REFERENCE = /\b(?:see|in|per|cf\.?|from|like|and|or|point|tweet) $/iu

const SAFE_FORMS: ReadonlySet<Form> = new Set<Form>(['n/', '/n'])

/** The prior of a candidate after all that its own post says for and against it. */
export function weighByContext(text: string, marker: Candidate, prior: number): number {
  const folded = foldingOf(text)
  const before = folded(text.slice(Math.max(0, marker.start - CONTEXT), marker.start))
  const line = before.slice(before.lastIndexOf('\n') + 1)
  const scene: Scene = {
    marker,
    before,
    line,
    near: line.slice(-NEAR),
    after: folded(text.slice(marker.end, marker.end + CONTEXT)),
    whole: folded(text.slice(0, WHOLE)),
    own: folded(text.slice(marker.start, marker.end)),
  }
  let odds = logit(prior)
  for (const [weight, holds] of doubtsAbout(marker)) if (holds(scene)) odds += weight
  return 1 / (1 + Math.exp(-odds))
}

/** Whether the post says that it counts days: `#100DaysOfCode`, `day 12`, `self-portrait`. */
export function countsAloud(text: string): boolean {
  return isCounting(foldingOf(text)(text.slice(0, WHOLE)))
}

/** The text asked for last, and the answer: each candidate of a post asks, and so does its family. */
let [asked, answer] = ['', false]

function isCounting(whole: string): boolean {
  if (whole !== asked) [asked, answer] = [whole, mayCount(whole.toLowerCase()) && COUNTER.test(whole)]
  return answer
}

function mayCount(lower: string): boolean {
  return COUNTERISH.some((part) => lower.includes(part))
}

function doubtsAbout(marker: Candidate): readonly Doubt[] {
  if (marker.total !== null) return FRACTION_DOUBTS
  return marker.openEnded || SAFE_FORMS.has(marker.form) ? SAFE_DOUBTS : ITEM_DOUBTS
}

function isSpokenPart({ form, bracket, place }: Candidate): boolean {
  return form === 'part n' && bracket === '' && place === 'tail'
}

function isVoid(side: string): boolean {
  return side.trim() === ''
}

function isOver(marker: Candidate): boolean {
  return marker.number !== null && marker.total !== null && marker.number > marker.total
}

/** Whether the post goes on counting by itself: `1. … 2. …`, or holds several bare counts: `A (48), B (36)`. */
function isListed({ marker, whole }: Scene): boolean {
  const pattern = ITEM_PATTERNS[marker.form]
  if (pattern === undefined || marker.number === null) return false
  if (marker.place !== 'tail' && !whole.includes(String(marker.number + 1))) return false
  const numbers = [...whole.matchAll(pattern)].map((match) => Number(match[1]))
  return marker.place === 'tail' ? numbers.length > 1 : numbers.includes(marker.number + 1)
}

const ITEM_PATTERNS: Partial<Record<Form, RegExp>> = {
  'n.': /(?<![\p{L}\d])(\d{1,3})\.(?!\d)/gu,
  'n)': /(?<![\p{L}\d(])(\d{1,3})\)/gu,
  '(n)': /\((\d{1,3})\)/g,
  'n:': /(?<![\p{L}\d:])(\d{1,3}):(?!\d)/gu,
  'n-': /(?<![\p{L}\d-])(\d{1,3}) ?[-、]/gu,
  '#n': /#(\d{1,3})(?!\d)/g,
  keycap: /(\d)\u2060?\u20e3/g,
}

function logit(p: number): number {
  return Math.log(p / (1 - p))
}
