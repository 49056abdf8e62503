// The forms in which authors number posts, as a table of patterns over folded text (see digits.ts). It says what a form
// looks like, never whether a hit is believed: that is the business of doubts.ts and acceptance/families.ts.
import type { Form } from '../marker.ts'
import { type FormPattern, lazily, listParts, type Needs, type Side, type Where } from './form.ts'
import { FILLER } from './numerals/digits.ts'
import { ANY, CLOSE, DIGIT, HAN, HASH, KEYCAP, OPEN, OTHER, SINGLE, SLASH, TEN } from './numerals/signs.ts'

const GAP = `[ ${FILLER}]{0,2}`
const DIGITS = `${FILLER}?\\d(?:${FILLER}?\\d){0,3}`
const N = `(?<n>${DIGITS})`
const M = `(?<m>${DIGITS})`
/** Who has one more to say between two posts writes `2a`, `2b`. */
const STEP = '[a-e]?'
const OPEN_TOTAL = '(?<x>[nN](?!\\p{L})|[xX](?!\\p{L})|\\?{1,3}|\\+|∞|…|\\.{3}|(?:many|lots|tbd|idk)(?!\\p{L}))'
const END = '(?<end>(?:the )?end(?: of thread| thread)?|fin|fim|finis|final|ende|конец)(?!\\p{L})'
/** In "4. Final results are in" and "8. Fin de la historia" the word is the sentence's. */
const NOT_SPOKEN = "(?! ?[\\p{L}\\d]|['’-]\\p{L})"
/** Text may follow what is set apart by capitals: `6/ END Thanks`; not more of them: `6/ END USERS`. */
const CAPITAL_END = '(?<end>(?:THE )?END(?: OF THREAD| THREAD)?|FIN)'
const NOT_IN_CAPITALS = "(?!\\p{L}|[ '’-]\\p{Lu}{2})"
/** Letters stand for a total beside their slash, `1/n` and `1 / n`; in "2/ X is down" they are text. */
const APART = `(?:${GAP}(?![ ${FILLER}\\p{L}])|${FILLER}{0,2}|(?<=[ ${FILLER}]/)${GAP})`
const WORD = '(?:(?<word>\\p{L}{2,12})\\.? )?'
const OF = '(?:of|out of|de|von|sur|di|van|av|af|из|з|từ|dari|of the)'
export const PART_NAME =
  '(?<part>part|pt\\.?|parte|teil|partie|deel|del|díl|rész|osa|část|część|часть|частина|bölüm|bagian|phần|μέρος|episode|épisode|episodio|episódio|folge|odcinek|серия|tweet|post|भाग|חלק|פרק|الجزء|جزء|حلقة|قسمت|قسط|ตอนที่|第|その|제)'
