// The system calls of a writer as strace recorded them: which bytes were written where, what was synced, which names
// there were, and what had been acknowledged by then.

/** One recorded call on a file of the archive, or a line the writer said. */
export type Call =
  | { readonly kind: 'write'; readonly file: number; readonly at: number; readonly bytes: Buffer }
  | { readonly kind: 'cut'; readonly file: number; readonly length: number }
  /** Of a file, or of a folder: null. */
  | { readonly kind: 'sync'; readonly file: number | null }
  | { readonly kind: 'name'; readonly file: number; readonly path: string }
  | { readonly kind: 'unname'; readonly path: string }
  | { readonly kind: 'said'; readonly line: string }

/** What strace is to record. */
export const CALLS = 'openat,close,pwrite64,write,fsync,fdatasync,ftruncate,rename,unlink'
const LINE = /^(\w+)\((.*)\)\s+= (-?\d+)/
const TEXT = /"((?:\\x[0-9a-f]{2})*)"/g

interface Recorded {
  readonly name: string
  readonly args: string
  readonly result: number
  /** Its arguments that are bytes: paths, what was written. */
  readonly texts: readonly Buffer[]
}

interface OpenFile {
  readonly file: number
  /** Where the next write without a place goes. */
  at: number
}

/** Descriptors become numbers of files that outlive their names. */
interface Tables {
  readonly dir: string
  readonly open: Map<number, OpenFile>
  readonly folders: Set<number>
  readonly byPath: Map<string, number>
  files: number
}

/** Of the files in `dir`. Memory shared by processes (-shm) does not outlive the machine and is left out. */
export function readCalls(log: string, dir: string): readonly Call[] {
  const tables: Tables = { dir, open: new Map(), folders: new Set(), byPath: new Map(), files: 0 }
  return log.split('\n').flatMap((line) => {
    const [, name = '', args = '', result = '-1'] = LINE.exec(line) ?? []
    if (Number(result) < 0) return []
    const texts = [...args.matchAll(TEXT)].map(([, hex = '']) => Buffer.from(hex.replaceAll('\\x', ''), 'hex'))
    return readCall({ name, args, result: Number(result), texts }, tables)
  })
}

function readCall(call: Recorded, tables: Tables): readonly Call[] {
  const { name, args, texts } = call
  const fd = Number(args.split(',')[0])
  const path = String(texts[0] ?? '')
  if (name === 'openat') return openFile(call, path, tables)
  if (name === 'rename') return renameFile(path, String(texts[1]), tables)
  if (name === 'unlink') return tables.byPath.delete(path) ? [{ kind: 'unname', path }] : []
  if (name === 'write' && fd === 1) return saidIn(path)
  if (name === 'close') {
    tables.open.delete(fd)
    tables.folders.delete(fd)
    return []
  }
  if (name === 'fsync' && tables.folders.has(fd)) return [{ kind: 'sync', file: null }]
  const open = tables.open.get(fd)
  return open === undefined ? [] : changeFile(call, open)
}

function openFile({ args, result }: Recorded, path: string, tables: Tables): readonly Call[] {
  const { open, folders, byPath, dir } = tables
  open.delete(result)
  folders.delete(result)
  if (!path.startsWith(dir) || path.endsWith('-shm')) return []
  if (!byPath.has(path) && !args.includes('O_CREAT')) {
    folders.add(result)
    return []
  }
  const isNew = !byPath.has(path)
  const file = byPath.get(path) ?? ++tables.files
  byPath.set(path, file)
  open.set(result, { file, at: 0 })
  return [
    ...(isNew ? [{ kind: 'name' as const, file, path }] : []),
    ...(args.includes('O_TRUNC') ? [{ kind: 'cut' as const, file, length: 0 }] : []),
  ]
}

function renameFile(path: string, to: string, { byPath }: Tables): readonly Call[] {
  const file = byPath.get(path)
  if (file === undefined) return []
  byPath.delete(path)
  byPath.set(to, file)
  return [
    { kind: 'unname', path },
    { kind: 'name', file, path: to },
  ]
}

function saidIn(text: string): readonly Call[] {
  const lines = text.split('\n').slice(0, -1)
  return lines.map((line) => ({ kind: 'said', line }))
}

function changeFile({ name, args, result, texts }: Recorded, open: OpenFile): readonly Call[] {
  const numbers = args.split(', ')
  const { file, at } = open
  if (name === 'write') open.at += result
  if (name === 'write' || name === 'pwrite64') {
    const bytes = texts[0]!.subarray(0, result)
    return [{ kind: 'write', file, at: name === 'write' ? at : Number(numbers.at(-1)), bytes }]
  }
  if (name === 'ftruncate') return [{ kind: 'cut', file, length: Number(numbers[1]) }]
  return name === 'fsync' || name === 'fdatasync' ? [{ kind: 'sync', file }] : []
}
