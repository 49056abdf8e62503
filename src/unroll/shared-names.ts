// What joins posts and pages: the author's name and the ids a post bears, answers and belongs to, as numbers. A million
// ids as texts in a map cost a microsecond and a hundred bytes each; as hashes in a table a tenth of both. Two names of
// one hash, which 53 bits make unlikely, join more than belongs together, and what is joined too much is unrolled no
// differently.
import type { PostRef } from '../model.ts'
import type { Joining } from '../post.ts'
import { accountOf } from '../post.ts'

/** Names one post has at most: its author, itself, its parent, its conversation. */
export const MOST_NAMES = 4
const AUTHORS = 1
const FIRST_SLOTS = 1024
const FULLEST = 0.5

/** Remembers the names asked for last: posts of one author and of one platform stand together. */
interface NameReader {
  author: string | null
  authorName: number
  platform: string
  seed: number
}

// Plain functions over plain objects: closures would be compiled anew for each page.
export function createNameReader(): NameReader {
  return { author: null, authorName: Number.NaN, platform: '', seed: 0 }
}

/** Writes a post's names into `to`, its author's first, and tells how many they are. */
export function readPostNames(reader: NameReader, post: Joining, to: Float64Array): number {
  const { author, ref, parent, platform, conversation } = post
  let count = 0
  const key = accountOf(author)
  if (key !== null) to[count++] = nameOfAuthor(reader, key)
  if (ref !== null) to[count++] = nameOfRef(reader, ref.platform, ref.id)
  const above: PostRef | null = parent?.ref ?? null
  if (above !== null) to[count++] = nameOfRef(reader, above.platform, above.id)
  if (conversation !== null) to[count++] = nameOfRef(reader, platform, conversation)
  return count
}

function nameOfAuthor(reader: NameReader, author: string): number {
  if (author !== reader.author) {
    reader.author = author
    reader.authorName = hashName(author, AUTHORS)
  }
  return reader.authorName
}

function nameOfRef(reader: NameReader, platform: string, id: string): number {
  if (platform !== reader.platform) {
    reader.platform = platform
    reader.seed = hashName(platform, AUTHORS) >>> 0
  }
  return hashName(id, reader.seed)
}

/** 53 bits of a text: cyrb53, two multiplications a character. */
function hashName(text: string, seed: number): number {
  let a = 0xdeadbeef ^ seed
  let b = 0x41c6ce57 ^ seed
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    a = Math.imul(a ^ code, 0x9e3779b1)
    b = Math.imul(b ^ code, 0x5f356495)
  }
  a = Math.imul(a ^ (a >>> 16), 0x85ebca6b) ^ Math.imul(b ^ (b >>> 13), 0xc2b2ae35)
  b = Math.imul(b ^ (b >>> 16), 0x85ebca6b) ^ Math.imul(a ^ (a >>> 13), 0xc2b2ae35)
  return 0x100000000 * (b & 0x1fffff) + (a >>> 0)
}

/**
 * Who bore each name first. Open addressing with double hashing: no run of equal slots grows long, whatever the names.
 */
export interface NameTable {
  names: Float64Array<ArrayBuffer>
  bearers: Int32Array
  count: number
}

export function createNameTable(): NameTable {
  return { names: new Float64Array(FIRST_SLOTS).fill(-1), bearers: new Int32Array(FIRST_SLOTS), count: 0 }
}

/** The first bearer of this name: `bearer` itself where nobody was before. */
export function firstOf(table: NameTable, name: number, bearer: number): number {
  const slot = findSlot(table.names, name)
  if (table.names[slot] === name) return table.bearers[slot]!
  table.names[slot] = name
  table.bearers[slot] = bearer
  table.count++
  if (table.count > table.names.length * FULLEST) grow(table)
  return bearer
}

/** All names, in no order, and the first bearer of each. */
export function listNames(table: NameTable): { readonly names: Float64Array; readonly bearers: Int32Array } {
  const [names, bearers] = [new Float64Array(table.count), new Int32Array(table.count)]
  let at = 0
  for (let slot = 0; slot < table.names.length; slot++) {
    const name = table.names[slot]!
    if (name < 0) continue
    names[at] = name
    bearers[at++] = table.bearers[slot]!
  }
  return { names, bearers }
}

function grow(table: NameTable): void {
  const { names, bearers } = table
  table.names = new Float64Array(names.length * 2).fill(-1)
  table.bearers = new Int32Array(table.names.length)
  for (let at = 0; at < names.length; at++) {
    const name = names[at]!
    if (name < 0) continue
    const slot = findSlot(table.names, name)
    table.names[slot] = name
    table.bearers[slot] = bearers[at]!
  }
}

/** The slot that holds the name, or the free one where it belongs. The table is a power of two and never full. */
function findSlot(names: Float64Array, name: number): number {
  const mask = names.length - 1
  const step = (name / 0x100000000) | 1
  let slot = (name >>> 0) & mask
  while (names[slot] !== name && names[slot] !== -1) slot = (slot + step) & mask
  return slot
}
