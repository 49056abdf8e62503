// Words of judgement, as reviews use them: whether a post praises or finds fault. A mark says the same as the words
// beside it, a number of a thread does not.
import { foldingOf } from './numerals/digits.ts'

/** What a post makes of its matter; `mixed`: both, or so-so. */
export type Judgement = 'praise' | 'blame' | 'mixed'

const BLANKS = /\s+/
/** Looked at (UTF-16 code units): reviews are short. */
const REACH = 300

const PRAISE = wordsOf(
  `best great good lovely excellent superb delicious tasty perfect perfection brilliant wonderful fantastic amazing
  gorgeous favou?rite outstanding splendid charming loved masterpiece stunning friendly juicy crisp generous
  impeccable sublime flawless divine heavenly magnificent unforgettable gripping delightful excelente genial perfecto
  delicioso rico délicieux parfait superbe génial ausgezeichnet lecker hervorragend köstlich wunderbar
  großartig ottimo buonissimo squisito`,
)
const BLAME = wordsOf(
  `thin cold bland awful terrible horrible disappointing disappointed disappointment overpriced dull boring burnt dry
  soggy stale greasy rude dirty filthy slow avoid worst bad poor poorly weak mess waste wasted inedible tasteless
  undercooked overcooked forgettable tedious predictable watery lumpy lukewarm dreadful dire limp rubbery grim
  malo mala decepcionante soso frío froid fade mauvais décevant schlecht fad kalt enttäuschend furchtbar
  pessimo cattivo freddo deludente`,
)
const MIDDLING = wordsOf(
  'decent fine ok okay average alright passable fair so-so middling solid meh mediocre adequate acceptable correct',
)
const ANY = new RegExp(
  `(?<not>\\b(?:not|never|no|nothing|hardly|isn't|wasn't|weren't|wouldn't|won't|don't|didn't)(?: (?:the|a|be|so|very|that|go|all))? )?(?<![\\p{L}-])(?:(?<praise>${PRAISE}|(?:be|go|going|come|coming|eat|stay|read|watch|order)(?: here| there)? (?:back|again)|recommend(?:ed)?|worth)|(?<blame>${BLAME})|(?<middling>${MIDDLING}))(?![\\p{L}-])`,
  'giu',
)

/** By words of some languages; null: they judge nothing. */
export function judgementOf(text: string): Judgement | null {
  let [praise, blame, middling] = [0, 0, 0]
  for (const { groups = {} } of foldingOf(text)(text.slice(0, REACH)).matchAll(ANY)) {
    const isNot = groups['not'] !== undefined
    if (groups['middling'] !== undefined) middling++
    else if ((groups['praise'] !== undefined) !== isNot) praise++
    else blame++
  }
  if (praise + blame + middling === 0) return null
  return praise > 0 === blame > 0 ? 'mixed' : praise > 0 ? 'praise' : 'blame'
}

function wordsOf(list: string): string {
  return [...new Set(list.split(BLANKS))].join('|')
}
