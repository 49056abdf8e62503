// gzip (RFC 1952) member by member, as a stream: WARC tools write one member a record, others one for the whole file. A
// damaged member is named, and reading goes on at the next one. (The built-in gunzip ends at the first.)
import { constants, crc32, createInflateRaw, type InflateRaw } from 'node:zlib'
import { mostBytesOf, TOO_LONG } from '../compression-ratio.ts'
import { type Bytes, MEMBER_LIMIT_BYTES, wordsOf } from './container.ts'

/** A member that could not be read to its end. What came out of it before is not to be trusted. */
export interface Damage {
  readonly reason: string
  /** Of the member in the compressed stream, in bytes. */
  readonly offset: number
  /** True when nothing more is read after it. */
  readonly isLast: boolean
}
/** Bytes as they come out, `end` behind each sound member, damage in place of the rest of a bad one. */
export type Unzipped = Uint8Array | 'end' | Damage

/** What came out of a member that is only too short is right as far as it goes. */
export const CUT = 'it is cut'
const MAGIC = Buffer.from([0x1f, 0x8b, 0x08])
const FIXED_HEAD_BYTES = 10
const TRAILER_BYTES = 8
/** Names and extra fields of one member's head. */
const MAX_HEAD_BYTES = 128 * 1024
const HAS_CRC = 2
const HAS_EXTRA = 4
const HAS_NAME = 8
const HAS_COMMENT = 16

export function isDamage(piece: object | string): piece is Damage {
  return typeof piece === 'object' && 'reason' in piece
}

/** Everything in a gzip stream, with its damage. Never throws for what the bytes are. */
export async function* gunzipMembers(source: Bytes): AsyncGenerator<Unzipped> {
  const input = openInput(source)
  while (await input.fill(1)) {
    const offset = input.offset()
    input.mark()
    const problem = yield* gunzipMember(input)
    if (problem === null) continue
    const isLast = problem.isFinal || !(await seekMember(input))
    yield { reason: problem.reason, offset, isLast }
    if (isLast) return
  }
}

interface Problem {
  readonly reason: string
  readonly isFinal: boolean
}

const failed = (reason: string): Problem => ({ reason, isFinal: false })

async function* gunzipMember(input: Input): AsyncGenerator<Unzipped, Problem | null> {
  const headLength = await readHeadLength(input)
  if (headLength === null) return failed(beginsMember(input) ? CUT : 'no gzip member begins here')
  input.skip(headLength)
  const inflating = yield* inflateBody(input)
  if ('reason' in inflating) return inflating
  if (!(await input.fill(TRAILER_BYTES))) return failed(CUT)
  const trailer = input.peek()
  if (trailer.readUInt32LE(0) !== inflating.crc) return failed('its checksum is wrong')
  if (trailer.readUInt32LE(4) !== inflating.length % 2 ** 32) return failed('its length is wrong')
  input.skip(TRAILER_BYTES)
  yield 'end'
  return null
}

function beginsMember(input: Input): boolean {
  return input.peek().subarray(0, MAGIC.length).equals(MAGIC)
}

interface Inflated {
  readonly crc: number
  readonly length: number
}

async function* inflateBody(input: Input): AsyncGenerator<Unzipped, Inflated | Problem> {
  // Else what was unpacked last is not given when the end is missing.
  const inflater = createInflateRaw({ finishFlush: constants.Z_SYNC_FLUSH })
  const start = input.offset()
  let [crc, length] = [0, 0]
  try {
    for (let isOver = false; !isOver; ) {
      const isMore = await input.fill(1)
      const before = inflater.bytesWritten
      const step = await inflateSome(inflater, isMore ? input.peek() : null)
      input.skip(inflater.bytesWritten - before)
      const limit = mostBytesOf(input.offset() - start)
      for (const chunk of step.chunks) {
        ;[crc, length] = [crc32(chunk, crc), length + chunk.length]
        if (length > limit) return { reason: TOO_LONG, isFinal: true }
        yield chunk
      }
      if (!isMore && !step.isEnd) return failed(CUT)
      isOver = step.isEnd
    }
    return { crc, length }
  } catch (error) {
    return failed(isCut(error) ? CUT : `it is damaged: ${wordsOf(error)}`)
  } finally {
    inflater.destroy()
  }
}

