// The files of a folder and of the folders in it, in the order of their names. Links to folders are not followed: they
// may lead in a circle. What may not be read is named.
import { createReadStream, type Dirent } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join, relative } from 'node:path'
import type { Note } from '../../model.ts'
import { type Bytes, type Member, type Opening, warn, wordsOf } from './container.ts'

/** Folders in folders; no path of a file system is longer than its letters allow. */
const MAX_DEPTH = 100
/** An archive of Unspool, a copy or an export of it: all it tells is made of its WARC files. */
const ARCHIVE = { has: 'archive.sqlite', only: 'warc' }
/** BagIt (RFC 8493): what is kept lies in `data`, the rest are lists of it. */
const BAG = { has: 'bagit.txt', only: 'data' }
/** What stands for bytes that are no UTF-8: by such a name a file is not found again. */
const NO_SIGN = '\ufffd'
const NO_NAME = 'cannot be opened by its name, which is not UTF-8: rename it (convmv does) and read it again'
const LINK = 'This is a link to a folder, which may lead in a circle: it was not followed. Name the folder itself.'

/** Members lie on the disk: their labels are their paths. */
export async function* listFolder(path: string, opening: Opening, depth = 0): AsyncGenerator<Member | Note> {
  const { entries, notes } = choose(await listEntries(path), path)
  yield* notes
  for (const entry of entries) {
    if ('level' in entry) {
      yield entry
      continue
    }
    opening.signal.throwIfAborted()
    const inner = join(path, entry.name)
    if (!entry.isDirectory()) yield* listFile(inner, opening)
    else if (depth < MAX_DEPTH) yield* listFolder(inner, opening, depth + 1)
    else yield warn('too-deep', `Folders are nested deeper than ${MAX_DEPTH}; this one was left out.`, inner)
  }
}

type Entries = readonly (Dirent | Note)[]

/** Of a folder that says what it is only the part that holds captures: tables and lists only tell them again. */
function choose(entries: Entries, path: string): { readonly entries: Entries; readonly notes: readonly Note[] } {
  const named = entries.filter((entry) => 'name' in entry)
  for (const { has, only } of [ARCHIVE, BAG]) {
    const inner = named.filter((entry) => entry.name === only && entry.isDirectory())
    if (inner.length === 0 || !named.some(({ name }) => name === has)) continue
    const message = `${has} says what this folder is: only ${only}/ was read; name the others to read them too.`
    return { entries: inner, notes: [warn('part-read', message, path)] }
  }
  return { entries, notes: [] }
}

async function listEntries(path: string): Promise<Entries> {
  try {
    const entries = await readdir(path, { withFileTypes: true })
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1))
  } catch (error) {
    return [unreadable('folder', path, error)]
  }
}

/** A link may lead to a file, to a folder, or nowhere; sockets and pipes have no end. */
async function* listFile(path: string, opening: Opening): AsyncGenerator<Member | Note> {
  try {
    const found = await stat(path)
    // The folder's own name says nothing of what is in it.
    const name = relative(opening.input, path)
    if (found.isFile()) yield { name, label: path, path, changedAt: found.mtime, bytes: readBytes(path, opening) }
    else if (found.isDirectory()) yield warn('link-left', LINK, path)
  } catch (error) {
    yield unreadable('file', path, error)
  }
}

function unreadable(what: 'file' | 'folder', path: string, error: unknown): Note {
  const why = path.includes(NO_SIGN) ? NO_NAME : `cannot be read (${wordsOf(error)})`
  return warn('unreadable', `The ${what} ${why}.`, path)
}

/** Opens the file when the first bytes are asked for. */
export async function* readBytes(
  path: string,
  { signal, onBytes }: Pick<Opening, 'signal' | 'onBytes'>,
): Bytes & AsyncGenerator<Uint8Array> {
  for await (const chunk of createReadStream(path, { signal }) as AsyncIterable<Buffer>) {
    onBytes(chunk.length)
    yield chunk
  }
}
