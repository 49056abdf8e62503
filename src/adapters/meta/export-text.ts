// Text in the exports of Meta's services: each byte of its UTF-8 is written as a character of its own (`\u00c3\u00a9`
// for é; 2018 to now). Read back here, string by string: what is no such text stays as it is.
import { type Json, textAt, valueAt } from '../values/json-fields.ts'

const HIGH = /[\u0080-\u00FF]/
const NO_BYTE = /[\u0100-\uFFFF]/
const READER = new TextDecoder('utf-8', { fatal: true })

/** The text as it was typed. */
export function readBack(text: string): string {
  if (!HIGH.test(text) || NO_BYTE.test(text)) return text
  try {
    return READER.decode(Buffer.from(text, 'latin1'))
  } catch {
    return text // a file that somebody has mended already
  }
}

/** As textAt, read back. */
export function wordsAt(value: unknown, ...keys: readonly string[]): string | null {
  const text = textAt(value, ...keys)
  return text === null ? null : readBack(text)
}

/** Seconds since 1970; 0 stands for unknown. */
export function secondsAt(value: Json, key: string): number | null {
  const seconds = valueAt(value, key)
  return typeof seconds === 'number' && seconds > 0 ? seconds : null
}
