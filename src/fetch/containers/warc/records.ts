// Bytes of a WARC file (ISO 28500, versions 0.17 to 1.1, by any tool) → records. A damaged stretch is named and reading
// goes on at the next record. What records mean is in warc.ts; the archive's own reader is stricter and knows its own
// files only.
import { MEMBER_LIMIT_BYTES } from '../container.ts'
import { CUT, type Damage, isDamage, type Unzipped } from '../gzip.ts'

export interface ForeignRecord {
  /** Names in lower case. Of a repeated field the last. */
  readonly fields: ReadonlyMap<string, string>
  readonly block: Buffer
  /** Why the block ends early, or null. */
  readonly truncated: 'length' | 'disconnect' | null
}

type ScannedRecord = ForeignRecord | Damage

/** Damage, with how many records were handed on from the same gzip member before it. */
export interface RecordDamage extends Damage {
  readonly taken: number
}

const RECORD_START = 'WARC/'
const MAX_HEAD_BYTES = 64 * 1024
const END_OF_HEAD = /\r?\n\r?\n/
const FOLDED_LINE = /\r?\n[ \t]+/g
const LINE_END = /\r?\n/
const DIGITS = /^\d{1,15}$/
const CR = 0x0d
const LF = 0x0a

/** Records in order. One is handed on only when what came behind it shows that it is sound. */
export async function* readRecords(pieces: AsyncIterable<Unzipped>): AsyncGenerator<ForeignRecord | RecordDamage> {
  const parser = createParser()
  let held: ForeignRecord | null = null
  let taken = 0
  for await (const piece of pieces) {
    if (typeof piece === 'object' && isDamage(piece)) {
      if (held !== null && piece.reason === CUT) yield held
      yield { ...piece, taken }
      held = null
      taken = 0
      parser.reset()
      continue
    }
    for (const scanned of piece === 'end' ? [] : parser.feed(piece)) {
      if (held !== null) yield held
      taken += held === null ? 0 : 1
      held = isDamage(scanned) ? null : scanned
      if (isDamage(scanned)) yield { ...scanned, taken: 0 }
    }
    if (piece === 'end' && held !== null) yield held
    if (piece === 'end') [held, taken] = [null, 0]
  }
  if (held !== null) yield held
  for (const scanned of parser.end()) yield isDamage(scanned) ? { ...scanned, taken: 0 } : scanned
}

interface OpenRecord {
  readonly fields: ReadonlyMap<string, string>
  readonly kept: Buffer[]
  keptLength: number
  /** Bytes of the block that are still to come. */
  left: number
}

interface Parser {
  feed(chunk: Uint8Array): ScannedRecord[]
  /** Forgets what it has begun: the stream broke off. */
  reset(): void
  end(): ScannedRecord[]
}

function createParser(): Parser {
  let rest: Buffer = Buffer.alloc(0)
  let open: OpenRecord | null = null
  let offset = 0
  let isLost = false
  const drop = (length: number) => {
    rest = rest.subarray(length)
    offset += length
  }
  const step = (): ScannedRecord | 'again' | 'more' => {
    if (open !== null) {
      drop(keep(open, rest))
      if (open.left > 0) return 'more'
      const record = finish(open)
      open = null
      return record
    }
    drop(lengthOfBlankLines(rest))
    const head = parseHead(rest)
    if (head === 'more') return 'more'
    if (typeof head === 'object') {
      open = { fields: head.fields, kept: [], keptLength: 0, left: head.blockLength }
      isLost = false
      drop(head.length)
      return 'again'
    }
    const damage: Damage = { reason: 'no record begins here', offset, isLast: false }
    const next = rest.indexOf(RECORD_START, head)
    drop(next >= 0 ? next : Math.max(rest.length - RECORD_START.length + 1, 1))
    const isNews = !isLost
    isLost = true
    return isNews ? damage : rest.length < RECORD_START.length ? 'more' : 'again'
  }
  return {
    feed: (chunk) => {
      rest = rest.length === 0 ? Buffer.from(chunk) : Buffer.concat([rest, chunk])
      const found: ScannedRecord[] = []
      for (let next = step(); next !== 'more'; next = step()) if (next !== 'again') found.push(next)
      return found
    },
    reset: () => {
      rest = Buffer.alloc(0)
      open = null
      isLost = false
    },
    end: () => {
      if (open !== null) return [{ ...finish(open), truncated: 'disconnect' }]
      return rest.length === 0 || isLost ? [] : [{ reason: CUT, offset, isLast: true }]
    },
  }
}

function keep(open: OpenRecord, bytes: Buffer): number {
  const taken = Math.min(open.left, bytes.length)
  const room = MEMBER_LIMIT_BYTES - open.keptLength
  if (room > 0 && taken > 0) open.kept.push(bytes.subarray(0, Math.min(taken, room)))
  open.keptLength += taken
  open.left -= taken
  return taken
}

function finish({ fields, kept, keptLength }: OpenRecord): ForeignRecord {
  return { fields, block: Buffer.concat(kept), truncated: keptLength > MEMBER_LIMIT_BYTES ? 'length' : null }
}

function lengthOfBlankLines(bytes: Buffer): number {
  let length = 0
  while (bytes[length] === CR || bytes[length] === LF) length += 1
  return length
}

interface Head {
  readonly fields: ReadonlyMap<string, string>
  readonly length: number
  readonly blockLength: number
}

/** When no record begins here, how many bytes on one may; `more` when that cannot be told yet. */
function parseHead(bytes: Buffer): Head | 'more' | number {
  const start = bytes.subarray(0, MAX_HEAD_BYTES).toString('latin1')
  if (start.length < RECORD_START.length) return RECORD_START.startsWith(start) ? 'more' : 1
  if (!start.startsWith(RECORD_START)) return 1
  const end = END_OF_HEAD.exec(start)
  if (end === null) return bytes.length < MAX_HEAD_BYTES ? 'more' : lengthOfEndless(bytes)
  const [, ...lines] = bytes.subarray(0, end.index).toString().replace(FOLDED_LINE, ' ').split(LINE_END)
  const fields = new Map(lines.map(parseField))
  const blockLength = fields.get('content-length') ?? ''
  // What begins before the same end has no length either.
  if (!DIGITS.test(blockLength)) return Math.max(end.index, 1)
  return { fields, length: end.index + end[0].length, blockLength: Number(blockLength) }
}

/** What begins farther from the next blank line than a head is long is no head: it is not looked at one by one. */
function lengthOfEndless(bytes: Buffer): number {
  const ends = [bytes.indexOf('\n\n'), bytes.indexOf('\n\r\n')].filter((at) => at >= 0)
  return Math.max(1, Math.min(bytes.length, ...ends) - MAX_HEAD_BYTES)
}

function parseField(line: string): [string, string] {
  const colon = line.indexOf(':')
  return [line.slice(0, Math.max(colon, 0)).trim().toLowerCase(), line.slice(colon + 1).trim()]
}
