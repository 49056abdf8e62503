// Asking whether an answer still holds (RFC 9110, 13): the validators of the last one go along, and a 304 becomes a
// capture of the bytes it speaks of. Whoever asks vouches that those bytes are stored and proven.
import type { Capture } from '../../model.ts'
import type { RawCapture } from '../fetcher.ts'
import { headerOf } from '../redact.ts'
import { NOT_MODIFIED } from './status.ts'

const CONTENT_TYPE = 'content-type'

/** Request headers for one hop; none when there is nothing to compare with, or what there is was cut. */
export function conditionalHeaders(previous: Capture | null, url: string): Readonly<Record<string, string>> {
  if (previous === null || !mayHold(previous) || previous.finalUrl !== url) return {}
  const etag = headerOf(previous.headers, 'etag')
  const modified = headerOf(previous.headers, 'last-modified')
  return {
    ...(etag === null ? {} : { 'if-none-match': etag }),
    ...(modified === null ? {} : { 'if-modified-since': modified }),
  }
}

/** A 304 with the bytes it speaks of; other answers as they are. */
export function fillNotModified(answer: RawCapture, previous: Capture | null): RawCapture {
  if (answer.status !== NOT_MODIFIED || previous === null || previous.finalUrl !== answer.finalUrl) return answer
  const headers = [...answer.headers, ...typeLeftOut(answer, previous)]
  return { ...answer, headers, body: previous.body, mediaType: previous.mediaType, truncated: null }
}

/**
 * A 304 leaves out what is as before (RFC 9110, 15.4.5). Without its charset the body would be read as another text.
 */
export function typeLeftOut(answer: Pick<Capture, 'headers'>, previous: Capture): Capture['headers'] {
  if (headerOf(answer.headers, CONTENT_TYPE) !== null) return []
  return previous.headers.filter(([name]) => name.toLowerCase() === CONTENT_TYPE)
}

function mayHold({ status, truncated }: Capture): boolean {
  return truncated === null && (status === 200 || status === NOT_MODIFIED)
}
