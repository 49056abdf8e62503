// The parts that were read inside a page as one extraction: keys that two of them share are told apart, and what all of
// them remark is said once.
import type { Block, Extraction, Note, Parent } from '../../model.ts'
import { makeExtraction, noteOn } from '../extraction/extraction.ts'
import type { Page } from '../page/page.ts'
import type { Answer } from './answers.ts'
import { type Outside, placed } from './places.ts'
import type { Apart } from './rows-beside.ts'

/** Places, and remarks of the answers, told one by one. */
const MAX_TOLD = 5
const MAX_NOTES = 30

/** Answers and rows of one page as what was read in it. */
export function joinParts(page: Page, { answers: found, rows: rest }: Apart): Extraction {
  const parts = found.map(({ extraction, place }) => placed(extraction, place.outside))
  const all = rest.posts.length === 0 ? parts : [...parts, rest]
  const [first] = parts
  const isOne = all.length === 1
  const own = isOne ? all : all.map((part, i) => renamed(part, `${i + 1}:`))
  return makeExtraction({
    posts: own.flatMap(({ posts }) => posts),
    scrapes: own.flatMap(({ scrapes }) => scrapes),
    blocks: own.flatMap(({ blocks }) => blocks),
    next: [...new Set(own.flatMap(({ next }) => next))],
    notes: [placesNote(page, found, rest), ...onceEach(page, own)],
    declared: isOne && first !== undefined ? first.declared : { title: null, site: siteOf(all), replies: null },
  })
}

function siteOf(parts: readonly Extraction[]): string | null {
  const sites = new Set(parts.map(({ declared }) => declared.site))
  return sites.size === 1 ? ([...sites][0] ?? null) : null
}

/** Two answers may call different posts by one key. */
function renamed(extraction: Extraction, sign: string): Extraction {
  const name = (key: string | null) => (key === null ? null : sign + key)
  const parent = (one: Parent | null) => (one === null ? null : { ...one, key: name(one.key) })
  return {
    ...extraction,
    posts: extraction.posts.map((post) => ({
      ...post,
      key: sign + post.key,
      block: name(post.block),
      parent: parent(post.parent),
    })),
    scrapes: extraction.scrapes.map((one) => ({
      ...one,
      lines: one.lines.map((line) => ({ ...line, block: name(line.block) })),
    })),
    blocks: extraction.blocks.map((block): Block => ({ ...block, key: sign + block.key })),
  }
}

function placesNote(page: Page, found: readonly Answer[], rest: Extraction): Note {
  const places = found.slice(0, MAX_TOLD).map(({ place }) => nameOf(place.outside('')))
  const more = found.length > places.length ? ` and ${found.length - places.length} more` : ''
  const rows =
    rest.posts.length === 0 ? '' : ` ${rest.posts.length} posts beside them were read by the names of their fields.`
  const message = `The posts stand inside other JSON, at ${places.join(', ')}${more}; what says more of them there was not read.${rows}`
  return noteOn(page, 'info', 'wrapped', message)
}

function nameOf({ path, line }: ReturnType<Outside>): string {
  return (
    [line === null ? null : `line ${line}`, path].filter((part) => part !== null && part !== '').join(' ') || 'the top'
  )
}

/** A hundred answers of one kind say the same of themselves. */
function onceEach(page: Page, parts: readonly Extraction[]): readonly Note[] {
  const all = new Map(
    parts.flatMap(({ notes }) => notes.map((note) => [`${note.code} ${note.message}`, note] as const)),
  )
  const notes = [...all.values()]
  const message = `Further remarks on what stands inside: ${notes.length - MAX_NOTES}.`
  return notes.length > MAX_NOTES ? [...notes.slice(0, MAX_NOTES), noteOn(page, 'info', 'remarks', message)] : notes
}
