// A first look at a capture: what holds it together with others, and where its posts stand, so that each can be read when its
// neighbourhood is unrolled. No post is kept.
import type { Rows } from '../adapters/adapter.ts'
import { listPosts, readListed } from '../adapters/index.ts'
import { type Page, readPage } from '../adapters/page/page.ts'
import type { Capture, PageOrder } from '../model.ts'
import { asRead, type UnreadPage } from '../unroll/neighbourhoods.ts'
import { collectNames, type PageNames, readNames } from '../unroll/page-names.ts'
import { asCaptured, readCapture } from './pipeline.ts'

/** What the look leaves. All of it can be sent to a thread. */
export interface Looked {
  /** Of the bytes that were looked at: by now others may stand in the file. */
  readonly digest: string
  readonly names: PageNames
  /** Null where posts are read all at once. */
  readonly rows: Rows | null
}

export function lookAt(capture: Capture): Looked {
  return listRows(capture, readPage(capture)) ?? listNothing(capture)
}

function listRows(capture: Capture, page: Page): Looked | null {
  if (capture.method !== 'file') return null
  const collector = collectNames()
  const rows = listPosts(page, collector.add)
  return rows === null ? null : { digest: capture.digest, names: collector.take(), rows }
}

function listNothing(capture: Capture): Looked {
  return { digest: capture.digest, names: readNames(readCapture(capture).extraction), rows: null }
}

/**
 * The page of a capture, of which no more is read than is asked for.
 * @param looked at this input before, if anybody did
 */
export function openPage(capture: Capture, order: PageOrder, looked: Looked | null): UnreadPage {
  const page = readPage(capture)
  const known = looked?.digest === capture.digest ? looked : listRows(capture, page)
  if (known === null || known.rows === null) return asRead(readCapture(capture, order).extraction)
  const { names, rows } = known
  const frame = asCaptured(rows.frame, capture, order)
  const read = readListed(page, rows)
  return { names, notes: frame.notes, read: (posts) => ({ ...frame, posts: read(posts) }) }
}
