// Which of the pages that would complete others were read: `next` of each page, compared with what answered. An archive
// compares with all that it ever captured (see archive/facts/readings/extraction-read.ts).
import { isInstead } from '../errors.ts'
import type { Capture, Extraction } from '../model.ts'
import { withoutFragment } from '../url.ts'

/** Collects the addresses that answered, and tells each extraction which of its further pages did not. */
interface Answered {
  /** @param read what was read in it, where that is known by now */
  add(capture: Capture, read?: Pick<Extraction, 'posts' | 'notes'>): void
  mark(extraction: Extraction): Extraction
}

const UNKNOWN = { posts: [], notes: [] }

/** @param known addresses that answered elsewhere */
export function createAnswered(known: readonly string[] = []): Answered {
  const addresses = new Set(known.map(withoutFragment))
  return {
    add: ({ finalUrl, status }, { posts, notes } = UNKNOWN) => {
      // A file has no status. A page that is gone, or refused, was asked for and not read.
      const isSubstitute = posts.length === 0 && notes.some(({ code }) => isInstead(code))
      const isPage = (status === null || status < 400) && !isSubstitute
      if (finalUrl !== null && isPage) addresses.add(withoutFragment(finalUrl))
    },
    mark: (one) =>
      one.next.length === 0 ? one : { ...one, unread: one.next.filter((url) => !addresses.has(withoutFragment(url))) },
  }
}
