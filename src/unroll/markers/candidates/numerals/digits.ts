// Numbers in the world's digits, brackets and slashes. `fold` lays a text over ASCII one code unit for one code unit,
// so that a span found in the folded text is a span of the original. It is not a general numeral parser.

/**
 * Stands for a code unit that carries nothing a marker needs: selectors, joiners, direction marks. U+2060 WORD JOINER.
 */
export const FILLER = '\u2060'

/** Zeros of the decimal digit runs of Unicode that people type: Arabic-Indic, Persian, Devanagari, Bengali, Gurmukhi,
 * Gujarati, Oriya, Tamil, Telugu, Kannada, Malayalam, Thai, Lao, Tibetan, Myanmar, Khmer, full width, subscript. */
const ZEROS = [
  0x660, 0x6f0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0, 0xf20, 0x1040, 0x17e0,
  0xff10, 0x2080,
]

/** Mathematical digits (bold, double-struck, sans, monospace) are U+1D7CE–U+1D7FF: U+D835 and one of fifty lows. */
const MATH_HIGH = 0xd835
const MATH_LOW_FIRST = 0xdfce
const MATH_DIGITS = 50

/** By value; three of them stand apart from the others in Unicode. */
const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹'

const LOOKALIKES: Readonly<Record<string, string>> = {
  '/': '⁄∕／⧸╱',
  '\\': '＼∖',
  '(': '（﴾⁽❨〔〈⟨《',
  ')': '）﴿⁾❩〕〉⟩》',
  '[': '［【〚',
  ']': '］】〛',
  '.': '．。｡।။',
  ':': '：꞉∶',
  '-': '‐‑‒–—―−－',
  '#': '＃№',
  '、': '､،',
  ' ': '\u00a0\u2002\u2003\u2009\u202f\u3000\t',
  [FILLER]:
    '\ufe0e\ufe0f\u200b\u200c\u200d\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff',
}

/** Runs of single characters that are whole numbers: Roman, circled (letters too), parenthesised, with full stop. */
const SINGLES: readonly (readonly [first: number, last: number, value: number])[] = [
  [0x2160, 0x216b, 1],
  [0x2170, 0x217b, 1],
  [0x2460, 0x2473, 1],
  [0x2474, 0x2487, 1],
  [0x2488, 0x249b, 1],
  [0x24b6, 0x24cf, 1],
  [0x24d0, 0x24e9, 1],
  [0x24ea, 0x24ea, 0],
  [0x24eb, 0x24f4, 11],
  [0x24f5, 0x24fe, 1],
  [0x24ff, 0x24ff, 0],
  [0x2776, 0x277f, 1],
  [0x2780, 0x2789, 1],
  [0x278a, 0x2793, 1],
  [0x3220, 0x3229, 1],
  [0x3251, 0x325f, 21],
  [0x3280, 0x3289, 1],
  [0x32b1, 0x32bf, 36],
]

/** They, as ranges for a class of a pattern. */
export const SINGLE_RANGES = SINGLES.map(
  ([first, last]) => `${String.fromCharCode(first)}-${String.fromCharCode(last)}`,
).join('')
const FIRST_SINGLE = 0x2160
const LAST_SINGLE = 0x32bf

const HAN_DIGITS = '〇一二三四五六七八九'
const NOT_DIGIT = /[^0-9]/g
const DIGIT_ZERO = 0x30

/** What each UTF-16 code unit folds to, 0 where to itself: a table is ten times quicker than a class of 300 signs. */
const FOLDS = buildFolds()
/** Plain texts, which are most, fold to themselves. */
const NOT_PLAIN = /[^\n -~]/

/** The text over ASCII digits, slashes and brackets; the same length in UTF-16 code units. */
export function fold(text: string): string {
  if (isPlain(text)) return text
  let [folded, kept] = ['', 0]
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    const plain = FOLDS[code] ?? 0
    const digit = code === MATH_HIGH ? mathDigit(text.charCodeAt(at + 1)) : null
    if (plain === 0 && digit === null) continue
    folded += text.slice(kept, at) + (digit === null ? String.fromCharCode(plain) : `${FILLER}${digit}`)
    kept = digit === null ? at + 1 : at + 2
  }
  return kept === 0 ? text : folded + text.slice(kept)
}

/** Whether a text is ASCII that folds to itself. */
export function isPlain(text: string): boolean {
  return !NOT_PLAIN.test(text)
}

/** What folds the parts of a text: nothing where the whole is plain. A part then need not be looked at again. */
export function foldingOf(text: string): (part: string) => string {
  return isPlainPost(text) ? asItIs : fold
}

/** The post asked about last, and the answer: its ends ask, each candidate in it, and their family. */
let [asked, answer] = ['', true]

/** The same as `isPlain` of a whole post. */
export function isPlainPost(text: string): boolean {
  if (text !== asked) [asked, answer] = [text, isPlain(text)]
  return answer
}

function asItIs(part: string): string {
  return part
}

/** The digit of a mathematical one's low half, null for any other code unit. */
function mathDigit(low: number): number | null {
  return low >= MATH_LOW_FIRST && low < MATH_LOW_FIRST + MATH_DIGITS ? (low - MATH_LOW_FIRST) % 10 : null
}

/** The value of a run of folded digits (fillers between them allowed); null when there is none. */
export function readDigits(folded: string): number | null {
  const digits = folded.replace(NOT_DIGIT, '')
  return digits === '' ? null : Number(digits)
}

/** Whether a code unit is a number by itself: ①, ❷, ⑶, ⒋, ㈤. */
export function isSingle(code: number): boolean {
  return code >= FIRST_SINGLE && code <= LAST_SINGLE && SINGLES.some(([first, last]) => code >= first && code <= last)
}

/** The value of ①, ❷, ⑶, ⒋, ㈤ or null. */
export function readSingle(character: string): number | null {
  const code = character.codePointAt(0) ?? 0
  const run = SINGLES.find(([first, last]) => code >= first && code <= last)
  return run === undefined ? null : run[2] + code - run[0]
}

/** The value of a Han numeral up to 99 (一, 十二, 三十一), or null. */
export function readHan(numeral: string): number | null {
  const ten = numeral.indexOf('十')
  if (ten < 0) return numeral.length === 1 ? hanDigit(numeral) : null
  const tens = ten === 0 ? 1 : hanDigit(numeral.slice(0, ten))
  const ones = ten === numeral.length - 1 ? 0 : hanDigit(numeral.slice(ten + 1))
  return tens === null || ones === null ? null : tens * 10 + ones
}

function hanDigit(character: string): number | null {
  const value = HAN_DIGITS.indexOf(character)
  return character.length === 1 && value >= 0 ? value : null
}

function buildFolds(): Uint16Array {
  const folds = new Uint16Array(65_536)
  for (const zero of ZEROS) for (let value = 0; value < 10; value++) folds[zero + value] = DIGIT_ZERO + value
  for (let value = 0; value < 10; value++) folds[SUPERSCRIPTS.charCodeAt(value)] = DIGIT_ZERO + value
  for (const [plain, others] of Object.entries(LOOKALIKES))
    for (const other of others) folds[other.charCodeAt(0)] = plain.charCodeAt(0)
  return folds
}
