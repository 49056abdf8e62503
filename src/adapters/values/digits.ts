// Digits as numbers, and digits of all scripts as Western ones.

const DIGIT = /\p{Nd}/gu
const IS_DIGIT = /^\p{Nd}$/u
const WHOLE_NUMBER = /^\d{1,9}$/
const ASCII_END = 128

/** `٢٠١٩` → `2019`. Linear in the length. */
export function westernDigits(text: string): string {
  return text.replace(DIGIT, westernDigit)
}

/** Scripts' digits stand in rows of ten, that begin where no digit stands before. */
function westernDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0
  let value = 0
  while (value < 9 && IS_DIGIT.test(String.fromCodePoint(code - value - 1))) value += 1
  return code < ASCII_END ? digit : String(value)
}

/** A text that is a whole number of at most nine digits; null for any other. */
export function wholeNumber(text: string | null): number | null {
  return text !== null && WHOLE_NUMBER.test(text) ? Number(text) : null
}
