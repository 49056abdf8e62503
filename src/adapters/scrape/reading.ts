// As what a plain text is read: a thread page, a blog post with comments, an essay, or loose posts. File names tell
// nothing, so the lines vote. The weights are log-odds by judgement, and the outcome is shown with its probability.

import { type Clip, readClip } from './clip/clip.ts'
import { isTextAddress, isThreadAddress } from './clip/clip-head.ts'
import { type CommentList, findComments } from './comments/comments.ts'
import { findHeadedComments } from './comments/headed-comments.ts'
import { readArticle } from './essay/article.ts'
import { threadFurniture } from './furniture.ts'
import { type Line, paragraphsOf } from './lines.ts'
import { unmark } from './thread/marked-up.ts'
import { readTorn } from './thread/torn-tags.ts'
import { readChat } from './timeline/chat-posts.ts'
import { readClippedPosts } from './timeline/clipped-posts.ts'
import { readFieldedPosts } from './timeline/fielded-posts.ts'
import { readLinkedPosts } from './timeline/linked-posts.ts'
import { readNumberedHeads } from './timeline/numbered-heads.ts'
import { readSigned } from './timeline/signed-posts.ts'
import { readSpokenPosts } from './timeline/spoken-posts.ts'
import { readTimeline, type Timeline } from './timeline/timeline.ts'

export type ReadingKind = 'thread' | 'timeline' | 'blog' | 'essay' | 'posts'

export interface TextReading {
  readonly kind: ReadingKind
  readonly p: number
  /** What spoke for it, for people. */
  readonly say: string
  readonly clip: Clip | null
  readonly comments: CommentList | null
  readonly timeline: Timeline | null
  /** The lines to read: the clip's when there is one. */
  readonly lines: readonly Line[]
}

/** Lines looked at for the vote: enough to know, and bounded for huge texts. */
const SAMPLE_LINES = 5_000
/** Posts rarely pass 280 weighted characters (2%); an essay's paragraphs do. */
const LONG_LINE = 400
const MAX_P = 0.99
const WRAP_COLUMNS: readonly [least: number, most: number] = [45, 100]
const MIN_WRAPPED_LINES = 3

const THREAD_URL = /threadreaderapp\.com\/thread\/\d+/
/** Marks that the page made outdo all that its lines look like. */
const MARKED_OFF = 20
const TEXT_PAGE = 5
/** A post's page may hold one long post as well. */
const POST_PAGE = 3
const THREAD_WORD = /🧵|^thread:?\s|\ba thread\b/imu
// One edge of the line, one number: enough to vote, while the engine weighs every form.
const NUMBERED =
  /^\(?(\d{1,3}) ?\/(?: ?(?:\d{1,3}|n|x))?\)?(?:\s|$)|(?:^|\s)\(?(\d{1,3})\/(?:\d{1,3}|n|x)?\)?$|(?:^|\s)\/(\d{1,3})$|^(\d{1,3})[.)]\s/i
