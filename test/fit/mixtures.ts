// Bags of the tangle laid together as one author's, so large that no arrangements are drawn of them: what links are
// worth there is learnt from these. Only bags of one level whose texts differ are mixed, and only of authors on one
// side of the split.
import { extractionOf, LEVELS, type TangleBag } from './tangle.ts'

/** Posts of a mixture: above what is drawn (128), below what is only matched (400). */
const SIZES = [135, 200, 300] as const
const MOST = 390
/** Ids and the layout of cut pages leave little doubt in bags of any size. */
const LEFT_OUT = new Set(['A', 'C'])
/** Letters that tell a text from others, whatever its number. */
const TELLING = 60
const LEAST_TELLING = 25
const NUMBERING = /[\d/()[\].:#]+|END|THREAD|Thread|🧵|\s+/g

/** @param bags of one side */
export function mixBags(bags: readonly TangleBag[]): readonly TangleBag[] {
  return LEVELS.filter((level) => !LEFT_OUT.has(level)).flatMap((level) => {
    const apart = dropShared(bags.filter((bag) => bag.level === level))
    return SIZES.flatMap((size) => groupTo(apart, size).map(mix))
  })
}

/** The bags that share no text with one before them: one thread twice would be its own rival. */
function dropShared(bags: readonly TangleBag[]): readonly TangleBag[] {
  const seen = new Set<string>()
  return bags.filter(({ texts }) => {
    const keys = texts.map((text) => text.replace(NUMBERING, '').slice(0, TELLING))
    const telling = keys.filter((key) => key.length >= LEAST_TELLING)
    const isNew = telling.every((key) => !seen.has(key))
    if (isNew) for (const key of telling) seen.add(key)
    return isNew
  })
}

/** Neighbouring bags until they have so many posts together; what is left over is not used. */
function groupTo(bags: readonly TangleBag[], size: number): readonly (readonly TangleBag[])[] {
  const groups: TangleBag[][] = []
  let [group, posts]: [TangleBag[], number] = [[], 0]
  for (const bag of bags) {
    if (posts + bag.texts.length > MOST) [group, posts] = [[], 0]
    group.push(bag)
    posts += bag.texts.length
    if (posts < size) continue
    groups.push(group)
    ;[group, posts] = [[], 0]
  }
  return groups
}

function mix(bags: readonly TangleBag[]): TangleBag {
  const all = bags.flatMap(({ extraction }, from) => extraction.posts.map((post, at) => ({ post, from, at })))
  const [first] = all
  // Where the order of a page means nothing, the bags' posts lie one among the other.
  const laid = bags[0]?.order === 'page' ? all : all.toSorted((a, b) => a.at - b.at || a.from - b.from)
  const line = new Map(laid.map(({ from, at }, place) => [`${from} ${at + 1}`, place + 1]))
  const posts = laid.map(({ post }, index) => ({
    ...post,
    ...{ key: String(index), index, author: first?.post.author ?? null },
    provenance: { ...post.provenance, input: first?.post.provenance.input ?? '', line: index + 1 },
  }))
  const threads = bags.flatMap(({ truth }, from) =>
    truth.threads.map((thread) => thread.map((copies) => copies.map((own) => line.get(`${from} ${own}`) ?? 0))),
  )
  const { level = '', order = 'none' } = bags[0] ?? {}
  const texts = posts.map(({ text }) => text)
  return { level, name: `${level} mixed`, order, extraction: extractionOf(posts), truth: { threads, gaps: [] }, texts }
}
