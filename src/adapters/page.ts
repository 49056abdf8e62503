// One capture, decoded at most once: as text, as JSON, as an HTML tree. Adapters look at pages, never at bytes.
import { decodeText } from '../charset.ts'
import { type HtmlTree, parseHtml } from '../markup.ts'
import type { Capture } from '../model.ts'

export type PageKind = 'html' | 'json' | 'jsonl' | 'text' | 'binary' | 'empty'

export interface Page {
  readonly capture: Capture
  readonly kind: PageKind
  /** The body as text; null for binary. Line ends as sent, BOM removed. */
  readonly text: string
  /** Which charset was used and how it was found, for notes. */
  readonly charset: string
  /** The page's own URL if anyone told: original, final, asked. */
  readonly url: URL | null
  /** Parsed on first use, then kept. Depth and size are limited; `truncatedAt` on the tree says where it was cut. */
  readonly html: () => HtmlTree
  /** The parsed value, or undefined when it is not JSON. Nesting is limited. */
  readonly json: () => unknown
}

// (the makers below are this file's business; see readPage)
