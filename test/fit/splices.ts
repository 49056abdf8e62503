// Pages that hold pieces of threads: halves that fit together, holes that a stranger's post fits, twins whose numbers
// could change places, and beside them the same threads whole. What numbers alone are worth there is learnt from these,
// and measured by `npx tsx test/bench/splices.ts`. Texts come from the caller, without their markers.

/** One post of a made page: its thread, its place in the thread as it was written, and what it says. */
interface SplicedPost {
  readonly thread: number
  readonly place: number
  readonly text: string
}

export interface Spliced {
  readonly kind: SpliceKind
  readonly order: 'page' | 'none'
  /** In page order. */
  readonly posts: readonly SplicedPost[]
}

export const SPLICE_KINDS = [
  ...(['one-whole', 'one-holed', 'one-unmarked', 'one-mistyped', 'two-whole', 'whole-and-rest'] as const),
  ...(['adjoin', 'overlap', 'apart', 'stranger-in-hole', 'interchangeable', 'twins-holed', 'restart'] as const),
] as const

export type SpliceKind = (typeof SPLICE_KINDS)[number]

/** Evenly spread in 0 to 1. */
export type Random = () => number

type Form = (n: number, total: number, text: string) => string

export const FORMS: readonly Form[] = [
  (n, m, text) => `${n}/${m} ${text}`,
  (n, m, text) => `${text} ${n}/${m}`,
  (n, m, text) => `${text} (${n}/${m})`,
  (n, _, text) => `${n}/ ${text}`,
  (n, _, text) => `${text} ${n}/`,
  (n, _, text) => `${n}. ${text}`,
  (n, _, text) => `(${n}) ${text}`,
]
const LONGEST = 9
const SHORTEST = 4
/** Share of pages with a whole thread beside, in a form of its own. */
const ACCOMPANIED = 0.4

type Layout = 'runs' | 'interleaved' | 'shuffled'
const LAYOUTS: readonly Layout[] = ['runs', 'runs', 'interleaved', 'shuffled']

interface Made {
  readonly random: Random
  readonly form: Form
  /** Two threads of one length. */
  readonly a: readonly string[]
  readonly b: readonly string[]
}

/** @param threads at least three, of one author, each a list of texts without markers, four or more of them */
export function splice(kind: SpliceKind, threads: readonly (readonly string[])[], random: Random): Spliced {
  const [x = [], y = [], z = []] = threads
  const size = Math.min(x.length, y.length, SHORTEST + Math.floor(random() * (LONGEST - SHORTEST + 1)))
  const at = Math.floor(random() * FORMS.length)
  const made = { random, form: FORMS[at] as Form, a: x.slice(0, size), b: y.slice(0, size) }
  const runs = KINDS[kind](made)
  const other = FORMS[(at + 1 + Math.floor(random() * (FORMS.length - 1))) % FORMS.length] as Form
  const company = random() < ACCOMPANIED ? [number(2, z.slice(0, LONGEST), other)] : []
  const layout = LAYOUTS[Math.floor(random() * LAYOUTS.length)] as Layout
  const all =
    layout === 'runs' ? shuffle([...runs, ...company], random).flat() : interleave([...runs, ...company], random)
  const posts = layout === 'shuffled' ? shuffle(all, random) : all
  return { kind, order: layout === 'shuffled' ? 'none' : 'page', posts }
}

/** What stands on the page, run by run. */
const KINDS: Readonly<Record<SpliceKind, (made: Made) => SplicedPost[][]>> = {
  'one-whole': ({ a, form }) => [number(0, a, form)],
  'one-holed': ({ a, form, random }) => [without(number(0, a, form), inner(a, random), 1 + Math.floor(random() * 2))],
  'one-unmarked': ({ a, form, random }) => [unmark(number(0, a, form), inner(a, random), a)],
  'one-mistyped': ({ a, form, random }) => [mistype(0, a, inner(a, random), form)],
  'two-whole': ({ a, b, form }) => [number(0, a, form), number(1, b, form)],
  'whole-and-rest': ({ a, b, form, random }) => [number(0, a, form), number(1, b, form).slice(inner(b, random))],
  adjoin: (made) => halves(made, 0),
  overlap: (made) => halves(made, -1),
  apart: (made) => halves(made, 1),
  'stranger-in-hole': ({ a, b, form, random }) => {
    const [k, own] = [inner(a, random), number(0, a, form)]
    const stranger = { thread: 1, place: 0, text: b[0] ?? '' }
    return [[...own.slice(0, k), stranger, ...own.slice(k + 1)]]
  },
  interchangeable: ({ a, b, form, random }) => {
    const isA = a.map(() => random() < 0.5)
    return [number(0, a, form).filter((_, k) => isA[k]), number(1, b, form).filter((_, k) => !isA[k])]
  },
  'twins-holed': ({ a, b, form, random }) => [
    without(number(0, a, form), inner(a, random), 1),
    without(number(1, b, form), inner(b, random), 1),
  ],
  restart: ({ a, b, form, random }) => [
    number(0, a, form).slice(0, 1 + inner(a, random)),
    number(1, b, form).slice(0, 1 + inner(b, random)),
  ],
}

function halves({ a, b, form, random }: Made, lacking: number): SplicedPost[][] {
  const k = inner(a, random)
  return [number(0, a, form).slice(0, k), number(1, b, form).slice(k + lacking)]
}

/** A place inside: neither the first nor the last. */
function inner(texts: readonly string[], random: Random): number {
  return 1 + Math.floor(random() * Math.max(1, texts.length - 2))
}

function number(thread: number, texts: readonly string[], form: Form): SplicedPost[] {
  return texts.map((text, place) => ({ thread, place, text: form(place + 1, texts.length, text) }))
}

function without(posts: readonly SplicedPost[], from: number, count: number): SplicedPost[] {
  return posts.filter((_, k) => k < from || k >= from + count)
}

function unmark(posts: readonly SplicedPost[], at: number, texts: readonly string[]): SplicedPost[] {
  return posts.map((post, k) => (k === at ? { ...post, text: texts[k] ?? '' } : post))
}

/** The number of one post is that of the post before it. */
function mistype(thread: number, texts: readonly string[], at: number, form: Form): SplicedPost[] {
  return texts.map((text, place) => ({
    thread,
    place,
    text: form(place === at ? place : place + 1, texts.length, text),
  }))
}

/** Each run keeps its order. */
function interleave(runs: readonly SplicedPost[][], random: Random): SplicedPost[] {
  const turns = shuffle(
    runs.flatMap((run, at) => run.map(() => at)),
    random,
  )
  const taken = runs.map(() => 0)
  return turns.map((at) => runs[at]?.[taken[at]!++] as SplicedPost)
}

export function shuffle<T>(list: readonly T[], random: Random): T[] {
  const all = [...list]
  for (let k = all.length - 1; k > 0; k--) {
    const other = Math.floor(random() * (k + 1))
    ;[all[k], all[other]] = [all[other] as T, all[k] as T]
  }
  return all
}

/** A linear congruential generator (Numerical Recipes): the same pages in every run. */
export function makeRandom(seed: number): Random {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
