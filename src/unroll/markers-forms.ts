// The forms in which authors number posts, as a table of patterns over folded text (see digits.ts). It says what a form
// looks like, never whether a hit is believed: that is the business of markers-doubts.ts and families.ts.
import { FILLER } from './digits.ts'
import type { Form } from './marker.ts'

/** `front`: the pattern holds at the start of a post, `back`: at its end, `line`: only where it fills a line. */
export type Side = 'front' | 'back' | 'line'

/** One pattern. Named groups: `open` bracket, `n`, `m` (a number), `x` (an open total), `end` (an end word). */
export interface FormPattern {
  readonly form: Form
  readonly sides: readonly Side[]
  /** Anchored at the offset where it is tried. */
  readonly front: RegExp
  /** Anchored at the end of the slice in which it is tried. */
  readonly back: RegExp
  /** How often a hit is a marker, before context: counted by eye on real posts, one post at a time. */
  readonly prior: number
}

const GAP = `[ ${FILLER}]{0,2}`
const DIGITS = `${FILLER}?\\d(?:${FILLER}?\\d){0,3}`
const N = `(?<n>${DIGITS})`
const M = `(?<m>${DIGITS})`
const OPEN_TOTAL = '(?<x>[nN](?!\\p{L})|[xX](?!\\p{L})|\\?{1,3}|∞|…|\\.{3}|(?:many|lots|tbd|idk)(?!\\p{L}))'
const END = '(?<end>(?:the )?end(?: of thread| thread)?|fin|fim|finis|final|ende|конец)(?!\\p{L})'
const WORD = '(?:(?<word>\\p{L}{2,12})\\.? )?'
const OF = '(?:of|out of|de|von|sur|di|van|av|af|из|з|từ|dari|of the)'
const PART = '(?<part>part|pt\\.?|parte|teil|partie|deel|del|część|часть|частина|bölüm|episode|tweet|post)'
const HAN = '(?<han>[〇一二三四五六七八九十]{1,3})'

/** What may not stand after a marker at the front: more digits, Latin letters, a decimal. */
const NOT_MORE = '(?![\\d/\\\\%°*]|[.,:]\\d|\\p{Script=Latin}|-\\p{L})'
/** As above, but a capital may follow at once: `1/Months in the making`. */
const NOT_NUMBER = '(?![\\d/])'
/** What may not stand before a marker at the back: letters, digits, paths, money, handles. */
const NOT_GLUED = '(?<![\\p{Script=Latin}\\d/\\\\$£€#_=&%+*<>@^~-])(?<!\\d[.,:])(?<!\\b\\p{L})'

const FORMS: readonly FormPattern[] = [
  form('n/m', 'both', 0.85, `(?<open>[([{])${GAP}${WORD}#?${N}${GAP}/${GAP}(?:${M}|${OPEN_TOTAL})${GAP}[)\\]}]`),
  form('n/', 'both', 0.9, `(?<open>[([{])${GAP}${N}${GAP}/${GAP}[)\\]}]`),
  form('/n', 'both', 0.9, `(?<open>[([{])${GAP}/${GAP}${N}${GAP}[)\\]}]`),
  form('n of m', 'both', 0.9, `(?<open>[([{])${GAP}${WORD}${N} ${OF} ${M}[)\\]}]`),
  form('part n', 'both', 0.75, `(?<open>[([{])${GAP}${PART} ?#?${N}(?: ?(?:/|${OF}) ?${M})?[)\\]}]`),
  form('part n', 'both', 0.7, `${PART} ?#?${N}(?: ?(?:/|${OF}) ?(?:${M}|${OPEN_TOTAL}))?${NOT_MORE}`),
  form('n/', 'both', 0.95, `${N}${GAP}[/.)|:-]${GAP}${END}`),
  form('n/m', 'both', 0.8, `${N}${GAP}/${GAP}${OPEN_TOTAL}`),
  form('n/m', 'both', 0.7, `#?${N}${GAP}[/\\\\|]${GAP}${M}${NOT_MORE}`),
  form('n of m', 'both', 0.7, `${N} ${OF} ${M}${NOT_MORE}`),
  form('n/', 'both', 0.88, `${N} ?(?:/{1,2}|\\\\)${NOT_NUMBER}`),
  form('/n', 'both', 0.85, `/{1,2} ?${N}${NOT_MORE}`),
  form('(n)', 'both', 0.5, `(?<open>[([{])${GAP}#?${N}${GAP}[)\\]}]`),
  form('n)', 'front', 0.6, `${N}${GAP}[)\\]](?![)\\]])[.:]?`),
  form('n.', 'front', 0.5, `${N}\\.(?![\\d.])`),
  form('n:', 'front', 0.45, `${N}${GAP}:(?!\\d)`),
  form('n-', 'front', 0.4, `${N} ?(?:-{1,2}|\\||>|、|•|·)(?=[ \\n]${GAP}(?!\\d))`),
  form('n-', 'front', 0.5, `${N}、`),
  form('#n', 'front', 0.35, `#${N}${NOT_MORE}`),
  form('keycap', 'both', 0.5, `(?<keys>(?:\\d${FILLER}?\\u20e3${FILLER}?){2,3})`),
  form('keycap', 'both', 0.5, `${N}${FILLER}?\\u20e3${FILLER}?|🔟`),
  form('circled', 'both', 0.55, '(?<single>[①-⒛⓪-⓿❶-➓㈠-㈩㉑-㉟㊀-㊉㊱-㊿])'),
  form('cjk', 'front', 0.6, `(?<open>[([])?第?${HAN}(?:[/)\\].:、]|(?<=[(\\[][^)]{1,3})[)\\]])`),
  form('bare', 'line', 0.3, N),
  form('n.', 'line', 0.5, `${N}\\.`),
  form('n)', 'line', 0.6, `${N}\\)`),
]

/** The first form that stands at `at`, or null. */
export function matchFront(
  folded: string,
  at: number,
  side: Side,
): { form: FormPattern; match: RegExpExecArray } | null {
  return firstMatch(side, (pattern) => {
    pattern.front.lastIndex = at
    return pattern.front.exec(folded)
  })
}

/** The first form that ends the slice, or null. Keep the slice short: it is searched from its start. */
export function matchBack(slice: string, side: Side): { form: FormPattern; match: RegExpExecArray } | null {
  return firstMatch(side, (pattern) => pattern.back.exec(slice))
}

function firstMatch(side: Side, run: (pattern: FormPattern) => RegExpExecArray | null) {
  for (const pattern of FORMS) {
    const match = pattern.sides.includes(side) ? run(pattern) : null
    if (match !== null) return { form: pattern, match }
  }
  return null
}

function form(name: Form, where: 'both' | 'front' | 'line', prior: number, source: string): FormPattern {
  const sides: readonly Side[] =
    where === 'both' ? ['front', 'back', 'line'] : where === 'front' ? ['front', 'line'] : ['line']
  return {
    form: name,
    sides,
    prior,
    front: new RegExp(`(?:${source})`, 'iuy'),
    back: new RegExp(`${NOT_GLUED}(?:${source})[.!:,]?$`, 'iu'),
  }
}
