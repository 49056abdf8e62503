// Files that are one long list of JSON and longer than a capture may be: no item is cut in two or lost, each piece
// reads like the file, and what is cut, too long or nested past all measure is said and spoils nothing.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readPage } from '../../../../src/adapters/page/page.ts'
import { readPosts } from '../../../../src/adapters/reading.ts'
import type { Member } from '../../../../src/fetch/containers/container.ts'
import { isItemsHead, splitItems } from '../../../../src/fetch/containers/pieces/items.ts'
import { isNote } from '../../../../src/fetch/fetcher.ts'
import { makeFolder } from '../../../cli/run.ts'
import fc from '../../../laws.ts'
import { openAll } from '../makers.ts'

const NOON = 'Sat Mar 02 12:00:00 +0000 2024'

interface Piece {
  readonly label: string
  readonly text: string
}

async function split(text: string, pieceBytes: number, chunkBytes: number, name = 'list.json', limitBytes = 0) {
  const body = Buffer.from(text)
  const chunks = async function* () {
    for (let at = 0; at < body.length; at += chunkBytes) yield body.subarray(at, at + chunkBytes)
  }
  const member: Member = { name, label: name, path: null, changedAt: null, bytes: chunks() }
  const [pieces, codes]: [Piece[], string[]] = [[], []]
  for await (const found of splitItems(member, { limitBytes, pieceBytes })) {
    if (isNote(found)) codes.push(found.code)
    else pieces.push({ label: found.label, text: await textOf(found) })
  }
  return { pieces, codes }
}

async function textOf({ bytes }: Member): Promise<string> {
  const parts: Uint8Array[] = []
  for await (const part of bytes) parts.push(part)
  return Buffer.concat(parts).toString()
}

const ITEMS = Array.from({ length: 30 }, (_, i) => ({
  id: `${i}`,
  text: `a "b" \\ ] , { ${'é'.repeat(i % 5)}`,
  more: [[i], {}],
}))

it.each([
  [1, 1],
  [40, 7],
  [200, 33],
  [900, 10_000],
])('cuts a list between items, in pieces of %i bytes out of chunks of %i', async (piece, chunk) => {
  for (const text of [JSON.stringify(ITEMS), JSON.stringify(ITEMS, null, 2)]) {
    const { pieces, codes } = await split(text, piece, chunk)
    expect(pieces.length).toBeGreaterThan(1)
    expect(pieces.flatMap((one) => JSON.parse(one.text))).toEqual(ITEMS)
    expect(codes).toEqual([])
    let next = 1
    for (const one of pieces) {
      const { length } = JSON.parse(one.text)
      expect(one.label).toBe(`list.json!/items-${next}-${next + length - 1}.json`)
      next += length
    }
  }
})

it('puts the assignment of a script around each piece', async () => {
  const { pieces } = await split(`window.YTD.tweets.part0 = ${JSON.stringify(ITEMS)}`, 300, 50, 'tweets.js')
  expect(pieces.length).toBeGreaterThan(1)
  for (const { text } of pieces) expect(text).toMatch(/^window\.YTD\.tweets\.part0 = \[\{.*\}\]$/s)
  expect(pieces[0]?.label).toMatch(/^tweets\.js!\/items-1-\d+\.js$/)
})

it('puts the object that holds the list around each piece, its end into the last', async () => {
  const text = JSON.stringify(
    { channel: { id: '1' }, tags: [1, [2]], messages: ITEMS, count: 30, after: ['x'] },
    null,
    1,
  )
  const { pieces, codes } = await split(text, 300, 64)
  const read = pieces.map((one) => JSON.parse(one.text))
  expect(read.flatMap(({ messages }) => messages)).toEqual(ITEMS)
  expect(read.every(({ channel, tags }) => channel.id === '1' && tags.length === 2)).toBe(true)
  expect(read.flatMap(({ count, after }) => [count ?? null, after ?? null]).slice(-2)).toEqual([30, ['x']])
  expect(codes).toEqual([])
})

it('cuts a second list as it cuts the first', async () => {
  const text = JSON.stringify({ posts: ITEMS, note: 'between', comments: ITEMS.toReversed() })
  const { pieces } = await split(text, 400, 100)
  const read = pieces.map((one) => JSON.parse(one.text))
  expect(read.flatMap(({ posts }) => posts)).toEqual(ITEMS)
  expect(read.flatMap(({ comments }) => comments ?? [])).toEqual(ITEMS.toReversed())
})

