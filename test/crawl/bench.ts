// One archive, one sources file and one loopback web, for tests that crawl.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SqliteDatabase } from '../../src/archive/database/sqlite.ts'
import {
  type FixtureWeb,
  type SitePage,
  type SiteRequest,
  startFixtureWeb,
  type WebOptions,
} from '../site/fixture-web.ts'
import { command, type Ran, type RunOptions } from './run.ts'

const FIXTURES = join(import.meta.dirname, '../../fixtures')

export interface Bench {
  readonly web: FixtureWeb
  readonly dir: string
  readonly archive: string
  crawl(options?: RunOptions & { args?: readonly string[] }): Promise<Ran>
  ask<T = unknown>(sql: string): readonly T[]
  /** Requests since the last call. */
  newRequests(): readonly SiteRequest[]
  close(): Promise<void>
}

/** `sources` is the text of a sources file; `pages` and `hosts` are those of `startFixtureWeb`. */
export async function makeBench(
  sources: string,
  pages: NonNullable<WebOptions['pages']> = {},
  hosts: NonNullable<WebOptions['hosts']> = {},
): Promise<Bench> {
  const web = await startFixtureWeb(FIXTURES, { pages, hosts })
  const dir = mkdtempSync(join(tmpdir(), 'unspool-crawl-'))
  const archive = join(dir, 'archive')
  writeFileSync(join(dir, 'sources.toml'), sources)
  const place = ['--archive', archive, '--sources', join(dir, 'sources.toml')]
  let seen = 0
  return {
    web,
    dir,
    archive,
    crawl: ({ args = [], ...run } = {}) => command(web, ['crawl', '--min-free', '1', ...place, ...args], run),
    ask: <T>(sql: string) => askArchive<T>(archive, sql),
    newRequests: () => {
      const fresh = web.requests.slice(seen)
      seen = web.requests.length
      return fresh
    },
    close: async () => {
      await web.close()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

/** Makes benches that are all closed together. */
export function openBenches(): { readonly makeBench: typeof makeBench; readonly closeAll: () => Promise<void> } {
  const open: Bench[] = []
  return {
    makeBench: async (sources, pages, hosts) => {
      const bench = await makeBench(sources, pages, hosts)
      open.push(bench)
      return bench
    },
    closeAll: async () => {
      for (const bench of open.splice(0)) await bench.close()
    },
  }
}

export function htmlPage(body: string, headers: Readonly<Record<string, string>> = {}): SitePage {
  return { status: 200, headers: { 'content-type': 'text/html; charset=utf-8', ...headers }, body }
}

export function robotsPage(body: string, status = 200): SitePage {
  return { status, headers: { 'content-type': 'text/plain' }, body }
}

/** A sources file of these addresses. */
export function listSources(...urls: readonly string[]): string {
  return urls.map((url) => `[[source]]\nurl = ${JSON.stringify(url)}\n`).join('')
}

function askArchive<T>(archive: string, sql: string): readonly T[] {
  const db = new SqliteDatabase(join(archive, 'archive.sqlite'), { readonly: true })
  try {
    return db.prepare(sql).all() as T[]
  } finally {
    db.close()
  }
}
