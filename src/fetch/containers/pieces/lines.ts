// Files of one JSON object a line, of any length: cut between lines into pieces that are read one after the other. One
// that fits into a piece stays whole.
import { type Bytes, labelOf, MEMBER_LIMIT_BYTES, type Member } from '../container.ts'

/** Bytes of a piece; a line that is longer alone is cut, like any member. */
const PIECE_BYTES = 32 * 1024 * 1024
const LINE_END = 0x0a
/** Bytes in which a first line has its end, as a rule: posts with all that an API says of them have some 10 kB. */
export const FIRST_LINE_BYTES = 1024 * 1024
const NAME = /\.(?:jsonl|ndjson)(?:\.gz)?$/i
const FIRST_LINE = /^\uFEFF?\s*(\{.*\})\s*?\n/

/**
 * Whether a file that begins so holds one object a line; a first line longer than its head is known by the file's name.
 */
export function isLinesHead(head: Uint8Array, name: string): boolean {
  const start = Buffer.from(head.buffer, head.byteOffset, head.byteLength).toString()
  const [, line] = FIRST_LINE.exec(start) ?? []
  if (line === undefined) return NAME.test(name) && start.trimStart().startsWith('{')
  try {
    return JSON.parse(line) !== null
  } catch {
    return false // an object over many lines is read as a whole
  }
}

/** The member itself, or its pieces, each named by its lines. */
export async function* splitLines(member: Member, pieceBytes: number = PIECE_BYTES): AsyncGenerator<Member> {
  let firstLine = 1
  for await (const { body, isLast } of piecesOf(member.bytes, pieceBytes)) {
    if (isLast && firstLine === 1) yield { ...member, bytes: once(body) }
    else {
      const lines = countLines(body)
      const name = `lines-${firstLine}-${firstLine + lines - 1}.jsonl`
      yield { ...member, name, label: labelOf(member.label, name), bytes: once(body) }
      firstLine += lines
    }
  }
}

async function* piecesOf(bytes: Bytes, pieceBytes: number): AsyncGenerator<{ body: Buffer; isLast: boolean }> {
  let kept: Uint8Array[] = []
  let [length, hasEnd] = [0, false]
  for await (const chunk of bytes) {
    const isEnd = chunk.includes(LINE_END)
    // Of a line longer than a capture, as much is kept as shows that it is cut.
    if (length > MEMBER_LIMIT_BYTES && !isEnd) continue
    kept.push(chunk)
    length += chunk.length
    hasEnd ||= isEnd
    if (length < pieceBytes || !hasEnd) continue
    const all = Buffer.concat(kept)
    const end = (length > MEMBER_LIMIT_BYTES ? all.indexOf(LINE_END) : all.lastIndexOf(LINE_END)) + 1
    yield { body: all.subarray(0, end), isLast: false }
    kept = end === all.length ? [] : [all.subarray(end)]
    length = all.length - end
    hasEnd = all.includes(LINE_END, end)
  }
  if (length > 0) yield { body: Buffer.concat(kept), isLast: true }
}

function countLines(body: Buffer): number {
  let lines = 0
  for (let at = body.indexOf(LINE_END); at >= 0; at = body.indexOf(LINE_END, at + 1)) lines += 1
  return body.at(-1) === LINE_END ? lines : lines + 1
}

async function* once(body: Buffer): AsyncGenerator<Uint8Array> {
  yield body
}