const PART = `${PART_NAME} ?#?${N}(?:[条篇部章回集话話편부화](?!\\p{L}))?`
/** In "all of it is in this blog post 10/11" the word is the sentence's. */
const NOT_SAID = '(?<!\\p{L} )'
const PART_TOTAL = `(?: ?(?:/|${OF}) ?(?:${M}|${OPEN_TOTAL}))?`
const HAN_TOTAL = '(?<han>[〇一二三四五六七八九十]{1,3})/(?<hantotal>[〇一二三四五六七八九十]{1,3})(?=[ \\n)\\]:]|$)'
const HAN_NUMBER = '(?<han>[〇一二三四五六七八九十]{1,3})(?:[/)\\].:、]|(?<=[(\\[][^)]{1,3})[)\\]])'
/** What fills a line closes it at the front. */
const LINE_END = `(?=[ ${FILLER}]*(?:\\n|$))`
/** What each post tells one of. */
const LABEL_NAMES = [
  'no\\.|n[ºo°]\\.?|nr\\.?|update|step|tip|rule|lesson|reason|fact|point|chapter|day|week|myth|mistake|habit|idea|trick|hack',
  'question|q|takeaway|principle|law|example|exercise|phase|stage|section|item|sign|secret|story|case|insight|clue|exhibit',
  'paso|consejo|regla|lección|razón|dato|día|pregunta|error|mito|punto|capítulo|passo|dica|regra|lição|razão|fato|dia|pergunta',
  'erro|ponto|étape|conseil|astuce|règle|leçon|raison|fait|jour|erreur|mythe|chapitre|consiglio|regola|lezione|motivo|fatto',
  'giorno|domanda|errore|capitolo|schritt|tipp|regel|lektion|grund|fakt|tag|frage|fehler|mythos|punkt|kapitel|stap|dag|les',
  'steg|krok|rada|zasada|lekcja|powód|dzień|pytanie|błąd|rozdział|шаг|совет|правило|урок|причина|факт|день|вопрос|ошибка|миф',
  'пункт|глава|крок|порада|خطوة|نصيحة|قاعدة|درس|سبب|معلومة|اليوم|يوم|نقطة|سؤال|שלב|טיפ|כלל|שיעור|סיבה|עובדה|יום|שאלה',
].join('|')
/** "Day 12 We crossed": these need no sign behind their number. */
const SAID_BARE = 'update|day|día|dia|jour|tag|giorno|dag|день|dzień|يوم|اليوم|יום'
/** Words that name the post's place and belong to what it says: they are read and not taken out. */
const LABEL = `(?<word>${LABEL_NAMES}) ?(?:#|n[°ºo]\\.? ?)?${N}(?: ?[.:)|-]|${LINE_END}|(?<=(?:${SAID_BARE}) #?\\d{1,3}|#\\d{1,3})(?=\\s))`
/** Quirk: what is bold on one platform arrives elsewhere with its asterisks. */
const DECORATED = `[*_~<«-]{1,2}${N}${GAP}/${GAP}${M}[*_~>»-]{1,2}`
const DECORATED_NUMBER = `[*_~<«"=-]{1,2}(?!30-)${N}[*_~>»"=-]{1,2}`
/** About so many: `1/~10`, `1/10?`, `1/10+`; `5/10?` alone gives marks. */
const ABOUT = `${N}/(?<x>[~≈]\\d{1,3}|\\d{1,3} ?(?:\\?{1,2}|\\+|-?ish))(?=\\s)`
/** What stands for a number that nobody knows yet: `1/m`, `1/_`, `1/several`. */
const PLACEHOLDER = `${N}/(?<x>[mMyYzZkK](?!\\p{L})|[_#~]|\\.\\.|🧵|several|a few|some|infinity|long|thread)`
/** A dash or colon between number and total: also a score, a range, a verse. */
const DASHED = `${N}[-:]${M}`
/** What counts things in Korean and Japanese. */
const COUNTERS = '편|화|부|번째|일차|日目|回目|話|つ目|個目|本目'
/** Points on to the next post. */
const ARROW = `(?:[→⇒➡▶►]|[-=]{1,2}>|>{1,3})${FILLER}?`
const NOT_OF_PART = '(?<!(?:part|teil|parte|partie|часть) )'
const KEY = `${FILLER}?\\u20e3${FILLER}?`
const ORDINAL = `${N}(?:(?:st|nd|rd|th)[.:)]|[ºª°](?=[ .:)-]))[.:)]?`
const CIRCLED = '(?<single>[Ⅰ-Ⅻⅰ-ⅻ①-⒛Ⓐ-ⓩ⓪-⓿❶-➓㈠-㈩㉑-㉟㊀-㊉㊱-㊿])'
const CIRCLED_TOTAL = CIRCLED.replace('single', 'singletotal')
const LEFT = `(?<open>[([{])${GAP}`
const RIGHT = '[)\\]}]'

