// Habits of writing that a thread keeps: where all posts before a number have one and none from it on, pieces of two
// threads may have been joined by their numbers. It reads no words.
import type { Evidence } from '../../../model.ts'
import { type Bag, NONE } from '../bag.ts'

/** Posts looked at on either side, and how many there must be: one post may be an opening, or a last word. */
const WINDOW = 8
const LEAST_POSTS = 2

interface Habit {
  /** What the posts do that have it. */
  readonly say: string
  /** Found in posts that have it, without their numbers. */
  readonly pattern: RegExp
}

/** One that changes is enough. Counted once (2026-11-24): in 2 of 305 whole threads, in 57 of 578 joined of halves. */
const STRONG: readonly Habit[] = [
  { say: 'bear hashtags', pattern: /(?<![\w/&])#\p{L}/u },
  { say: 'open by addressing somebody', pattern: /^@\w/ },
  { say: 'are written in capitals', pattern: /^[\p{Lu}\P{L}]{0,20}\p{Lu}[\p{Lu}\P{L}]{9}/u },
]
/** Of these two must change at once: in three of the whole ones, in 41 of the joined. */
const WEAK: readonly Habit[] = [
  { say: 'name somebody', pattern: /@\w/ },
  { say: 'have several lines', pattern: /\n/ },
  { say: 'open in lower case', pattern: /^[^\p{L}]{0,9}\p{Ll}/u },
  { say: 'close with a full stop', pattern: /[.!?…。！？][\])"”’»]?$/ },
  { say: 'quote', pattern: /["“«「]/ },
  { say: 'have emoji', pattern: /\p{Extended_Pictographic}/u },
]
const HABITS = [...STRONG, ...WEAK]
const LEAST_WEAK = 2
/** Languages take the bits above: one that changes is as strong. */
const FIRST_LANGUAGE = HABITS.length
const MOST_LANGUAGES = 31 - FIRST_LANGUAGE

/** Posts in an arrangement, and the habits of each as bits. */
export interface Habitual {
  readonly next: Int32Array
  readonly previous: Int32Array
  readonly habits: (post: number) => number
}

/** The habits of a post, read when it is asked for. */
export function readHabits(bag: Bag): Habitual['habits'] {
  const known = new Map<number, number>()
  return (post) => {
    const bits = known.get(post) ?? habitsOf(bag, post)
    known.set(post, bits)
    return bits
  }
}

/** What changes at the link to j, or nothing. */
export function tellChange({ next, previous, habits }: Habitual, j: number): Evidence | null {
  const [before, after] = [sideOf(habits, previous, previous[j] ?? NONE), sideOf(habits, next, j)]
  if (before === null || after === null) return null
  const [ends, begins] = [before.all & ~after.any, after.all & ~before.any]
  const changed = HABITS.flatMap((habit, k) => (((ends | begins) >> k) & 1 ? [{ habit, k }] : []))
  const isOtherLanguage = ends >> FIRST_LANGUAGE !== 0 && begins >> FIRST_LANGUAGE !== 0
  if (!isOtherLanguage && changed.length < LEAST_WEAK && !changed.some(({ k }) => k < STRONG.length)) return null
  const clauses = changed.map(({ habit, k }) =>
    (ends >> k) & 1
      ? `the posts before ${habit.say}, from here on none do`
      : `from here on all ${habit.say}, before none`,
  )
  const say = (isOtherLanguage ? ['another language from here on', ...clauses] : clauses).join('; ')
  return { kind: 'habits-change', say, weight: 0 }
}

function sideOf(habits: Habitual['habits'], links: Int32Array, from: number) {
  let [all, any, count] = [-1, 0, 0]
  for (let at = from; at !== NONE && count < WINDOW; at = links[at] ?? NONE) {
    const own = habits(at)
    all &= own
    any |= own
    count++
  }
  return count < LEAST_POSTS ? null : { all, any }
}

function habitsOf(bag: Bag, post: number): number {
  const { text = '', acceptance } = bag.posts[post] ?? {}
  const marker = acceptance?.marker ?? null
  const bare = (marker === null ? text : text.slice(0, marker.start) + text.slice(marker.end)).trim()
  const language = bag.words[post]?.language ?? NONE
  const bits = HABITS.reduce((sum, { pattern }, k) => (pattern.test(bare) ? sum | (1 << k) : sum), 0)
  return language === NONE || language >= MOST_LANGUAGES ? bits : bits | (1 << (FIRST_LANGUAGE + language))
}
