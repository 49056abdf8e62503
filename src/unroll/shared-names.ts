// What joins posts and pages: the author's name and the ids a post bears, answers and belongs to, as numbers. A million
// ids as texts in a map cost a microsecond and a hundred bytes each; as hashes in a table a tenth of both. Two names of one
// hash, which 53 bits make unlikely, join more than belongs together, and what is joined too much is unrolled no differently.
import type { Post, PostRef } from '../model.ts'
import { authorKey } from './identity.ts'

/** Names one post has at most: its author, itself, its parent, its conversation. */
export const MOST_NAMES = 4
const AUTHORS = 1
const FIRST_SLOTS = 1024
const FULLEST = 0.5

/** Writes a post's names into `to` and tells how many they are; `nameless` stands for an author without a name, if it is a number. */
export type NameReader = (post: Post, nameless: number, to: Float64Array) => number

export function createNameReader(): NameReader {
  // Posts of one author and of one platform stand together.
  let [lastAuthor, authorName]: [string | null, number] = [null, Number.NaN]
  let [lastPlatform, seed] = ['', 0]
  const nameOfAuthor = (author: string): number => {
    if (author !== lastAuthor) [lastAuthor, authorName] = [author, hashName(author, AUTHORS)]
    return authorName
  }
  const nameOfRef = (platform: string, id: string): number => {
    if (platform !== lastPlatform) [lastPlatform, seed] = [platform, hashName(platform, AUTHORS) >>> 0]
    return hashName(id, seed)
  }
  return ({ author, ref, parent, platform, conversation }, nameless, to) => {
    let count = 0
    const key = authorKey(author)
    if (key !== null) to[count++] = nameOfAuthor(key)
    else if (!Number.isNaN(nameless)) to[count++] = nameless
    if (ref !== null) to[count++] = nameOfRef(ref.platform, ref.id)
    const above: PostRef | null = parent?.ref ?? null
    if (above !== null) to[count++] = nameOfRef(above.platform, above.id)
    if (conversation !== null) to[count++] = nameOfRef(platform, conversation)
    return count
  }
}

/** 53 bits of a text: cyrb53, two multiplications a character. */
export function hashName(text: string, seed: number): number {
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

/** Who bore each name first. */
export interface NameTable {
  /** The first bearer of this name: `bearer` itself where nobody was before. */
  firstOf(name: number, bearer: number): number
  /** All names, in no order. */
  names(): Float64Array<ArrayBuffer>
}

/** Open addressing with double hashing: no run of equal slots grows long, whatever the names. */
export function createNameTable(): NameTable {
  let names = new Float64Array(FIRST_SLOTS).fill(-1)
  let bearers = new Int32Array(FIRST_SLOTS)
  let count = 0
  const grow = (): void => {
    const [oldNames, oldBearers] = [names, bearers]
    names = new Float64Array(oldNames.length * 2).fill(-1)
    bearers = new Int32Array(names.length)
    for (let at = 0; at < oldNames.length; at++) {
      const name = oldNames[at]!
      if (name < 0) continue
      const slot = findSlot(names, name)
      names[slot] = name
      bearers[slot] = oldBearers[at]!
    }
  }
  return {
    firstOf: (name, bearer) => {
      const slot = findSlot(names, name)
      if (names[slot] === name) return bearers[slot]!
      names[slot] = name
      bearers[slot] = bearer
      if (++count > names.length * FULLEST) grow()
      return bearer
    },
    names: () => names.filter((name) => name >= 0),
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
