// Imports of many captures: in groups and parts, with the same outcome as one by one; watched, stopped and taken up
// again.
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { openArchiveReader } from '../../src/archive/reader.ts'
import { openArchiveWriter } from '../../src/archive/writer.ts'
import { isNote } from '../../src/fetch/fetcher.ts'
import { createFetchers } from '../../src/fetch/fetchers.ts'
import type { Capture } from '../../src/model.ts'
import { type AddOptions, addInputs } from '../../src/pipeline/add.ts'
import { unspoolHere } from '../cli/in-process.ts'
import { makeFolder, ROOT, writeInto } from '../cli/run.ts'
import { httpAnswer, makeWarc, makeZip } from '../fetch/containers/makers.ts'

const folder = makeFolder()
const never = new AbortController().signal

async function* nothing(): AsyncGenerator<Uint8Array> {}

async function add(archive: string, inputs: readonly string[], more: Partial<AddOptions> = {}) {
  const now = () => new Date()
  const fetchers = createFetchers({ browser: 'never', now, stdin: nothing(), contact: null })
  const options = { dir: archive, order: 'page', fetchers, now, signal: never, version: 'test', ...more } as const
  return addInputs(inputs, options).finally(() => fetchers.close())
}

/** Every thread and discussion, as it would be printed. */
function findingsOf(archive: string): unknown[] {
  const reader = openArchiveReader(archive)
  const all = [...reader.findings()].map(({ thread, conversation }) =>
    thread === null
      ? [conversation.id, conversation.statement, conversation.replies.map(({ post, depth }) => [post.id, depth])]
      : [thread.id, thread.statement, thread.posts.map(({ post, text }) => [post.id, text, post.sources.length])],
  )
  reader.close()
  return all
}

const cases = ['thread-reader', 'nitter', 'x-api', 'mastodon', 'hackernews', 'wordpress'].flatMap((platform) => {
  const dir = join(ROOT, 'fixtures', platform)
  return readdirSync(dir).map((name) => join(dir, name))
})
const records = cases.flatMap((dir) => {
  const page = readdirSync(dir).find((name) => name.startsWith('page.'))!
  const { url, headers } = JSON.parse(readFileSync(join(dir, 'case.json'), 'utf8'))
  if (url === null || !existsSync(join(dir, page))) return []
  const type = headers['content-type'] ?? 'text/html'
  const head = `HTTP/1.1 200 OK\r\nContent-Type: ${type}\r\n\r\n`
  return [{ url, block: Buffer.concat([Buffer.from(head), readFileSync(join(dir, page))]) }]
})
const warc = writeInto(folder, 'cases.warc.gz', makeWarc(records))

