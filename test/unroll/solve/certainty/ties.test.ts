// How sure links are that numbers alone carry: pieces of threads that fit each other, and strangers in holes.
import { describe, expect, it } from 'vitest'
import { sha256 } from '../../../../src/fixity.ts'
import type { Thread } from '../../../../src/model.ts'
import { unroll } from '../../../../src/unroll/unroll.ts'
import { makeRandom, type Random, SPLICE_KINDS, type Spliced, splice } from '../../../fit/splices.ts'
import { makePage, makePost } from '../../arbitrary.ts'

const SURE = 0.95

/** Texts of one author's threads: each on one subject, some of whose posts share a word and others none. */
const SUBJECTS = [
  'kiln glaze clay wheel firing stoneware slip trimming bisque potter ash shelf cone cobalt',
  'ferry harbour tide pilot mooring gangway deck rudder strait captain buoy lighthouse fog anchor',
  'bread flour oven crust dough starter miller crumb proofing rye salt loaf baker steam',
  'bees hive swarm honey queen clover frame smoker nectar brood drone pollen wax keeper',
  'tram track depot driver wires signal switch rails conductor timetable bell platform fare brake',
].map((words) => words.split(' '))
const TURNS = [
  'It took years to see',
  'Nobody tells you about',
  'What we found was',
  'Then came',
  'People still ask for',
]

function write(subject: readonly string[], length: number, random: Random): string[] {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  return Array.from(
    { length },
    () => `${pick(TURNS)} the ${pick(subject)}, the ${pick(subject)} and the ${pick(subject)}.`,
  )
}

function read(texts: readonly string[], order: 'page' | 'none' = 'page'): readonly Thread[] {
  return unroll([makePage(texts.map((text) => makePost({ text, author: 'ada' })))], { order, digest: sha256 }).threads
}

const numbered = (texts: readonly string[], from: number): string[] => texts.map((text, k) => `${from + k}/ ${text}`)
const linkOf = (threads: readonly Thread[], text: string): number | null =>
  threads.flatMap(({ posts }) => posts).find(({ post }) => post.text.includes(text))?.link?.p ?? null

const KILN = [
  'The kiln was lit before dawn.',
  'By noon the kiln had eaten half the wood.',
  'At dusk we let the kiln rest.',
]
const FERRY = [
  'A ferry has no brakes.',
  'So the ferry is slowed by its own engine.',
  'Which is why a ferry hums.',
  'And hums.',
]
const REST = [
  'Next day the kiln was still warm.',
  'The wood had burnt to white ash.',
  'We opened the kiln.',
  'All had cracked.',
]

describe('a link that rests on numbers', () => {
  it('is believed less where both sides have nothing else in common', () => {
    const [apart, one] = [FERRY, REST].map((rest) => read([...numbered(KILN, 1), ...numbered(rest, 4)]))
    const [foreign, own] = [linkOf(apart ?? [], 'no brakes'), linkOf(one ?? [], 'still warm')]
    expect(foreign ?? 0).toBeLessThan(own ?? 0)
    expect(own).toBeGreaterThan(SURE)
  })

  it('is no sure one over a hole, or to a stranger in one, without a word in common', () => {
    const over = read([...numbered(KILN, 1), ...numbered(FERRY, 5)])
    expect(linkOf(over, 'no brakes') ?? 0).toBeLessThan(SURE)
    const texts = numbered([...KILN, ...REST], 1)
    const holed = [...texts.slice(0, 3), 'Boats leave on the hour.', ...texts.slice(4)]
    expect(linkOf(read(holed), 'Boats') ?? 0).toBeLessThan(SURE)
    const unmarked = [...texts.slice(0, 3), REST[0] ?? '', ...texts.slice(4)]
    expect(linkOf(read(unmarked), 'still warm') ?? 0).toBeGreaterThan(linkOf(read(holed), 'Boats') ?? 0)
  })
})

/** Pages of each kind. */
const ROUNDS = 6

interface Judged {
  readonly p: number
  readonly isRight: boolean
}

function judge({ posts, order }: Spliced): readonly Judged[] {
  return read(
    posts.map(({ text }) => text),
    order,
  ).flatMap(({ posts: found }) =>
    found.slice(1).map(({ post, link }, k) => {
      const [before, own] = [found[k]?.post, post].map((one) => posts[(one?.sources[0]?.line ?? 0) - 1])
      const between = posts.filter(({ thread, place }) => {
        return thread === own?.thread && place > (before?.place ?? 0) && place < own.place
      })
      const isRight = before?.thread === own?.thread && (before?.place ?? 0) < (own?.place ?? 0) && between.length === 0
      return { p: link?.p ?? 0, isRight }
    }),
  )
}

describe('links on pages of pieces and wholes, more than half of them made to mislead', () => {
  const random = makeRandom(7)
  const judged = Array.from({ length: ROUNDS }).flatMap(() =>
    SPLICE_KINDS.flatMap((kind) => {
      const from = Math.floor(random() * SUBJECTS.length)
      const threads = [0, 1, 2].map((k) => write(SUBJECTS[(from + k) % SUBJECTS.length] ?? [], 9, random))
      return judge(splice(kind, threads, random))
    }),
  )
  const shareRight = (least: number): number => {
    const said = judged.filter(({ p }) => p >= least)
    return said.filter(({ isRight }) => isRight).length / said.length
  }

  it('are right 95 times of 100 where that is said, or more', () => {
    expect(shareRight(SURE)).toBeGreaterThanOrEqual(SURE)
  })

  it('are sure ones still, most of them', () => {
    expect(judged.filter(({ p }) => p >= SURE).length).toBeGreaterThan(0.8 * judged.length)
  })
})
