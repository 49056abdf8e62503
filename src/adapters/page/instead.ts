// What a site shows in place of a post: a wall, its absence, or a frame that only a script fills.
import type { Note } from '../../model.ts'
import { absenceNotes } from './absence.ts'
import type { Page } from './page.ts'
import { wallNotes } from './walls.ts'

/** One note of what stands there instead; none when the page may hold a post. */
export function insteadNotes(page: Page): Note[] {
  return [...wallNotes(page), ...absenceNotes(page)].slice(0, 1)
}
