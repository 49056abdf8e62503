// Whether a page is a piece of a longer file: files past the limit of a capture are kept in pieces between their items.
// What such a file says of itself as a whole ("5 messages") is said of all its pieces.
import type { Page } from './page.ts'

/** As the one who cuts them names them: `outbox.json!/items-1-5000.json`. */
const PIECE = /!\/(?:items-\d+-\d+|rest)\.js(?:on)?$/

export function isPiece({ capture }: Page): boolean {
  return PIECE.test(capture.input)
}
