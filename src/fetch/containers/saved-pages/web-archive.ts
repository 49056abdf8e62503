// A page as Safari saves it in one file (.webarchive): a property list of the page, its frames, and what they load →
// captures of the documents; pictures and styles are left alone. When it was saved only the file's own time tells.
import type { Capture } from '../../../model.ts'
import { urlOf } from '../../../url.ts'
import { mostBytesOf, TOO_LONG } from '../../compression-ratio.ts'
import type { CaptureOrNote } from '../../fetcher.ts'
import { PAGE_TYPE, WEB_URL } from '../answers/har.ts'
import { captureMember, collect, labelOf, type Member, type Opening, tellSkipped, timeOf } from '../container.ts'
import { ContainerError } from '../damage.ts'
import { type Listed, readPropertyList } from './property-list.ts'

/** A page with all its pictures. */
const LIMIT_BYTES = 256 * 1024 * 1024

/** @throws ContainerError when it is cut, damaged, too long or holds no page. */
export async function* readWebArchive(member: Member, opening: Opening): AsyncGenerator<CaptureOrNote> {
  const { body, truncated } = await collect(member.bytes, opening.signal, LIMIT_BYTES)
  if (truncated !== null) throw new ContainerError(`a web archive may have ${LIMIT_BYTES / 1024 ** 2} MB`)
  const archive = readPropertyList(Buffer.from(body))
  if (memberOf(archive, 'WebMainResource') === null) throw new ContainerError('it holds no page')
  const walk = { skipped: 0, seen: new Set<Listed>() }
  let taken = 0
  for (const capture of capturesOf(archive, member, opening, walk)) {
    taken += capture.body.length
    if (taken > mostBytesOf(body.length)) throw new ContainerError(TOO_LONG)
    yield capture
  }
  yield* tellSkipped(walk.skipped, 'pictures, styles and the like', opening.input)
}

interface Walk {
  /** Resources that are no documents. */
  skipped: number
  /** A file may name one thing many times over. */
  readonly seen: Set<Listed>
}

function* capturesOf(archive: Listed, member: Member, opening: Opening, walk: Walk): Generator<Capture> {
  const main = memberOf(archive, 'WebMainResource')
  for (const resource of [...(main === null ? [] : [main]), ...listOf(archive, 'WebSubresources', walk)]) {
    if (walk.seen.has(resource)) continue
    walk.seen.add(resource)
    const capture = captureResource(resource, member, opening)
    if (capture === null) walk.skipped += 1
    else yield capture
  }
  for (const frame of listOf(archive, 'WebSubframeArchives', walk)) yield* capturesOf(frame, member, opening, walk)
}

/** Null when it is no document. */
function captureResource(resource: Listed, { changedAt }: Member, opening: Opening): Capture | null {
  const text = (name: string): string | null => {
    const value = memberOf(resource, name)
    return typeof value === 'string' && value !== '' ? value : null
  }
  const [body, mediaType] = [memberOf(resource, 'WebResourceData'), text('WebResourceMIMEType')]
  if (!(body instanceof Uint8Array) || !PAGE_TYPE.test(mediaType ?? '')) return null
  const told = text('WebResourceURL') ?? ''
  const url = WEB_URL.test(told) && urlOf(told) !== null ? told : null
  const charset = text('WebResourceTextEncodingName')
  return captureMember({
    input: labelOf(opening.input, told),
    url,
    finalUrl: url,
    ...timeOf(changedAt, opening, 'file-mtime'),
    headers: charset === null ? [] : [['content-type', `${mediaType}; charset=${charset}`]],
    mediaType,
    body,
    truncated: null,
  })
}

function memberOf(value: Listed, name: string): Listed {
  return value instanceof Map ? (value.get(name) ?? null) : null
}

/** Its members, the first time that it is asked for. */
function listOf(value: Listed, name: string, { seen }: Walk): readonly Listed[] {
  const found = memberOf(value, name)
  if (!Array.isArray(found) || seen.has(found)) return []
  seen.add(found)
  return found
}
