// Extractions that this program has just stored, kept until they are unrolled: they need not be read back. Only a
// memory: what is in the tables counts, and whoever finds nothing here reads there.
import type { Extraction } from '../../../model.ts'

/** Posts kept at most: those of two unrollings of a crawl. */
const MOST_POSTS = 4000
/** Characters of their texts and markup kept at most: an article is one post and may be long. */
const MOST_CHARACTERS = 8_000_000

export interface FreshReadings {
  /** What was stored under this key, exactly; null when it is not kept. */
  find(extractionKey: number): Extraction | null
}

export interface FreshKeeper extends FreshReadings {
  keep(extractionKey: number, extraction: Extraction): void
  forget(): void
}

export function createFreshReadings(): FreshKeeper {
  const kept = new Map<number, Extraction>()
  let [posts, characters] = [0, 0]
  return {
    find: (key) => kept.get(key) ?? null,
    keep: (key, extraction) => {
      const length = extraction.posts.reduce((sum, { text, html }) => sum + text.length + (html?.length ?? 0), 0)
      if (posts + extraction.posts.length > MOST_POSTS || characters + length > MOST_CHARACTERS) return
      posts += extraction.posts.length
      characters += length
      kept.set(key, extraction)
    },
    forget: () => {
      kept.clear()
      posts = 0
      characters = 0
    },
  }
}
