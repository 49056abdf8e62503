// The thread: takes tasks, sends answers, and waits when nobody takes them. What it cannot do it gives back.
import { parentPort, workerData } from 'node:worker_threads'
import { TooLargeError } from '../errors.ts'
import { findMarkers } from '../unroll/markers/candidates/candidates.ts'
import type { FromThread, ToThread } from './messages.ts'
import { type PageRows, toRows } from './page-rows.ts'
import { readPage } from './read-page.ts'
import type { Setting, Task } from './task.ts'
import { createTaskRunner } from './task-runner.ts'

/** Answers sent and not yet taken: of a megabyte each, as a rule. */
const MOST_AHEAD = 200

const run = createTaskRunner(workerData as Setting)
let ahead = 0
let wake: () => void = () => undefined

parentPort?.on('message', (message: ToThread) => {
  if (message.kind === 'taken') {
    ahead -= 1
    wake()
  } else if (message.kind === 'read') send({ kind: 'read', id: message.id, page: read(message) })
  else void work(message.task)
})

async function work(task: Task): Promise<void> {
  try {
    for await (const answer of run(task)) {
      send({ kind: 'answer', answer })
      ahead += 1
      while (ahead >= MOST_AHEAD) await new Promise<void>((resolve) => (wake = resolve))
    }
    send({ kind: 'done' })
  } catch (error) {
    // Errors lose their class on the way: the main thread tries again and finds out for itself.
    if (error instanceof TooLargeError) send({ kind: 'tooLarge', why: error.message })
    else send({ kind: 'failed', why: String(error) })
  }
}

/** What throws here throws in the main thread as well, and there it keeps its class. */
function read({ capture }: Extract<ToThread, { kind: 'read' }>): PageRows | null {
  try {
    const page = readPage(capture)
    return toRows({ ...page, markers: page.extraction.posts.map(({ text }) => findMarkers(text)) })
  } catch {
    return null
  }
}

/**
 * Everything is copied. Quirk: once one buffer was moved away, V8 compiles all code that reads typed arrays anew, with
 * a question before each read (V8 11, 2026-11-23).
 */
function send(message: FromThread): void {
  parentPort?.postMessage(message)
}
