// What is said of a page whoever reads it: that nobody can, that a reader fell over, that its markup was cut.
import type { Extraction, Note } from '../../model.ts'
import { makeExtraction, noteOn } from '../extraction/extraction.ts'
import type { Page } from './page.ts'
import { type Refusal, refusalIn, refusalNote } from './refusals.ts'

/** One page on which a reader falls over must not cost the others, nor an archive that keeps it for ever. */
export function failureNote(page: Page, error: unknown): Note {
  const message = `A fault of the program stopped the reading of this page (${error}). Its bytes are as they came; please report it, and read it again with a newer version.`
  return noteOn(page, 'error', 'reader-failed', message)
}

/** So Hacker News' API says that there is no such item. */
const NOTHING: Refusal = { code: 'not-found', words: 'null' }

/** Reading says why already when a page is empty, binary or broken. */
export function unreadable(page: Page): Extraction {
  const said = page.kind === 'json' ? (page.json() === null ? NOTHING : refusalIn(page.json())) : null
  if (said !== null) return makeExtraction({ notes: [refusalNote(page, said)] })
  const wanted =
    page.kind === 'jsonl' ? 'Each line needs a "text"' : 'Give a page, text, JSON of a known platform or JSONL'
  const message = `Nobody here knows how to read this (${page.kind}). ${wanted}.`
  const notes = page.notes.some(({ level }) => level === 'error')
    ? []
    : [noteOn(page, 'error', 'not-understood', message)]
  return makeExtraction({ notes })
}

const PAGE_STARTS = /<(?:html|body)\b/i
const PAGE_ENDS = /<\/(?:html|body)\s*>/i
const SAY_CUT =
  'The file ends early, in the middle of its markup; what came before was read. Get it again to have the rest.'

/** Many pages leave an element open, few of these their body as well; a piece of a page has none. */
function isCut({ kind, text, notes }: Page): boolean {
  if (notes.some(({ code }) => code === 'cut')) return false
  return kind === 'xml' || (PAGE_STARTS.test(text) && !PAGE_ENDS.test(text))
}

/** What markup's gates did to the page, and whether it ends early. */
export function treeNotes(page: Page): Note[] {
  if (page.kind !== 'html' && page.kind !== 'xml') return []
  const { truncatedAt, flattened, endsInside } = page.kind === 'xml' ? page.xml() : page.html()
  const cut = `The page is nested or filled past all measure; nothing behind character ${truncatedAt} was read.`
  const flat = 'The page is nested too deep; its deepest parts were laid beside each other.'
  return [
    ...(truncatedAt === null ? [] : [noteOn(page, 'warning', 'markup-cut', cut)]),
    ...(flattened ? [noteOn(page, 'warning', 'markup-flattened', flat)] : []),
    ...(endsInside && isCut(page) ? [noteOn(page, 'warning', 'cut', SAY_CUT)] : []),
  ]
}
