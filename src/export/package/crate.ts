// ro-crate-metadata.json (RO-Crate 1.1): what the folder is, what each of its files and folders is, what made it. By
// hand: the library is under the GPL, and the file is one list.
import { VERSION } from '../../version.ts'
import { type PackagePart, type Stored, textPart } from './part.ts'

export const CRATE_MARK = 'ro-crate-metadata.json'
const SPECIFICATION = 'https://w3id.org/ro/crate/1.1'
/** RO-Crate 1.1 came before schema.org's `sha256` and drops it unless it is told what it means; 1.2 says the same. */
const CONTEXT = [`${SPECIFICATION}/context`, { sha256: 'http://schema.org/sha256' }]
const PROGRAM = '#unspool'
const RIGHTS = '#rights'
const EXPORTING = '#export'

/** Folders whose files are not described one by one. */
const FOLDERS: Readonly<Record<string, { name: string; description: string }>> = {
  'warc/': { name: 'WARC files', description: 'Every byte as it was served, with its time: the original (ISO 28500).' },
  'markdown/': {
    name: 'Threads and discussions',
    description: 'One Markdown file a thread or discussion, for people.',
  },
  'tables/': { name: 'Tables', description: 'Threads, posts and gaps as CSV.' },
}

/** Describes what was stored. A file in one of the known folders is part of that folder. */
export function describeCrate(stored: readonly Stored[], now: Date): PackagePart {
  const files = stored.filter(({ path }) => !path.startsWith('markdown/')).map(describeFile)
  const folders = Object.keys(FOLDERS).filter((folder) => stored.some(({ path }) => path.startsWith(folder)))
  const graph = [
    { '@id': CRATE_MARK, '@type': 'CreativeWork', about: { '@id': './' }, conformsTo: { '@id': SPECIFICATION } },
    describeRoot([...folders, ...files.map((file) => file['@id']).filter((id) => !id.includes('/'))], now),
    ...folders.map((folder) => describeFolder(folder, stored)),
    ...files,
    { '@id': PROGRAM, '@type': 'SoftwareApplication', name: 'unspool', softwareVersion: VERSION },
    describeExporting(now),
    describeRights(),
  ]
  const document = { '@context': CONTEXT, '@graph': graph }
  return textPart(CRATE_MARK, 'application/ld+json', 'this description', `${JSON.stringify(document, null, 2)}\n`)
}

function describeRoot(ids: readonly string[], now: Date) {
  return {
    '@id': './',
    '@type': 'Dataset',
    name: 'Threads and discussions',
    description:
      'Social-media threads and blog discussions, with the captures they were read from and the evidence for every decision. README.md tells how to read it without any special program.',
    datePublished: now.toISOString(),
    license: { '@id': RIGHTS },
    hasPart: ids.map((id) => ({ '@id': id })),
    mentions: { '@id': EXPORTING },
  }
}

function describeFolder(folder: string, stored: readonly Stored[]) {
  const inside = stored.filter(({ path }) => path.startsWith(folder) && folder !== 'markdown/')
  return {
    '@id': folder,
    '@type': 'Dataset',
    ...FOLDERS[folder],
    hasPart: inside.map(({ path }) => ({ '@id': idOf(path) })),
  }
}

function describeFile({ path, mediaType, say, bytes, sha256 }: Stored) {
  const [name, contentSize] = [path.split('/').at(-1), String(bytes)]
  return { '@id': idOf(path), '@type': 'File', name, description: say, encodingFormat: mediaType, contentSize, sha256 }
}

/** How the folder came about (schema.org CreateAction, as RO-Crate's provenance has it). */
function describeExporting(now: Date) {
  return {
    '@id': EXPORTING,
    '@type': 'CreateAction',
    name: 'Export of the archive',
    endTime: now.toISOString(),
    instrument: { '@id': PROGRAM },
    result: { '@id': './' },
  }
}

function describeRights() {
  const description = 'The posts belong to their authors. This collection grants no rights in them.'
  return { '@id': RIGHTS, '@type': 'CreativeWork', name: 'No licence', description }
}

/** A relative URI. */
function idOf(path: string): string {
  return encodeURI(path)
}
