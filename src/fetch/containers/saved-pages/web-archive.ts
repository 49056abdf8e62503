// A page as Safari saves it in one file (.webarchive): a property list of the page, its frames, and what they load →
// captures of the documents; pictures and styles are left alone. When it was saved only the file's own time tells.
import type { Capture } from '../../../model.ts'
import { urlOf } from '../../../url.ts'
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
  const skipped = { count: 0 }
  yield* capturesOf(archive, member, opening, skipped)
  yield* tellSkipped(skipped.count, 'pictures, styles and the like', opening.input)
}

function* capturesOf(
  archive: Listed,
  member: Member,
  opening: Opening,
  skipped: { count: number },
): Generator<CaptureOrNote> {
  const resources = [memberOf(archive, 'WebMainResource'), ...listOf(archive, 'WebSubresources')]
  for (const resource of resources) {
    const capture = captureResource(resource, member, opening)
    if (capture === null) skipped.count += 1
    else yield capture
  }
  for (const frame of listOf(archive, 'WebSubframeArchives')) yield* capturesOf(frame, member, opening, skipped)
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

function listOf(value: Listed, name: string): readonly Listed[] {
  const found = memberOf(value, name)
  return Array.isArray(found) ? found : []
}
