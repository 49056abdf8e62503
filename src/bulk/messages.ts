// What main thread and worker say to each other: types only.
import type { Answer, Task } from './task.ts'

export type ToThread = { readonly kind: 'task'; readonly task: Task } | { readonly kind: 'taken' }

export type FromThread =
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'done' }
  /** The task could not be done; the thread is well. */
  | { readonly kind: 'failed'; readonly why: string }
