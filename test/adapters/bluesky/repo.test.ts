import { describe, expect, it } from 'vitest'
import { bluesky } from '../../../src/adapters/bluesky/bluesky.ts'
import { readBlock, readCbor } from '../../../src/adapters/bluesky/cbor.ts'
import { blueskyRepo } from '../../../src/adapters/bluesky/repo.ts'
import { type Case, casesOf, extractPage, pageOf } from '../cases.ts'
import { describeAdapter } from '../contract.ts'

describeAdapter(blueskyRepo)

const car = casesOf('bluesky-repo').find(({ name }) => name === 'export') as Case
const records = casesOf('bluesky').find(({ name }) => name === 'records') as Case

describe('Bluesky repositories', () => {
  it('hold the same posts as the network’s JSON', () => {
    const plain = ({ posts }: ReturnType<typeof bluesky.extract>) =>
      new Map(
        posts.map(({ key, ref, text, html, media, quotes, parent, url }) => [
          key,
          { ref, text, html, media, quotes, parent, url },
        ]),
      )
    const json = plain(bluesky.extract(pageOf(records)))
    const repo = plain(blueskyRepo.extract(pageOf(car)))
    expect(repo.size).toBe(4)
    for (const [key, post] of repo) expect(post).toEqual(json.get(key))
  })

  it('say what is missing and what was left, and not that a binary file holds nothing', () => {
    const { notes } = extractPage(pageOf(car))
    expect(notes.map(({ code }) => code)).toEqual(['records-missing', 'other-records'])
  })

  it('give what comes before the cut of a file that ends early', () => {
    const body = car.body.subarray(0, Math.floor(car.body.length * 0.9))
    const { posts, notes } = blueskyRepo.extract(pageOf(car, body))
    expect(posts.length).toBeGreaterThan(0)
    expect(notes.map(({ code }) => code)).toContain('cut')
  })

  it('give posts without the tree that names them, nameless', () => {
    const body = Uint8Array.from(car.body)
    const commit = new TextDecoder('latin1').decode(body).indexOf('cdid')
    body[commit + 1] = 'x'.charCodeAt(0)
    const { posts, notes } = blueskyRepo.extract(pageOf(car, body))
    expect(posts.map(({ ref }) => ref)).toEqual([null, null, null, null])
    expect(notes.map(({ code }) => code)).toContain('no-id')
  })

  it('survive any byte being another one', () => {
    for (let at = 0; at < car.body.length; at += 7) {
      const body = Uint8Array.from(car.body)
      body[at] = (body[at] ?? 0) ^ 0xff
      expect(Array.isArray(blueskyRepo.extract(pageOf(car, body)).posts)).toBe(true)
    }
  })
})

describe('DAG-CBOR', () => {
  const read = (...bytes: number[]) => readCbor(Uint8Array.from(bytes))?.value

  it.each([
    ['small', [0x17], 23],
    ['two bytes', [0x19, 0x01, 0x00], 256],
    ['negative', [0x20], -1],
    ['past 2^53', [0x1b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], '18446744073709551615'],
    ['a double', [0xfb, 0x3f, 0xf8, 0, 0, 0, 0, 0, 0], 1.5],
    ['text', [0x62, 0xc3, 0xa9], 'é'],
    ['null', [0xf6], null],
    ['undefined, which only careless writers use', [0xf7], null],
    ['their half floats', [0xf9, 0x3c, 0x00], 1],
    ['a list', [0x82, 0xf4, 0xf5], [false, true]],
    ['a map', [0xa1, 0x61, 0x61, 0x01], { a: 1 }],
  ])('reads %s', (_, bytes, value) => {
    expect(read(...bytes)).toEqual(value)
  })

  it.each([
    ['no known length', [0x9f, 0xff]],
    ['another tag', [0xc1, 0x01]],
    ['a link that is no CID', [0xd8, 0x2a, 0x41, 0x01]],
    ['a key that is no text', [0xa1, 0x01, 0x01]],
    ['a length past the end', [0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]],
    ['an early end', [0x62, 0x61]],
    ['nesting without end', Array(100_000).fill(0x81)],
  ])('refuses %s', (_, bytes) => {
    expect(readCbor(Uint8Array.from(bytes as number[]))).toBeNull()
  })

  it('reads a block behind its CID, written in base32, and none of another kind', () => {
    const cid = [0x01, 0x71, 0x12, 0x03, 0x01, 0x02, 0x03]
    const block = (codec: number) => readBlock(Uint8Array.from([...cid.with(1, codec), 0x17]))
    expect(block(0x71)).toEqual({ cid: 'bafyreaybaibq', value: 23 })
    expect(block(0x55)).toBeNull()
    expect(readBlock(Uint8Array.from(cid.slice(0, 5)))).toBeNull()
  })

  it('refuses nesting past the limit that the stack would bear', () => {
    expect(read(...Array(60).fill(0x81), 0x80)).not.toBeUndefined()
    expect(readCbor(Uint8Array.from([...Array(80).fill(0x81), 0x80]))).toBeNull()
  })

  it('takes __proto__ for a key', () => {
    const value = read(0xa1, 0x69, ...new TextEncoder().encode('__proto__'), 0x01) as object
    expect(Object.hasOwn(value, '__proto__')).toBe(true)
  })
})
