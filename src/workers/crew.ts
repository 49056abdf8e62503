// Several threads at a list of tasks: each takes the next one when it is free, and answers come in the order of the
// tasks whoever is quicker. What a thread breaks off is done again in the main thread; what was told already is not
// told twice.

import type { Answer, Task, TaskRunner } from './task.ts'
import { type AnswerStream, Broken, type WorkerThread } from './thread.ts'

/** One answer, with the task it belongs to. */
interface Told {
  readonly task: Task
  readonly answer: Answer
}

/** What to do when a task is not done even here. */
export type Fail = (task: Task, error: unknown) => void

/**
 * @param threads none: all is done here
 * @param here does in the main thread what no thread does
 * @param say told why, when a thread breaks off
 */
export async function* runInOrder(
  tasks: readonly Task[],
  threads: readonly WorkerThread[],
  here: TaskRunner,
  { fail, say }: { readonly fail: Fail; readonly say: (why: string) => void },
): AsyncGenerator<Told> {
  const streams = share(tasks, threads)
  for (const [at, task] of tasks.entries()) {
    let told = 0
    try {
      for await (const answer of (await streams[at]) ?? here(task)) {
        yield { task, answer }
        told += 1
      }
    } catch (error) {
      if (error instanceof Broken && !error.isFull) {
        say(error.message)
        yield* again(task, here, told, fail)
      } else fail(task, error)
    }
  }
}

async function* again(task: Task, here: TaskRunner, told: number, fail: Fail): AsyncGenerator<Told> {
  let count = 0
  try {
    for await (const answer of here(task)) if (count++ >= told) yield { task, answer }
  } catch (error) {
    fail(task, error)
  }
}

/** The stream of each task once a thread has taken it; null when no thread is left to take it. */
function share(tasks: readonly Task[], threads: readonly WorkerThread[]): readonly Promise<AnswerStream | null>[] {
  const give: ((stream: AnswerStream | null) => void)[] = []
  const streams = tasks.map(
    () =>
      new Promise<AnswerStream | null>((resolve) => {
        give.push(resolve)
      }),
  )
  let next = 0
  let alive = threads.length
  const feed = async (thread: WorkerThread): Promise<void> => {
    let isFree = true
    while (isFree && next < tasks.length) {
      const at = next++
      const stream = thread.start(tasks[at] as Task)
      give[at]?.(stream)
      isFree = await stream.isFree
    }
    alive -= 1
    if (alive === 0) giveUp()
  }
  const giveUp = (): void => {
    for (; next < tasks.length; next++) give[next]?.(null)
  }
  if (alive === 0) giveUp()
  for (const thread of threads) void feed(thread)
  return streams
}
