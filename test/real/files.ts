// Files beside the repository, and their bytes as pages: what every check over captures begins with.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { type Page, readPage } from '../../src/adapters/page/page.ts'
import { digestOf } from '../../src/fixity.ts'

/** The captures that other people published; not all machines have them. */
export const REAL = join(import.meta.dirname, '../../../shared/real')
/** Says where captures come from. */
const SOURCE_FILE = /\.SOURCE$/
const PACKED = /\.gz$/

interface Known {
  readonly url?: string | null
  readonly mediaType?: string
}

/** Paths of all files of a folder, in the order of their names; none where there is no folder. */
export function filesUnder(folder: string, ending = /./): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !SOURCE_FILE.test(entry.name) && ending.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

export function bytesOf(path: string): Uint8Array {
  const bytes = readFileSync(path)
  return PACKED.test(path) ? gunzipSync(bytes) : bytes
}

export function pageAt(path: string, known: Known = {}): Page {
  return pageOfBytes(relative(REAL, path), bytesOf(path), known)
}

export function pageOfBytes(input: string, body: Uint8Array, { url = null, mediaType }: Known = {}): Page {
  return readPage({
    digest: digestOf(body),
    input,
    url,
    finalUrl: url,
    originalUrl: null,
    capturedAt: '2026-01-02T03:04:05.000Z',
    capturedAtBasis: 'file-mtime',
    method: url === null ? 'file' : 'http',
    status: url === null ? null : 200,
    headers: [],
    redactedHeaders: [],
    mediaType: mediaType ?? null,
    body,
    truncated: null,
  })
}