/** Gives the inflater some input, or tells it that there is no more, and waits until it has taken it. */
function inflateSome(
  inflater: InflateRaw,
  chunk: Uint8Array | null,
): Promise<{ readonly chunks: readonly Buffer[]; readonly isEnd: boolean }> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    const done = (isEnd: boolean) => {
      inflater.removeAllListeners('data').removeAllListeners('end').removeAllListeners('error')
      // The inflater may still complain when it is destroyed.
      inflater.on('error', () => undefined)
      resolve({ chunks, isEnd })
    }
    inflater.on('data', (piece: Buffer) => chunks.push(piece))
    inflater.on('end', () => done(true))
    inflater.on('error', reject)
    // The end of the deflate stream is told a turn after its last bytes.
    if (chunk === null) inflater.end()
    else inflater.write(chunk, () => setImmediate(() => done(inflater.readableEnded)))
  })
}

function isCut(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'Z_BUF_ERROR'
}

/** Bytes before the deflate stream, or null when this is no head. */
async function readHeadLength(input: Input): Promise<number | null> {
  if (!(await input.fill(FIXED_HEAD_BYTES)) || !input.peek().subarray(0, MAGIC.length).equals(MAGIC)) return null
  const flags = input.peek()[3]!
  let length = FIXED_HEAD_BYTES
  if ((flags & HAS_EXTRA) !== 0) {
    if (!(await input.fill(length + 2))) return null
    length += 2 + input.peek().readUInt16LE(length)
  }
  for (const flag of [HAS_NAME, HAS_COMMENT]) {
    if ((flags & flag) === 0) continue
    const end = await findZero(input, length)
    if (end === null) return null
    length = end + 1
  }
  if ((flags & HAS_CRC) !== 0) length += 2
  return (await input.fill(length)) ? length : null
}

async function findZero(input: Input, from: number): Promise<number | null> {
  for (let wanted = from + 1; wanted < MAX_HEAD_BYTES; ) {
    if (!(await input.fill(wanted))) return null
    const at = input.peek().indexOf(0, from)
    if (at >= 0) return at
    wanted = input.peek().length + 1
  }
  return null
}

/**
 * Goes to the next place after the mark that looks like a member. A payload may look so too: then that is damage again.
 */
async function seekMember(input: Input): Promise<boolean> {
  input.rewind()
  input.skip(1)
  while (await input.fill(MAGIC.length)) {
    const at = input.peek().indexOf(MAGIC)
    if (at >= 0) {
      input.skip(at)
      return true
    }
    input.skip(input.peek().length - MAGIC.length + 1)
  }
  return false
}

/** A stream read by need, with a mark to go back to while the way back is short enough to keep. */
interface Input {
  /** Whether at least so many bytes are ahead. */
  fill(length: number): Promise<boolean>
  peek(): Buffer
  skip(length: number): void
  offset(): number
  mark(): void
  rewind(): void
}

function openInput(source: Bytes): Input {
  const chunks = source[Symbol.asyncIterator]()
  let [ahead, passed, offset]: [Buffer, Buffer[], number] = [Buffer.alloc(0), [], 0]
  let behind = 0
  return {
    fill: async (length) => {
      while (ahead.length < length) {
        const next = await chunks.next()
        if (next.done === true) return false
        ahead = ahead.length === 0 ? Buffer.from(next.value) : Buffer.concat([ahead, next.value])
      }
      return true
    },
    peek: () => ahead,
    skip: (length) => {
      const gone = ahead.subarray(0, length)
      if (gone.length > 0 && behind <= MEMBER_LIMIT_BYTES) passed.push(gone)
      ahead = ahead.subarray(gone.length)
      offset += gone.length
      behind += gone.length
    },
    offset: () => offset,
    mark: () => {
      passed = []
      behind = 0
    },
    rewind: () => {
      if (behind > MEMBER_LIMIT_BYTES) return
      ahead = Buffer.concat([...passed, ahead])
      offset -= behind
      passed = []
      behind = 0
    },
  }
}
