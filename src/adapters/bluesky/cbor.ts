// The blocks of an AT Protocol repository by @ipld/dag-cbor and multiformats → names and values as in the network's
// JSON: links are `{ $link }`, integers past 2^53 text. Known lengths, one tag; anything else is refused as a whole. No
// hashes are checked.
import { decode } from '@ipld/dag-cbor'
import { CID } from 'multiformats/cid'

/** Deepest nesting of a record; the network's own limit is 32. */
const MAX_DEPTH = 64
const DAG_CBOR = 0x71
const CID_V1 = 1

/**
 * A block as CAR files hold it, its CID in front; null when it is no DAG-CBOR. Pictures (raw) and old CIDs are none of
 * ours.
 */
export function readBlock(section: Uint8Array): { readonly cid: string; readonly value: unknown } | null {
  try {
    const [cid, bytes] = CID.decodeFirst(section)
    const read = cid.version === CID_V1 && cid.code === DAG_CBOR ? readCbor(bytes) : null
    return read === null ? null : { cid: String(cid), value: read.value }
  } catch {
    return null // no CID: multiformats says so by throwing
  }
}

/** A value, or null when the bytes are no DAG-CBOR or nested too deep. Bytes are Uint8Array. */
export function readCbor(bytes: Uint8Array): { readonly value: unknown } | null {
  try {
    return { value: asJson(decode(bytes), 0) }
  } catch {
    return null // refused as a whole: cborg says so by throwing, at 100,000 levels by the stack's own RangeError
  }
}

/** `fromEntries` keeps `__proto__` a key like any other. */
function asJson(value: unknown, depth: number): unknown {
  if (depth > MAX_DEPTH) throw new RangeError('nested too deep')
  if (typeof value === 'bigint') return String(value)
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value
  if (value instanceof CID) return { $link: String(value) }
  if (Array.isArray(value)) return value.map((item) => asJson(item, depth + 1))
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, asJson(item, depth + 1)]))
}
