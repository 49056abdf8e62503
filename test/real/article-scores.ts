// How well an article was read, against what people noted of the page: segments that must stand in the body or must
// not, comments, title, author, date. No reading of pages here.

/** What people noted of one page (trafilatura's evaluation set). */
export interface Truth {
  readonly url?: string
  readonly with?: readonly string[]
  readonly without?: readonly string[]
  readonly comments?: readonly string[]
  readonly title?: string
  /** Several when the page names several. */
  readonly author?: string | readonly string[]
  readonly date?: string
}

/** What a program read off the same page. */
export interface Reading {
  readonly body: string
  readonly comments: string
  readonly title: string | null
  readonly author: string | null
  readonly date: string | null
}

/** Counts over pages; `rightOf` pairs are [right, asked]. */
export interface Tally {
  found: number
  missed: number
  wrong: number
  title: [number, number]
  author: [number, number]
  date: [number, number]
  comments: [number, number]
  /** Comment segments that stand in the body. */
  mixed: number
  /** Both again without the segments that a person disputes. */
  agreed: { comments: [number, number]; mixed: number }
}

/** One segment that is not where it should be, for a person to look at. */
export interface Miss {
  readonly kind: string
  readonly segment: string
}

const SPACES = /[\s\u00a0]+/gu
const UNSEEN = /[\u200b\u00ad]/gu
/** Words of a run. */
const SHINGLE = 4
const SIGNS = /[^\p{L}\p{N}]+/gu

export function newTally(): Tally {
  const facts: Pick<Tally, 'title' | 'author' | 'date'> = { title: [0, 0], author: [0, 0], date: [0, 0] }
  const agreed: Tally['agreed'] = { comments: [0, 0], mixed: 0 }
  return { found: 0, missed: 0, wrong: 0, ...facts, comments: [0, 0], mixed: 0, agreed }
}

/**
 * A page to score against: its own text, in which a comment must stand to be asked for, and the comments disputed, from
 * 1.
 */
export interface Source {
  readonly text: string
  readonly disputed: ReadonlySet<number>
}

/** Adds one page to the tally. */
export function score(tally: Tally, truth: Truth, reading: Reading, source: Source): Miss[] {
  const misses = scoreSegments(tally, truth, reading)
  misses.push(...scoreComments(tally, truth, reading, source))
  misses.push(...scoreFact(tally.title, 'title', truth.title, reading.title, isSameTitle))
  misses.push(...scoreFact(tally.author, 'author', truth.author, reading.author, isSameAuthor))
  misses.push(...scoreFact(tally.date, 'date', truth.date, reading.date, isSameDay))
  return misses
}

export function segmentF1({ found, missed, wrong }: Tally): { precision: number; recall: number; f1: number } {
  const precision = found / Math.max(found + wrong, 1)
  const recall = found / Math.max(found + missed, 1)
  return { precision, recall, f1: (2 * precision * recall) / Math.max(precision + recall, Number.MIN_VALUE) }
}

/** Harmonic mean of precision and recall over the words of two texts, each word as often as it stands there. */
export function wordF1(expected: string, read: string): number {
  const [theirs, ours] = [letters(expected).split(' '), letters(read).split(' ')]
  const left = new Map<string, number>()
  for (const word of theirs) left.set(word, (left.get(word) ?? 0) + 1)
  let shared = 0
  for (const word of ours) {
    const count = left.get(word) ?? 0
    if (count > 0) shared += 1
    left.set(word, count - 1)
  }
  return (2 * shared) / Math.max(theirs.length + ours.length, 1)
}

/** Runs of four words that two texts share: of ours, and of theirs. */
export interface ShingleScore {
  readonly precision: number
  readonly recall: number
}

export function shingleScore(expected: string, read: string): ShingleScore {
  const [theirs, ours] = [shingles(expected), shingles(read)]
  const left = new Map<string, number>()
  for (const shingle of theirs) left.set(shingle, (left.get(shingle) ?? 0) + 1)
  let shared = 0
  for (const shingle of ours) {
    const count = left.get(shingle) ?? 0
    if (count > 0) shared += 1
    left.set(shingle, count - 1)
  }
  return { precision: shared / Math.max(ours.length, 1), recall: shared / Math.max(theirs.length, 1) }
}

