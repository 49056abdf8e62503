// HTML pages to measure with: the real captures beside the repository, or our own fixtures when there are none.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { adapterFor } from '../../src/adapters/index.ts'
import { readPage } from '../../src/adapters/page/page.ts'
import type { Capture } from '../../src/model.ts'
import { allCases, captureOf } from '../adapters/cases.ts'
import { REAL } from '../real/files.ts'

/** Thread Reader pages were saved as the body of Jekyll posts. */
const MAY_BE_HTML = /\.(?:x?html?|md|gz)$/

export interface HtmlCapture {
  /** The adapter that reads it. */
  readonly platform: string
  readonly capture: Capture
}

export function htmlCaptures(): { readonly source: string; readonly captures: readonly HtmlCapture[] } {
  const isReal = existsSync(REAL)
  const all = isReal ? realCaptures() : allCases().map((fixture) => captureOf(fixture))
  const source = isReal ? '../shared/real' : 'fixtures (there is no ../shared/real beside the repository)'
  return { source, captures: all.flatMap(asHtml) }
}

function realCaptures(): Capture[] {
  return readdirSync(REAL, { recursive: true, encoding: 'utf8' })
    .filter((name) => MAY_BE_HTML.test(name) && statSync(join(REAL, name)).isFile())
    .sort()
    .map(captureOfFile)
}

function captureOfFile(name: string): Capture {
  const bytes = readFileSync(join(REAL, name))
  const body = name.endsWith('.gz') ? gunzipSync(bytes) : bytes
  const fixture = { platform: 'real', name, folder: '', url: null, headers: [], browser: false, kind: '', body }
  return { ...captureOf({ ...fixture, capturedAt: '2026-01-01T00:00:00.000Z' }), input: name, mediaType: null }
}

function asHtml(capture: Capture): HtmlCapture[] {
  const page = readPage(capture)
  const adapter = page.kind === 'html' ? adapterFor(page) : null
  return adapter === null ? [] : [{ platform: adapter.name, capture }]
}
