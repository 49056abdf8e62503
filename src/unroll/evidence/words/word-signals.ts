// Signals from words: shared rare words, style, language, a sentence carried on. All of it is weak.
import { type Bag, NONE } from '../../solve/bag.ts'
import type { Tally } from '../tally.ts'
import { stepOfCounts } from './inner-counts.ts'

/** Shared rarity saturates: three rare words say hardly more than two. Natural log units. */
export const OVERLAP_SCALE = 4
/** Texts near a platform's limit are alike in length without being related, in characters. */
const LONG_TEXT = 100

export function tallyWords(bag: Bag, i: number, j: number, tally: Tally): void {
  const a = bag.words[i]
  const b = bag.words[j]
  if (a === undefined || b === undefined) return
  const overlap = sharedRarity(bag, i, j)
  tally('words-shared', overlap / (overlap + OVERLAP_SCALE))
  if (sharesTag(bag, i, j)) tally('words-shared-tag', 1)
  tally('words-alike', cosine(bag, i, j, overlap))
  tally('meaning-alike', bag.alike(i, j))
  if (a.first !== '' && a.first === b.first) tally('words-same-first', 1)
  if (a.last !== '' && a.last === b.last) tally('words-same-last', 1)
  if (a.language !== NONE && b.language !== NONE)
    tally(a.language === b.language ? 'language-same' : 'language-other', 1)
  if (a.endsOpen && b.opensLow) tally('sentence-goes-on', 1)
  if (b.opensLeaning) tally('leans-back', 1)
  if (a.endsPointing) tally('points-on', 1)
  if (stepOfCounts(a.count, b.count) === 1) tally('count-goes-on', 1)
  if (bag.isTimeline) tallyAddress(a.addressee, b.addressee, tally)
  tallyLength(bag.length[i] ?? 0, bag.length[j] ?? 0, tally)
}

/**
 * In a timeline a post that opens with a name answers somebody: a thread does not begin to, or stops to, in mid-course.
 */
function tallyAddress(a: string, b: string, tally: Tally): void {
  if (a === b) {
    if (a !== '') tally('address-stays', 1)
  } else tally(a === '' ? 'address-begins' : b === '' ? 'address-ends' : 'address-changes', 1)
}

function tallyLength(a: number, b: number, tally: Tally): void {
  tally('length-ratio', Math.abs(Math.log((a + 20) / (b + 20))))
  if (a > LONG_TEXT !== b > LONG_TEXT) tally('length-other-class', 1)
}

/** Sum of the rarities of shared tokens; both lists ascend. */
export function sharedRarity(bag: Bag, i: number, j: number): number {
  const a = bag.tokens[i]
  const b = bag.tokens[j]
  if (a === undefined || b === undefined) return 0
  let sum = 0
  for (let x = 0, y = 0; x < a.length && y < b.length; ) {
    const left = a[x]!
    const right = b[y]!
    if (left < right) x++
    else if (right < left) y++
    else {
      sum += bag.rarity[left]!
      x++
      y++
    }
  }
  return sum
}

/** Whether two posts bear one hashtag or mention. */
function sharesTag(bag: Bag, i: number, j: number): boolean {
  const own = bag.tokens[i]
  const other = bag.tokens[j]
  if (own === undefined || other === undefined || !bag.hasTags) return false
  for (const token of own) if (bag.tags[token] === 1 && other.includes(token)) return true
  return false
}

function cosine(bag: Bag, i: number, j: number, overlap: number): number {
  const size = (bag.mass[i] ?? 0) * (bag.mass[j] ?? 0)
  return size === 0 ? 0 : overlap / Math.sqrt(size)
}

/** How a post is like one that stands a few places before it: topic, first and last word, language, length. */
export function tallyCompany(bag: Bag, member: number, post: number, tally: Tally): void {
  const overlap = sharedRarity(bag, member, post)
  tally('company-shared', overlap / (overlap + OVERLAP_SCALE))
  if (sharesTag(bag, member, post)) tally('company-shared-tag', 1)
  tally('company-meaning', bag.alike(member, post))
  const a = bag.words[member]
  const b = bag.words[post]
  if (a === undefined || b === undefined) return
  if (a.first !== '' && a.first === b.first) tally('company-same-first', 1)
  if (a.last !== '' && a.last === b.last) tally('company-same-last', 1)
  if (a.language !== NONE && b.language !== NONE)
    tally(a.language === b.language ? 'company-language' : 'company-other-language', 1)
  tally('company-length', Math.abs(Math.log(((bag.length[member] ?? 0) + 20) / ((bag.length[post] ?? 0) + 20))))
}
