// What the words of two neighbours in a stream say of the second carrying on the first, and how their pause stands
// beside those about it. Signals are read as they differ from this author's own unrelated posts: who always ends with a
// link says nothing by it.
import { compareMeanings, type Meaning } from '../evidence/words/meaning.ts'
import { OVERLAP_SCALE, sharedRarity } from '../evidence/words/word-signals.ts'
import { type Bag, NONE } from '../solve/bag.ts'
import type { Stream } from './streams.ts'

/** Seconds; posts farther apart are unrelated as a rule. */
const UNRELATED = 7200
/** Posts whose meanings are compared at once, and how many of them the next lot takes over. */
const LOT = 400
const OVERLAP = 100
const MOST_LOGS = 6
/** Stands for the pause before the first post and after the last, natural log of seconds. */
const LONG_LOG = 15
const USUAL_LENGTH = 60
const LINK = /https?:\/\/\S+/g
const LINKED_END = /https?:\/\/\S+$/
/** Characters of a link at the end of a post. */
const MAX_LINK = 2_000
const SPACES = /\s+/
/**
 * Words that take up what the author has just said: narrower than what leans back, which a new thought does as often.
 */
const TAKEN_UP = [
  'also|and|but|oh|wait|edit|update|ps|p\\.s|correction|btw|by the way|anyway|anyways|like|so|ok|okay|well|actually|plus|still|too|then|now|maybe',
  'because|or|yes|no|yeah|to be|in fact|for the record|speaking of|turns out|seriously|honestly',
  'y|pero|por cierto|además|también|aunque|de nada|pd|et|mais|aussi|und|aber|auch|übrigens|mas|também|ma|anche|maar|ook',
  'и|но|также|кстати|але|ale|też',
].join('|')
const TAKES_UP = new RegExp(
  `^["'“‘(*]*(?:(?:${TAKEN_UP})(?![\\p{L}\\d_])|そして|しかし|でも|また|だから|あと|ちなみに|但是|而且|所以|另外)`,
  'iu',
)
/** Who begins with himself or his day has a new thought as a rule. */
const ANEW = /^["'“‘(]*(?:i|i['’]m|i['’]ve|my|just|today|yo|mi|hoy|je|mon|ich|mein|heute)(?![\p{L}\d_])/iu
const COUNTS_DAYS = /^\d+(?:-\d+)?\/\d{2,}/

/** Signals that say what they say without regard to the author. */
export const ABSOLUTE = ['step', 'longer-pause-before', 'longer-pause-after'] as const

/** Signals of a step between posts that speak to everybody. */
export const OPEN_SIGNALS = [
  ...ABSOLUTE,
  'answers-between',
  'first-ends-linked',
  'second-ends-linked',
  'second-has-tag',
  'meaning-alike',
  'words-shared',
  'takes-up',
  'begins-with-self',
  'second-points-on',
  'language-same',
  'language-other',
  'first-length',
  'second-length',
  'length-ratio',
  'first-has-no-words',
  'second-has-no-words',
  'counts-days',
] as const

/** Signals of a step between answers. */
export const ANSWER_SIGNALS = [
  ...ABSOLUTE,
  'address-stays',
  'address-partly-stays',
  'nobody-between',
  'within-a-minute',
  'log-pause',
  'words-shared',
  'leans-back',
  'second-ends-linked',
  'second-length',
] as const

/** One row of values a step, in the order of the names. */
export type Rows = readonly Float64Array[]

export function readOpenSteps(bag: Bag, stream: Stream): Rows {
  const looks = readLooks(bag, stream)
  const alike = compareInLots(bag, stream)
  const rows = [...stream.pause.keys()].map((k) => {
    const values = openValues(bag, stream, looks, k)
    return Float64Array.from(OPEN_SIGNALS, (name) => (name === 'meaning-alike' ? alike(k) : (values[name] ?? 0)))
  })
  return centre(rows, stream)
}

export function readAnswerSteps(bag: Bag, stream: Stream): Rows {
  const looks = readLooks(bag, stream)
  return [...stream.pause.keys()].map((k) => {
    const values = answerValues(bag, stream, looks, k)
    return Float64Array.from(ANSWER_SIGNALS, (name) => values[name] ?? 0)
  })
}

/** How a post looks, its words aside. */
interface Look {
  readonly endsLinked: number
  readonly hasTag: number
  readonly hasNoWords: number
  /** Natural log beside a usual one. */
  readonly length: number
  readonly addressees: readonly string[]
}

const ADDRESSEES = /^(?:@[\p{L}\p{N}_][\p{L}\p{N}_.@-]*\s*)+/u

function readLooks(bag: Bag, { posts }: Stream): readonly Look[] {
  return [...posts].map((at) => {
    const text = bag.posts[at]?.text ?? ''
    const addressed = ADDRESSEES.exec(text)?.[0] ?? ''
    const said = text.slice(addressed.length).replace(LINK, ' ').trim().length
    return {
      endsLinked: LINKED_END.test(text.trimEnd().slice(-MAX_LINK)) ? 1 : 0,
      hasTag: bag.words[at]?.tokens.some(({ written }) => written.startsWith('#')) ? 1 : 0,
      hasNoWords: bag.words[at]?.first === '' ? 1 : 0,
      length: Math.log((said + 10) / USUAL_LENGTH),
      addressees: addressed.toLowerCase().split(SPACES).filter(Boolean).sort(),
    }
  })
}

type Values = Readonly<Record<string, number>>

function openValues(bag: Bag, stream: Stream, looks: readonly Look[], k: number): Values {
  const [i, j] = [stream.posts[k] ?? NONE, stream.posts[k + 1] ?? NONE]
  const [a, b] = [looks[k], looks[k + 1]]
  const [first, second] = [bag.words[i], bag.words[j]]
  if (a === undefined || b === undefined || first === undefined || second === undefined) return {}
  const isTold = first.language !== NONE && second.language !== NONE
  return {
    ...rhythmValues(stream, k),
    'answers-between': stream.afterOther[k] ?? 0,
    'first-ends-linked': a.endsLinked,
    'second-ends-linked': b.endsLinked,
    'second-has-tag': b.hasTag - a.hasTag,
    'words-shared': saturate(sharedRarity(bag, i, j)),
    'takes-up': Number(TAKES_UP.test(bag.posts[j]?.text ?? '')),
    'begins-with-self': Number(ANEW.test(bag.posts[j]?.text ?? '')),
    'second-points-on': Number(second.endsPointing),
    'language-same': Number(isTold && first.language === second.language),
    'language-other': Number(isTold && first.language !== second.language),
    'first-length': a.length,
    'second-length': b.length,
    'length-ratio': Math.abs(a.length - b.length),
    'first-has-no-words': a.hasNoWords,
    'second-has-no-words': b.hasNoWords,
    'counts-days': Number(bag.number[j] === NONE && COUNTS_DAYS.test(bag.posts[j]?.text ?? '')),
  }
}

function answerValues(bag: Bag, stream: Stream, looks: readonly Look[], k: number): Values {
  const [i, j] = [stream.posts[k] ?? NONE, stream.posts[k + 1] ?? NONE]
  const [a, b] = [looks[k]?.addressees ?? [], looks[k + 1]?.addressees ?? []]
  const stays = a.join() === b.join()
  const pause = stream.pause[k] ?? 0
  return {
    ...rhythmValues(stream, k),
    'address-stays': Number(stays),
    'address-partly-stays': Number(!stays && a.some((name) => b.includes(name))),
    'nobody-between': Number(stream.afterOther[k] === 0),
    'within-a-minute': Number(pause < 60),
    'log-pause': Math.log1p(pause / 60),
    'words-shared': saturate(sharedRarity(bag, i, j)),
    'leans-back': Number(bag.words[j]?.opensLeaning ?? false),
    'second-ends-linked': looks[k + 1]?.endsLinked ?? 0,
    'second-length': looks[k + 1]?.length ?? 0,
  }
}

function saturate(rarity: number): number {
  return rarity / (rarity + OVERLAP_SCALE)
}

function rhythmValues({ pause }: Stream, k: number): Values {
  const own = logOf(pause[k])
  const beside = (at: number): number => {
    const log = at < 0 || at >= pause.length ? LONG_LOG : logOf(pause[at])
    return Math.max(-MOST_LOGS, Math.min(MOST_LOGS, log - own)) / 3
  }
  return { step: 1, 'longer-pause-before': beside(k - 1), 'longer-pause-after': beside(k + 1) }
}

function logOf(seconds = 1): number {
  return Math.log(Math.max(1, seconds))
}

/** Meanings of neighbours, a few hundred posts at a time: what all posts of a lot have in common counts for nothing. */
function compareInLots(bag: Bag, { posts }: Stream): (k: number) => number {
  const lots: { readonly from: number; readonly alike: Meaning }[] = []
  for (let from = 0; from === 0 || from + OVERLAP < posts.length; from += LOT - OVERLAP) {
    const lot = [...posts.subarray(from, from + LOT)]
    const texts = lot.map((at) => bag.posts[at]?.text ?? '')
    lots.push({
      from,
      alike: compareMeanings(
        texts,
        lot.flatMap((at) => bag.words[at] ?? []),
      ),
    })
  }
  return (k) => {
    const lot = lots[Math.min(lots.length - 1, Math.floor(k / (LOT - OVERLAP)))]
    return lot === undefined ? 0 : lot.alike(k - lot.from, k + 1 - lot.from)
  }
}

/** Less what steps between unrelated posts have on the average. */
function centre(rows: Rows, { pause }: Stream): Rows {
  const unrelated = rows.filter((_, k) => (pause[k] ?? 0) > UNRELATED)
  if (unrelated.length === 0) return rows
  const usual = Float64Array.from(OPEN_SIGNALS, (name, s) => {
    if ((ABSOLUTE as readonly string[]).includes(name)) return 0
    return unrelated.reduce((total, row) => total + (row[s] ?? 0), 0) / unrelated.length
  })
  return rows.map((row) => row.map((value, s) => value - (usual[s] ?? 0)))
}
