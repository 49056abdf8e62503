// What main thread and worker say to each other: types only.
import type { Capture } from '../model.ts'
import type { Reading } from '../pipeline/inputs.ts'
import type { Marker } from '../unroll/markers/marker.ts'
import type { Answer, Task } from './task.ts'

export type ToThread =
  | { readonly kind: 'task'; readonly task: Task }
  | { readonly kind: 'taken' }
  /** Many may be asked at once; they are read in their order. */
  | { readonly kind: 'read'; readonly id: number; readonly capture: Capture; readonly isNews: boolean }

/** A capture as read, without the capture. */
export type PageRead = Pick<Reading, 'adapter' | 'extraction'>

/** The same as a thread gives it, with work that is otherwise left to unrolling. */
export interface PageReadAhead extends PageRead {
  /** The numbers that may be in each post, in the order of the posts; none where the page will not be unrolled. */
  readonly markers: readonly (readonly Marker[])[]
}

export type FromThread =
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'done' }
  /** The task could not be done; the thread is well. */
  | { readonly kind: 'failed'; readonly why: string }
  /** Null: it could not be read. */
  | { readonly kind: 'read'; readonly id: number; readonly page: PageReadAhead | null }
