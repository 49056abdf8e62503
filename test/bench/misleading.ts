// Dated posts made to mislead: single posts beside a numbered thread, in its holes and for its lost ends, and halves of
// two threads that fit each other. Texts come from the caller, without their markers.
import { FORMS, type Random, shuffle } from '../fit/splices.ts'
import { extractionOf, postOf, type TangleBag } from '../fit/tangle.ts'

export const MISLEADING = [
  'own-in-hole',
  'single-in-hole',
  'single-for-last',
  'singles-around',
  'halves-apart',
] as const
export type Misleading = (typeof MISLEADING)[number]

interface Dated {
  /** Null: a post of its own. */
  readonly thread: 0 | 1 | null
  readonly place: number
  readonly text: string
  /** Minutes. */
  readonly at: number
}

const LONGEST = 8
const HOURS_APART = 300

/** @param threads three, of one author, each a list of four texts or more */
export function mislead(kind: Misleading, threads: readonly (readonly string[])[], random: Random): TangleBag {
  const [a = [], b = [], c = []] = threads
  const size = Math.min(a.length, b.length, LONGEST)
  const form = FORMS[Math.floor(random() * FORMS.length)] ?? ((n: number, _: number, text: string) => `${n}/ ${text}`)
  const number = (thread: 0 | 1, texts: readonly string[], from: number): readonly Dated[] => {
    let at = from
    return texts.slice(0, size).map((text, place) => {
      at += 0.3 + 3 * random() ** 2
      return { thread, place, text: form(place + 1, size, text), at }
    })
  }
  const [own, single] = [number(0, a, 0), (text = '', at = 0): Dated => ({ thread: null, place: 0, text, at })]
  const hole = 1 + Math.floor(random() * (size - 2))
  const end = own.at(-1)?.at ?? 0
  const posts: Readonly<Record<Misleading, () => readonly Dated[]>> = {
    'own-in-hole': () => own.map((post) => (post.place === hole ? { ...post, text: a[hole] ?? '' } : post)),
    'single-in-hole': () => own.map((post) => (post.place === hole ? single(b[0], post.at) : post)),
    'single-for-last': () => [...own.slice(0, -1), single(b[0], end)],
    'singles-around': () => [single(b[0], -4), ...own, single(c[0], end / 2), single(b[1], end + 5)],
    'halves-apart': () => [
      ...own.filter(({ place }) => place % 2 === 0),
      ...number(1, b, HOURS_APART).filter(({ place }) => place % 2 === 1),
    ],
  }
  return toBag(kind, shuffle(posts[kind](), random))
}

function toBag(kind: Misleading, posts: readonly Dated[]): TangleBag {
  const extraction = extractionOf(
    posts.map(({ text, at }, k) =>
      postOf(
        { text, author: 'author', createdAt: new Date(Date.UTC(2024, 0, 1) + at * 60_000).toISOString() },
        k,
        kind,
      ),
    ),
  )
  const threads = [0, 1]
    .map((own) => posts.flatMap(({ thread, place }, k) => (thread === own ? [{ place, line: k + 1 }] : [])))
    .filter(({ length }) => length > 0)
    .map((own) => own.sort((x, y) => x.place - y.place).map(({ line }) => [line]))
  return {
    level: kind,
    name: kind,
    order: 'none',
    extraction,
    truth: { threads, gaps: [] },
    texts: posts.map((p) => p.text),
  }
}
