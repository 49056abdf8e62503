// What Unspool itself exported as findings, come back as rows: tables of CSV, and JSON of a later format than the
// reader of such exports knows. Posts are read as any others, but who stood in whose thread, the numbers taken out of
// the texts and the gaps are not. That is said, with what brings an archive over whole.
import type { Note } from '../../model.ts'
import { noteOn } from '../extraction/extraction.ts'
import type { Page } from '../page/page.ts'

/** How the documents begin. */
const DOCUMENT = /^\ufeff?\s*\{\s*"unspool":\s*"/
/** How the tables of posts begin. */
const POST_TABLE = /^\ufeff?in_id,in_kind,branch,position,/
const HEAD_LENGTH = 200
const MESSAGE =
  'This is an export of findings that Unspool wrote: its posts are read, its threads, gaps and sources are not, so threads may fall apart. To bring an archive over, use a WACZ, BagIt or backup of it, or merge.'

/** A remark where the page is an export of ours; none for any other. */
export function ownExportNotes(page: Page): readonly Note[] {
  const head = page.text.slice(0, HEAD_LENGTH)
  return DOCUMENT.test(head) || POST_TABLE.test(head) ? [noteOn(page, 'warning', 'own-export', MESSAGE)] : []
}
