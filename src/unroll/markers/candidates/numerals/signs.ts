// Which signs a stretch of folded text holds, opens and closes with: enough to know that most forms of markers cannot
// stand in it, at the price of one look at each character. It recognises no marker.
import { FILLER, isSingle, SINGLE_RANGES } from './digits.ts'

/** Signs as bits, so that a set of them is a number. */
export const DIGIT = 1
export const SLASH = 2
export const OPEN = 4
export const CLOSE = 8
export const HASH = 16
export const KEYCAP = 32
export const SINGLE = 64
export const HAN = 128
export const TEN = 256
/** Letters, punctuation, pictures. */
export const OTHER = 512
export const ANY = 1023
/** Beside OTHER: what closes a sentence, and a marker with it. */
const STOP = 1024

export interface Signs {
  readonly held: number
  /** The first and the last sign; blanks and fillers are none, and at the end `.`, `!`, `:` and `,` are none. */
  readonly first: number
  readonly last: number
}

const ASCII = Uint16Array.from({ length: 128 }, (_, code) => signOfAscii(String.fromCharCode(code)))
const HAN_NUMERALS = '〇一二三四五六七八九十'
const COMBINING_KEYCAP = 0x20e3
const FILLER_CODE = FILLER.charCodeAt(0)
/** U+1F51F KEYCAP TEN is told by its low surrogate. */
const TEN_LOW = 0xdd1f
const NUMBERS = `0-9${HAN_NUMERALS}${String.fromCharCode(TEN_LOW)}${SINGLE_RANGES}`
/**
 * What every marker with a number holds at least one of: DIGIT, SINGLE, HAN, TEN. A pattern seeks it ten times as fast
 * as a loop.
 */
const NUMBER = new RegExp(`[${NUMBERS}]`, 'g')
/** All signs but OTHER. */
const SIGN = new RegExp(`[${NUMBERS}/\\\\|([{)\\]}#${String.fromCharCode(COMBINING_KEYCAP)}]`, 'g')

/** The signs of a stretch of folded text. Whether it holds OTHER is not asked: nearly all do. */
export function readSigns(folded: string): Signs {
  let [start, end] = [0, folded.length]
  while (start < end && signAt(folded, start) === 0) start++
  while (end > start && closesNothing(signAt(folded, end - 1))) end--
  let held = OTHER
  SIGN.lastIndex = start
  while (SIGN.test(folded)) held |= signAt(folded, SIGN.lastIndex - 1)
  return {
    held,
    first: start < folded.length ? signAt(folded, start) : 0,
    last: start < end ? signAt(folded, end - 1) : 0,
  }
}

function closesNothing(sign: number): boolean {
  return sign === 0 || (sign & STOP) !== 0
}

/** Offset of the first number, in any writing, in [from, to), or -1. */
export function findNumber(folded: string, from: number, to: number): number {
  NUMBER.lastIndex = from
  const found = NUMBER.test(folded) ? NUMBER.lastIndex - 1 : -1
  return found < to ? found : -1
}

function signAt(folded: string, at: number): number {
  const code = folded.charCodeAt(at)
  if (code < 128) return ASCII[code] ?? OTHER
  if (code === FILLER_CODE) return 0
  if (code === COMBINING_KEYCAP) return KEYCAP
  if (code === TEN_LOW) return TEN
  if (isSingle(code)) return SINGLE
  return HAN_NUMERALS.includes(String.fromCharCode(code)) ? HAN : OTHER
}

function signOfAscii(character: string): number {
  if (character >= '0' && character <= '9') return DIGIT
  if (character === ' ' || character === '\n') return 0
  if ('/\\|'.includes(character)) return SLASH
  if ('([{'.includes(character)) return OPEN
  if (')]}'.includes(character)) return CLOSE
  if ('.!:,'.includes(character)) return OTHER | STOP
  return character === '#' ? HASH : OTHER
}