/** Harmonic mean of the mean precision and the mean recall over pages, as article benchmarks count. */
export function totalF1(scores: readonly ShingleScore[]): number {
  const mean = (key: keyof ShingleScore) =>
    scores.reduce((sum, score) => sum + score[key], 0) / Math.max(scores.length, 1)
  const [precision, recall] = [mean('precision'), mean('recall')]
  return (2 * precision * recall) / Math.max(precision + recall, Number.MIN_VALUE)
}

function shingles(text: string): string[] {
  const words = letters(text).split(' ')
  if (words.length < SHINGLE) return [words.join(' ')]
  return words.slice(SHINGLE - 1).map((_, i) => words.slice(i, i + SHINGLE).join(' '))
}

function scoreSegments(tally: Tally, truth: Truth, { body }: Reading): Miss[] {
  const text = squeeze(body)
  const missed = wanted(truth.with).filter((segment) => !text.includes(squeeze(segment)))
  const wrong = wanted(truth.without).filter((segment) => text.includes(squeeze(segment)))
  tally.missed += missed.length
  tally.found += wanted(truth.with).length - missed.length
  tally.wrong += wrong.length
  return [
    ...missed.map((segment) => ({ kind: 'missed', segment })),
    ...wrong.map((segment) => ({ kind: 'wrong', segment })),
  ]
}

function scoreComments(tally: Tally, truth: Truth, { body, comments }: Reading, { text, disputed }: Source): Miss[] {
  const source = squeeze(text)
  const asked = wanted(truth.comments).filter((segment) => source.includes(squeeze(segment)))
  const isAgreed = (segment: string) => !disputed.has((truth.comments ?? []).indexOf(segment) + 1)
  const [inBody, inComments] = [squeeze(body), squeeze(comments)]
  const lost = asked.filter((segment) => !inComments.includes(squeeze(segment)))
  const mixed = asked.filter((segment) => inBody.includes(squeeze(segment)))
  tally.comments[0] += asked.length - lost.length
  tally.comments[1] += asked.length
  tally.mixed += mixed.length
  tally.agreed.comments[0] += asked.filter(isAgreed).length - lost.filter(isAgreed).length
  tally.agreed.comments[1] += asked.filter(isAgreed).length
  tally.agreed.mixed += mixed.filter(isAgreed).length
  return [
    ...lost.map((segment) => ({ kind: 'comment lost', segment })),
    ...mixed.map((segment) => ({ kind: 'comment in body', segment })),
  ]
}

type IsSame = (truth: string, read: string) => boolean

function scoreFact(
  counts: [number, number],
  kind: string,
  said: string | readonly string[] | undefined,
  read: string | null,
  isSame: IsSame,
): Miss[] {
  const truths = [said ?? []].flat().filter((truth) => truth.trim() !== '')
  if (truths.length === 0) return []
  counts[1] += 1
  if (read !== null && truths.some((truth) => isSame(truth, read))) {
    counts[0] += 1
    return []
  }
  return [{ kind, segment: `${truths}  <>  ${read}` }]
}

/** Lenient: letters and digits only, either may hold the other when it is no less than half of it. */
function isSameTitle(truth: string, read: string): boolean {
  const [ours, theirs] = [letters(read), letters(truth)]
  const share = Math.min(ours.length, theirs.length) / Math.max(ours.length, theirs.length, 1)
  return ours === theirs || (share >= 0.5 && (ours.includes(theirs) || theirs.includes(ours)))
}

/** Lenient: one of the names, in any order, with or without further names. */
function isSameAuthor(truth: string, read: string): boolean {
  const [ours, theirs] = [letters(read), letters(truth)]
  return ours !== '' && (ours === theirs || ` ${ours} `.includes(` ${theirs} `) || ` ${theirs} `.includes(` ${ours} `))
}

/** Times are kept in UTC: the day a page prints in its own zone begins up to 14 hours earlier and ends 12 later. */
function isSameDay(truth: string, read: string): boolean {
  if (read.startsWith(truth)) return true
  const hours = (Date.parse(read) - Date.parse(truth)) / 3_600_000
  return !read.endsWith('T00:00:00.000Z') && hours >= -14 && hours < 36
}

function wanted(segments: readonly string[] | undefined): readonly string[] {
  return (segments ?? []).filter((segment) => segment.trim() !== '')
}

function squeeze(text: string): string {
  return text.normalize('NFC').replace(UNSEEN, '').replace(SPACES, ' ').trim()
}

function letters(text: string): string {
  return text.normalize('NFC').replace(UNSEEN, '').replace(SIGNS, ' ').trim().toLowerCase()
}
