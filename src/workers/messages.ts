// What main thread and worker say to each other: types only.
import type { Capture } from '../model.ts'
import type { PageRows } from './page-rows.ts'
import type { Answer, Task } from './task.ts'

export type ToThread =
  | { readonly kind: 'task'; readonly task: Task }
  | { readonly kind: 'taken' }
  /** Many may be asked at once; they are read in their order. */
  | { readonly kind: 'read'; readonly id: number; readonly capture: Capture }

export type FromThread =
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'done' }
  /** The task could not be done; the thread is well. */
  | { readonly kind: 'failed'; readonly why: string }
  /** The task is larger than any thread has room for. */
  | { readonly kind: 'tooLarge'; readonly why: string }
  /** Null: it could not be read. */
  | { readonly kind: 'read'; readonly id: number; readonly page: PageRows | null }
