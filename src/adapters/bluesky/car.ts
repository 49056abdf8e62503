// A CAR file (https://ipld.io/specs/transport/car/carv1/) of an AT Protocol repository → its records with their names.
// The tree that names them is read node by node and not from its root down: each node holds whole keys, so that a slice
// or a cut file gives all it has; @ipld/car 5 gives nothing of a cut file and is asynchronous. Signatures and hashes
// are not checked.

import { asObject, countAt, type Json, objectsAt, textAt, valueAt } from '../values/json-fields.ts'
import { readBlock } from './cbor.ts'

/** Longest key of a record, in bytes (collection, slash, record key: 317 + 1 + 512). */
const MAX_KEY = 1_024
/** The header is a map of `roots` and `version`, and stands behind its length. */
const HEADER_START = [0xa2, 0x65, 0x72, 0x6f, 0x6f, 0x74, 0x73]
const VARINT_BYTES = 8

/** A record and its place in the repository. */
export interface RepoRecord {
  /** `collection/rkey`, or null when the part of the tree that names it is not here. */
  readonly key: string | null
  readonly cid: string
  readonly value: Json
}

export interface Repo {
  /** The account, as the signed commit says. */
  readonly did: string | null
  /** By key, which for posts is the order of writing; unnamed ones last. */
  readonly records: readonly RepoRecord[]
  /** Keys whose records are not here. */
  readonly missing: readonly string[]
  /** Blocks that could not be read. */
  readonly unread: number
  /** True when the file ends inside a block. */
  readonly isCut: boolean
}

/** Whether the file says it is a CAR. Looks at its first bytes only. */
export function isCar(body: Uint8Array): boolean {
  const header = readVarint(body, 0)
  return header !== null && HEADER_START.every((byte, i) => body[header.end + i] === byte)
}

/** The repository in the file. Never throws; what is broken is counted. */
export function readRepo(body: Uint8Array): Repo {
  const { blocks, unread, isCut } = readBlocks(body)
  const keys = new Map<string, string>()
  let did: string | null = null
  for (const value of blocks.values()) {
    if (Array.isArray(valueAt(value, 'e'))) nameRecords(value, keys)
    if (textAt(value, 'did') !== null && textAt(value, 'data', '$link') !== null) did = textAt(value, 'did')
  }
  const named = [...keys].filter(([, cid]) => blocks.has(cid)).sort(([a], [b]) => (a < b ? -1 : 1))
  const cids = new Set(keys.values())
  const unnamed = [...blocks].filter(([cid, value]) => !cids.has(cid) && textAt(value, '$type') !== null)
  return {
    did,
    records: [
      ...named.map(([key, cid]) => ({ key, cid, value: blocks.get(cid) as Json })),
      ...unnamed.map(([cid, value]) => ({ key: null, cid, value })),
    ],
    missing: [...keys].filter(([, cid]) => !blocks.has(cid)).map(([key]) => key),
    unread,
    isCut,
  }
}

interface Blocks {
  readonly blocks: ReadonlyMap<string, Json>
  readonly unread: number
  readonly isCut: boolean
}

function readBlocks(body: Uint8Array): Blocks {
  const blocks = new Map<string, Json>()
  let unread = 0
  const header = readVarint(body, 0)
  let at = header === null ? body.length : header.end + header.value
  while (at < body.length) {
    const length = readVarint(body, at)
    const end = length === null ? Number.POSITIVE_INFINITY : length.end + length.value
    if (length === null || length.value === 0 || end > body.length) return { blocks, unread, isCut: true }
    const block = readBlock(body.subarray(length.end, end))
    const value = asObject(block?.value)
    if (block === null || value === null) unread += 1
    else blocks.set(block.cid, value)
    at = end
  }
  return { blocks, unread, isCut: at > body.length }
}

/** A number in LEB128, and where it ended; null past the end or past 2^53. */
function readVarint(bytes: Uint8Array, start: number): { readonly value: number; readonly end: number } | null {
  let value = 0
  for (let i = 0; i < VARINT_BYTES - 1; i += 1) {
    const byte = bytes[start + i]
    if (byte === undefined) return null
    value += (byte & 0x7f) * 2 ** (7 * i)
    if (byte < 0x80) return { value, end: start + i + 1 }
  }
  return null
}

/** A node of the tree gives each key as the number of bytes it shares with the one before, and the rest. */
function nameRecords(node: Json, keys: Map<string, string>): void {
  let key = ''
  for (const entry of objectsAt(node, 'e')) {
    const shared = countAt(entry, 'p')
    const rest = valueAt(entry, 'k')
    const cid = textAt(entry, 'v', '$link')
    if (shared === null || shared > key.length || !(rest instanceof Uint8Array)) return
    key = key.slice(0, shared) + String.fromCharCode(...rest.subarray(0, MAX_KEY))
    if (key.length > MAX_KEY) return
    if (cid !== null) keys.set(key, cid)
  }
}
