// What becomes of each member of a container: a capture, the captures of a container inside it, or a count among what
// was left alone. Formats come and go through here; nothing is read to its end that is not kept.
import { NotUnderstoodError, UnspoolError } from '../../errors.ts'
import type { Note } from '../../model.ts'
import { plural } from '../../wording.ts'
import { type CaptureOrNote, isNote } from '../fetcher.ts'
import {
  type Bytes,
  captureMember,
  collect,
  MAX_MEMBERS,
  type Member,
  type Opening,
  tellSkipped,
  timeOf,
  warn,
  wordsOf,
} from './container.ts'
import { ContainerError } from './damage.ts'
import { gunzipMembers, isDamage, type Unzipped } from './gzip.ts'
import { interestIn, isTable, type LeftAlone, mediaTypeByName, whyLeft } from './names.ts'
import { isItemsHead, splitItems } from './pieces/items.ts'
import { FIRST_LINE_BYTES, isLinesHead, splitLines } from './pieces/lines.ts'
import { readSavedMark } from './saved-pages/saved-page.ts'
import { type ContainerKind, containerKind, HEAD_BYTES, isPageHead, isPostTableHead } from './sniff.ts'

const GZIP_END = /\.gz$/i
const NESTED = 'It is packed inside another container; unpack it and give it by itself.'

/** Everything in a folder or container. `depth` counts the containers around its members. */
export async function* readMembers(
  members: AsyncIterable<Member | Note>,
  opening: Opening,
  depth: number,
): AsyncGenerator<CaptureOrNote> {
  const left = new Map<LeftAlone, number>()
  const skip = (name: string) => left.set(whyLeft(name), (left.get(whyLeft(name)) ?? 0) + 1)
  let count = 0
  for await (const member of members) {
    opening.signal.throwIfAborted()
    if (isNote(member)) yield member
    else if (interestIn(member.name) === 'skip') skip(member.name)
    else if (!(yield* readGuarded(member, opening, depth))) skip(member.name)
    count += 1
    if (count >= MAX_MEMBERS) {
      yield warn('too-many-members', `Only the first ${MAX_MEMBERS} members were read; split it.`, opening.input)
      break
    }
  }
  yield* tellLeft(left, opening.input)
}

/** What deserves to be known, and the rest in one remark. */
function tellLeft(left: ReadonlyMap<LeftAlone, number>, input: string): readonly Note[] {
  const worthy = [...left].filter(([{ isWorthy }]) => isWorthy)
  const others = [...left].filter(([{ isWorthy }]) => !isWorthy)
  const total = others.reduce((sum, [, count]) => sum + count, 0)
  return [
    ...worthy.map(([{ say }, count]) => warn('left-alone', `Left alone: ${plural(count, 'file')} ${say}.`, input)),
    ...tellSkipped(
      total,
      `${total === 1 ? 'file' : 'files'}: ${others.map(([{ say }, count]) => `${count} ${say}`).join(', ')}`,
      input,
    ),
  ]
}

/** What is in a file that is a container, or the file itself when it is none. */
export function readContainer(
  kind: ContainerKind,
  member: Member,
  opening: Opening,
  depth: number,
): AsyncGenerator<CaptureOrNote> {
  switch (kind) {
    case 'zip':
      return readZip(member, opening, depth)
    case 'tar':
      return readTar(member.bytes, opening, depth)
    case 'gzip':
      return readGzip(member, opening, depth)
    case 'warc':
      return readWarc(member.bytes, opening)
    case 'har':
      return readHar(member.bytes, opening)
    case 'cassette':
      return readCassette(member.bytes, opening)
    case 'mhtml':
      return readMhtml(member.bytes, opening)
    case 'web-archive':
      return readWebArchive(member, opening)
    case 'answer':
      return readAnswer(member, opening)
    case 'lines':
      return readLines(member, opening)
    case 'items':
      return readItems(member, opening)
  }
}

/** A file of which only the bytes come, from the first to the last. @throws NotUnderstoodError for a ZIP file */
export async function* readStream(stream: Bytes, opening: Opening): AsyncGenerator<CaptureOrNote> {
  const { input } = opening
  const { head, bytes, close } = await peek(stream, FIRST_LINE_BYTES)
  const member = { name: input, label: input, path: input, changedAt: null, bytes }
  try {
    const kind = containerKind(head, input)
    if (kind === 'zip')
      throw new NotUnderstoodError(`${input}: a ZIP file is read from its end; save it and give the name of the file`)
    if (kind === null) yield* capturePages(member, head, opening)
    else yield* readContainer(kind, { ...member, path: null }, opening, 0)
  } finally {
    await close()
  }
}

/** A bad member is named and spoils no other. Returns false when it was left alone. */
async function* readGuarded(member: Member, opening: Opening, depth: number): AsyncGenerator<CaptureOrNote, boolean> {
  try {
    return yield* readMember(member, opening, depth)
  } catch (error) {
    opening.signal.throwIfAborted()
    if (!isDataError(error)) throw error
    yield warn('damaged-member', `It could not be read (to its end): ${wordsOf(error)}.`, member.label)
    return true
  }
}

async function* readMember(member: Member, opening: Opening, depth: number): AsyncGenerator<CaptureOrNote, boolean> {
  const { head, bytes, close } = await peek(member.bytes)
  try {
    const kind = containerKind(head, member.name)
    if (kind !== null) yield* readContainer(kind, { ...member, bytes }, { ...opening, input: member.label }, depth)
    else if (interestIn(member.name) === 'look' && !hasPosts(member.name, head)) return false
    else yield* capturePages({ ...member, bytes }, head, opening)
    return true
  } finally {
    await close()
  }
}

