// How much of what was read can be held until all of it is unrolled together. Whoever unrolls without an archive holds
// every post at once, or all texts and the posts of one part; past the bound that ends with words, because a full heap
// ends with none.
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

export interface Room {
  /** Counts what is about to be held. @throws TooLargeError when it would not fit */
  hold(reading: Reading): void
  /** The same of a text of which posts are read when they are unrolled, and of how many. */
  holdText(input: string, bytes: number, posts: number): void
  /** Whether so many posts fit beside it all, unrolled at once. @throws TooLargeError when they would not */
  foresee(posts: number): void
}

/** @param most bytes; absent: what this process may use */
export function createRoom(most = roomOfProcess()): Room {
  const held = { captures: 0, posts: 0, bytes: 0 }
  const unread = { posts: 0, bytes: 0 }
  let first = ''
  const add = (input: string, bytes: number, posts: number): void => {
    held.bytes += CAPTURE_BYTES + bytes
    if (held.bytes > most) throw new TooLargeError(sayFull(input, held, most))
    held.captures += 1
    held.posts += posts
    first ||= input
  }
  return {
    hold: ({ capture, extraction }) =>
      add(capture.input, bytesOf(extraction, capture.body.length), extraction.posts.length),
    holdText: (input, bytes, posts) => {
      add(input, bytes, posts)
      unread.posts += posts
      unread.bytes += bytes
    },
    foresee: (posts) => {
      const each = POST_BYTES + unread.bytes / Math.max(1, unread.posts)
      if (held.bytes + Math.min(posts, unread.posts) * each <= most) return
      throw new TooLargeError(sayCrowded(first, held.captures - 1, posts, most))
    },
  }
}

/** Bytes of what is read that the heap of this process, or this thread, can hold. */
export function roomOfProcess(): number {
  return Math.max(0, getHeapStatistics().heap_size_limit - PROGRAM_BYTES) * SHARE
}

/** What to do about too little memory. */
export const WAYS_OUT =
  '"unspool add" reads the same inputs in parts, of any size; or name fewer at a time, or allow more memory (NODE_OPTIONS=--max-old-space-size=8192, in MB)'

function sayFull(input: string, { captures, posts }: { captures: number; posts: number }, most: number): string {
  const before = `${captures} pages or files with ${posts} posts`
  return `${input}: there is more here than can be unrolled at once: ${before} came before, and with what is in this they pass the ${sayRoom(most)} that memory has for them; nothing of it was printed. ${WAYS_OUT}`
}

function sayCrowded(input: string, others: number, posts: number, most: number): string {
  const where = others === 0 ? input : `${input} and ${others} more that hold together with it`
  return `${where}: there is more here than can be unrolled at once: ${posts} posts of it belong together, and with the texts they pass the ${sayRoom(most)} that memory has for them; nothing of it was printed. ${WAYS_OUT}`
}

function sayRoom(most: number): string {
  return `${Math.floor(most / MEGABYTE)} MB`
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
