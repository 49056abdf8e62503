// What the ways to find footnotes give: the notes as they stand on a page, or read.
import type { Element } from 'domhandler'
import type { Footnote } from '../../model.ts'

export interface FoundFootnotes {
  readonly footnotes: readonly Footnote[]
  /** The notes and their list, rule and heading: no part of the body any more. */
  readonly taken: ReadonlySet<Element>
}

/** One note as it stands: usually one element, or an opening one and those that carry it on. */
export interface FoundNote {
  readonly label: string
  readonly elements: readonly Element[]
}
