// Files that are one long list of JSON, alone, behind an assignment (`window.YTD.tweets.part0 = [`) or in an object
// (`{"messages": [`): cut between items into pieces that are read one after the other, each with the file's own
// beginning and end around it. What fits into one capture stays whole, and so does what has no such list.
import type { Note } from '../../../model.ts'
import { type Bytes, labelOf, MEMBER_LIMIT_BYTES, type Member, warn } from '../container.ts'
import { createBrackets, type Mark } from './brackets.ts'

/** Bytes of items in a piece, and of a single item at most. */
const PIECE_BYTES = 4 * 1024 * 1024
const MAX_ITEM_BYTES = MEMBER_LIMIT_BYTES
/** What stands around the list is repeated in every piece; more than this is no frame. In bytes. */
const MAX_FRAME_BYTES = 1024 * 1024
const MAX_FRAME_LIST_BYTES = 256 * 1024
/** Deeper items would make their whole piece unreadable (page.ts, MAX_JSON_DEPTH). */
const MAX_ITEM_DEPTH = 9_900
const HEAD = /^\uFEFF?\s*(?:[\w.$]{1,100}\s*=\s*)?(?:\[\s*[[{"]|\{\s*")/
const SCRIPT = /\.js(?:\.gz)?$/i
const COMMA = Buffer.from(',')
const OPEN = Buffer.from('[')
const CLOSE = Buffer.from(']')
const CLOSE_OBJECT = Buffer.from(']}')
const OBJECT = 0x7b
const SPACE = 0x20

interface Sizes {
  /** Shorter files stay whole. */
  readonly limitBytes: number
  readonly pieceBytes: number
}

const SIZES: Sizes = { limitBytes: MEMBER_LIMIT_BYTES, pieceBytes: PIECE_BYTES }

/** Whether a file that begins so may be one long list. */
export function isItemsHead(head: Uint8Array): boolean {
  return HEAD.test(Buffer.from(head.buffer, head.byteOffset, head.byteLength).toString())
}

/** The member itself, or its pieces, each named by its items, and remarks on items that are in none. */
export async function* splitItems(member: Member, sizes: Sizes = SIZES): AsyncGenerator<Member | Note> {
  const chunks = member.bytes[Symbol.asyncIterator]()
  const first = await readUpTo(chunks, sizes.limitBytes)
  if (first.isAll) yield { ...member, bytes: replay(first.kept, chunks) }
  else yield* splitLong(member, first.kept, chunks, sizes)
}

async function readUpTo(chunks: AsyncIterator<Uint8Array>, limit: number) {
  const kept: Uint8Array[] = []
  for (let length = 0; length <= limit; ) {
    const next = await chunks.next()
    if (next.done === true) return { kept, isAll: true }
    kept.push(next.value)
    length += next.value.length
  }
  return { kept, isAll: false }
}

/** Lets go of what it has given. */
async function* replay(kept: Uint8Array[], rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  for (let chunk = kept.shift(); chunk !== undefined; chunk = kept.shift()) yield chunk
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value
}

interface Pile {
  parts: Uint8Array[]
  bytes: number
}

interface Cutting {
  readonly member: Member
  readonly sizes: Sizes
  /** All that stands before the list in work, the lists before it emptied. */
  readonly frame: Pile
  /** Whole items that wait for their piece. */
  readonly items: Pile
  /** The item in work. */
  readonly open: Pile
  /** What stands behind a list that was cut. */
  readonly tail: Pile
  /** Number of items, 1-based: the first that waits, the one in work. */
  first: number
  next: number
  inside: boolean
  /** Whether a piece of the list in work was given. */
  isCut: boolean
  left: number
}

async function* splitLong(
  member: Member,
  kept: Uint8Array[],
  chunks: AsyncIterator<Uint8Array>,
  sizes: Sizes,
): AsyncGenerator<Member | Note> {
  const cutting = startCutting(member, sizes)
  const marksOf = createBrackets()
  const seen: Uint8Array[] = []
  let pieces = 0
  for await (const chunk of replay(kept, chunks)) {
    if (pieces === 0) seen.push(chunk)
    for (const piece of cut(cutting, chunk, marksOf(chunk))) {
      pieces += 1
      seen.length = 0
      yield piece
    }
    if (isNoList(cutting, pieces)) break
  }
  if (pieces === 0) yield { ...member, bytes: replay([...seen, ...kept], chunks) }
  else yield* finish(cutting)
}

/** A frame without end, or an item without end before the first piece, when the file is taken as it is. */
function isNoList({ frame, tail, open }: Cutting, pieces: number): boolean {
  return frame.bytes + tail.bytes > MAX_FRAME_BYTES || (pieces === 0 && open.bytes > MAX_ITEM_BYTES)
}

function startCutting(member: Member, sizes: Sizes): Cutting {
  const [frame, items, open, tail] = [newPile(), newPile(), newPile(), newPile()]
  return { member, sizes, frame, items, open, tail, first: 1, next: 1, inside: false, isCut: false, left: 0 }
}

function newPile(): Pile {
  return { parts: [], bytes: 0 }
}

function* cut(cutting: Cutting, chunk: Uint8Array, marks: readonly Mark[]): Generator<Member> {
  let from = 0
  for (const { kind, at, depth } of marks) {
    add(cutting, chunk.subarray(from, at))
    from = at + 1
    if (kind === 'open') yield* openList(cutting)
    else {
      endItem(cutting, depth)
      if (isFull(cutting, kind)) yield takePiece(cutting, endOf(cutting))
      if (kind === 'close') closeList(cutting)
    }
  }
  add(cutting, chunk.subarray(from))
}

function add(cutting: Cutting, bytes: Uint8Array): void {
  const { inside, isCut, open, tail, frame } = cutting
  if (bytes.length > 0 && !(inside && open.bytes > MAX_ITEM_BYTES)) put(inside ? open : isCut ? tail : frame, bytes)
}

function put(pile: Pile, ...parts: readonly Uint8Array[]): void {
  for (const part of parts) {
    pile.parts.push(part)
    pile.bytes += part.length
  }
}

function take(pile: Pile): Uint8Array[] {
  const { parts } = pile
  pile.parts = []
  pile.bytes = 0
  return parts
}

/**
 * A list that ends early is part of the frame, unless it would make a long one. What ends a list that was cut waits for
 * the end.
 */
function isFull({ items, isCut, sizes }: Cutting, kind: Mark['kind']): boolean {
  return kind === 'close' ? !isCut && items.bytes > MAX_FRAME_LIST_BYTES : items.bytes >= sizes.pieceBytes
}

/** A list behind one that was cut: what waits is the end of that one. */
function* openList(cutting: Cutting): Generator<Member> {
  if (cutting.isCut) {
    if (cutting.items.bytes > 0) yield takePiece(cutting, endOf(cutting))
    put(cutting.frame, ...take(cutting.tail))
  }
  put(cutting.frame, OPEN)
  Object.assign(cutting, { inside: true, isCut: false, first: 1, next: 1 })
}

/** What is too long or too deep would spoil its neighbours. */
function endItem(cutting: Cutting, depth: number): void {
  const { open, items } = cutting
  const isTooMuch = open.bytes > MAX_ITEM_BYTES || depth > MAX_ITEM_DEPTH
  const parts = take(open)
  if (isBlank(parts)) return
  cutting.next += 1
  if (isTooMuch) cutting.left += 1
  else put(items, ...(items.bytes === 0 ? [] : [COMMA]), ...parts)
}

function isBlank(parts: readonly Uint8Array[]): boolean {
  return parts.every((part) => part.every((byte) => byte <= SPACE))
}

/** A list of which no piece was given is part of the frame. */
function closeList(cutting: Cutting): void {
  cutting.inside = false
  if (cutting.isCut) put(cutting.tail, CLOSE)
  else put(cutting.frame, ...take(cutting.items), CLOSE)
}

function endOf({ frame }: Cutting): Uint8Array {
  const isObject = frame.parts.some((part) => part.includes(OBJECT))
  return isObject ? CLOSE_OBJECT : CLOSE
}

function takePiece(cutting: Cutting, ...end: readonly Uint8Array[]): Member {
  const { member, frame, items, first, next } = cutting
  const bytes = [...frame.parts, ...take(items), ...end]
  Object.assign(cutting, { first: next, isCut: true })
  return pieceOf(member, `items-${first}-${next - 1}`, bytes)
}

function pieceOf(member: Member, named: string, parts: readonly Uint8Array[]): Member {
  const name = `${named}.${SCRIPT.test(member.name) ? 'js' : 'json'}`
  return { ...member, name, label: labelOf(member.label, name), bytes: once(parts) }
}

async function* once(parts: readonly Uint8Array[]): Bytes & AsyncGenerator<Uint8Array> {
  yield* parts
}

/** The last piece has the end of the file; of a file that is cut, or has no end, it has the end that belongs there. */
function* finish(cutting: Cutting): Generator<Member | Note> {
  const { member, inside, isCut, items, frame, tail, open, left, next } = cutting
  const isEndless = frame.bytes + tail.bytes > MAX_FRAME_BYTES
  if (items.bytes > 0 && (inside || isEndless)) yield takePiece(cutting, endOf(cutting))
  else if (!inside && !isEndless && (items.bytes > 0 || !isBlank(tail.parts))) yield takePiece(cutting, ...take(tail))
  if (!inside && !isEndless && !isCut) yield pieceOf(member, 'rest', frame.parts)
  const cutOff = `The file ends in the middle of its list; ${open.bytes} bytes behind item ${next - 1} were not kept. Get a whole copy.`
  const endless = `What stands around its lists has more than ${MAX_FRAME_BYTES / 1024 ** 2} MB; nothing behind item ${next - 1} was read.`
  if (inside || isEndless) yield warn('cut', isEndless ? endless : cutOff, member.label)
  const leftOut = `${left} items are longer than ${MAX_ITEM_BYTES / 1024 ** 2} MB or nest deeper than ${MAX_ITEM_DEPTH} levels; they were left.`
  if (left > 0) yield warn('items-left', leftOut, member.label)
}
