// A bag (BagIt 1.0, RFC 8493): any parts as its payload, proven by two manifests, described by bag-info.txt.
import { VERSION } from '../../version.ts'
import { type PackagePart, type Sink, type Stored, textPart } from './part.ts'

const DECLARATION = 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n'
const ALGORITHMS = ['sha256', 'sha512'] as const
/** RFC 8493, 2.1.3: these three are percent-encoded in manifests. */
const NOT_IN_MANIFESTS = /[%\r\n]/g
/** The file that makes a folder a bag. */
export const BAG_MARK = 'bagit.txt'

/** Fills a folder. `last` makes the payload's last part out of what was stored before it. */
export async function writeBag(
  sink: Sink,
  payload: Iterable<PackagePart>,
  last: (stored: readonly Stored[]) => PackagePart,
  now: Date,
): Promise<readonly Stored[]> {
  const stored: Stored[] = []
  for (const part of payload) stored.push(await addPayload(sink, part))
  stored.push(await addPayload(sink, last(stored)))
  const tags: Stored[] = []
  tags.push(await sink.add(textPart(BAG_MARK, 'text/plain', 'says that this is a bag', DECLARATION)))
  tags.push(await sink.add(textPart('bag-info.txt', 'text/plain', 'what is in the bag', describeBag(stored, now))))
  for (const algorithm of ALGORITHMS) tags.push(await sink.add(manifestOf(algorithm, 'manifest', stored, 'data/')))
  for (const algorithm of ALGORITHMS) await sink.add(manifestOf(algorithm, 'tagmanifest', tags, ''))
  await sink.finish()
  return stored
}

/** Paths are told as they are inside the payload. */
async function addPayload(sink: Sink, part: PackagePart): Promise<Stored> {
  return { ...(await sink.add({ ...part, path: `data/${part.path}` })), path: part.path }
}

function describeBag(stored: readonly Stored[], now: Date): string {
  const bytes = stored.reduce((sum, part) => sum + part.bytes, 0)
  const fields = {
    'Bag-Software-Agent': `unspool ${VERSION}`,
    'Bagging-Date': now.toISOString().slice(0, 'YYYY-MM-DD'.length),
    'External-Description': 'Social-media threads and blog discussions with the captures they were read from.',
    'Payload-Oxum': `${bytes}.${stored.length}`,
  }
  return Object.entries(fields)
    .map(([name, value]) => `${name}: ${value}\n`)
    .join('')
}

function manifestOf(
  algorithm: (typeof ALGORITHMS)[number],
  kind: string,
  stored: readonly Stored[],
  prefix: string,
): PackagePart {
  const lines = stored.map((part) => `${part[algorithm]}  ${prefix}${encodeName(part.path)}\n`)
  return textPart(`${kind}-${algorithm}.txt`, 'text/plain', `${algorithm} of the files`, lines.join(''))
}

function encodeName(path: string): string {
  return path.replace(NOT_IN_MANIFESTS, (sign) => encodeURIComponent(sign))
}
