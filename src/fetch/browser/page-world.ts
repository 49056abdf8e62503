// The door to page-script.ts in one page: calls its functions, and gives up on a page that does not answer.
import type { CDPSession } from 'puppeteer-core'
import { atMost } from '../at-most.ts'
import { PAGE_SCRIPT } from './page-script.ts'

const WORLD = 'unspool'
/** A page that runs a script of its own for longer hangs. */
const ANSWER_TIMEOUT_MS = 8_000

/** The functions of page-script.ts. */
export interface World {
  /** Rejects when the page hangs, moved on, or is gone. */
  call<T>(name: string, ...values: readonly (number | string)[]): Promise<T>
}

/** Enters the document that the page shows now. */
export async function enterWorld(session: CDPSession, frameId: string): Promise<World> {
  const opening = session.send('Page.createIsolatedWorld', { frameId, worldName: WORLD })
  const { executionContextId } = await orHung(opening)
  const evaluate = async (expression: string): Promise<unknown> => {
    const options = { contextId: executionContextId, returnByValue: true, awaitPromise: true }
    const { result, exceptionDetails } = await orHung(session.send('Runtime.evaluate', { expression, ...options }))
    if (exceptionDetails !== undefined)
      throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text)
    return result.value
  }
  await evaluate(`${PAGE_SCRIPT}; undefined`)
  return {
    call: async <T>(name: string, ...values: readonly (number | string)[]) =>
      (await evaluate(`unspool.${name}(${values.map((value) => JSON.stringify(value)).join(', ')})`)) as T,
  }
}

/** The answer, or an error when the page gives none in time. */
export async function orHung<T>(work: Promise<T>): Promise<T> {
  const answer = await atMost(
    work.then((value) => ({ value })),
    ANSWER_TIMEOUT_MS,
  )
  if (answer === null) throw new Error(`the page hangs: its scripts did not rest for ${ANSWER_TIMEOUT_MS / 1000} s`)
  return answer.value
}
