// What every fetcher is, and how a capture is made. Not how bytes come: see file.ts, http/http.ts and
// browser/browser.ts.
import { digestOf } from '../fixity.ts'
import type { Capture, Note } from '../model.ts'
import type { Cookie } from './cookies.ts'

/** Something that turns what a person named into captures. */
export interface Fetcher {
  /**
   * In order of arrival. Redirects are captures too; the page is the last one.
   * @throws UsageError, RefusedError, TransientFetchError; or the signal's reason when it was aborted
   */
  fetch(input: string, signal: AbortSignal, ask?: Ask): Promise<readonly Capture[]>
  /** Frees sockets and processes. The fetcher is of no use afterwards. */
  close(): Promise<void>
}

/** What comes out of a folder or container, in order: captures, and remarks on what did not become one. */
export type CaptureOrNote = Capture | Note

/** What is kept already: other tools' archives say "the same as before" and mean a capture there. */
export interface KeptCaptures {
  /** A capture with this payload (`sha256:…`). */
  byDigest(digest: string): Capture | null
  /** Captures of a URL: of this time, or the newest first. */
  byUrl(url: string, capturedAt: string | null): Iterable<Capture>
}

/** Something that turns a path into as many captures as are there, one at a time: never more than one is in memory. */
export interface Opener {
  /** Whether there is something to open, before it is opened. @throws UsageError */
  check(input: string): Promise<void>
  /**
   * Each capture must be among `kept` before the next one is asked for; null: nothing is kept.
   * @throws UsageError, NotUnderstoodError; or the signal's reason when it was aborted
   */
  open(input: string, signal: AbortSignal, kept: KeptCaptures | null): AsyncIterable<CaptureOrNote>
  /** After the last input: captures that had to wait for a later one, and remarks on those that waited in vain. */
  rest(): AsyncIterable<CaptureOrNote>
  /** So far, of files and containers: about as many as they are long once they are read. */
  bytesRead(): number
  close(): Promise<void>
}

export function isNote<T extends object>(found: T | Note): found is Note {
  return 'level' in found
}

/** What goes along with a request. */
export interface Ask {
  /** The last answer, stored and proven: the server may say that it still holds. */
  readonly previous: Capture | null
  /** Headers for one hop. Secrets among them are given only to the hosts they are for. */
  headersFor(url: URL): Readonly<Record<string, string>>
  /** Whether a redirect may be followed there; the redirect is a capture either way. */
  mayFollow(url: URL): boolean
  /** Told of each redirect as it comes: it is evidence even when what it leads to cannot be had. */
  onRedirect?(redirect: Capture): void
  /** What a browser needs beside; absent: nothing of a person's. */
  readonly browsing?: Browsing
}

/** How a browser visits, for a person who is logged in somewhere or wants pictures too. */
export interface Browsing {
  /** Folder of the browser's profile; null: a fresh one, thrown away. */
  readonly profile: string | null
  /** Whether pictures, films and fonts are loaded, and kept. */
  readonly media: boolean
  readonly cookies: readonly Cookie[]
}

/** A capture without what can be computed from it. */
export type RawCapture = Omit<Capture, 'digest'>

/** Names the bytes by their digest. */
export function makeCapture(raw: RawCapture): Capture {
  return { digest: digestOf(raw.body), ...raw }
}

/** `Text/HTML; charset=utf-8` → `text/html`; null when nothing usable was said. */
export function mediaTypeOf(contentType: string | null): string | null {
  const essence = contentType?.split(';', 1)[0]?.trim().toLowerCase() ?? ''
  return essence.includes('/') ? essence : null
}
