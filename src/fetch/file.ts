// Reads a local file into one capture. The name's ending is a hint of the media type, no more. Folders, containers and
// standard input are opened elsewhere (containers/open.ts).
import { createReadStream } from 'node:fs'
import { access, constants, readFile, stat } from 'node:fs/promises'
import { UsageError } from '../errors.ts'
import type { Capture } from '../model.ts'
import { mediaTypeByName } from './containers/names.ts'
import { readSavedMark } from './containers/saved-pages/saved-page.ts'
import { type Fetcher, makeCapture, type RawCapture } from './fetcher.ts'
import { readUpTo } from './up-to.ts'

/** Bytes read of one input; more is cut off and the capture says so. A long saved thread has 3 MB. */
const FILE_LIMIT_BYTES = 64 * 1024 * 1024

const TRAILING_SLASHES = /\/+$/

interface FileOptions {
  readonly now: () => Date
  readonly limitBytes?: number
}

/** A fetcher whose inputs are paths. */
export function createFileFetcher(options: FileOptions): Fetcher {
  const limit = options.limitBytes ?? FILE_LIMIT_BYTES
  return {
    fetch: async (input, signal) => [await readPath(input, options, limit, signal)],
    close: async () => undefined,
  }
}

/** Whether a path can be opened, file or folder. @throws UsageError that says what is wrong with it */
export async function checkPath(path: string): Promise<void> {
  try {
    await access(path, constants.R_OK)
  } catch (error) {
    throw explainReadError(path, error)
  }
}

/** At once into one piece of memory: pieces laid together cost a tenth of unrolling a large file. */
async function readWhole(path: string, signal: AbortSignal): Promise<Pick<Capture, 'body' | 'truncated'>> {
  return { body: await readFile(path, { signal }), truncated: null }
}

async function readPath(path: string, options: FileOptions, limit: number, signal: AbortSignal): Promise<Capture> {
  try {
    const { mtime, size } = await statReadable(path)
    const read =
      size > 0 && size < limit
        ? await readWhole(path, signal)
        : await readUpTo(createReadStream(path, { signal }), limit, signal)
    const observed = options.now()
    // A date the file system cannot hold (before 1970 on some, or garbage) must not become a false one.
    const usable = mtime.getTime() > 0 && mtime.getTime() <= observed.getTime()
    const raw: RawCapture = {
      ...blank(path),
      ...read,
      capturedAt: (usable ? mtime : observed).toISOString(),
      capturedAtBasis: usable ? 'file-mtime' : 'observed',
      mediaType: mediaTypeByName(path),
    }
    return makeCapture(readSavedMark(raw))
  } catch (error) {
    signal.throwIfAborted()
    throw explainReadError(path, error)
  }
}

async function statReadable(path: string): Promise<{ readonly mtime: Date; readonly size: number }> {
  const found = await stat(path)
  if (found.isDirectory())
    throw new UsageError(`${path} is a folder; name the files in it, e.g. ${path.replace(TRAILING_SLASHES, '')}/*.html`)
  return found
}

function blank(input: string): Omit<RawCapture, 'capturedAt' | 'capturedAtBasis' | 'body' | 'truncated'> {
  return {
    input,
    url: null,
    finalUrl: null,
    originalUrl: null,
    method: 'file',
    status: null,
    headers: [],
    redactedHeaders: [],
    mediaType: null,
  }
}

const READ_ERRORS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file; check the path, or write http:// or https:// before a web address',
  ENOTDIR: 'there is no such file; a part of the path is not a folder',
  EACCES: 'the file may not be read by this user; change its permissions',
  EPERM: 'the file may not be read by this user; change its permissions',
  EISDIR: 'this is a folder; name the files in it',
  ENAMETOOLONG: 'the name is too long to be a file',
  ELOOP: 'the symbolic links go in a circle',
  ERR_INVALID_ARG_VALUE: 'the path holds a NUL character, which no file name can',
}

/** A host with what stands behind it, or with the `www.` or half the protocol before it, as people type addresses. */
const WEB_ADDRESS = /^(?:https?:\/*(?=[^/])|(?=www\.)|(?=[^/]+\/))((?:[\w-]+\.)+[a-z]{2,}(?::\d+)?(?:[/?#]\S*)?)$/i

function explainReadError(path: string, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const address = code === 'ENOENT' ? WEB_ADDRESS.exec(path)?.[1] : undefined
  const say =
    address === undefined
      ? READ_ERRORS[code]
      : `there is no such file; if a web address is meant, give https://${address}`
  if (say !== undefined) return new UsageError(`${path}: ${say}`, { cause: error })
  return error instanceof Error && 'syscall' in error
    ? new UsageError(`${path}: cannot be read (${error.message})`, { cause: error })
    : error
}
