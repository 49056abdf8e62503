// What Unspool itself exported as findings, come back: its posts are read as any others, but who stood in whose thread,
// the numbers taken out of the texts and the gaps are not. That is said, with what brings an archive over whole.
import type { Note } from '../../model.ts'
import { noteOn } from '../extraction/extraction.ts'
import type { Page } from '../page/page.ts'

/** How lines of `--format jsonl` begin, and `--format json` does. */
const FINDING =
  /^\ufeff?\s*\{\s*"(?:(?:thread|conversation|unplaced)":\s*\{\s*"id":|note":\s*\{\s*"level":|unspool":\s*")/
/** How the tables of posts begin. */
const POST_TABLE = /^\ufeff?in_id,in_kind,branch,position,/
const HEAD_LENGTH = 200
const MESSAGE =
  'This is an export of findings that Unspool wrote: its posts are read, its threads, gaps and sources are not, so threads may fall apart. To bring an archive over, use a WACZ, BagIt or backup of it, or merge.'

/** A remark where the page is an export of ours; none for any other. */
export function ownExportNotes(page: Page): readonly Note[] {
  const head = page.text.slice(0, HEAD_LENGTH)
  return FINDING.test(head) || POST_TABLE.test(head) ? [noteOn(page, 'warning', 'own-export', MESSAGE)] : []
}
