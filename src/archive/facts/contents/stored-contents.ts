// Contents of posts with the hash that was stored beside them, and whether they still are what it says.
import { IntegrityError } from '../../../errors.ts'
import { contentHash } from './content-hash.ts'
import { CONTENT_COLUMNS, type ContentRow, fromContentRow, postIdOf } from './content-rows.ts'
import type { Dictionary } from './dictionary.ts'

/** A raw row of `SELECT_CONTENTS`. */
export type StoredContentRow = readonly [key: number, sha256: string, ...ContentRow]

/** Selects versions; to be gone on with WHERE. */
export const SELECT_CONTENTS = `
  SELECT v.key, lower(hex(v.sha256)), ${CONTENT_COLUMNS.map((name) => `v.${name}`).join(', ')} FROM post_versions AS v`

interface StoredContent {
  readonly key: number
  readonly postId: string
  /** Hex. */
  readonly sha256: string
  readonly editedAt: string | null
  /** False when something changed since it was stored. */
  readonly isAsHashed: boolean
}

export function toStoredContent([key, sha256, ...row]: StoredContentRow, dictionary: Dictionary): StoredContent {
  const [postId, , , , , , , , editedAt] = row
  return { key, postId, sha256, editedAt, isAsHashed: isAsHashed(row, sha256, dictionary) }
}

/** A flipped bit may also break JSON, or name a row of a dictionary that is not there. */
function isAsHashed(row: ContentRow, sha256: string, dictionary: Dictionary): boolean {
  try {
    const content = fromContentRow(row, dictionary)
    return contentHash(content) === sha256 && postIdOf(content.ref, sha256) === row[0]
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError || error instanceof IntegrityError) return false
    throw error
  }
}
