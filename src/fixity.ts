// Digests and signatures: how bytes, texts and values get a name that proves them. Says nothing about where they are
// kept.
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  hash,
  sign as signBytes,
  verify,
} from 'node:crypto'

/** Letters a text must have before its fingerprint means anything: "thanks" is everybody's. */
const FINGERPRINT_MIN_LETTERS = 24
/** Letters looked at: a copy cut short by a mirror keeps the fingerprint of the whole. */
const FINGERPRINT_LETTERS = 64
const [LAST_ASCII, CASE_BIT, LETTER_A, LETTER_H, LETTER_Z] = [0x7f, 0x20, 0x61, 0x68, 0x7a]

const LETTER = /\p{L}/u
const LINK_HERE = /https?:\/\/\S+/y

/** How JSON.stringify begins to write half a surrogate pair (ECMA-262, QuoteJSONString). */
const HALF_ESCAPED = '\\ud'

/** Lower-case hex SHA-256; a string counts as its UTF-8. */
export function sha256(data: Uint8Array | string): string {
  return hash('sha256', data)
}

/** The same over bytes that come in pieces. */
export function sha256Of(pieces: Iterable<Uint8Array>): string {
  const hash = createHash('sha256')
  for (const piece of pieces) hash.update(piece)
  return hash.digest('hex')
}

/** The SHA-256 of bytes that pass by, in lower-case hex; it can be asked for at any time. */
interface RunningHash {
  update(piece: Uint8Array): void
  soFar(): string
}

export function createRunningHash(): RunningHash {
  const hash = createHash('sha256')
  return {
    update: (piece) => void hash.update(piece),
    soFar: () => hash.copy().digest('hex'),
  }
}

/** Both digests of bytes that pass by, in lower-case hex. */
export function createDigests(): {
  update(piece: Uint8Array): void
  end(): { readonly sha256: string; readonly sha512: string }
} {
  const [short, long] = [createHash('sha256'), createHash('sha512')]
  return {
    update: (piece) => {
      short.update(piece)
      long.update(piece)
    },
    end: () => ({ sha256: short.digest('hex'), sha512: long.digest('hex') }),
  }
}

/** `sha256:<hex>` over the bytes: the form of `Capture.digest` and of WARC-Payload-Digest. */
export function digestOf(body: Uint8Array): string {
  return `sha256:${sha256(body)}`
}

/** One text for one value: keys sorted, no spaces, `undefined` members left out (as RFC 8785, but for number forms). */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (!isRecord(value)) return JSON.stringify(value) ?? 'null'
  let members = ''
  for (const key of Object.keys(value).sort()) {
    if (value[key] === undefined) continue
    members += `${members === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(value[key])}`
  }
  return `{${members}}`
}

/** Hex SHA-256 of a value's content, whatever the order of its keys. No date of capture belongs in the value. */
export function contentDigest(value: unknown): string {
  return sha256(canonicalJson(value))
}

/**
 * The value as UTF-8 can hold it: half surrogate pairs, which JSON escapes can smuggle into texts, become U+FFFD. What
 * is stored is then what is hashed. The same value comes back when there is nothing to mend.
 */
export function wellFormed<T>(value: T): T {
  return isWellFormed(value) ? value : (mendTexts(value) as T)
}

/**
 * Whether a text that was put together, in part by JSON.stringify, holds half surrogate pairs, or may hold them written
 * as escapes (JSON escapes nothing else so). Never false where `wellFormed` would mend a part.
 */
export function mayBeIllFormed(form: string): boolean {
  return form.includes(HALF_ESCAPED) || !form.isWellFormed()
}

function isWellFormed(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed()
  if (Array.isArray(value)) return value.every(isWellFormed)
  if (!isRecord(value)) return true
  for (const key in value) if (!key.isWellFormed() || !isWellFormed(value[key])) return false
  return true
}

function mendTexts(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed()
  if (Array.isArray(value)) return value.map(mendTexts)
  if (!isRecord(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [mendTexts(key), mendTexts(inner)]))
}

