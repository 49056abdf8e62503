// A WACZ 1.1.1 file: the WARC files with an index, a list of pages and a manifest, so that ReplayWeb.page shows the
// pages as they were captured. The findings go with it in a folder of their own, as the standard allows.
import { VERSION } from '../../version.ts'
import { cdxjLines, type IndexedCapture } from './cdxj.ts'
import { type PackagePart, type Sink, type Stored, textPart } from './part.ts'

const WACZ_VERSION = '1.1.1'
const MANIFEST = 'datapackage.json'
const MILLISECONDS = /\.\d+Z$/

/** A page as a reader of the WACZ finds it listed. */
interface ListedPage {
  readonly id: string
  readonly url: string
  readonly capturedAt: string
  readonly title: string | null
  /** Texts of its posts, for searching. */
  readonly text: string | null
}

interface WaczSource {
  readonly title: string
  readonly captures: () => Iterable<IndexedCapture>
  readonly pages: () => Iterable<ListedPage>
  /**
   * Parts with paths `archive/…`, and whatever else goes along. Read after the captures: no capture is without its
   * record.
   */
  readonly files: () => Iterable<PackagePart>
}

/** Fills a ZIP. The manifest, which names the hash of everything else, comes last. */
export async function writeWacz(sink: Sink, source: WaczSource, now: Date): Promise<readonly Stored[]> {
  const stored: Stored[] = []
  stored.push(await sink.add(indexPart(source)))
  stored.push(await sink.add(pagesPart(source)))
  for (const part of source.files()) stored.push(await sink.add(part))
  const manifest = await sink.add(manifestPart(stored, source.title, now))
  const digest = { path: MANIFEST, hash: `sha256:${manifest.sha256}` }
  stored.push(manifest, await sink.add(jsonPart('datapackage-digest.json', 'the hash of the manifest', digest)))
  await sink.finish()
  return stored
}

function indexPart({ captures }: WaczSource): PackagePart {
  const say = 'where in the WARC files each capture is'
  return { path: 'indexes/index.cdx', mediaType: 'text/plain', say, pieces: () => cdxjLines(captures) }
}

function pagesPart({ pages }: WaczSource): PackagePart {
  const say = 'the pages, to begin with'
  return { path: 'pages/pages.jsonl', mediaType: 'application/x-ndjson', say, pieces: () => pageLines(pages()) }
}

function* pageLines(pages: Iterable<ListedPage>): Generator<string> {
  yield `${JSON.stringify({ format: 'json-pages-1.0', id: 'pages', title: 'All pages', hasText: true })}\n`
  for (const { id, url, capturedAt, title, text } of pages) {
    const ts = capturedAt.replace(MILLISECONDS, 'Z') // as exact as the index
    yield `${JSON.stringify({ id, url, ts, title: title ?? url, ...(text === null ? {} : { text }) })}\n`
  }
}

/** A Frictionless data package (specs.frictionlessdata.io), as WACZ prescribes it. */
function manifestPart(stored: readonly Stored[], title: string, now: Date): PackagePart {
  const resources = stored.map(({ path, bytes, sha256 }) => {
    const name = (path.split('/').at(-1) ?? path).toLowerCase()
    return { name, path, hash: `sha256:${sha256}`, bytes }
  })
  const head = { profile: 'data-package', wacz_version: WACZ_VERSION, software: `unspool ${VERSION}` }
  return jsonPart(MANIFEST, 'the manifest', { ...head, title, created: now.toISOString(), resources })
}

function jsonPart(path: string, say: string, value: unknown): PackagePart {
  return textPart(path, 'application/json', say, `${JSON.stringify(value, null, 2)}\n`)
}
