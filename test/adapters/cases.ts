// Fixtures as captures: fixtures/<platform>/<case>/page.* with case.json beside it.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Page, readPage } from '../../src/adapters/page/page.ts'
import { readPosts } from '../../src/adapters/reading.ts'
import type { Capture, Extraction } from '../../src/model.ts'

const FIXTURES = join(import.meta.dirname, '../../fixtures')
const MEDIA_TYPES: Readonly<Record<string, string>> = {
  html: 'text/html',
  json: 'application/json',
  jsonl: 'application/x-ndjson',
  txt: 'text/plain',
  csv: 'text/csv',
  xml: 'application/xml',
}

export interface Case {
  readonly platform: string
  readonly name: string
  readonly folder: string
  readonly url: string | null
  readonly capturedAt: string
  readonly headers: readonly (readonly [string, string])[]
  /** True when the page shows its posts only after its script ran. */
  readonly browser: boolean
  readonly kind: string
  readonly body: Uint8Array
}

export function allCases(): Case[] {
  return readdirSync(FIXTURES).flatMap(casesOf)
}

export function casesOf(platform: string): Case[] {
  const folder = join(FIXTURES, platform)
  if (!existsSync(folder)) return []
  return readdirSync(folder).flatMap((name) => readCase(platform, name))
}

function readCase(platform: string, name: string): Case[] {
  const folder = join(FIXTURES, platform, name)
  const file = existsSync(join(folder, 'case.json'))
    ? readdirSync(folder).find((entry) => entry.startsWith('page.'))
    : undefined
  if (file === undefined) return []
  const said = JSON.parse(readFileSync(join(folder, 'case.json'), 'utf8'))
  const kind = file.split('.').at(-1) ?? ''
  const headers = Object.entries(said.headers ?? {}) as [string, string][]
  const body = readFileSync(join(folder, file))
  return [
    {
      platform,
      name,
      folder,
      url: said.url,
      capturedAt: said.capturedAt,
      headers,
      browser: said.browser === true,
      kind,
      body,
    },
  ]
}

export function captureOf(fixture: Case, body: Uint8Array | string = fixture.body): Capture {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body
  const declared = fixture.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1].split(';')[0]
  return {
    digest: `sha256:${createHash('sha256').update(bytes).digest('hex')}`,
    input: fixture.url ?? `fixtures/${fixture.platform}/${fixture.name}/page.${fixture.kind}`,
    url: fixture.url,
    finalUrl: fixture.url,
    originalUrl: null,
    capturedAt: fixture.capturedAt,
    capturedAtBasis: 'observed',
    method: fixture.url === null ? 'file' : 'http',
    status: fixture.url === null ? null : 200,
    headers: fixture.headers,
    redactedHeaders: [],
    mediaType: declared?.trim().toLowerCase() ?? MEDIA_TYPES[fixture.kind] ?? null,
    body: bytes,
    truncated: null,
  }
}

export function pageOf(fixture: Case, body?: Uint8Array | string): Page {
  return readPage(captureOf(fixture, body))
}

export function readExpected(fixture: Case, file: 'posts.json' | 'thread.md'): string | null {
  const path = join(fixture.folder, file)
  return existsSync(path) ? readFileSync(path, 'utf8') : null
}

/** What the adapters make of a page, by whichever of them knows it. */
export function extractPage(page: Page): Extraction {
  return readPosts(page).extraction
}
