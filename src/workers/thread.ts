// One worker thread as the main thread sees it: a task is given, its answers are taken one by one while it works ahead.
import { type ResourceLimits, Worker } from 'node:worker_threads'
import { TooLargeError } from '../errors.ts'
import type { Capture } from '../model.ts'
import type { FromThread, ToThread } from './messages.ts'
import { fromRows, type PageReadAhead } from './page-rows.ts'
import type { Answer, Setting, Task } from './task.ts'

/**
 * Room for young objects: the posts of a neighbourhood die before they are copied. With the usual 48 MB that costs a
 * tenth.
 */
const ROOM: ResourceLimits = { maxYoungGenerationSizeMb: 384 }

/** Answers as they come. Iterating throws Broken, or TooLargeError, when the task ends without being done. */
export interface AnswerStream extends AsyncIterable<Answer> {
  /** Settles when the thread is free again; false when it is dead. */
  readonly isFree: Promise<boolean>
}

/** The task was not done to its end; the answers until then are right. */
export class Broken extends Error {
  override readonly name = 'Broken'
  /** Whether memory was full: it would be elsewhere too. */
  readonly isFull: boolean
  constructor(message: string, isFull = false) {
    super(message)
    this.isFull = isFull
  }
}

const FULL = 'ERR_WORKER_OUT_OF_MEMORY'

export interface WorkerThread {
  /** One task at a time. */
  start(task: Task): AnswerStream
  /** Reads a page, any number at once; null when the thread could not, or is dead. */
  read(capture: Capture): Promise<PageReadAhead | null>
  stop(): Promise<void>
}

/**
 * The thread's own code: one file beside the bundle, whose chunks stand in a folder. Null from source: no thread can
 * load that.
 */
export function ownCode(): URL | null {
  return import.meta.url.endsWith('.js') ? new URL('../worker.js', import.meta.url) : null
}

export function startThread(code: URL, setting: Setting, room: ResourceLimits = ROOM): WorkerThread {
  const worker = new Worker(code, {
    workerData: setting,
    resourceLimits: room,
  })
  const send = (message: ToThread): void => worker.postMessage(message)
  const pages = createPageWaits((ask) => send({ kind: 'read', ...ask }))
  let inbox = createInbox(() => send({ kind: 'taken' }))
  let dead: Broken | null = null
  const die = (why: Broken): void => {
    dead ??= why
    inbox.end(dead, false)
    pages.giveUp()
  }
  worker.on('message', (message: FromThread) => {
    if (message.kind === 'answer') inbox.add(message.answer)
    else if (message.kind === 'read') pages.end(message.id, message.page && fromRows(message.page))
    else if (message.kind === 'tooLarge') inbox.end(new TooLargeError(message.why), true)
    else inbox.end(message.kind === 'done' ? null : new Broken(message.why), true)
  })
  worker.on('error', (error: NodeJS.ErrnoException) => die(new Broken(error.message, error.code === FULL)))
  worker.on('exit', (code) => die(new Broken(`it ended with code ${code}`)))
  return {
    start: (task) => {
      inbox = createInbox(() => send({ kind: 'taken' }))
      if (dead === null) send({ kind: 'task', task })
      else inbox.end(dead, false)
      return inbox.stream
    },
    read: pages.read,
    stop: async () => {
      await worker.terminate()
    },
  }
}

/** Pages that are being read. */
interface PageWaits {
  read(capture: Capture): Promise<PageReadAhead | null>
  end(id: number, page: PageReadAhead | null): void
  /** No answer will come any more. */
  giveUp(): void
}

type PageAsk = Omit<Extract<ToThread, { kind: 'read' }>, 'kind'>

function createPageWaits(send: (ask: PageAsk) => void): PageWaits {
  const waiting = new Map<number, (page: PageReadAhead | null) => void>()
  let [next, isOver] = [0, false]
  const end = (id: number, page: PageReadAhead | null): void => {
    waiting.get(id)?.(page)
    waiting.delete(id)
  }
  return {
    read: (capture) =>
      new Promise((resolve) => {
        if (isOver) return resolve(null)
        waiting.set(next, resolve)
        send({ id: next++, capture })
      }),
    end,
    giveUp: () => {
      isOver = true
      for (const id of waiting.keys()) end(id, null)
    },
  }
}

/** Answers of one task between their coming and their being taken. */
interface Inbox {
  readonly stream: AnswerStream
  add(answer: Answer): void
  /** @param why it was not done, or null when it was */
  end(why: Broken | TooLargeError | null, isFree: boolean): void
}

function createInbox(taken: () => void): Inbox {
  const waiting: Answer[] = []
  let ended: { readonly why: Error | null } | null = null
  let wake: () => void = () => undefined
  let free: (isFree: boolean) => void = () => undefined
  const isFree = new Promise<boolean>((resolve) => {
    free = resolve
  })
  async function* take(): AsyncGenerator<Answer> {
    for (;;) {
      const answer = waiting.shift()
      if (answer !== undefined) {
        yield answer
        taken()
      } else if (ended === null) await new Promise<void>((resolve) => (wake = resolve))
      else if (ended.why === null) return
      else throw ended.why
    }
  }
  return {
    stream: { isFree, [Symbol.asyncIterator]: take },
    add: (answer) => {
      waiting.push(answer)
      wake()
    },
    end: (why, isWell) => {
      ended ??= { why }
      free(isWell)
      wake()
    },
  }
}