it('keeps every whole item of a file that is cut, and says so', async () => {
  const text = JSON.stringify({ messages: ITEMS })
  for (const end of [text.length - 1, text.length - 2, 900, 901, 950]) {
    const { pieces, codes } = await split(text.slice(0, end), 300, 64)
    const items = pieces.flatMap((one) => JSON.parse(one.text.endsWith('}') ? one.text : `${one.text}}`).messages)
    expect(items).toEqual(ITEMS.slice(0, items.length))
    expect(items.length).toBeGreaterThan(5)
    expect(codes).toEqual(end === text.length - 1 ? [] : ['cut'])
  }
})

it('leaves an item that nests without end, and reads its neighbours', async () => {
  const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`
  const { pieces, codes } = await split(`[{"a":1},${deep},{"a":2}]`, 4, 1000)
  expect(pieces.flatMap((one) => JSON.parse(one.text))).toEqual([{ a: 1 }, { a: 2 }])
  expect(codes).toEqual(['items-left'])
})

it.each(['[]', '{"a":1}', 'no list', '{"a":"[1,2]"}', '[[[[', ']]]]', '{"a":[1,2', '"[1,2]"'])(
  'leaves a file without a long list as it is: %s',
  async (text) => {
    const { pieces } = await split(text, 1000, 2)
    expect(pieces).toEqual([{ label: 'list.json', text }])
  },
)

it('loses nothing of any JSON, however chunks part', async () => {
  const lists = fc.array(fc.jsonValue({ maxDepth: 3 }), { minLength: 1, maxLength: 12 })
  await fc.assert(
    fc.asyncProperty(
      lists,
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 30 }),
      async (list, piece, chunk) => {
        const { pieces } = await split(JSON.stringify({ head: 1, list, end: [2] }), piece, chunk)
        const read = pieces.map((one) => JSON.parse(one.text))
        expect(read.flatMap((one) => one.list)).toEqual(JSON.parse(JSON.stringify(list)))
        expect(read.every(({ head }) => head === 1)).toBe(true)
      },
    ),
  )
})

it('survives any bytes', async () => {
  const bytes = fc.string({ unit: fc.constantFrom('[', ']', '{', '}', ',', '"', '\\', ' ', 'a', '1'), maxLength: 60 })
  await fc.assert(
    fc.asyncProperty(bytes, fc.integer({ min: 1, max: 9 }), async (text, chunk) => {
      expect((await split(text, 3, chunk)).pieces.length).toBeGreaterThan(0)
    }),
  )
})

it('reads a file above the limit of a capture to its end, each piece by whoever reads the file', async () => {
  const path = join(makeFolder(), 'tweets.js')
  const tweet = (i: number) => ({
    tweet: { id_str: `${1_000_000 + i}`, created_at: NOON, full_text: `${i} ${'oar '.repeat(16_000)}` },
  })
  const items = Array.from({ length: 1100 }, (_, i) => JSON.stringify(tweet(i)))
  writeFileSync(path, `window.YTD.tweets.part0 = [ ${items.join(',\n')} ]`)
  const { captures } = await openAll([path])
  expect(captures.length).toBeGreaterThan(2)
  expect(captures.every(({ truncated }) => truncated === null)).toBe(true)
  const read = captures.map((capture) => readPosts(readPage(capture)))
  expect(new Set(read.map(({ adapter }) => adapter?.name))).toEqual(new Set(['x-archive']))
  expect(read.flatMap(({ extraction }) => extraction.posts).map(({ ref }) => ref?.id)).toEqual(
    Array.from({ length: 1100 }, (_, i) => `${1_000_000 + i}`),
  )
})

it.each([
  ['window.YTD.tweets.part0 = [\n  {', true],
  ['\ufeff[{"a":1}', true],
  ['{\n  "guild": {', true],
  ['[1, 2', false],
  ['{}', false],
  ['<html>', false],
])('knows what may be a list by its head: %#', (head, isItems) => {
  expect(isItemsHead(Buffer.from(head))).toBe(isItems)
})

it.each([0, 500_000, 3_000_000, 5_000_000])(
  'loses nothing of a long file without a list, with %i bytes in hand',
  async (limit) => {
    const text = JSON.stringify({
      head: 'low water',
      body: Object.fromEntries(
        Array.from({ length: 90_000 }, (_, i) => [`k${i}`, `value ${i}, and more of it to come`]),
      ),
    })
    const { pieces, codes } = await split(text, 1_000, 65_536, 'list.json', limit)
    expect(pieces.map((one) => one.text === text)).toEqual([true])
    expect(codes).toEqual([])
  },
)
