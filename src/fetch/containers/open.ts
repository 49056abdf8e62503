// The door for everything that lies on the disk: a page is one capture, a folder or container as many as are in it, one
// at a time. What a page alone needs is loaded; the formats are when one comes.
import { open, stat } from 'node:fs/promises'
import { NotUnderstoodError, UsageError } from '../../errors.ts'
import type { Note } from '../../model.ts'
import { type CaptureOrNote, type Fetcher, isNote, type Opener } from '../fetcher.ts'
import { checkPath } from '../file.ts'
import { MEMBER_LIMIT_BYTES, type Opening } from './container.ts'
import { isItemsHead } from './pieces/items.ts'
import { FIRST_LINE_BYTES, isLinesHead } from './pieces/lines.ts'
import { type ContainerKind, containerKind, HEAD_BYTES } from './sniff.ts'
import { createRevisits } from './warc/revisits.ts'

/** Remarks of one kind told one by one; the rest is counted. */
const MAX_TOLD = 20
const STDIN = '-'

interface OpenerOptions {
  /** What `-` stands for. */
  readonly stdin: AsyncIterable<Uint8Array | string>
  readonly now: () => Date
}

/** Opens paths and `-`. Single files go to `file`, which also words the refusals. */
export function createOpener(file: Fetcher, { stdin, now }: OpenerOptions): Opener {
  const revisits = createRevisits()
  let bytesRead = 0
  const onBytes = (count: number): void => {
    bytesRead += count
  }
  return {
    check: async (input) => (input === STDIN ? undefined : checkPath(input)),
    open: (input, signal, kept) => {
      const opening = { input, now, signal, kept, revisits, onBytes }
      return input === STDIN ? openStdin(stdin, opening) : openInput(input, file, opening)
    },
    bytesRead: () => bytesRead,
    rest: () => limitNotes(revisits.rest(), ''),
    close: () => file.close(),
  }
}

/** Whether a path is one page and nothing else: no folder, no container, no pipe. */
export async function isPlainFile(path: string): Promise<boolean> {
  return (await kindOf(path)) === 'file' && (await isFile(path))
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile()
  } catch {
    return false
  }
}

async function* openInput(input: string, file: Fetcher, opening: Opening): AsyncGenerator<CaptureOrNote> {
  const kind = await kindOf(input)
  if (kind === 'file') yield* await file.fetch(input, opening.signal)
  else yield* limitNotes(orRefuse(readKind(kind, opening), kind, opening), input)
}

/** Whatever comes, as it comes: of what is long, no more is held than of a file. */
async function* openStdin(stdin: OpenerOptions['stdin'], opening: Opening): AsyncGenerator<CaptureOrNote> {
  const { readStream } = await import('./members.ts')
  yield* limitNotes(orRefuse(readStream(asBytes(stdin, opening), opening), 'stream', opening), opening.input)
}

async function* asBytes(stdin: OpenerOptions['stdin'], { signal, onBytes }: Opening): AsyncGenerator<Uint8Array> {
  for await (const chunk of stdin) {
    signal.throwIfAborted()
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk
    onBytes(bytes.length)
    yield bytes
  }
}

/** `file` also for what is not there or may not be read: the file fetcher says so. Pipes are not to be tasted. */
async function kindOf(path: string): Promise<ContainerKind | 'folder' | 'file'> {
  try {
    const found = await stat(path)
    if (found.isDirectory()) return 'folder'
    if (!found.isFile()) return 'file'
    const head = await readHead(path)
    return containerKind(head, path) ?? (found.size > MEMBER_LIMIT_BYTES ? await longKind(path) : 'file')
  } catch {
    return 'file'
  }
}

/** How a file that is too long for one capture is read in pieces. */
async function longKind(path: string): Promise<ContainerKind | 'file'> {
  const head = await readHead(path, FIRST_LINE_BYTES)
  if (isLinesHead(head, path)) return 'lines'
  return isItemsHead(head) ? 'items' : 'file'
}

async function readHead(path: string, length = HEAD_BYTES): Promise<Uint8Array> {
  const handle = await open(path)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

async function* readKind(kind: ContainerKind | 'folder', opening: Opening): AsyncGenerator<CaptureOrNote> {
  const { readContainer, readMembers } = await import('./members.ts')
  const { listFolder, readBytes } = await import('./folder.ts')
  const { input: path } = opening
  if (kind === 'folder') yield* readMembers(listFolder(path, opening), opening, 0)
  else {
    const member = {
      name: path,
      label: path,
      path,
      changedAt: (await stat(path)).mtime,
      bytes: readBytes(path, opening),
    }
    yield* readContainer(kind, member, opening, 0)
  }
}

/** Where the container breaks off is a remark when something was in it, and a refusal when nothing was. */
async function* orRefuse(
  founds: AsyncIterable<CaptureOrNote>,
  kind: string,
  { input, revisits }: Opening,
): AsyncGenerator<CaptureOrNote> {
  const { isDataError } = await import('./members.ts')
  const notes: Note[] = []
  let captures = -revisits.waiting()
  try {
    for await (const found of founds) {
      if (isNote(found)) notes.push(found)
      else captures += 1
      yield found
    }
  } catch (error) {
    if (!isDataError(error) || (error instanceof Error && error.name === 'AbortError')) throw error
    const what = error instanceof Error ? error.message : String(error)
    const message = `Not everything in it could be read: ${what}. Get a whole copy and add it again.`
    if (captures + revisits.waiting() === 0)
      throw new NotUnderstoodError(`${input}: nothing in it could be read: ${what}; get a whole copy`)
    yield { level: 'warning', code: 'cut-container', message, input }
  }
  if (captures + revisits.waiting() === 0) throw emptiness(kind, notes, input)
}

function emptiness(kind: string, notes: readonly Note[], input: string): Error {
  const [note] = notes
  const where = note === undefined || note.input === null || note.input === input ? '' : `${note.input}: `
  const first = note === undefined ? '' : ` (${where}${note.message})`
  if (kind === 'folder')
    return new UsageError(
      `${input} is a folder without any page, export or text to read; tables (CSV) whose headings are not those of posts and pages of unusual names are read when they are named${first}`,
    )
  return new NotUnderstoodError(`${input}: there is no page, export or text to read in it${first}`)
}

/** A million bad members are one line more than twenty. */
async function* limitNotes(
  founds: AsyncIterable<CaptureOrNote> | Iterable<CaptureOrNote>,
  input: string,
): AsyncGenerator<CaptureOrNote> {
  const counts = new Map<string, number>()
  for await (const found of founds) {
    if (!isNote(found)) {
      yield found
      continue
    }
    const count = (counts.get(found.code) ?? 0) + 1
    counts.set(found.code, count)
    if (count <= MAX_TOLD) yield found
  }
  for (const [code, count] of counts)
    if (count > MAX_TOLD)
      yield {
        level: 'warning',
        code,
        message: `And ${count - MAX_TOLD} further remarks like the last (${code}).`,
        input,
      }
}