/** By its first bytes, of a member whose name does not tell. */
function hasPosts(name: string, head: Buffer): boolean {
  return isTable(name) ? isPostTableHead(head) : isPageHead(head)
}

/** One capture, or a few of a long file of lines. */
async function* capturePages(member: Member, head: Buffer, opening: Opening): AsyncGenerator<CaptureOrNote> {
  if (isLinesHead(head, member.name)) yield* readLines(member, opening)
  else if (isItemsHead(head)) yield* readItems(member, opening)
  else yield await capturePage(member, opening)
}

async function capturePage({ name, label, path, changedAt, bytes }: Member, opening: Opening): Promise<CaptureOrNote> {
  const read = await collect(bytes, opening.signal)
  const raw = {
    input: label,
    ...timeOf(changedAt, opening, 'file-mtime'),
    ...read,
    mediaType: mediaTypeByName(name.replace(GZIP_END, '')),
    method: path === null ? 'import' : 'file',
  } as const
  const { digest: _, ...plain } = captureMember(raw)
  return captureMember(readSavedMark(plain))
}

/** A file by itself that is too long for one capture. */
async function* readLines(member: Member, opening: Opening): AsyncGenerator<CaptureOrNote> {
  for await (const piece of splitLines(member)) yield await capturePage(piece, opening)
}

/** The same of one long list; what is in no piece is a remark. */
async function* readItems(member: Member, opening: Opening): AsyncGenerator<CaptureOrNote> {
  for await (const piece of splitItems(member)) yield isNote(piece) ? piece : await capturePage(piece, opening)
}

async function* readZip({ path, label }: Member, opening: Opening, depth: number): AsyncGenerator<CaptureOrNote> {
  if (path === null) {
    yield warn('nested-container', NESTED, label)
    return
  }
  const { listZip } = await import('./zip.ts')
  yield* readMembers(listZip(path, opening), opening, depth + 1)
}

async function* readTar(bytes: Bytes, opening: Opening, depth: number): AsyncGenerator<CaptureOrNote> {
  if (depth > 0) {
    yield warn('nested-container', NESTED, opening.input)
    return
  }
  const { listTar } = await import('./tar.ts')
  yield* readMembers(listTar(bytes, opening), opening, depth + 1)
}

/** What was compressed says its own kind. */
async function* readGzip(member: Member, opening: Opening, depth: number): AsyncGenerator<CaptureOrNote> {
  const { head, bytes: pieces, close } = await peek<Unzipped>(gunzipMembers(member.bytes))
  try {
    const kind = containerKind(head, member.name)
    const unpacked = { ...member, path: null, bytes: onlyBytes(pieces) }
    if (kind === 'warc') yield* readWarc(pieces, opening)
    else if (kind === 'gzip') yield warn('nested-container', NESTED, member.label)
    else if (kind !== null) yield* readContainer(kind, unpacked, opening, depth)
    else yield* capturePages(unpacked, head, opening)
  } finally {
    await close()
  }
}

async function* onlyBytes(pieces: AsyncIterable<Unzipped>): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    if (piece === 'end') continue
    if (isDamage(piece)) throw new ContainerError(piece.reason)
    yield piece
  }
}

async function* readWarc(pieces: AsyncIterable<Unzipped>, opening: Opening): AsyncGenerator<CaptureOrNote> {
  const { readWarc: read } = await import('./warc/warc.ts')
  yield* read(pieces, opening)
}

async function* readHar(bytes: Bytes, opening: Opening): AsyncGenerator<CaptureOrNote> {
  const { readHar: read } = await import('./answers/har.ts')
  yield* read(bytes, opening)
}

async function* readCassette(bytes: Bytes, opening: Opening): AsyncGenerator<CaptureOrNote> {
  const { readCassette: read } = await import('./answers/cassette.ts')
  yield* read(bytes, opening)
}

async function* readMhtml(bytes: Bytes, opening: Opening): AsyncGenerator<CaptureOrNote> {
  const { readMhtml: read } = await import('./saved-pages/mhtml.ts')
  yield* read(bytes, opening)
}

async function* readWebArchive(member: Member, opening: Opening): AsyncGenerator<CaptureOrNote> {
  const { readWebArchive: read } = await import('./saved-pages/web-archive.ts')
  yield* read(member, opening)
}

async function* readAnswer(member: Member, opening: Opening): AsyncGenerator<CaptureOrNote> {
  const { readAnswer: read } = await import('./answers/answer.ts')
  yield* read(member, opening)
}

interface Peeked<T> {
  readonly head: Buffer
  /** Everything from the start. */
  readonly bytes: AsyncIterable<T>
  /** Lets go of what was not read. */
  close(): Promise<unknown>
}

async function peek<T extends object | string = Uint8Array>(
  source: AsyncIterable<T>,
  headBytes = HEAD_BYTES,
): Promise<Peeked<T>> {
  const items = source[Symbol.asyncIterator]()
  const first: T[] = []
  const chunks: Uint8Array[] = []
  for (let length = 0; length < headBytes; ) {
    const next = await items.next()
    if (next.done === true) break
    first.push(next.value)
    if (next.value instanceof Uint8Array) chunks.push(next.value)
    length += next.value instanceof Uint8Array ? next.value.length : 0
  }
  const head = Buffer.concat(chunks).subarray(0, headBytes)
  return { head, bytes: replay(first, items), close: async () => items.return?.() }
}

async function* replay<T>(first: readonly T[], rest: AsyncIterator<T>): AsyncGenerator<T> {
  yield* first
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value
}

/** What bytes can bring about, as against a fault of ours. */
export function isDataError(error: unknown): boolean {
  const isOurs = error instanceof TypeError || error instanceof ReferenceError || error instanceof UnspoolError
  return error instanceof Error && !isOurs
}
