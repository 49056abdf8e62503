// What an adapter gives for a page as a whole: the extraction, remarks on it, further addresses within a limit. Posts
// are made in post.ts, their places in place.ts.
import type { Extraction, Note, Post } from '../../model.ts'
import type { Page } from '../page/page.ts'

/** URLs offered at most to complete one page: a large topic has thousands of posts elsewhere. */
export const MAX_NEXT = 50

/** An extraction with what there is; nothing else. */
export function makeExtraction(given: Partial<Extraction>): Extraction {
  const declared = { title: null, site: null, replies: null }
  return { posts: [], scrapes: [], blocks: [], next: [], notes: [], declared, ...given }
}

export function noteOn(page: Page, level: Note['level'], code: string, message: string): Note {
  return { level, code, message, input: page.capture.input }
}

/** Of a page that lists stories, each of which has a discussion on a page of its own. */
export function storyListNote(page: Page): Note {
  return noteOn(page, 'info', 'list-page', 'A list; the whole of each story is on its own page.')
}

/** How many posts have no words, and why; the reason stands in `provenance.extra.withheld`. */
export function withheldNotes(page: Page, posts: readonly Post[]): Note[] {
  const reasons = new Map<string, string[]>()
  for (const { key, provenance } of posts) {
    const reason = provenance.extra?.['withheld']
    if (typeof reason !== 'string') continue
    const keys = reasons.get(reason)
    if (keys === undefined) reasons.set(reason, [key])
    else keys.push(key)
  }
  return [...reasons].map(([reason, keys]) => {
    const message = `Without words because ${reason} at the source: ${keys.length} (${listed(keys)}). Answers to them keep their places.`
    return noteOn(page, 'info', 'withheld', message)
  })
}

/** The first few, and how many more. */
function listed(keys: readonly string[]): string {
  const [shown, rest] = [keys.slice(0, 5).join(', '), keys.length - 5]
  return rest > 0 ? `${shown} and ${rest} more` : shown
}

/** `38 attachment, 2 draft` */
export function tally(words: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  return [...counts].map(([word, count]) => `${count} ${word}`).join(', ')
}

/** At most MAX_NEXT URLs, each once, and a note when there are more. */
export function limitNext(page: Page, urls: Iterable<string>): { next: readonly string[]; notes: readonly Note[] } {
  const all = [...new Set(urls)]
  const message = `${all.length} URLs would complete this page; the first ${MAX_NEXT} are named.`
  return {
    next: all.slice(0, MAX_NEXT),
    notes: all.length > MAX_NEXT ? [noteOn(page, 'info', 'next-cut', message)] : [],
  }
}