describe('an import', () => {
  it('unrolled in parts finds what it finds as one', async () => {
    const whole = await add(join(folder, 'whole'), [warc])
    expect(whole).toMatchObject({ parts: 0, captures: records.length })
    expect(whole.unrolled.threads.length).toBeGreaterThan(5)
    const empty = (at: number) =>
      Array.from({ length: 64 }, (_, n) => ({ url: `http://empty.example/${at}/${n}`, block: httpAnswer(`<p>${n}`) }))
    const spread = makeWarc(records.flatMap((record, at) => [record, ...empty(at)]))
    const parts = await add(join(folder, 'parts'), [writeInto(folder, 'spread.warc.gz', spread)], { partPosts: 1 })
    expect(parts.parts).toBeGreaterThan(5)
    expect(parts.unrolled.threads).toEqual([])
    expect(parts.newPosts).toBe(whole.newPosts)
    expect(findingsOf(join(folder, 'parts'))).toEqual(findingsOf(join(folder, 'whole')))
  }, 60_000)

  it('in parts tells of texts, which have posts only once they are unrolled, and makes every remark of a whole', async () => {
    const files = (name: string) => {
      mkdirSync(join(folder, name))
      for (let n = 0; n < 130; n++)
        writeInto(folder, `${name}/${n}.txt`, `Lamp ${n} was lit. 1/2\n\nLamp ${n} went out. 2/2\n`)
      writeInto(folder, `${name}/a.jsonl`, '{"text":"A whole line."}\n{"text":"cut\n{"text":"Another."}\n')
      return join(folder, name)
    }
    const input = files('lamps')
    const one = await add(join(folder, 'lamps-one'), [input])
    const parts = await add(join(folder, 'lamps-parts'), [input], { partPosts: 1 })
    expect(parts.parts).toBeGreaterThan(0)
    expect(parts).toMatchObject({ texts: 130, newPosts: one.newPosts })
    expect(one.unrolled.notes.length).toBeGreaterThan(0)
    expect(new Set(parts.unrolled.notes)).toEqual(new Set(one.unrolled.notes))
    expect(findingsOf(join(folder, 'lamps-parts'))).toEqual(findingsOf(join(folder, 'lamps-one')))
  })

  it('of more texts than one part holds never says that nothing was found', async () => {
    mkdirSync(join(folder, 'wicks'))
    for (let n = 0; n < 1025; n++) writeInto(folder, `wicks/${n}.txt`, `Wick ${n} was trimmed.\n`)
    const ran = await unspoolHere(['add', '--archive', join(folder, 'wicks-archive'), join(folder, 'wicks')])
    expect(ran.code).toBe(0)
    expect(ran.out).toMatch(/0 new posts and those of 1025 texts, unrolled in 2 parts/)
  })

  it('keeps one payload of the same bytes within a group, and one row of the same record', async () => {
    const same = (n: number) => ({
      url: `http://same.example/${n}`,
      block: httpAnswer('<p>the same'),
      fields: { 'WARC-Record-ID': `<urn:x:${n}>` },
    })
    const path = writeInto(folder, 'same.warc.gz', makeWarc([same(1), same(2), same(1), same(3)]))
    const archive = join(folder, 'same')
    expect(await add(archive, [path, path])).toMatchObject({ captures: 8, known: 5, unchanged: 7 })
    const { out } = await unspoolHere(['verify', '--archive', archive])
    expect(out).toMatch(/^3 captures/)
  })

  it.each([
    ['a WARC file', warc],
    [
      'a ZIP file',
      writeInto(folder, 'cases.zip', makeZip(records.map(({ block }, n) => ({ name: `${n}.html`, body: block })))),
    ],
  ])('tells how far it is: %s', async (name, path) => {
    const seen: number[] = []
    await add(join(folder, `watched-${name}`), [path], { onProgress: (_, bytesRead) => seen.push(bytesRead) })
    expect(seen).toEqual([...seen].sort((a, b) => a - b))
    const share = (seen.at(-1) ?? 0) / statSync(path).size
    expect(share).toBeGreaterThan(0.85) // a ZIP has its directory besides
    expect(share).toBeLessThanOrEqual(1)
  })

  it('remarks on what is added, and not again on what was added before', async () => {
    const line = (id: number, rest = '') =>
      `{"id":"${id}","platform":"x","author":"ann","text":"Lamp ${id} of 3 ${id}/3"${rest}}\n`
    const dir = join(folder, 'remarks')
    const first = await add(dir, [
      writeInto(folder, 'first.jsonl', `${line(1)}{"text":"cut\n${line(2, ',"inReplyTo":"1"')}`),
    ])
    expect(first.unrolled.notes.map(({ input }) => input)).toContain(join(folder, 'first.jsonl'))
    const second = await add(dir, [writeInto(folder, 'second.jsonl', line(3, ',"inReplyTo":"2"'))])
    expect(second.unrolled.threads.map(({ posts }) => posts.length)).toEqual([3])
    expect(second.unrolled.notes.filter(({ input }) => input === join(folder, 'first.jsonl'))).toEqual([])
  })

  it('draws one line on a terminal, and none elsewhere', async () => {
    const run = async (isTTY: boolean, columns = 80) => {
      let drawn = ''
      const stderr = Object.assign(
        new Writable({
          write: (piece, _, done) => {
            drawn += piece
            done()
          },
        }),
        { isTTY, columns },
      )
      let time = Date.parse('2026-01-02T03:04:05Z')
      const now = () => {
        time += 1000
        return new Date(time)
      }
      const { code } = await unspoolHere(['add', '--archive', join(folder, `tty-${isTTY}-${columns}`), warc], {
        stderr,
        now,
      })
      expect(code).toBe(0)
      return drawn
    }
    expect(await run(true)).toMatch(/\r100 % · \d+ captures · \d+ new posts · \d+\/s · about 0 s/)
    expect(await run(false)).not.toContain('\r')
    const narrow = (await run(true, 20)).split('\r').filter((line) => line.includes(' % '))
    expect(narrow.map((line) => line.replace('\u001b[K', '').length)).toEqual(narrow.map(() => 19))
    expect(narrow.length).toBeGreaterThan(0)
  })

  it.each([
    ['the same import', () => [warc]],
    ['another one', () => [writeInto(folder, 'other.txt', 'Other words, of another day.')]],
  ])('that was killed before it read what it had kept leaves that to %s', async (name, inputs) => {
    const archive = join(folder, `killed-${name}`)
    const now = () => new Date()
    const fetchers = createFetchers({ browser: 'never', now, stdin: nothing(), contact: null })
    const writer = openArchiveWriter(archive, { now, version: 'test' })
    const run = writer.beginRun({ command: 'add', options: { inputs: [warc], order: 'page' } })
    const captures: Capture[] = []
    for await (const found of fetchers.file.open(warc, never, null)) if (!isNote(found)) captures.push(found)
    await writer.appendLook(captures, run, () => undefined)
    writer.close() // as the next opening would find it: the run has no end but "stopped"
    await add(archive, inputs())
    const found = findingsOf(archive).map((one) => JSON.stringify(one))
    for (const one of findingsOf(join(folder, 'whole'))) expect(found).toContain(JSON.stringify(one))
    const reader = openArchiveReader(archive)
    expect([...reader.captures()].length).toBe(captures.length + (name === 'another one' ? 1 : 0))
    reader.close()
  })

  it('that was stopped is taken up where it was', async () => {
    const archive = join(folder, 'stopped')
    const many = Array.from({ length: 300 }, (_, n) => ({
      url: `http://many.example/${n}`,
      block: httpAnswer(`<p>${n}`),
    }))
    const path = writeInto(folder, 'many.warc.gz', makeWarc([...many, ...records]))
    const stop = new AbortController()
    const onProgress = ({ captures }: { captures: number }) => void (captures > 100 && stop.abort())
    await expect(add(archive, [path], { signal: stop.signal, onProgress })).rejects.toThrow()
    const again = await add(archive, [path])
    expect(again.known).toBeGreaterThan(100)
    expect(again.known).toBeLessThan(300)
    expect(again).toMatchObject({ captures: 300 + records.length })
    expect(findingsOf(archive)).toEqual(findingsOf(join(folder, 'whole')))
  })
})
