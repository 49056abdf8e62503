// archive.sqlite as plain bytes, read beside SQLite in the same process. When a process closes any descriptor of a
// file, POSIX drops all locks it holds on that file, SQLite's too (sqlite.org/howtocorrupt.html, 2.2): so a descriptor
// that was opened here is closed only when no connection of ours to that file is left.
import { closeSync, openSync, readSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Database } from 'better-sqlite3'
import { sha256 } from '../../fixity.ts'

interface Use {
  connections: number
  /** Done with, and waiting for the last connection. */
  readonly idle: number[]
}

const uses = new Map<string, Use>()
/** One for all: nothing here waits. */
let piece = Buffer.alloc(0)

/** Counts a connection until it is closed. */
export function noteConnection(db: Database, path: string): void {
  const use = useOf(path)
  const close = db.close.bind(db)
  use.connections++
  db.close = () => {
    if (!db.open) return db
    close()
    use.connections--
    closeIdle(path, use)
    return db
  }
}

export function openBytes(path: string): number {
  return openSync(path, 'r')
}

export function closeBytes(path: string, fd: number): void {
  const use = useOf(path)
  use.idle.push(fd)
  closeIdle(path, use)
}

/** Hex SHA-256 of `length` bytes from `start`, or of what is there of them. */
export function hashBytes(fd: number, start: number, length: number): string {
  if (piece.length < length) piece = Buffer.alloc(length)
  return sha256(piece.subarray(0, readSync(fd, piece, 0, length, start)))
}

function useOf(path: string): Use {
  const name = resolve(path)
  const use = uses.get(name) ?? { connections: 0, idle: [] }
  uses.set(name, use)
  return use
}

function closeIdle(path: string, use: Use): void {
  if (use.connections > 0) return
  for (const fd of use.idle.splice(0)) closeSync(fd)
  uses.delete(resolve(path))
}
