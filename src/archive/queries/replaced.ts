// Pages on which nothing is left of what they said: a domain that changed hands, an id that a site gave away again, a
// front page shown in place of a post that is gone. Both are kept, and the newest is taken for the post's latest words:
// so somebody has to be told.
import type { Database } from 'better-sqlite3'
import { bare } from '../../bare.ts'

/** Type of an event that tells of such a page; its detail is a `Replaced`. */
export const REPLACED_EVENT = 'page replaced'

export interface Replaced {
  readonly url: string
  /** The article that stood there, its title, and when it was seen last. */
  readonly post: string
  readonly title: string | null
  readonly seenAt: string
  /** The title of what is there now; null: it has none, or no post is there. */
  readonly titleNow: string | null
}

/** Shorter texts are often put otherwise as a whole. */
const LEAST_LETTERS = 200
/** Pieces of the old text that are looked for, of so many letters: unrelated texts share next to none. */
const PIECES = 64
const PIECE_LETTERS = 16
/** A site's own phrases recur whatever it shows. */
const SHARE_OF_PHRASES = 0.05
/** Of the new texts so many letters are looked through. */
const MOST_LETTERS = 1_000_000
/** Looks back for what stood there. */
const LOOKS_BACK = 20

/** Gives what a capture that was read has replaced; null where words of it are left, or nothing is known to compare. */
export function createReplacedFinder(db: Database): (captureId: string) => Replaced | null {
  const looks = db.prepare<Record<string, string | number>, LookRow>(LOOKS)
  const texts = db.prepare<[number], TextRow>(TEXTS)
  return (captureId) => {
    const [now, ...before] = looks.all({ id: captureId, limit: LOOKS_BACK })
    if (now === undefined || now.isNow === 0 || before.length === 0) return null
    const shown = texts.all(now.readingKey)
    // A list that stays is told once, where it came.
    const earlier = shown.some(isArticle) ? before : before.slice(0, 1)
    const stood = earlier.flatMap((look) => articleOf(look, texts.all(look.readingKey)))
    const [last] = stood
    // Words that come back to their place replace nothing.
    const fresh = lettersIn(shown)
    if (last === undefined || stood.some(({ text }) => hasWordsOf(text, fresh))) return null
    return { url: now.url, post: last.id, title: last.title, seenAt: last.seenAt, titleNow: titleOf(shown) }
  }
}

/** For people; without a dot at its end. */
export function sayReplaced({ url, post, title, seenAt, titleNow }: Replaced): string {
  const day = seenAt.slice(0, 'yyyy-mm-dd'.length)
  const before = title === null ? `a text without a title, seen on ${day}` : `${JSON.stringify(title)}, seen on ${day}`
  const now = titleNow === null ? 'no article with a title is there now' : `now it is ${JSON.stringify(titleNow)}`
  return `${url}: nothing is left of ${before}; ${now}. The address may have changed hands, or the site shows something else in place of what is gone; both are kept: unspool history ${post}`
}

interface LookRow {
  readonly url: string
  readonly readingKey: number
  readonly seenAt: string
  /** 1: it is the capture itself. */
  readonly isNow: 0 | 1
}

interface TextRow {
  readonly id: string
  readonly kind: string
  readonly title: string | null
  readonly text: string
}

function isArticle({ kind }: TextRow): boolean {
  return kind === 'article'
}

/** A page of several is a list, which goes on. */
function articleOf({ seenAt }: LookRow, shown: readonly TextRow[]): readonly (TextRow & Pick<LookRow, 'seenAt'>)[] {
  const articles = shown.filter(isArticle)
  return articles.length === 1 ? articles.map((article) => ({ ...article, seenAt })) : []
}

function titleOf(shown: readonly TextRow[]): string | null {
  return shown.find(isArticle)?.title ?? null
}

function lettersIn(shown: readonly TextRow[]): string {
  return shown
    .map(({ text }) => lettersOf(text))
    .join(' ')
    .slice(0, MOST_LETTERS)
}

/** True also of a text too short to tell. */
function hasWordsOf(before: string, fresh: string): boolean {
  const old = lettersOf(before)
  if (old.length < LEAST_LETTERS) return true
  const step = (old.length - PIECE_LETTERS) / (PIECES - 1)
  const places = Array.from({ length: PIECES }, (_, n) => Math.floor(n * step))
  const found = places.filter((at) => fresh.includes(old.slice(at, at + PIECE_LETTERS)))
  return found.length >= SHARE_OF_PHRASES * PIECES
}

/** How words are set says nothing. */
function lettersOf(text: string): string {
  return bare(text.slice(0, MOST_LETTERS))
}

/**
 * The capture and, newest first, whole looks at its address before it that were read; a browser's look is several
 * captures. Empty where the capture brought neither posts nor a list: what is shown instead is told by its notes.
 */
const LOOKS = `
  SELECT b.url, e.reading_key AS readingKey, b.captured_at AS seenAt, b.key = c.key AS isNow
  FROM captures AS c CROSS JOIN captures AS b ON b.url = c.url AND b.captured_at <= c.captured_at
  CROSS JOIN latest_extractions AS e ON e.capture_key = b.key
  WHERE c.id = @id AND b.redacted IS NULL AND b.truncated IS NULL
    AND (b.status IS NULL OR b.status BETWEEN 200 AND 299 OR b.status = 304 AND b.bytes > 0)
    AND (b.key = c.key OR b.captured_at < c.captured_at AND (b.run_key <> c.run_key OR b.method <> 'browser'))
    AND (json_array_length(e.declared, '$.lists') > 0
      OR EXISTS (SELECT 1 FROM sightings AS s WHERE s.reading_key = e.reading_key))
  ORDER BY b.captured_at DESC, b.key <> c.key LIMIT @limit`

const TEXTS = `
  SELECT v.post_id AS id, v.kind, v.title, v.text FROM sightings AS s CROSS JOIN post_versions AS v ON v.key = s.version_key
  WHERE s.reading_key = ? ORDER BY s.position LIMIT 500`