const SENTENCE_END = /[.!?:…"”’)]$/u
const CAPITAL = /^\p{Lu}/u

interface Vote {
  readonly kind: ReadingKind
  readonly weight: number
  readonly say: string
}

/** How the text is read, by the evidence of its lines alone. */
export function chooseReading(all: readonly Line[]): TextReading {
  const clip = readClip(all)
  const lines = unmark(clip?.lines ?? all)
  const comments = findComments(lines) ?? findHeadedComments(lines)
  const isThreadPage = lines.some((line) => tellsThread(line.text))
  const named = readTorn(lines) ?? readLinkedPosts(all) ?? readNumberedHeads(lines) ?? readFieldedPosts(lines)
  const timeline = named ?? (isThreadPage ? null : readMarkedOff(clip, lines))
  const votes = [
    ...threadVotes(lines, clip),
    ...timelineVotes(timeline),
    ...blogVotes(comments),
    ...essayVotes(lines),
    ...sourceVotes(clip),
  ]
  const { kind, p } = count(votes)
  const say = votes.filter((vote) => vote.kind === kind && vote.weight > 0).map((vote) => vote.say)
  return {
    kind,
    p,
    say: say.length === 0 ? 'nothing speaks for another reading' : say.join(', '),
    clip,
    comments,
    timeline,
    lines,
  }
}

const BASE: Readonly<Record<ReadingKind, number>> = { thread: 0, timeline: -3, blog: -3, essay: 0, posts: 1.5 }

function count(votes: readonly Vote[]): { readonly kind: ReadingKind; readonly p: number } {
  const odds = new Map(Object.entries(BASE) as [ReadingKind, number][])
  for (const vote of votes) odds.set(vote.kind, (odds.get(vote.kind) ?? 0) + vote.weight)
  const ranked = [...odds].sort(([, a], [, b]) => b - a)
  const [kind, best] = ranked[0] as [ReadingKind, number]
  const sum = ranked.reduce((total, [, weight]) => total + Math.exp(weight - best), 0)
  return { kind, p: Math.min(MAX_P, Math.round(100 / sum) / 100) }
}

function threadVotes(lines: readonly Line[], clip: Clip | null): readonly Vote[] {
  const sample = lines.slice(0, SAMPLE_LINES)
  const furniture = sample.filter((line) => tellsThread(line.text)).length
  const run = numberRun(sample)
  const word = sample.some((line) => THREAD_WORD.test(line.text))
  const isClip = THREAD_URL.test(clip?.url ?? '')
  return [
    { kind: 'thread', weight: 2 * Math.min(4, furniture), say: `${furniture} lines of a thread page's furniture` },
    { kind: 'thread', weight: Math.min(8, run), say: `${run} lines numbered in turn` },
    { kind: 'thread', weight: word ? 1.5 : 0, say: 'the word or sign for a thread' },
    { kind: 'thread', weight: isClip ? 6 : 0, say: 'taken from a thread page' },
    { kind: 'thread', weight: !isClip && isThreadAddress(clip?.url ?? null) ? POST_PAGE : 0, say: 'taken from a post' },
  ]
}

function readMarkedOff(clip: Clip | null, lines: readonly Line[]): Timeline | null {
  const clipped = clip === null ? null : readClippedPosts(clip, lines)
  return clipped ?? (clip === null || clip.isWholePage ? readHeaded(lines) : null)
}

/** A program that keeps pages kept one of a single text. */
function sourceVotes(clip: Clip | null): readonly Vote[] {
  return isTextAddress(clip?.url ?? null)
    ? [{ kind: 'essay', weight: TEXT_PAGE, say: 'taken from a page of one text' }]
    : []
}

function readHeaded(lines: readonly Line[]): Timeline | null {
  return readTimeline(lines) ?? readSpokenPosts(lines) ?? readSigned(lines) ?? readChat(lines)
}

/** Nothing else says of each of its parts who wrote it. */
function timelineVotes(timeline: Timeline | null): readonly Vote[] {
  if (timeline === null) return []
  const { posts, page, areNamed } = timeline
  const { length } = posts
  const weight = 8 + 3 * Math.min(6, length) + (page === undefined && areNamed !== true ? 0 : MARKED_OFF)
  return [{ kind: 'timeline', weight, say: `${length} posts with their authors` }]
}

function tellsThread(text: string): boolean {
  const kind = threadFurniture(text)?.kind
  return kind !== undefined && kind !== 'button' && kind !== 'footer'
}

/** How many numbers follow the number before them by one. */
function numberRun(lines: readonly Line[]): number {
  let run = 0
  let before: number | null = null
  for (const line of lines) {
    const digits = NUMBERED.exec(line.text)
      ?.slice(1)
      .find((group) => group !== undefined)
    if (digits === undefined) continue
    if (Number(digits) - 1 === before) run += 1
    before = Number(digits)
  }
  return run
}

function blogVotes(list: CommentList | null): readonly Vote[] {
  if (list === null) return []
  const { length } = list.comments
  return [
    { kind: 'blog', weight: 6 + 2 * Math.min(6, length), say: `${length} comments in a list` },
    { kind: 'blog', weight: list.declared === null ? 0 : 3, say: `a line that declares ${list.declared} comments` },
  ]
}

function essayVotes(lines: readonly Line[]): readonly Vote[] {
  const sample = lines.slice(0, SAMPLE_LINES)
  const chunks = paragraphsOf(sample).flatMap((paragraph) =>
    isWrapped(paragraph) ? [joined(paragraph)] : textsOf(paragraph),
  )
  const total = chunks.reduce((sum, text) => sum + text.length, 0)
  const long = chunks.filter((text) => text.length > LONG_LINE).reduce((sum, text) => sum + text.length, 0)
  const share = total === 0 ? 0 : long / total
  const { site, title, author, notes } = readArticle(sample)
  return [
    { kind: 'essay', weight: 8 * share, say: `${Math.round(100 * share)}% of the text in long paragraphs` },
    { kind: 'essay', weight: title === null ? 0 : 0.5, say: 'a title line' },
    { kind: 'essay', weight: site === null ? 0 : 2, say: 'a line that names the site' },
    { kind: 'essay', weight: author === null ? 0 : 2, say: 'a byline or signature' },
    { kind: 'essay', weight: notes.length === 0 ? 0 : 4, say: `${notes.length} footnotes` },
  ]
}

function textsOf(paragraph: readonly Line[]): readonly string[] {
  return paragraph.map((line) => line.text)
}

function joined(paragraph: readonly Line[]): string {
  return textsOf(paragraph).join(' ')
}

/** Lines of a printed column: all but the last are about as long, and sentences run over their ends. */
function isWrapped(paragraph: readonly Line[]): boolean {
  const texts = textsOf(paragraph)
  const inner = texts.slice(0, -1)
  const [least, most] = WRAP_COLUMNS
  const even = inner.every((text) => text.length >= least && text.length <= most)
  return even && texts.length >= MIN_WRAPPED_LINES && inner.some((text, at) => runsOver(text, texts[at + 1] ?? ''))
}

/** `… the second of 2/` ends with its number, not in the middle of its sentence. */
function runsOver(text: string, below: string): boolean {
  return !SENTENCE_END.test(text) && !CAPITAL.test(below)
}
