// Reads the pages of a crawl in a thread of their own, once there are enough of them to pay for it. A page that the
// thread does not bring back is read here: the outcome is the same either way.
import { availableParallelism } from 'node:os'
import type { Capture } from '../model.ts'
import { findMarkers } from '../unroll/markers/candidates/candidates.ts'
import type { Marker, MarkerFinder } from '../unroll/markers/marker.ts'
import { type PageRead, readPage } from './read-page.ts'
import type { Setting } from './task.ts'
import { ownCode, startThread, type WorkerThread } from './thread.ts'

/** Pages of a run that are read before a thread is worth its start: 0.2 s and 40 MB. */
const PAGES_FIRST = 8
/**
 * Longer pages are read in the main thread, bytes: the thread has room for many small ones, and would die of a large
 * one.
 */
const LONGEST_BYTES = 512 * 1024
/** Texts whose numbers are remembered: those of two unrollings. */
const MOST_TEXTS = 4000
const ROOM = { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: 64 }
const SETTING: Setting = { order: 'page', now: '', lines: null, room: Number.POSITIVE_INFINITY }

interface PageReader {
  /** Who reads the page, and what is in it. */
  read(capture: Capture): Promise<PageRead>
  /** What `findMarkers` says of a text, which the thread knows already of those it has read. */
  markersOf: MarkerFinder
  /** Forgets them: what was read is unrolled. */
  forget(): void
  stop(): Promise<void>
}

interface PageReaderOptions {
  /** Told when the thread breaks off. */
  readonly say: (message: string) => void
  /** Absent: `PAGES_FIRST`. */
  readonly pagesFirst?: number
  /** Where the thread's code is; absent: beside this code. */
  readonly code?: URL
}

export function createPageReader({ say, pagesFirst = PAGES_FIRST, code }: PageReaderOptions): PageReader {
  const found = availableParallelism() < 2 ? null : (code ?? ownCode())
  let thread: WorkerThread | null = null
  let count = 0
  let isBroken = false
  const ahead = new Map<string, readonly Marker[]>()
  const readThere = async (capture: Capture, found: URL): Promise<PageRead | null> => {
    thread ??= startThread(found, SETTING, ROOM)
    const page = await thread.read(capture)
    if (page === null && !isBroken) {
      isBroken = true
      say('a worker thread broke off; pages are read in the main thread')
    }
    if (page === null) return null
    const { adapter, extraction, markers } = page
    for (const [at, found] of markers.entries())
      if (ahead.size < MOST_TEXTS) ahead.set(extraction.posts[at]?.text ?? '', found)
    return { adapter, extraction }
  }
  return {
    read: async (capture) => {
      const mayGo = count++ >= pagesFirst && !isBroken && capture.body.length <= LONGEST_BYTES
      return (mayGo && found !== null ? await readThere(capture, found) : null) ?? readPage(capture)
    },
    markersOf: (text) => ahead.get(text) ?? findMarkers(text),
    forget: () => ahead.clear(),
    stop: async () => thread?.stop(),
  }
}
