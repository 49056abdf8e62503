// What is asked of whoever works on large inputs, and what comes back: types only. All of it can be sent to a thread.
import type { Note, PageOrder } from '../model.ts'
import type { Survey } from '../pipeline/survey.ts'
import type { Share } from '../unroll/unroll.ts'

/** What holds for all tasks. */
export interface Setting {
  /** Whether the order of posts in the files means anything. */
  readonly order: PageOrder
  /** ISO time of the call: for files whose own date cannot be used, the same in each reading. */
  readonly now: string
  /** How findings are printed, one JSON object a line; null: they are counted only. */
  readonly lines: { readonly raw: boolean; readonly minPosts: number } | null
  /** Bytes of what is read that a task may hold: what the main thread has room for, in each thread. */
  readonly room: number
}

/** `survey`: what joins this file to others. `unroll`: findings of files that hold together. */
export type Task =
  | { readonly kind: 'survey'; readonly path: string }
  | {
      readonly kind: 'unroll'
      readonly files: readonly SurveyedFile[]
      readonly share: Share
      /** All addresses that answered, of all files. */
      readonly addresses: readonly string[]
    }

export interface SurveyedFile {
  readonly path: string
  /** Of each capture in it; none where none was made. */
  readonly surveys: readonly Survey[]
}

export interface Surveyed {
  readonly kind: 'survey'
  readonly surveys: readonly Survey[]
  /** Addresses that answered. */
  readonly addresses: readonly string[]
}

/** Some of the findings of a task, in order. */
export interface Piece {
  readonly kind: 'piece'
  /** UTF-8, whole lines. */
  readonly lines: Uint8Array<ArrayBuffer>
  /** The remarks of each part that has some. */
  readonly notes: readonly (readonly Note[])[]
  readonly found: FindingCounts
}

export interface FindingCounts {
  readonly findings: number
  readonly threads: number
  /** Posts in threads, branches and alone. */
  readonly posts: number
  /** Findings not printed for being too short. */
  readonly leftOut: number
}

export type Answer = Surveyed | Piece

/**
 * Does one task. Equal tasks give equal answers, cut into pieces at the same places. Iterating throws TooLargeError
 * before the first piece, when there is no room for it.
 */
export type TaskRunner = (task: Task) => AsyncIterable<Answer>