/**
 * A 48-bit number that copies of a post share although markers, links, case and spaces differ; null for texts too short
 * to mean anything. For finding candidates: equal fingerprints prove nothing.
 */
export function textFingerprint(text: string): number | null {
  const units = firstLetters(text)
  return units.length < FINGERPRINT_MIN_LETTERS ? null : mixUnits(units)
}

/** Codes of the first letters of any alphabet in lower case, links left out. */
function firstLetters(text: string): readonly number[] {
  const units: number[] = []
  for (let at = 0; at < text.length && units.length < FINGERPRINT_LETTERS; at++) {
    const unit = text.charCodeAt(at)
    const letter = unit | CASE_BIT
    if (unit > LAST_ASCII) {
      const point = text.codePointAt(at) ?? unit
      if (point !== unit) at++
      units.push(...lowerLetters(point))
    } else if (letter >= LETTER_A && letter <= LETTER_Z) {
      const end = letter === LETTER_H && text.startsWith('http', at) ? endOfLink(text, at) : at
      if (end === at) units.push(letter)
      else at = end - 1
    }
  }
  return units.slice(0, FINGERPRINT_LETTERS)
}

function endOfLink(text: string, at: number): number {
  LINK_HERE.lastIndex = at
  return LINK_HERE.test(text) ? LINK_HERE.lastIndex : at
}

/**
 * Lower case of a code point beyond ASCII; empty when it is no letter. Asked of the same few hundred again and again.
 */
function lowerLetters(point: number): readonly number[] {
  const known = LOWER_LETTERS.get(point)
  if (known !== undefined) return known
  const text = String.fromCodePoint(point)
  // By way of upper case, where letters that differ by their place in a word (ς, σ) are one.
  const lower = LETTER.test(text) ? text.toUpperCase().toLowerCase() : ''
  const points = Array.from(lower, (letter) => letter.codePointAt(0) ?? 0)
  LOWER_LETTERS.set(point, points)
  return points
}

const LOWER_LETTERS = new Map<number, readonly number[]>()

/** The low 48 bits of cyrb53 (bryc, public domain): two multiplicative hashes, each mixed into the other at the end. */
function mixUnits(units: readonly number[]): number {
  let [low, high] = [0xdeadbeef, 0x41c6ce57]
  for (const unit of units) {
    low = Math.imul(low ^ unit, 2654435761)
    high = Math.imul(high ^ unit, 1597334677)
  }
  const mixedLow = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909)
  const mixedHigh = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(mixedLow ^ (mixedLow >>> 13), 3266489909)
  return (mixedHigh & 0xffff) * 0x1_0000_0000 + (mixedLow >>> 0)
}

/** A new Ed25519 private key, PKCS #8 in PEM. */
export function makeKeyPair(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
}

/** Whether this is PEM of a private key of that kind. */
export function isPrivateKey(pem: string): boolean {
  try {
    return createPrivateKey(pem).asymmetricKeyType === 'ed25519'
  } catch (error) {
    if (error instanceof Error) return false
    throw error
  }
}

/** The public half: base64 of SPKI in DER. */
export function publicKeyOf(pem: string): string {
  return createPublicKey(createPrivateKey(pem)).export({ type: 'spki', format: 'der' }).toString('base64')
}

/** Base64 of the Ed25519 signature of a text as UTF-8. */
export function sign(pem: string, text: string): string {
  return signBytes(null, Buffer.from(text), createPrivateKey(pem)).toString('base64')
}

/** False also for a key or signature that is none. */
export function isSignedBy(key: string, text: string, signature: string): boolean {
  try {
    const publicKey = createPublicKey({ key: Buffer.from(key, 'base64'), type: 'spki', format: 'der' })
    return verify(null, Buffer.from(text), publicKey, Buffer.from(signature, 'base64'))
  } catch (error) {
    if (error instanceof Error) return false
    throw error
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
