// Digests as WARC files of any tool write them: `sha1:BASE32`, `sha256:hex`, with or without the dash in the name.
import { createHash, getHashes } from 'node:crypto'

const HASHES = new Set(getHashes())
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const BASE32_BITS = 5

/** Whether bytes have the digest that is told of them; null when nobody knows how it was made. */
export function hasDigest(bytes: Uint8Array, told: string): boolean | null {
  const colon = told.indexOf(':')
  const [name, value] = [told.slice(0, colon).toLowerCase().replace('-', ''), told.slice(colon + 1)]
  if (!HASHES.has(name)) return null
  const digest = createHash(name).update(bytes).digest()
  return value.toLowerCase() === digest.toString('hex') || value.toUpperCase() === base32(digest)
}

/** RFC 4648, without padding. */
function base32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  const groups = Math.ceil(bits.length / BASE32_BITS)
  return Array.from({ length: groups }, (_, at) => {
    const group = bits.slice(at * BASE32_BITS, (at + 1) * BASE32_BITS).padEnd(BASE32_BITS, '0')
    return BASE32[Number.parseInt(group, 2)]
  }).join('')
}
