// What the archive knows of earlier looks at a URL.

import type { LookHistory } from '../archive/crawl/look-history.ts'
import type { CaptureRow } from '../archive/facts/capture-rows.ts'
import type { ArchiveReader } from '../archive/reader.ts'
import type { Capture } from '../model.ts'
import type { Look } from './due.ts'

/** Looks back that decide when to look next. */
const LOOKS_BACK = 20
/** Answers that say nothing of the page itself. */
const BUSY = new Set([408, 425, 429])

type Looks = Pick<LookHistory, 'looks'>

/** The writer's own pages are warm: it is asked before and after every look. */
interface Archive {
  readonly writer: Looks
  readonly reader: Pick<ArchiveReader, 'readCapture'>
}

/** Answers about the page, newest first: failures of the site are none. */
export function earlierLooks(history: Looks, url: string): readonly Look[] {
  const answers = history
    .looks(url, LOOKS_BACK, 'any')
    .filter(({ status }) => status !== null && status < 500 && !BUSY.has(status))
  return answers.map(({ capturedAt, digest }) => ({ at: capturedAt, digest }))
}

/** The last whole answer with its bytes, proven by their digest; null when there was none. */
export function lastWhole({ writer, reader }: Archive, url: string, method: 'any' | 'http'): Capture | null {
  const row = writer.looks(url, LOOKS_BACK, method).find(isWhole)
  return row === undefined ? null : reader.readCapture(row)
}

function isWhole({ status, truncated }: CaptureRow): boolean {
  return truncated === null && status !== null && (status === 304 || (status >= 200 && status < 300))
}
