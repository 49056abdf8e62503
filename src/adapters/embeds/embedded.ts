// What an embed code or a placeholder stands for, as each of its readers tells it.
import type { ChildNode, Element } from 'domhandler'
import type { Quote } from '../../model.ts'

export interface Embedded {
  /** What a reader sees in its place; null: the element as it is. */
  readonly shown: readonly ChildNode[] | null
  readonly quote: Quote | null
  /** Somebody else's words: they stand in the article's HTML and not in its text. */
  readonly isAside: boolean
}

/** Null when the element is none of those that it knows. `base` is the page's own address. */
export type EmbedReader = (element: Element, base: URL | null) => Embedded | null

/** Shown by nothing: buttons, forms, and what stands beside its own double. */
export const LEFT_OUT: Embedded = { shown: [], quote: null, isAside: false }
