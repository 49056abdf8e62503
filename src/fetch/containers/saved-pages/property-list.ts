// Apple's binary property list (`bplist00`), read as far as a web archive needs it: dictionaries, lists, texts and
// bytes. Layout as Apple's CFBinaryPList.c describes it: objects, a table of their places, 32 bytes that tell where the
// table is. Our own: bplist-parser reads cut bytes as shorter ones, and never ends where lists name one another many
// times over.
import { ContainerError } from '../damage.ts'

export type Listed = string | Uint8Array | null | readonly Listed[] | ReadonlyMap<string, Listed>

const TRAILER_BYTES = 32
/** Web archives nest by frames; whatever is deeper was made to be. */
const MOST_DEEP = 64
/** Places looked at: a few bytes may name one long list many times over. */
const MOST_OBJECTS = 1_000_000
const [DATA, ASCII, UTF16, LIST, DICTIONARY, COUNTED] = [4, 5, 6, 10, 13, 15]

/** What the list holds; numbers, dates and the like are null. @throws ContainerError when it is cut or damaged. */
export function readPropertyList(bytes: Buffer): Listed {
  try {
    return readAll(bytes)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new ContainerError('the property list is cut or damaged', { cause: error })
  }
}

function readAll(bytes: Buffer): Listed {
  const trailer = bytes.length - TRAILER_BYTES
  const [offsetBytes, refBytes] = [bytes.readUInt8(trailer + 6), bytes.readUInt8(trailer + 7)]
  const [top, table] = [numberAt(bytes, trailer + 16, 8), numberAt(bytes, trailer + 24, 8)]
  // What is named many times is made once; what is made has, together, no more bytes than the file.
  const made = new Map<number, Listed>()
  let [count, room] = [0, bytes.length]
  const object = (ref: number, depth: number): Listed => {
    if (depth > MOST_DEEP || ++count > MOST_OBJECTS) throw new RangeError('too much of it')
    const known = made.get(ref)
    if (known !== undefined) return known
    const value = make(ref, depth)
    made.set(ref, value)
    return value
  }
  const take = (start: number, length: number): Buffer => {
    room -= length
    if (room < 0) throw new RangeError('too much of it')
    return slice(bytes, start, length)
  }
  const make = (ref: number, depth: number): Listed => {
    const at = numberAt(bytes, table + ref * offsetBytes, offsetBytes)
    const kind = bytes.readUInt8(at) >> 4
    const { length, start } = sizeAt(bytes, at)
    const refAt = (index: number): number => numberAt(bytes, start + index * refBytes, refBytes)
    const member = (index: number): Listed => object(refAt(index), depth + 1)
    if (kind === DATA) return take(start, length)
    if (kind === ASCII) return take(start, length).toString('latin1')
    if (kind === UTF16)
      return Buffer.from(take(start, 2 * length))
        .swap16()
        .toString('utf16le')
    if (kind === LIST) return Array.from({ length: fitting(length) }, (_, index) => member(index))
    if (kind !== DICTIONARY) return null
    return new Map(
      Array.from({ length: fitting(length) }, (_, index) => [String(member(index)), member(length + index)]),
    )
  }
  return object(top, 0)
}

/** The low half of a mark is a size; 15 says that a number follows. */
function sizeAt(bytes: Buffer, at: number): { readonly length: number; readonly start: number } {
  const low = bytes.readUInt8(at) & COUNTED
  if (low !== COUNTED) return { length: low, start: at + 1 }
  const width = 2 ** (bytes.readUInt8(at + 1) & COUNTED)
  return { length: numberAt(bytes, at + 2, width), start: at + 2 + width }
}

function fitting(length: number): number {
  if (length > MOST_OBJECTS) throw new RangeError('too many members')
  return length
}

function slice(bytes: Buffer, start: number, length: number): Buffer {
  if (start + length > bytes.length) throw new RangeError('it ends before')
  return bytes.subarray(start, start + length)
}

/** Big-endian, 1 to 8 bytes; places beyond what any file has are refused by whoever reads there. */
function numberAt(bytes: Buffer, at: number, width: number): number {
  return width === 8 ? Number(bytes.readBigUInt64BE(at)) : bytes.readUIntBE(at, width)
}
