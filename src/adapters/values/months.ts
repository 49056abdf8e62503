// Names of months, whole or shortened, in the languages met so far → their numbers. No knowledge of days or years.

/** How months begin, without marks, all languages of one calendar together. */
const MONTHS = [
  'jan ene gen sty led oca tammi jaan xan yanv ianua ιαν янв січ яну јан ינואר يناير جانفي كانونالثاني ژانويه जनवर জানয sausi siječ มกราคม',
  'feb fev lut uno sub helmi pebre pebrero veeb φεβ фев лют феб פברואר فبراير فيفري شباط فوريه फरवर ফবর vasar velja กุมภาพันธ์',
  'mar mrt mrz bre maart maalis ozuj μαρ мар бер מרץ מרס مارس اذار मरच মরচ kovo มีนาคม',
  'apr abr avr kwi dub nis huhti travnj travanj απρ апр кві кви אפריל ابريل افريل نيسان اوريل आپریل अपरल এপরল baland เมษายน',
  'may mai mag mei maj kve touko svib μαι мая маи трав мај מאי مايو ماي ايار gegu พฤษภาคม',
  'jun juin giu cze cerven cervn haz kesa juun lipnj lipanj iyun hunyo xun iuni ιουν июн чер јун юни יוני يونيو يونيه جوان حزيران ژوئن birz มิถุนายน',
  'jul juil lug lip cervenec cervence tem heina juul srpnj srpanj iyul hulyo xul iuli ιουλ июл лип јул юли יולי يوليو يوليه جويلي تموز ژوئيه जलई জলই liepos กรกฎาคม',
  'aug ago aou sie srp agu elo avgust avqust kolov ogos αυγ авг серп אוגוסט اغسطس غشت اوت अगसत আগসট rugpj สิงหาคม',
  'sep set wrz zar eyl syys sze rujn rujan sentya σεπ сен вер септ ספטמבר سبتمبر شتنبر ايلول سپتامبر सतमबर सतबर সপটমবর rugsej กันยายน',
  'oct okt ott out paz rij eki loka oktya οκτ окт жов אוקטובר اكتوبر تشرينالاول اكتبر अकटबर अकतबर অকটবর spalio ตุลาคม',
  'nov lis kas marras noya noiem studeni studenog studenom nobyem νοε ноя лис ное נובמבר نوفمبر نونبر تشرينالثاني نوامبر नवमबर नवबर নভমবর lapkr พฤศจิกายน',
  'dec dez dic des gru pros ara joulu deka disem disyem detsem δεκ дек гру דצמבר ديسمبر دجنبر كانونالاول دسامبر दसमबर दसबर ডসমবর gruod ธันวาคม',
].map((stems) => stems.split(' '))
/** The same of words that are a month only when nothing follows. */
const WHOLE: Readonly<Record<string, number>> = {
  ian: 1,
  mac: 3,
  مه: 5,
  مي: 5,
  मई: 5,
  म: 5,
  iun: 6,
  जन: 6,
  জন: 6,
  iul: 7,
  اب: 8,
  noi: 11,
}
/** Months of the solar Hijri calendar, as Iran and Afghanistan print their dates. */
const SOLAR = ['فروردين', 'ارديبهشت', 'خرداد', 'تير', 'مرداد', 'شهريور', 'مهر', 'ابان', 'اذر', 'دي', 'بهمن', 'اسفند']
/** Letters by which a month is told; the shortest beginning has three. */
const MAX_STEM = 12
const MIN_STEM = 3
const MARKS = /\p{M}/gu
/** `במרץ`: in March. */
const IN_HEBREW = /^ב(?=\p{L}{3})/u
const EUROPEAN = /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]+$/u
const ACCENTED = 'mär fév aoû déc şub ağu zář paź čer únor'.split(' ')
/** Letters that Persian and Arabic keyboards write apart. */
const PERSIAN: readonly (readonly [RegExp, string])[] = [
  [/[ىیی]/g, 'ي'],
  [/ک/g, 'ك'],
]

export interface Month {
  /** 1 to 12. */
  readonly number: number
  /** Of the solar Hijri calendar instead of the Gregorian one. */
  readonly isSolar: boolean
}

const BY_STEM = new Map(MONTHS.flatMap((stems, i) => stems.map((stem) => [plain(stem), i + 1] as const)))
const BY_WORD = new Map(Object.entries(WHOLE).map(([word, number]) => [plain(word), number] as const))
const BY_SOLAR = new Map(SOLAR.map((name, i) => [plain(name), i + 1] as const))

/**
 * The source of a pattern for the name of a month, whole or shortened; accents as written. Latin, Greek and Cyrillic
 * letters.
 */
export const MONTH_NAME = `(?:${[...MONTHS.flat().filter((stem) => EUROPEAN.test(stem)), ...ACCENTED].sort(byLength).join('|')})\\p{L}{0,9}`

/** The month of that name, or null. */
export function monthOf(word: string): Month | null {
  const name = plain(word)
  const solar = BY_SOLAR.get(name)
  if (solar !== undefined) return { number: solar, isSolar: true }
  const number = numberOf(name) ?? numberOf(name.replace(IN_HEBREW, ''))
  return number === null ? null : { number, isSolar: false }
}

function numberOf(name: string): number | null {
  const whole = BY_WORD.get(name)
  if (whole !== undefined) return whole
  // The longest first: `marraskuu` is not March.
  for (let length = Math.min(name.length, MAX_STEM); length >= MIN_STEM; length -= 1) {
    const number = BY_STEM.get(name.slice(0, length))
    if (number !== undefined) return number
  }
  return null
}

function plain(word: string): string {
  const bare = word.normalize('NFD').replace(MARKS, '').toLowerCase()
  return PERSIAN.reduce((name, [letter, kept]) => name.replace(letter, kept), bare)
}

function byLength(one: string, other: string): number {
  return other.length - one.length
}
