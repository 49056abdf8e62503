// Makes posts for cost measurements, one JSON object a line: threads of 4 to 19 posts, two by two interleaved, of words
// nobody wrote. Lengths of texts and shares of numbers are those of real threads; equal arguments give equal lines.

export type Kind = 'ids' | 'numbers' | 'one-form'

const SYLLABLES = 'ba ke li mo nu ra se ti vo zu da fe gi ho ju la me ni po ru sa te wi xo'.split(' ')
const SMALL_WORDS =
  'the of and to in that it for was on with as they at by from or but so if then which when where how all any'.split(
    ' ',
  )
/** Forms of numbers about as often as threads bear them. */
const FORMS: readonly ((n: number, total: number, text: string) => string)[] = [
  (n, _, text) => `${n}. ${text}`,
  (n, _, text) => `(${n}) ${text}`,
  (n, _, text) => `${n}) ${text}`,
  (n, _, text) => `${n}/ ${text}`,
  (n, total, text) => `${text} ${n}/${total}`,
]
const FIRST_ID = 1_200_000_000_000_000_000n
const ID_STEP = 251_658_240_000n
const FIRST_TIME = Date.UTC(2020, 0, 1)
const MINUTE_MS = 60_000
const SHORTEST = 4
const LENGTHS = 16
/** Words of a text: 140 characters on average. */
const LEAST_WORDS = 16
const MORE_WORDS = 13
const TOPIC_WORDS = 6
const VOCABULARY = 8000
/** With ids one thread in four is numbered, without them all are; one text in six holds some other number. */
const NUMBERED_THREADS = 4
const HOLDS_NUMBER = 6

interface Place {
  readonly thread: number
  readonly n: number
  readonly total: number
}

/** `count` lines of one author; `first` is the number of the first post among all that are made. */
export function makeLines(kind: Kind, author: string, count: number, first: number): string[] {
  const random = createRandom(first + 1)
  const places = listPlaces(count)
  const before = new Map<number, number>()
  return places.map((place, at) => {
    const text = makeText(kind, place, random)
    if (kind !== 'ids') return JSON.stringify({ author, text })
    const above = before.get(place.thread)
    before.set(place.thread, at)
    const id = idOf(first + at)
    const createdAt = new Date(FIRST_TIME + (first + at) * MINUTE_MS).toISOString()
    const reply = above === undefined ? {} : { inReplyTo: idOf(first + above) }
    return JSON.stringify({ platform: 'x', id, author, text, createdAt, ...reply })
  })
}

/** Where each line stands: two threads at a time take turns. */
export function listPlaces(count: number): readonly Place[] {
  const places: Place[] = []
  for (let thread = 0; places.length < count; thread += 2) {
    const [a, b] = [SHORTEST + (thread % LENGTHS), SHORTEST + ((thread * 7 + 3) % LENGTHS)]
    for (let n = 1; n <= Math.max(a, b); n++) {
      if (n <= a) places.push({ thread, n, total: a })
      if (n <= b) places.push({ thread: thread + 1, n, total: b })
    }
  }
  return places.slice(0, count)
}

function makeText(kind: Kind, { thread, n, total }: Place, random: (below: number) => number): string {
  const words = Array.from({ length: LEAST_WORDS + random(MORE_WORDS) }, (_, k) => {
    if (k % 5 === 2) return wordOf(thread * TOPIC_WORDS + random(TOPIC_WORDS))
    return k % 2 === 0 ? (SMALL_WORDS[random(SMALL_WORDS.length)] ?? '') : wordOf(random(VOCABULARY))
  })
  if (random(HOLDS_NUMBER) === 0) words[words.length >> 1] = String(1900 + random(120))
  const text = `${(words[0] ?? '').replace(/^./, (letter) => letter.toUpperCase())} ${words.slice(1).join(' ')}.`
  if (kind === 'ids' && thread % NUMBERED_THREADS !== 0) return text
  const form = kind === 'one-form' ? 3 : (thread >> 2) % FORMS.length
  return FORMS[form]?.(n, total, text) ?? text
}

function wordOf(number: number): string {
  const at = number % VOCABULARY
  return [at, Math.floor(at / 20), Math.floor(at / 400)].map((part) => SYLLABLES[part % 20] ?? '').join('')
}

function idOf(number: number): string {
  return String(FIRST_ID + BigInt(number) * ID_STEP)
}

/** Numerical Recipes' linear congruence: reproducible on any machine. */
function createRandom(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 4294967296) * below)
  }
}
