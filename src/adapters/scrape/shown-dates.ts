// Days as pages of posts show them beside a name: `3h`, `2 years ago`, `Mar 3`, `3. März 2024`, `Mar 3, 2024 at 9:12 AM`. Sources of
// patterns for a whole line or the end of one; no moment is made of them, because they have no zone and often no year.

const MONTH_DAY = '\\p{L}{3,12}\\.? \\d{1,2}(?:st|nd|rd|th)?(?:,? \\d{4})?|\\d{1,2}\\.? \\p{L}{3,12}\\.?(?: \\d{4})?'
const NUMBERS = '\\d{4}-\\d{2}-\\d{2}|\\d{1,2}[./]\\d{1,2}[./]\\d{2,4}'
const UNIT = 's|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|wks?|weeks?|mo|months?|y|yrs?\\.?|years?'
const AGO = `(?:an? |\\d{1,3} ?)(?:${UNIT})(?: ago)?|just now|now|yesterday`
export const CLOCK = '\\d{1,2}[:.]\\d{2}(?: ?[ap]\\.?m\\.?)?'
/** A day, with or without its year. */
export const DAY = `(?:${MONTH_DAY})`
/** A day or how long ago, with what may stand behind it. */
export const SHOWN_DATE = `(?:${AGO}|(?:${MONTH_DAY}|${NUMBERS})(?:,? (?:(?:at|um|à) )?${CLOCK})?|${CLOCK} [·•] ${DAY})(?: ?\\*| \\(?edited\\)?)?`

const WHOLE = new RegExp(`^[·•]?\\s*(${SHOWN_DATE})$`, 'iu')

/** The day a line shows and nothing else, as printed; null otherwise. */
export function shownDate(text: string): string | null {
  return WHOLE.exec(text)?.[1] ?? null
}
