// Numbers without digits: Roman numerals that stand like markers (`III.`, `(iv)`, `II/V`), parts counted in words
// ("Part two"), letters (`c)`, `C.`) and ordinals ("Third,", "Three:"). They are rare and look like words, so a cheap
// look comes first. It decides nothing.
import { lazily, listParts } from '../form.ts'
import type { FormMatch } from '../form-match.ts'
import { PART_NAME } from '../forms.ts'

const ROMAN_UPPER = 'X{0,3}(?:I[XV]|VI{0,3}|I{1,3})|X{1,3}'
const ROMAN = `(?:${ROMAN_UPPER}|${ROMAN_UPPER.toLowerCase()})`
/** One to twelve, in the languages whose word for "part" is known; a list of each, the first to the last. */
const WORDS: readonly string[] = [
  'one two three four five six seven eight nine ten eleven twelve',
  'uno dos tres cuatro cinco seis siete ocho nueve diez once doce',
  'eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf',
  'un deux trois quatre cinq six sept huit neuf dix onze douze',
  'um dois três quatro cinco seis sete oito nove dez onze doze',
  'первая вторая третья четвёртая пятая шестая седьмая восьмая девятая десятая одиннадцатая двенадцатая',
]
const VALUES: ReadonlyMap<string, number> = new Map(
  WORDS.flatMap((list) => list.split(' ').map((word, at) => [word, at + 1] as const)),
)
const ORDINALS: readonly string[] = [
  'first second third fourth fifth sixth seventh eighth ninth tenth',
  'firstly secondly thirdly fourthly fifthly sixthly seventhly eighthly ninthly tenthly',
  'erstens zweitens drittens viertens fünftens sechstens siebtens achtens neuntens zehntens',
  'primero segundo tercero cuarto quinto sexto séptimo octavo noveno décimo',
  'premièrement deuxièmement troisièmement quatrièmement cinquièmement sixièmement',
  'primeiro segundo terceiro quarto quinto sexto sétimo oitavo nono décimo',
  'primo secondo terzo quarto quinto sesto settimo ottavo nono decimo',
  'первое второе третье четвёртое пятое шестое седьмое восьмое девятое десятое',
  'أولا ثانيا ثالثا رابعا خامسا سادسا سابعا ثامنا تاسعا عاشرا',
  'أولاً ثانياً ثالثاً رابعاً خامساً سادساً سابعاً ثامناً تاسعاً عاشراً',
]
const ORDINAL_VALUES: ReadonlyMap<string, number> = new Map(
  [...WORDS, ...ORDINALS].flatMap((list) => list.split(' ').map((word, at) => [word, at + 1] as const)),
)
/** Alphabets by which people count. I is a Roman numeral, and nobody comes as far as L. */
const ALPHABETS: readonly string[] = ['abcdefgh', 'абвгдежз', 'αβγδεζηθ', 'אבגדהוזחטי']
const LETTERS = ALPHABETS.join('')
const BEFORE_TEXT = '(?=[\\s"“«(]|$)'

/** A form with the pattern that finds it. */
interface Spelled {
  readonly form: FormMatch['form']
  pattern(): RegExp
}

