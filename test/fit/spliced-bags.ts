// The pages of splices.ts as bags, of the texts of the tangle's bags.
import { makeSample } from './samples.ts'
import { makeRandom, SPLICE_KINDS, type Spliced, splice } from './splices.ts'
import { extractionOf, postOf, type TangleBag } from './tangle.ts'

/** Posts a thread needs to be cut in two. */
const LEAST_POSTS = 4
const LEAST_THREADS = 3

/** @param bags of one side; a page is made of the threads of one of them */
export function spliceBags(bags: readonly TangleBag[], seed = 1): readonly TangleBag[] {
  const random = makeRandom(seed)
  return bags.flatMap((bag) => {
    const threads = readBare(bag)
    if (threads.length < LEAST_THREADS) return []
    return SPLICE_KINDS.map((kind) => toBag(splice(kind, pickThree(threads, random), random), bag))
  })
}

function pickThree<T>(list: readonly T[], random: () => number): readonly T[] {
  const rest = [...list]
  return [0, 1, 2].map(() => rest.splice(Math.floor(random() * rest.length), 1)[0] as T)
}

/** Texts of the longer threads of a bag, without the markers that are accepted there. */
export function readBare(bag: TangleBag): readonly (readonly string[])[] {
  const sample = makeSample(bag)
  const textOf = new Map(
    sample.bag.posts.map(({ text, acceptance: { marker, twin } }, at) => [
      sample.lines[at]?.[0] ?? 0,
      bare(text, marker, twin),
    ]),
  )
  return bag.truth.threads
    .filter(({ length }) => length >= LEAST_POSTS)
    .map((thread) =>
      thread.flatMap((lines) => lines.map((line) => textOf.get(line)).find((text) => text !== undefined) ?? []),
    )
    .filter(({ length }) => length >= LEAST_POSTS)
}

interface Span {
  readonly start: number
  readonly end: number
}

function bare(text: string, ...spans: readonly (Span | null | undefined)[]): string {
  return spans
    .filter((span) => span != null)
    .sort((a, b) => b.start - a.start)
    .reduce((rest, { start, end }) => `${rest.slice(0, start)} ${rest.slice(end)}`, text)
    .trim()
}

function toBag({ kind, order, posts }: Spliced, { name }: TangleBag): TangleBag {
  const extraction = extractionOf(posts.map(({ text }, at) => postOf({ text, author: 'author' }, at, name)))
  const threads = [0, 1, 2]
    .map((own) => posts.flatMap(({ thread, place }, at) => (thread === own ? [{ place, line: at + 1 }] : [])))
    .filter(({ length }) => length > 0)
    .map((own) => own.sort((a, b) => a.place - b.place).map(({ line }) => [line]))
  return { level: kind, name, order, extraction, truth: { threads, gaps: [] }, texts: posts.map(({ text }) => text) }
}
