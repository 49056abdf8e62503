// Kills a crawl with -9 at random moments, again and again in one archive, and holds what is left against what the
// crawl had said and what the server saw. Used by the test (few kills) and by `npm run torture -- crawl` (many).
import { type ChildProcess, spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { SqliteDatabase } from '../../src/archive/database/sqlite.ts'
import { openArchiveReader } from '../../src/archive/reader.ts'
import { checkArchive } from '../../src/archive/verify/verify.ts'
import { openArchiveWriter } from '../../src/archive/writer.ts'
import { createKiller, drawEnd, type End } from '../archive/torture/child-process.ts'
import { type Handler, startFixtureWeb } from '../site/fixture-web.ts'
import { makeSocial } from '../site/social.ts'

export interface TortureReport {
  readonly kills: number
  /** Runs that ended before they could be killed. */
  readonly ended: number
  /** Looks that the crawl reported before it died. */
  readonly acknowledged: number
  readonly captures: number
  /** Everything that is not as it should be; empty is good. */
  readonly faults: readonly string[]
}

const HOSTS = 8
const PAGES_A_HOST = 6
const HOUR = 3_600_000
/** Kills of one round; then the clock goes ahead and all is due again. */
const KILLS_A_ROUND = 4
/** A child is killed after at most so many looks, and so many ms. */
const MOST_LOOKS = 20
const LATEST_KILL_MS = 700
/** What a host takes to answer, ms. */
const LATENCY_MS = 20

/** `random` is from [0, 1); `dir` is an empty folder. */
export async function tortureCrawl(dir: string, kills: number, random: () => number): Promise<TortureReport> {
  const social = makeSocial()
  const ids = social.addThread(
    'nora',
    Array.from({ length: 50 }, (_, i) => `Post ${i + 1} about leaves. ${i + 1}/50`),
  )
  const hosts = Array.from({ length: HOSTS }, (_, i) => `host${i}.example`)
  const urls = hosts.flatMap((host) => Array.from({ length: PAGES_A_HOST }, (_, i) => `http://${host}/page/${i}`))
  urls.push(`http://town.example/@nora/${ids[24]}`)
  const web = await startFixtureWeb('', {
    hosts: { ...Object.fromEntries(hosts.map((host) => [host, servePage])), 'town.example': slowed(social.handler) },
  })
  writeFileSync(
    join(dir, 'sources.toml'),
    `every = "1h"\n${urls.map((url) => `[[source]]\nurl = "${url}"\n`).join('')}`,
  )
  const faults: string[] = []
  let acknowledged = 0
  let ended = 0
  let acked = new Map<string, number>()
  for (let kill = 0; kill <= kills; kill++) {
    if (kill % KILLS_A_ROUND === 0) acked = new Map()
    const since = web.requests.length
    const ahead = Math.floor(kill / KILLS_A_ROUND) * 12 * HOUR
    // The last one lives: it has to finish everything.
    const child = startChild(web.port, dir, ahead)
    const { lines, code } = await liveFor(child, kill === kills ? null : drawEnd(random, MOST_LOOKS, LATEST_KILL_MS))
    for (const request of web.requests.slice(since))
      if (acked.has(`http://${request.host}${request.path}`))
        faults.push(`${request.host}${request.path} was asked for again`)
    for (const url of lines) acked.set(url, kill)
    acknowledged += lines.length
    if (code !== null) ended++
    if (code !== null && ![0, 10].includes(code)) faults.push(`run ${kill} ended with exit code ${code}`)
  }
  await web.close()
  return { kills, ended, acknowledged, ...checkRest(dir, faults, acked) }
}

const servePage: Handler = (request, response) => {
  const words = `<!doctype html><title>Page</title><article><h1>Page</h1><p>What ${request.headers.host}${request.url} has to say about the weather: that it comes from the west, stays for a week, and leaves the harbour wet and the keeper of the lamp at home.</p></article>`
  setTimeout(() => response.writeHead(200, { 'content-type': 'text/html' }).end(words), LATENCY_MS)
}

function slowed(handler: Handler): Handler {
  return (request, response) => void setTimeout(() => handler(request, response), LATENCY_MS)
}

function startChild(port: number, dir: string, ahead: number): ChildProcess {
  const script = join(import.meta.dirname, 'kill-child.ts')
  return spawn(process.execPath, ['--import', 'tsx', script, String(port), dir, String(ahead)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  })
}

/** The URLs whose looks the child reported, and its exit code; null: killed. */
async function liveFor(
  child: ChildProcess,
  end: End | null,
): Promise<{ lines: readonly string[]; code: number | null }> {
  let text = ''
  const code = await new Promise<number | null>((resolve) => {
    const told = createKiller(child, end)
    child.stdout!.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk
      told(text)
    })
    child.on('close', (status) => resolve(status))
  })
  const whole = text.split('\n').slice(1, -1)
  return { lines: whole.flatMap((line) => JSON.parse(line).look?.url ?? []), code }
}

function checkRest(
  dir: string,
  faults: string[],
  acked: ReadonlyMap<string, number>,
): Pick<TortureReport, 'captures' | 'faults'> {
  const archive = join(dir, 'archive')
  openArchiveWriter(archive, { now: () => new Date(), version: 'test' }).close()
  const reader = openArchiveReader(archive)
  const rows = [...reader.captures()]
  for (const row of rows) reader.readCapture(row)
  reader.close()
  const asked = new Set(rows.map(({ url }) => url))
  for (const url of acked.keys()) if (!asked.has(url)) faults.push(`${url} was acknowledged and is not in the archive`)
  for (const checked of checkArchive(archive)) if (!('ok' in checked)) faults.push(`${checked.where}: ${checked.what}`)
  const db = new SqliteDatabase(join(archive, 'archive.sqlite'), { readonly: true })
  const integrity = String(db.pragma('integrity_check', { simple: true }))
  if (integrity !== 'ok') faults.push(integrity)
  for (const url of db.prepare("SELECT url FROM frontier WHERE state = 'waiting'").pluck().all())
    faults.push(`${url} still waits`)
  const present = db.prepare("SELECT max(present) FROM completeness_report WHERE id LIKE 'mastodon:%'").pluck().get()
  if (present !== 50) faults.push(`the thread of 50 posts has ${present}`)
  db.close()
  return { captures: rows.length, faults }
}
