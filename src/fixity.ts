// Digests and signatures: how bytes, texts and values get a name that proves them. Says nothing about where they are kept.
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
/** Characters that usually hold so many letters, and how many letters a link cut at their end can add. */
const FINGERPRINT_OPENING = 512
const CUT_LINK_LETTERS = 8

const LINK = /https?:\/\/\S+/gu
const NOT_LETTER = /[^\p{L}]+/gu
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/gu

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
export interface RunningHash {
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
 * The value as UTF-8 can hold it: half surrogate pairs, which JSON escapes can smuggle into texts, become U+FFFD. What is
 * stored is then what is hashed. The same value comes back when there is nothing to mend.
 */
export function wellFormed<T>(value: T): T {
  return isWellFormed(value) ? value : (mendTexts(value) as T)
}

function isWellFormed(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed()
  if (Array.isArray(value)) return value.every(isWellFormed)
  if (!isRecord(value)) return true
  for (const key in value) if (!key.isWellFormed() || !isWellFormed(value[key])) return false
  return true
}

function mendTexts(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(LONE_SURROGATE, '\ufffd')
  if (Array.isArray(value)) return value.map(mendTexts)
  if (!isRecord(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [mendTexts(key), mendTexts(inner)]))
}

/**
 * A 48-bit number that copies of a post share although markers, links, case and spaces differ; null for texts too short
 * to mean anything. For finding candidates: equal fingerprints prove nothing.
 */
export function textFingerprint(text: string): number | null {
  const opening = lettersOf(text.slice(0, FINGERPRINT_OPENING))
  const isEnough = opening.length >= FINGERPRINT_LETTERS + CUT_LINK_LETTERS
  const letters = isEnough || text.length <= FINGERPRINT_OPENING ? opening : lettersOf(text)
  if (letters.length < FINGERPRINT_MIN_LETTERS) return null
  return createHash('sha256').update(letters.slice(0, FINGERPRINT_LETTERS)).digest().readUIntBE(0, 6)
}

function lettersOf(text: string): string {
  return text.replace(LINK, '').replace(NOT_LETTER, '').toLowerCase()
}

/** A new Ed25519 private key, PKCS #8 in PEM. */
export function makeKeyPair(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
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
