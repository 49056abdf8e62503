// One file of a package on its way to disk: its pieces are made when they are wanted, hashed on the way, and never all
// held. Knows neither what is in the files nor what they are packed into.
import { closeSync, openSync, readSync } from 'node:fs'
import { createDigests } from '../../fixity.ts'

/** Bytes read at once. */
const PIECE_BYTES = 1_048_576

export interface PackagePart {
  /** Inside the package, with slashes. */
  readonly path: string
  readonly mediaType: string
  /** For people: what it is. */
  readonly say: string
  /** True when compressing it again gains nothing. */
  readonly isPacked?: boolean
  readonly pieces: () => Iterable<Uint8Array | string>
}

/** A part that was written. Digests are lower-case hex. */
export interface Stored extends Omit<PackagePart, 'pieces' | 'isPacked'> {
  readonly bytes: number
  readonly sha256: string
  readonly sha512: string
}

/** Where parts go: all of them appear at once under the final name, or none. */
export interface Sink {
  /** Resolves when all pieces were taken. Throws StorageError. */
  add(part: PackagePart): Promise<Stored>
  finish(): Promise<void>
  /** Removes what was written. */
  discard(): void
}

/** Passes pieces on as bytes and tells at the end what they were. */
export function* measure(part: PackagePart, done: (stored: Stored) => void): Generator<Buffer> {
  const digests = createDigests()
  let bytes = 0
  for (const piece of part.pieces()) {
    const buffer =
      typeof piece === 'string' ? Buffer.from(piece) : Buffer.from(piece.buffer, piece.byteOffset, piece.length)
    bytes += buffer.length
    digests.update(buffer)
    yield buffer
  }
  const { path, mediaType, say } = part
  done({ path, mediaType, say, bytes, ...digests.end() })
}

/** The first `length` bytes of a file, or all of them. Each piece is a buffer of its own. */
export function* readFilePieces(path: string, length = Number.POSITIVE_INFINITY): Generator<Uint8Array> {
  const fd = openSync(path, 'r')
  try {
    for (let left = length; left > 0; ) {
      const piece = Buffer.allocUnsafe(Math.min(left, PIECE_BYTES))
      const read = readSync(fd, piece, 0, piece.length, null)
      if (read === 0) return
      left -= read
      yield piece.subarray(0, read)
    }
  } finally {
    closeSync(fd)
  }
}

/** A small part that is one text. */
export function textPart(path: string, mediaType: string, say: string, text: string): PackagePart {
  return { path, mediaType, say, pieces: () => [text] }
}
