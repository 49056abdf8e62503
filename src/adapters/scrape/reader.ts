// Who reads plain texts, and what is said of their lines however they are read.
import type { Note } from '../../model.ts'
import { noteOn } from '../extraction/extraction.ts'
import type { Reader } from '../extraction/place.ts'
import type { Page } from '../page/page.ts'

export const READER: Reader = { name: 'text', version: 1 }

/** For a post's provenance: a printed date has no time zone, so it is kept and not made into a moment. */
export function printed(date: string | null): Readonly<Record<string, unknown>> | null {
  return date === null ? null : { printedDate: date }
}

/** Lines left out, by their numbers (1-based). */
export function droppedNote(page: Page, numbers: readonly number[]): readonly Note[] {
  if (numbers.length === 0) return []
  const message = `${numbers.length} lines of page furniture were left out, the first of them line ${numbers[0]}.`
  return [noteOn(page, 'info', 'furniture', message)]
}
