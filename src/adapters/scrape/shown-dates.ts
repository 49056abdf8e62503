// Days as pages of posts show them beside a name: `3h`, `2 years ago`, `Mar 3`, `3. März 2024`, `Mar 3, 2024 at 9:12
// AM`. Sources of patterns for a whole line or the end of one; no moment is made of them, because they have no zone and
// often no year.
import { MONTH_NAME } from '../values/months.ts'

const MONTH_DAY = `${MONTH_NAME}\\.? \\d{1,2}(?:st|nd|rd|th)?(?:,? \\d{4})?|\\d{1,2}\\.? (?:de )?${MONTH_NAME}\\.?(?: (?:de )?\\d{4})?|(?:\\d{4}年)?\\d{1,2}月\\d{1,2}日`
const NUMBERS = '\\d{4}-\\d{2}-\\d{2}|\\d{1,2}[./]\\d{1,2}[./]\\d{2,4}'
const UNIT = 's|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|wks?|weeks?|mo|months?|y|yrs?\\.?|years?'
/** The same in other languages, which set a word before or behind. */
const SPAN = '(?:\\d{1,3}|einem?r?|une?|una|uma?) ?\\p{L}{1,9}\\.?'
const AGO_ABROAD = `(?:vor|il y a|hace|há) ${SPAN}|${SPAN} (?:fa|geleden|önce|назад|temu|sedan|siden|sitten)|\\d{1,3} ?(?:秒|分钟|分鐘|分|時間|小时|小時|日|天|週間|周|週|か月|个月|個月|年)前|\\d{1,3} ?(?:초|분|시간|일|주|개월|년) ?전`
const AGO = `(?:an? |\\d{1,3} ?)(?:${UNIT})(?: ago)?|just now|now|yesterday|${AGO_ABROAD}`
export const CLOCK = '\\d{1,2}[:.]\\d{2}(?: ?[ap]\\.?m\\.?)?'
/** A day, with or without its year. */
export const DAY = `(?:${MONTH_DAY})`
/** A day or how long ago, with what may stand behind it. */
export const SHOWN_DATE = `(?:${AGO}|(?:${MONTH_DAY}|${NUMBERS})(?:,? (?:(?:at|um|à) )?${CLOCK})?|${CLOCK} [·•] ${DAY})(?: ?\\*| \\(?edited\\)?)?`

const WHOLE = new RegExp(`^[·•]?\\s*(${SHOWN_DATE})$`, 'iu')

/**
 * Longer lines are no day, and what has neither a number nor one of these words holds none: both are seen at a glance.
 */
const LONGEST = 60
const DAYISH = /\d|\b(?:an?|einem?r?|une?|una|uma?) |now|yesterday/i

/** The day a line shows and nothing else, as printed; null otherwise. */
export function shownDate(text: string): string | null {
  return text.length > LONGEST || !mayShowDate(text) ? null : (WHOLE.exec(text)?.[1] ?? null)
}

/** False where no day can be. */
export function mayShowDate(text: string): boolean {
  return DAYISH.test(text)
}
