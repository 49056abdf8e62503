// DAG-CBOR (https://ipld.io/specs/codecs/dag-cbor/spec/), the strict corner of CBOR that AT Protocol repositories are made of →
// the same values as in the network's JSON: links are `{ $link }`. Known lengths only, one tag, bounded depth; anything else is
// refused as a whole. Reading only, no hashes checked.

/** Deepest nesting of a record; the network's own limit is 32. */
const MAX_DEPTH = 64
const LINK_TAG = 42
/** Lengths of the first byte's five low bits that say how many bytes of number follow. */
const FOLLOWING = [1, 2, 4, 8]
const FIRST_FOLLOWING = 24
const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567'

class Broken extends Error {}

/** A value and where it ended, or null when the bytes are no DAG-CBOR. Bytes are Uint8Array, integers past 2^53 text. */
export function readCbor(bytes: Uint8Array): { readonly value: unknown; readonly end: number } | null {
  const reader = new Reader(bytes)
  try {
    return { value: reader.value(0), end: reader.at }
  } catch (error) {
    if (error instanceof Broken) return null
    throw error
  }
}

/** A CID as people see it: base32 in lower case behind a `b`. */
export function cidText(cid: Uint8Array): string {
  let text = 'b'
  let bits = 0
  let held = 0
  for (const byte of cid) {
    held = (held << 8) | byte
    for (bits += 8; bits >= 5; bits -= 5) text += BASE32[(held >> (bits - 5)) & 31]
    held &= (1 << bits) - 1
  }
  return bits === 0 ? text : text + BASE32[(held << (5 - bits)) & 31]
}

class Reader {
  readonly bytes: Uint8Array
  at = 0

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }

  value(depth: number): unknown {
    if (depth > MAX_DEPTH) throw new Broken()
    const first = this.take(1)[0] ?? 0
    const low = first & 31
    switch (first >> 5) {
      case 0:
        return this.whole(low)
      case 1:
        return this.negative(low)
      case 2:
        return this.take(this.length(low))
      case 3:
        return new TextDecoder().decode(this.take(this.length(low)))
      case 4:
        return this.list(this.length(low), depth)
      case 5:
        return this.map(this.length(low), depth)
      case 6:
        return this.link(low, depth)
      default:
        return this.simple(low)
    }
  }

  private take(count: number): Uint8Array {
    if (count > this.bytes.length - this.at) throw new Broken()
    this.at += count
    return this.bytes.subarray(this.at - count, this.at)
  }

  private number(low: number): bigint {
    if (low < FIRST_FOLLOWING) return BigInt(low)
    const count = FOLLOWING[low - FIRST_FOLLOWING]
    if (count === undefined) throw new Broken()
    return this.take(count).reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n)
  }

  private whole(low: number): number | string {
    const number = this.number(low)
    return number <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(number) : String(number)
  }

  private negative(low: number): number | string {
    const number = -1n - this.number(low)
    return number >= BigInt(Number.MIN_SAFE_INTEGER) ? Number(number) : String(number)
  }

  /** Every item takes a byte at least, so that a length past the end is a lie. */
  private length(low: number): number {
    const length = this.number(low)
    if (length > BigInt(this.bytes.length - this.at)) throw new Broken()
    return Number(length)
  }

  private list(length: number, depth: number): unknown[] {
    return Array.from({ length }, () => this.value(depth + 1))
  }

  /** `fromEntries` makes `__proto__` a key like any other. */
  private map(length: number, depth: number): unknown {
    return Object.fromEntries(
      Array.from({ length }, () => {
        const key = this.value(depth + 1)
        if (typeof key !== 'string') throw new Broken()
        return [key, this.value(depth + 1)] as const
      }),
    )
  }

  /** A link is a CID behind a zero byte. */
  private link(low: number, depth: number): unknown {
    const isLink = this.whole(low) === LINK_TAG
    const cid = isLink ? this.value(depth + 1) : null
    if (!(cid instanceof Uint8Array) || cid[0] !== 0) throw new Broken()
    return { $link: cidText(cid.subarray(1)) }
  }

  private simple(low: number): unknown {
    if (low === 20) return false
    if (low === 21) return true
    if (low === 22) return null
    if (low !== 27) throw new Broken()
    const bytes = this.take(8)
    return new DataView(bytes.buffer, bytes.byteOffset, 8).getFloat64(0)
  }
}