/** What may not stand after a marker at the front: more digits, Latin letters, a decimal. */
const NOT_MORE = '(?![\\d/\\\\%°*]|[.,:]\\d|\\p{Script=Latin}|-\\p{L})'
/** As above, but a word with a capital may follow at once: `1/4The`. */
const NOT_GLUED_ON = "(?![\\d/\\\\%°*]|[.,:]\\d|(?!\\p{Lu}\\p{Ll}|[IA][ '’])\\p{Script=Latin}|-\\p{L})"
/** What follows a bare number that opens a post. */
const BEFORE_SENTENCE = '(?= (?:[\\p{Lu}\\p{Lo}"“«¿¡]|$))'
/** `No. 3 Text`, `№ 3 Text`. */
const COUNTED = '(?:no\\.?|nr\\.?|#) ?'
/** "One more": who counts what is added begins with the second. */
const ADDED = `[+]${N}(?= ?[\\p{L}"“«¿¡(])`
const NOT_NUMBER = '(?![\\d/])'
/** What fills a line opens it at the back; LINE_END, it closes it at the front. */
const OF_LINE = `(?<=(?:^|\\n)[ ${FILLER}]*)`
/** What may not stand before a marker at the back: digits, paths, money, handles, letters. */
const SIGN_GLUE = '[\\d/\\\\$£€#_=&%+*<>@^~-]|\\d[.,:]|\\b(?!\\p{Script=Latin})\\p{L}'
const GLUED = new RegExp(`(?:\\p{Script=Latin}|${SIGN_GLUE})$`, 'u')
/** A fraction in brackets may follow a word at once, `by the water(1/3)`; behind a single letter it is mathematics. */
const GLUED_BRACKET = new RegExp(`(?:(?<!\\p{Script=Latin})\\p{Script=Latin}|${SIGN_GLUE})$`, 'u')
const OF_WORDS = new RegExp(`\\d ${OF} ${FILLER}?\\d`, 'i')
const PART_WORDS = new RegExp(PART, 'i')
const END_WORDS = /\d[ \u2060]{0,2}[/.)|:-][ \u2060]{0,2}(?:the |end|fi[nm]|конец)/i
const TOTAL_WORDS = /\/[ \u2060]{0,2}(?:[nx?+∞….]|many|lots|tbd|idk)/i

