// MHTML (RFC 2557), a page as browsers save it in one file → captures of its documents. A MIME tree of parts with their
// own URLs; pictures and styles are left alone.
import { decodeBody, leavesOf, type MimePart, parseMime, typeOf } from '../../../mime.ts'
import type { Capture } from '../../../model.ts'
import { urlOf } from '../../../url.ts'
import type { CaptureOrNote } from '../../fetcher.ts'
import { type Bytes, captureMember, collect, labelOf, type Opening, tellSkipped, timeOf, warn } from '../container.ts'
import { ContainerError } from '../damage.ts'

const WEB_URL = /^https?:\/\//i
const PAGE_TYPE = /^(?:text\/(?:html|plain|xml)|application\/(?:xhtml\+xml|xml|json))$/
const CUT = 'It ends in the middle of a part: it is cut. Get a whole copy and add it again.'
const TOO_LONG = 'It is too long; what follows its first 64 MB was left out.'

/** @throws ContainerError when no part can be found. */
export async function* readMhtml(bytes: Bytes, opening: Opening): AsyncGenerator<CaptureOrNote> {
  const { body, truncated } = await collect(bytes, opening.signal)
  const whole = parseMime(body)
  if (whole.parts === null) throw new ContainerError('it names no boundary between its parts')
  const saved = whole.headers.get('date')
  let [skipped, count, isCut] = [0, 0, truncated !== null]
  for (const part of leavesOf(whole)) {
    opening.signal.throwIfAborted()
    count += 1
    isCut ||= part.isCut
    if (PAGE_TYPE.test(typeOf(part) ?? '')) yield capturePart(part, saved, opening)
    else skipped += 1
  }
  if (count === 0) throw new ContainerError('it has no parts: it is cut or damaged')
  if (isCut) yield warn('cut-container', truncated === null ? CUT : TOO_LONG, opening.input)
  yield* tellSkipped(skipped, 'pictures, styles and the like', opening.input)
}

function capturePart(part: MimePart, saved: string | undefined, opening: Opening): Capture {
  const location = part.headers.get('content-location') ?? part.headers.get('content-id') ?? ''
  const url = WEB_URL.test(location) && urlOf(location) !== null ? location : null
  const type = part.headers.get('content-type')
  return captureMember({
    input: labelOf(opening.input, location),
    url,
    finalUrl: url,
    ...timeOf(saved, opening, 'declared'),
    headers: type === undefined ? [] : [['content-type', type]],
    mediaType: typeOf(part),
    body: decodeBody(part),
    truncated: part.isCut ? 'disconnect' : null,
  })
}
