// The files of a folder and of the folders in it, in the order of their names. Links to folders are not followed: they
// may lead in a circle. What may not be read is named.
import { createReadStream, type Dirent } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join, relative } from 'node:path'
import type { Note } from '../../model.ts'
import { type Bytes, type Member, type Opening, warn, wordsOf } from './container.ts'

/** Folders in folders; no path of a file system is longer than its letters allow. */
const MAX_DEPTH = 100
const LINK = 'This is a link to a folder, which may lead in a circle: it was not followed. Name the folder itself.'

/** Members lie on the disk: their labels are their paths. */
export async function* listFolder(path: string, opening: Opening, depth = 0): AsyncGenerator<Member | Note> {
  for (const entry of await listEntries(path)) {
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

async function listEntries(path: string): Promise<readonly (Dirent | Note)[]> {
  try {
    const entries = await readdir(path, { withFileTypes: true })
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1))
  } catch (error) {
    return [warn('unreadable', `The folder cannot be read (${wordsOf(error)}).`, path)]
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
    yield warn('unreadable', `The file cannot be read (${wordsOf(error)}).`, path)
  }
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