const LABEL_WORDS = /^[\p{L}\p{M}]{1,12}[°º]?\.? ?(?:#|n[°ºo]\.? ?)?\d/iu
const DECORATED_WORDS = /[*_~<«-]\d/
const DECORATED_NUMBERS = /[*_~<«"=-]\d{1,3}[*_~>»"=-]/
const DASHED_WORDS = /\d[-:]\d/
const ORDINAL_WORDS = /\d(?:st|nd|rd|th|[ºª°])/i
const ABOUT_WORDS = /\d\/(?:[~≈]\d|\d{1,3} ?(?:\?|\+|-?ish))/i
const PLACEHOLDER_WORDS = /\d\/(?:[myzk_#~🧵]|\.\.|several|a few|some|infinity|long|thread)/iu
const COUNTER_WORDS = new RegExp(`\\d(?:${COUNTERS})`)
const ARROW_WORDS = new RegExp(`\\d ?${ARROW}`)
const COUNTED_WORDS = /(?:n[or]\.?|#) ?\d{1,3} [\p{Lu}\p{Lo}"“«¿¡]/iu
const ADDED_WORDS = /\+\d/
const SENTENCE_AHEAD = /\d (?:[\p{Lu}\p{Lo}"“«¿¡]|$)/u
const THREAD_SIGN = /🧵 ?\u2060?\d/
const NOTHING: Needs = { opens: ANY, holds: 0, closes: ANY, words: null }
const ITEM: Needs = { ...NOTHING, opens: DIGIT }
const BRACKETS: Needs = { ...NOTHING, opens: OPEN, closes: CLOSE }
const BRACKETS_AND_SLASH: Needs = { ...BRACKETS, holds: SLASH }
const FRACTION: Needs = { ...NOTHING, opens: DIGIT | HASH, holds: DIGIT | SLASH, closes: DIGIT }
const CIRCLES: Needs = { ...NOTHING, opens: SINGLE, holds: SINGLE | SLASH, closes: SINGLE }
const KEYS: Needs = { ...ITEM, holds: KEYCAP, closes: KEYCAP }

const FORMS: readonly FormPattern[] = [
  form(
    'n/m',
    'both',
    0.85,
    BRACKETS_AND_SLASH,
    `${LEFT}${WORD}#?${N}${GAP}/${GAP}(?:${M}|${OPEN_TOTAL}|${END})${GAP}${RIGHT}`,
  ),
  form('n/', 'both', 0.9, BRACKETS_AND_SLASH, `${LEFT}${N}${GAP}/${GAP}${RIGHT}`),
  form('/n', 'both', 0.9, BRACKETS_AND_SLASH, `${LEFT}/${GAP}${N}${GAP}${RIGHT}`),
  form('n of m', 'both', 0.9, { ...BRACKETS, words: OF_WORDS }, `${LEFT}${WORD}${N} ${OF} ${M}${RIGHT}`),
  form('part n', 'both', 0.75, { ...BRACKETS, words: PART_WORDS }, `${LEFT}${PART}(?: ?(?:/|${OF}) ?${M})?${RIGHT}`),
  form(
    'part n',
    'both',
    0.7,
    { ...NOTHING, opens: OTHER, words: PART_WORDS },
    `${NOT_SAID}${PART}${PART_TOTAL}`,
    NOT_MORE,
  ),
  form(
    'n/',
    'both',
    0.95,
    { ...ITEM, closes: OTHER, words: END_WORDS },
    `(?<!${OF} )${N}${GAP}[/.)|:-]${GAP}${END}[.!]?`,
    NOT_SPOKEN,
  ),
  form('n/', 'front', 0.95, ITEM, `${N}${GAP}[/.)|:-]${GAP}${CAPITAL_END}[.!]?`, NOT_IN_CAPITALS),
  form('n/m', 'both', 0.8, { ...ITEM, holds: SLASH, words: TOTAL_WORDS }, `${N}${GAP}/${APART}${OPEN_TOTAL}`),
  form('n/m', 'both', 0.85, KEYS, `${N}${KEY}[/ ]{1,2}${M}${KEY}`),
  form('n/m', 'both', 0.8, { ...NOTHING, holds: SLASH, words: DECORATED_WORDS }, DECORATED),
  form('n/m', 'front', 0.25, { ...FRACTION, closes: ANY, words: ABOUT_WORDS }, ABOUT),
  form('n/m', 'front', 0.25, { ...ITEM, holds: SLASH, words: PLACEHOLDER_WORDS }, PLACEHOLDER, NOT_MORE),
  form('n/m', 'both', 0.7, FRACTION, `#?${N}${STEP}${GAP}[/\\\\|]${GAP}${M}`, NOT_GLUED_ON),
  form('n of m', 'both', 0.7, { ...ITEM, closes: DIGIT, words: OF_WORDS }, `${N} ${OF} ${M}`, NOT_MORE),
  form('n/', 'both', 0.88, { ...ITEM, closes: SLASH }, `${N}(?:[a-e½]|\\.5)? ?(?:/{1,2}|\\\\)`, NOT_NUMBER),
  form('/n', 'both', 0.85, { ...NOTHING, opens: SLASH, closes: DIGIT }, `/{1,2} ?${N}`, NOT_MORE),
  form('(n)', 'both', 0.5, BRACKETS, `${LEFT}#?${N}${GAP}${RIGHT}`),
  form('n)', 'front', 0.6, { ...ITEM, holds: CLOSE }, `${N}${STEP}${GAP}[)\\]](?![)\\]])[.:]?`),
  form('n.', 'front', 0.5, ITEM, `${N}${STEP}\\.(?![\\d.])`),
  form('n:', 'front', 0.45, ITEM, `${N}${GAP}:(?!\\d)`),
  form('n.', 'front', 0.35, { ...ITEM, words: ORDINAL_WORDS }, ORDINAL),
  form('part n', 'front', 0.5, { ...ITEM, words: COUNTER_WORDS }, `${N}(?:${COUNTERS})(?:[.:)、]|(?=[ \\n]))`),
  form('label n', 'front', 0.4, { ...NOTHING, opens: OTHER, words: LABEL_WORDS }, LABEL),
  form('part n', 'both', 0.6, { ...NOTHING, words: THREAD_SIGN }, `🧵 ?${N}`, NOT_MORE),
  form('n-', 'front', 0.4, ITEM, `${N} ?(?:-{1,2}|\\||[>»~_;、•·]|${ARROW})(?=[ \\n]${GAP}(?!\\d))`),
  form('n-', 'front', 0.5, ITEM, `${N}、`),
  form('n-', 'both', 0.4, { ...ITEM, closes: OTHER, words: ARROW_WORDS }, `${NOT_OF_PART}${N} ?${ARROW}`, NOT_MORE),
  form('#n', 'front', 0.35, { ...NOTHING, opens: HASH }, `#${N}`, NOT_MORE),
  form('keycap', 'both', 0.5, KEYS, `(?<keys>(?:\\d${FILLER}?\\u20e3${FILLER}?){2,3})`),
  form('keycap', 'both', 0.5, KEYS, `${N}${FILLER}?\\u20e3${FILLER}?`),
  form('keycap', 'both', 0.5, { ...NOTHING, holds: TEN }, '🔟'),
  form('n/m', 'both', 0.85, CIRCLES, `${CIRCLED}${GAP}/${GAP}${CIRCLED_TOTAL}`),
  form('circled', 'both', 0.55, { ...NOTHING, opens: SINGLE, closes: SINGLE }, CIRCLED),
  form('cjk', 'both', 0.6, { ...BRACKETS, holds: HAN }, `${LEFT}第?(?<han>[〇一二三四五六七八九十]{1,3})${RIGHT}`),
  form(
    'cjk',
    'front',
    0.6,
    { ...NOTHING, holds: HAN },
    `(?:第(?=.{1,4}[，,：:、.])|其の?|その)(?<han>[〇一二三四五六七八九十]{1,3})[条篇部章回集话話]?(?:[，,：:、.]|(?=[ \\n]))`,
  ),
  form('cjk', 'both', 0.6, { ...NOTHING, holds: HAN | SLASH }, `(?<open>[([])?${HAN_TOTAL}[)\\]]?`),
  form('cjk', 'front', 0.6, { ...NOTHING, holds: HAN }, `(?<open>[([])?第?${HAN_NUMBER}`),
  form('n-m', 'both', 0.4, { ...BRACKETS, words: DASHED_WORDS }, `${LEFT}${DASHED}${RIGHT}`),
  form('n-m', 'both', 0.35, { ...ITEM, closes: DIGIT, words: DASHED_WORDS }, DASHED, NOT_MORE),
  form('~n~', 'both', 0.4, { ...NOTHING, words: DECORATED_NUMBERS }, DECORATED_NUMBER),
  form('n', 'front', 0.4, { ...ITEM, words: SENTENCE_AHEAD }, `${N}${BEFORE_SENTENCE}`),
  form('n', 'front', 0.4, { ...NOTHING, opens: OTHER | HASH, words: COUNTED_WORDS }, `${COUNTED}${N}(?= \\S)`),
  form('+n', 'front', 0.4, { ...NOTHING, opens: OTHER, words: ADDED_WORDS }, ADDED),
  form('bare', 'line', 0.3, ITEM, `${OF_LINE}${N}`, LINE_END),
  form('n.', 'line', 0.5, ITEM, `${OF_LINE}${N}\\.`, LINE_END),
  form('n)', 'line', 0.6, ITEM, `${OF_LINE}${N}\\)`, LINE_END),
]

export const FORMS_OF: Readonly<Record<Side, readonly FormPattern[]>> = {
  front: FORMS.filter((form) => form.where !== 'line'),
  back: FORMS.filter((form) => form.where === 'both'),
  line: FORMS,
}

/** A row of the table. `not`: what may not follow at the front; at the back nothing follows. */
function form(name: Form, where: Where, prior: number, needs: Needs, source: string, not: string = ''): FormPattern {
  const isOfCase = source.includes(BEFORE_SENTENCE)
  const flags = isOfCase ? 'u' : needs.words === null && !source.includes(WORD) ? '' : 'iu'
  const frontFlags = flags === '' && not.includes('\\p') ? 'u' : flags
  return {
    form: name,
    where,
    prior,
    needs,
    parts: listParts(source),
    front: lazily(`(?:${source})${not}`, `${frontFlags}y`),
    back: lazily(`(?:${source})[.!:,]?$`, `${flags}g`),
    glued: needs === BRACKETS_AND_SLASH ? GLUED_BRACKET : GLUED,
  }
}
