// Dates and clocks in the words of other scripts, put into the forms that dates.ts reads: digits of all scripts, years
// and days counted by words, halves of the day, phrases for months. Texts without such letters come back as they are.
import { westernDigits } from './digits.ts'

/** Nothing but ASCII and accented Latin letters needs no words put into others. */
const OTHER = /[^\p{ASCII}\p{Script=Latin}\p{P}\p{S}\u00a0]|th[aá]ng|listopada|\d\s*(?:sáng|chiều|tối)/iu
/** Marks of direction, which say nothing. */
const DIRECTION = /[\u200b-\u200f\u202a-\u202e\u2066-\u2069]/g

const AM = '凌晨|早上|清晨|上午|午前|오전'
const PM = '中午|下午|午後|傍晚|晚上|오후'
const AM_BEHIND = 'ص(?:باح[اًا]*)?|ق\\.?\\s?ظ|π\\.?\\s?μ\\.?|дп|पूर्वाह्न|s[aá]ng|오전|午前|上午'
const PM_BEHIND = 'م(?:ساء[اًا]*)?|ب\\.?\\s?ظ|μ\\.?\\s?μ\\.?|пп|अपराह्न|chi[eề]u|t[oố]i|오후|午後|下午'
const VIETNAMESE = [
  'một|giêng',
  'hai',
  'ba',
  'tư|bốn',
  'năm',
  'sáu',
  'bảy',
  'tám',
  'chín',
  'mười',
  'mười một',
  'mười hai|chạp',
].map((words) => new Set(words.split('|')))
const THAI = ['ม.ค.', 'ก.พ.', 'มี.ค.', 'เม.ย.', 'พ.ค.', 'มิ.ย.', 'ก.ค.', 'ส.ค.', 'ก.ย.', 'ต.ค.', 'พ.ย.', 'ธ.ค.']
const ENGLISH = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')

type Change = readonly [from: RegExp, to: string | ((match: string, ...groups: string[]) => string)]

const CHANGES: readonly Change[] = [
  // `2019 年 3 月 4 日`, `2019년 3월 4일`
  [/(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]?/g, '$1-$2-$3 '],
  // `15时12分`, `15시 12분`
  [
    /(\d{1,2})\s?[时時点點시]\s?(\d{1,2})\s?[分분]/g,
    (_, hour = '', minute = '') => `${hour}:${minute.padStart(2, '0')}`,
  ],
  [new RegExp(`(?:${AM})\\s?(\\d{1,2}[:：]\\d\\d(?:[:：]\\d\\d)?)`, 'g'), '$1 am'],
  [new RegExp(`(?:${PM})\\s?(\\d{1,2}[:：]\\d\\d(?:[:：]\\d\\d)?)`, 'g'), '$1 pm'],
  [/：/g, ':'],
  [/[٫،]/g, (sign = '') => (sign === '٫' ? '.' : ',')],
  [new RegExp(`(\\d:\\d\\d(?::\\d\\d)?)\\s*(?:${AM_BEHIND})(?![\\p{L}\\p{M}])`, 'giu'), '$1 am'],
  [new RegExp(`(\\d:\\d\\d(?::\\d\\d)?)\\s*(?:${PM_BEHIND})(?![\\p{L}\\p{M}])`, 'giu'), '$1 pm'],
  // The months of the Levant are told apart by their second word.
  [/(كانون|تشرين)\s+(?=ال)/g, '$1'],
  [
    /th[aá]ng\s+(\d{1,2}|mười (?:một|hai)|một|giêng|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười|chạp)(?!\p{L})(?:\s+năm(?=\s+\d{4}))?/giu,
    (match, said = '') => vietnameseMonth(said.toLowerCase()) ?? match,
  ],
  [/[\u0e00-\u0e7f]{1,3}\.[\u0e00-\u0e7f]\./g, (match) => ENGLISH[THAI.indexOf(match)] ?? match],
  // November in Polish; in Croatian, which writes a point behind the day, October.
  [/(\d{1,2})\.\s?listopada/gi, '$1. October'],
]

/** The text with what it says of dates in Western digits and signs. Linear in its length. */
export function localDates(text: string): string {
  if (!OTHER.test(text)) return text
  const plain = westernDigits(text.replace(DIRECTION, ''))
  return CHANGES.reduce((said, [from, to]) => said.replace(from, to as string), plain)
}

function vietnameseMonth(said: string): string | null {
  const number = Number(said) || VIETNAMESE.findIndex((words) => words.has(said)) + 1
  return ENGLISH[number - 1] ?? null
}