const FRONT: readonly Spelled[] = [
  spelled(
    'roman',
    0.6,
    `(?<open>[([])?(?![xX]/[xX])(?<roman>${ROMAN})(?:/| / )(?<romantotal>${ROMAN})[)\\]]?[.:]?${BEFORE_TEXT}`,
    'y',
  ),
  spelled('roman', 0.35, `(?<open>[([])?(?<roman>${ROMAN})(?:[)\\]][.:]?|[.:/]| ?-(?= )|(?= ?\\n))${BEFORE_TEXT}`, 'y'),
  spelled('part n', 0.6, `${PART_NAME} (?<roman>${ROMAN})(?=[\\s.:,)–—-]|$)`, 'iy'),
  spelled('part n', 0.6, `${PART_NAME} (?<spelt>${[...VALUES.keys()].join('|')})(?=[\\s.:,)–—-]|$)`, 'iy'),
  spelled(
    'letter',
    0.4,
    `(?<open>[([])?(?<letter>[${LETTERS}])(?:[)\\]][.:]?|[.:/]|(?<=[א-י])['’׳][.:]?)${BEFORE_TEXT}`,
    'iy',
  ),
  spelled('ordinal', 0.4, `(?<ordinal>${[...ORDINAL_VALUES.keys()].join('|')})(?=[.,、:/)](?:\\s|$))`, 'iy'),
]
const BACK: readonly Spelled[] = [
  spelled('roman', 0.6, `(?<open>[([])?(?![xX]/[xX])(?<roman>${ROMAN}) ?/ ?(?<romantotal>${ROMAN})[)\\]]?$`, ''),
  spelled('roman', 0.35, `(?<open>[([])(?<roman>${ROMAN})[)\\]]$`, ''),
  spelled('letter', 0.4, `(?<open>[([])(?<letter>[${LETTERS}])[)\\]]$`, 'i'),
  spelled(
    'part n',
    0.6,
    `(?<open>[([])part (?:(?<roman>${ROMAN})|(?<spelt>${WORDS[0]?.replaceAll(' ', '|')}))[)\\]]$`,
    'i',
  ),
]
/** Cheap looks: most texts hold neither. */
const FRONT_LOOK =
  /^[\s\u2060]{0,4}(?:[([]?(?:[ivxIVX]{1,6}|[a-hа-зα-θא-י]) ?[)\].:/'’׳\n-]|(?:pa?r?te?|teil|partie|deel|часть) |[\p{L}\u064b]{2,16}[.,、:/)](?:\s|$))/iu
const BACK_LOOK = /(?:[(/[] ?(?:[ivxIVX]{1,6}|[a-h]|part \p{L}{1,6})[)\]]|\b[ivxIVX]{1,6} ?\/ ?[ivxIVX]{1,6})$/iu
const GLUED = /[\p{L}\d]$/u
const BLANKS = /^[\s\u2060]*/
/** No such marker at the end of a post is longer (UTF-16 code units). */
const LONGEST = 20

interface Hit {
  readonly found: FormMatch
  /** Offset in the text given. */
  readonly start: number
}

/** A spelled number at the start of a folded text, or null. */
export function spelledFront(head: string): Hit | null {
  if (!FRONT_LOOK.test(head)) return null
  const start = BLANKS.exec(head)?.[0].length ?? 0
  return firstOf(FRONT, head, start)
}

/** A spelled number that ends the folded text, or null. */
export function spelledBack(tail: string): Hit | null {
  const from = Math.max(0, tail.length - LONGEST)
  const slice = tail.slice(from)
  if (!BACK_LOOK.test(slice)) return null
  const hit = firstOf(BACK, slice, 0)
  return hit === null || GLUED.test(slice.slice(0, hit.start)) ? null : { ...hit, start: from + hit.start }
}

/** The value of a Roman numeral up to 39, in either case. */
export function readRoman(written: string): number {
  const values = [...written.toUpperCase()].map((sign) => (sign === 'I' ? 1 : sign === 'V' ? 5 : 10))
  return values.reduce((sum, value, at) => sum + (value < (values[at + 1] ?? 0) ? -value : value), 0)
}

/** The place of a letter in the alphabet. */
export function readLetter(letter: string): number {
  return Math.max(...ALPHABETS.map((letters) => letters.indexOf(letter.toLowerCase()))) + 1
}

/** The value of an ordinal, or of a number word that stands for one, or null. */
export function readOrdinal(word: string): number | null {
  return ORDINAL_VALUES.get(word.toLowerCase()) ?? null
}

/** The value of a number word, or null. */
export function readSpelt(word: string): number | null {
  return VALUES.get(word.toLowerCase()) ?? null
}

function spelled(form: FormMatch['form']['form'], prior: number, source: string, flags: string): Spelled {
  return { form: { form, prior, parts: listParts(source) }, pattern: lazily(source, `${flags}u`) }
}

function firstOf(spellings: readonly Spelled[], text: string, at: number): Hit | null {
  for (const { form, pattern } of spellings) {
    const own = pattern()
    own.lastIndex = at
    const match = own.exec(text)
    if (match !== null) return { found: { form, match }, start: match.index }
  }
  return null
}
