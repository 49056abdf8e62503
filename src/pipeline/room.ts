// How much of what was read can be held until all of it is unrolled together. Whoever unrolls without an archive holds
// every post at once; past the bound that ends with words, because a heap that is full ends with none.
import { getHeapStatistics } from 'node:v8'
import { TooLargeError } from '../errors.ts'
import type { Extraction, Post } from '../model.ts'
import type { Reading } from './inputs.ts'

/** The program itself, in bytes of heap. */
const PROGRAM_BYTES = 64 * 1024 * 1024
/** The rest is for what is of no use any more, and not yet cleared away. */
const SHARE = 0.85
/** Held and unrolled, beside their texts, in bytes: measured at 3.5 kB where every post has many neighbours. */
const POST_BYTES = 3000
const LINE_BYTES = 500
const ITEM_BYTES = 200
const CAPTURE_BYTES = 1000
/** A string with one of these takes two bytes a sign. */
const WIDE = /[^\0-\xff]/
const MEGABYTE = 1_000_000

interface Room {
  /** Counts what is about to be held. @throws TooLargeError when it would not fit */
  hold(reading: Reading): void
}

/** @param most bytes; absent: what this process may use */
export function createRoom(most = roomOfProcess()): Room {
  const held = { captures: 0, posts: 0, bytes: 0 }
  return {
    hold: ({ capture, extraction }) => {
      held.bytes += CAPTURE_BYTES + bytesOf(extraction, capture.body.length)
      if (held.bytes > most) throw new TooLargeError(sayFull(capture.input, held, most))
      held.captures += 1
      held.posts += extraction.posts.length
    },
  }
}

function roomOfProcess(): number {
  return Math.max(0, getHeapStatistics().heap_size_limit - PROGRAM_BYTES) * SHARE
}

function sayFull(input: string, { captures, posts }: { captures: number; posts: number }, most: number): string {
  const before = `${captures} pages or files with ${posts} posts`
  const room = `${Math.floor(most / MEGABYTE)} MB`
  return `${input}: there is more here than can be unrolled at once: ${before} came before, and with what is in this they pass the ${room} that memory has for them; nothing was printed. "unspool add" reads the same inputs in parts, of any size; or name fewer at a time, or allow more memory (NODE_OPTIONS=--max-old-space-size=8192, in MB)`
}

/** About what an extraction takes until it is unrolled; fields that nobody understood are as long as written. */
function bytesOf({ posts, scrapes, next, declared }: Extraction, written: number): number {
  let bytes = posts.some(({ provenance }) => provenance.extra !== null) ? written : 0
  for (const post of posts) bytes += bytesOfPost(post)
  for (const { lines } of scrapes) for (const { text } of lines) bytes += LINE_BYTES + bytesOfText(text)
  for (const url of [...next, ...(declared.lists ?? [])]) bytes += ITEM_BYTES + url.length
  return bytes + (declared.tree?.length ?? 0) * ITEM_BYTES
}

function bytesOfPost({ text, html, footnotes, media, quotes }: Post): number {
  const parts = footnotes.length + media.length + quotes.length
  return POST_BYTES + parts * ITEM_BYTES + bytesOfText(text) + (html === null ? 0 : bytesOfText(html))
}

function bytesOfText(text: string): number {
  return WIDE.test(text) ? 2 * text.length : text.length
}
