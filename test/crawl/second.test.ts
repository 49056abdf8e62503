// A second look at a web that is known already: what it adds for what did not change, was edited, was answered, is
// gone.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { GUESTBOOK, makeGuestbook } from '../site/guestbook.ts'
import { makeSocial, SOCIAL } from '../site/social.ts'
import { type Bench, listSources, openBenches } from './bench.ts'
import { command, makeClock } from './run.ts'

const HOUR = 3_600_000
const { makeBench, closeAll } = openBenches()
afterEach(closeAll)

function readExports(dir: string): Readonly<Record<string, string>> {
  return Object.fromEntries(readdirSync(dir).map((name) => [name, readFileSync(join(dir, name), 'utf8')]))
}

describe('a second crawl', () => {
  const SOURCES = [
    'http://threads.reader.example/thread/1767612801741758466.html',
    'http://gauges.example/2024/05/low-water/',
    'http://harbournotes.example/the-lamp-room',
    'http://spa.reader.example/thread/1907100642309255219',
  ]

  async function makeSecond(): Promise<
    Bench & { social: ReturnType<typeof makeSocial>; ids: readonly string[]; later: () => Date }
  > {
    const social = makeSocial()
    const ids = social.addThread('nora', [
      'The ferry timetable, explained. 1/3',
      'Tides decide, not clocks. 2/3',
      'So bring a book. 3/3',
    ])
    const root = `http://${SOCIAL}/@nora/${ids[0]}`
    const bench = await makeBench(`every = "6h"\n${listSources(...SOURCES, root)}`, {}, { [SOCIAL]: social.handler })
    const clock = makeClock()
    await bench.crawl({ now: clock.now })
    clock.ahead(8 * HOUR)
    bench.newRequests()
    return { ...bench, social, ids, later: clock.now }
  }

  const exportTo = (bench: Bench, name: string) =>
    command(bench.web, ['export', '--archive', bench.archive, '--to', join(bench.dir, name)])

  it('of an unchanged web writes only revisits, and exports the same bytes', async () => {
    const bench = await makeSecond()
    const count = (table: string) => bench.ask<{ n: number }>(`SELECT count(*) AS n FROM ${table}`)[0]!.n
    const before = ['post_versions', 'threads', 'conversations', 'posts'].map(count)
    const captures = count('captures')
    await exportTo(bench, 'before')
    expect((await bench.crawl({ now: bench.later })).code).toBe(0)
    expect(['post_versions', 'threads', 'conversations', 'posts'].map(count)).toEqual(before)
    const fresh = bench.ask<{ payload_key: number | null }>(`SELECT payload_key FROM captures WHERE key > ${captures}`)
    expect(fresh.length).toBeGreaterThan(SOURCES.length)
    expect(fresh.filter(({ payload_key }) => payload_key === null)).toEqual([])
    await exportTo(bench, 'after')
    expect(readExports(join(bench.dir, 'after'))).toEqual(readExports(join(bench.dir, 'before')))
    expect((await command(bench.web, ['verify', '--archive', bench.archive])).code).toBe(0)
  }, 60_000)

  it('asks with the validators it got, and stores a 304 as a revisit that says so', async () => {
    const bench = await makeSecond()
    await bench.crawl({ now: bench.later })
    const asked = bench.newRequests().filter(({ host }) => host === SOCIAL)
    expect(asked.length).toBeGreaterThanOrEqual(2)
    expect(asked.filter(({ headers }) => headers['if-none-match'] === undefined)).toEqual([])
    const stored = bench.ask<{ status: number; payload_key: number | null }>(
      `SELECT status, payload_key FROM captures WHERE host = '${SOCIAL}' AND captured_at > '${new Date(Date.now() + HOUR).toISOString()}'`,
    )
    expect(stored.map(({ status }) => status)).toEqual(asked.map(() => 304))
    expect(stored.every(({ payload_key }) => payload_key !== null)).toBe(true)
  }, 60_000)

  it('sees an edit as one version, an answer as one post, a deletion as a tombstone', async () => {
    const bench = await makeSecond()
    const versions = () =>
      bench.ask<{ text: string }>('SELECT text FROM post_versions ORDER BY key').map(({ text }) => text)
    const before = versions()
    const [, second, third] = bench.ids
    bench.social.toots.set(second!, {
      ...bench.social.toots.get(second!)!,
      text: 'Tides decide, never clocks. 2/3',
      editedAt: '2025-05-01T00:00:00.000Z',
    })
    bench.social.answer(third!, 'odd', 'Which book, though?')
    await bench.crawl({ now: bench.later })
    expect(versions().slice(before.length).sort()).toEqual(['Tides decide, never clocks. 2/3', 'Which book, though?'])
    bench.social.toots.clear()
    const clock = makeClock()
    clock.ahead(48 * HOUR)
    await bench.crawl({ now: clock.now })
    expect(versions()).toHaveLength(before.length + 2)
    const gone = bench.ask<{ url: string; status: number }>('SELECT url, status FROM gone_pages ORDER BY url')
    expect(gone).toContainEqual({ url: `http://${SOCIAL}/api/v1/statuses/${bench.ids[0]}`, status: 404 })
  }, 60_000)

  it('sees an edited comment as one version, a new one as one post, a removed one as a tombstone', async () => {
    const book = makeGuestbook('It was the baker, at night.', 'The baker has no saw.', 'It creaks already.')
    const bench = await makeBench(`every = "6h"\n${listSources(`http://${GUESTBOOK}/?p=9`)}`, {
      [`${GUESTBOOK}/?p=9`]: book.handler,
    })
    const clock = makeClock()
    const count = (table: string) => bench.ask<{ n: number }>(`SELECT count(*) AS n FROM ${table}`)[0]!.n
    await bench.crawl({ now: clock.now })
    expect([count('posts'), count('post_versions'), count('gone_posts')]).toEqual([4, 4, 0])
    book.comments.set(2, 'The baker does have a saw.')
    clock.ahead(8 * HOUR)
    await bench.crawl({ now: clock.now })
    expect([count('posts'), count('post_versions'), count('gone_posts')]).toEqual([4, 5, 0])
    book.comments.set(4, 'I mended it. You are welcome.')
    clock.ahead(8 * HOUR)
    await bench.crawl({ now: clock.now })
    expect([count('posts'), count('post_versions'), count('gone_posts')]).toEqual([5, 6, 0])
    book.comments.delete(1)
    clock.ahead(16 * HOUR)
    await bench.crawl({ now: clock.now })
    expect([count('posts'), count('post_versions')]).toEqual([5, 6])
    expect(bench.ask('SELECT url FROM gone_posts')).toEqual([{ url: `http://${GUESTBOOK}/?p=9` }])
    expect(bench.ask<{ id: string }>('SELECT id FROM gone_posts')[0]!.id).toMatch(/1$/)
  }, 60_000)

  it('after a month off looks once at each source, and notes the time nobody looked', async () => {
    const bench = await makeSecond()
    const clock = makeClock()
    clock.ahead(30 * 24 * HOUR)
    bench.web.followClock(clock.now)
    await bench.crawl({ now: clock.now })
    const pages = bench
      .newRequests()
      .filter(({ path, host }) => path !== '/robots.txt' && host !== 'spa.reader.example')
    const times = pages.map(({ host, path }) => `${host}${path}`)
    expect(new Set(times).size).toBe(times.length)
    const events = bench.ask<{ detail: string }>("SELECT detail FROM events WHERE type = 'coverage gap'")
    expect(events).toHaveLength(SOURCES.length + 1)
    expect(JSON.parse(events[0]!.detail)).toMatchObject({ missed: expect.any(Number) })
  }, 60_000)

  it('looks at what is not due when it is told to, and at nothing else', async () => {
    const bench = await makeSecond()
    const [first = ''] = SOURCES
    await bench.crawl({ now: bench.later })
    bench.newRequests()
    expect((await bench.crawl({ now: bench.later })).code).toBe(10)
    expect((await bench.crawl({ now: bench.later, args: ['--now', first] })).code).toBe(0)
    const pages = bench.newRequests().filter(({ path }) => path !== '/robots.txt')
    expect(new Set(pages.map(({ host, path }) => `http://${host}${path}`))).toEqual(new Set([first]))
    const unknown = await bench.crawl({ args: ['--now', 'nobody'] })
    expect(unknown.code).toBe(2)
    expect(unknown.err).toContain(first)
  }, 60_000)

  it('counts every look: of what was unchanged, and after a rebuild the same', async () => {
    const bench = await makeSecond()
    await bench.crawl({ now: bench.later })
    const unread = 'SELECT url FROM captures WHERE key NOT IN (SELECT capture_key FROM extractions)'
    expect(bench.ask(unread)).toEqual([])
    const seen = bench.ask<{ first: string; last: string }>(
      `SELECT first_seen_at AS first, last_seen_at AS last FROM post_history WHERE post_id LIKE '%${bench.ids[0]}'`,
    )
    expect(seen.length).toBeGreaterThan(0)
    for (const { first, last } of seen) expect(Date.parse(last) - Date.parse(first)).toBeGreaterThan(7 * HOUR)
    const facts = () =>
      ['post_history', 'post_places', 'extraction_notes', 'thread_text', 'gone_posts'].map((view) => {
        const { version_key: _, ...columns } =
          bench.ask<Record<string, unknown>>(`SELECT * FROM ${view} LIMIT 1`)[0] ?? {}
        const names = Object.keys(columns).join(', ') || 'count(*)'
        return bench.ask(`SELECT ${names} FROM ${view} ORDER BY ${names}`)
      })
    const before = facts()
    expect((await command(bench.web, ['rebuild', '--archive', bench.archive])).code).toBe(0)
    expect(facts()).toEqual(before)
  }, 60_000)

  it('keeps its list of sources once, and every run says which it was given', async () => {
    const bench = await makeSecond()
    await bench.crawl({ now: bench.later })
    const told = `SELECT r.options ->> 'sources' AS n, e.detail ->> '$.sources[0].url' AS first, e.run_key = r.key AS isHere FROM runs AS r
      JOIN events AS e ON e.type = 'sources' AND e.detail ->> 'digest' = r.options ->> 'digest' ORDER BY r.id`
    const list = { n: SOURCES.length + 1, first: SOURCES[0] }
    expect(bench.ask(told)).toEqual([
      { ...list, isHere: 1 },
      { ...list, isHere: 0 },
    ])
    writeFileSync(join(bench.dir, 'sources.toml'), listSources(SOURCES[1]!))
    await bench.crawl({ now: () => new Date(bench.later().getTime() + 30 * 24 * HOUR) })
    expect(bench.ask(told)).toHaveLength(3)
    expect(bench.ask("SELECT 1 FROM events WHERE type = 'sources'")).toHaveLength(2)
  }, 60_000)

  it('after a rebuild still knows what is due', async () => {
    const bench = await makeSecond()
    expect((await command(bench.web, ['rebuild', '--archive', bench.archive])).code).toBe(0)
    expect((await bench.crawl()).code).toBe(10)
  }, 60_000)
})
