// The survey of a capture, before it is read: what holds it together with others, and where its posts stand, so that
// each can be read when its neighbourhood is unrolled. No post is kept.

import { type Page, readPage } from '../adapters/page/page.ts'
import { type ListedRows, listPosts, readListed } from '../adapters/reading.ts'
import type { Capture, PageOrder } from '../model.ts'
import { asRead, type UnreadPage } from '../unroll/neighbourhoods.ts'
import { collectNames, type PageNames, readNames } from '../unroll/page-names.ts'
import { asCaptured, readCapture } from './pipeline.ts'
import type { Room } from './room.ts'

/** What a survey leaves. All of it can be sent to a thread. */
export interface Survey {
  /** Of the bytes that were surveyed: by now others may stand in the file. */
  readonly digest: string
  readonly names: PageNames
  /** Null where posts are read all at once. */
  readonly rows: ListedRows | null
}

export function surveyCapture(capture: Capture): Survey {
  return listRows(capture, readPage(capture)) ?? listNothing(capture)
}

function listRows(capture: Capture, page: Page): Survey | null {
  if (capture.method !== 'file') return null
  const collector = collectNames()
  const rows = listPosts(page, collector.add)
  return rows === null ? null : { digest: capture.digest, names: collector.take(), rows }
}

function listNothing(capture: Capture): Survey {
  return { digest: capture.digest, names: readNames(readCapture(capture).extraction), rows: null }
}

/**
 * The page of a capture, of which no more is read than is asked for.
 * @param survey of this input, if one was made
 * @throws TooLargeError when `room` has none for it
 */
export function openPage(capture: Capture, order: PageOrder, survey: Survey | null, room: Room): UnreadPage {
  const page = readPage(capture)
  const known = survey?.digest === capture.digest ? survey : listRows(capture, page)
  if (known === null || known.rows === null) {
    const reading = readCapture(capture, order)
    room.hold(reading)
    return asRead(reading.extraction)
  }
  const { names, rows } = known
  room.holdText(capture.input, bytesOfText(page), names.above.length)
  const frame = asCaptured(rows.frame, capture, order)
  const read = readListed(page, rows)
  return { names, notes: frame.notes, read: (posts) => ({ ...frame, posts: read(posts) }) }
}

/** A byte a sign where all of it is ASCII: only then are there as many signs as bytes. */
function bytesOfText({ text, capture }: Page): number {
  return text.length === capture.body.length ? text.length : 2 * text.length
}
