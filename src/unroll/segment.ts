// Cuts text scrapes into posts.
import type { Extraction } from '../model.ts'

/** The extraction with its scrapes turned into posts. */
export function segmentScrapes(extraction: Extraction): Extraction {
  return extraction
}
