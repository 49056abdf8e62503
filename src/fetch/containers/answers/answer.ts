// One HTTP answer with its head, as `curl -i` prints it, test suites keep it and proxies write it down → the capture of
// its body. Heads of redirects and interim answers stand before it; the address that was asked is nowhere in it.
import type { CaptureOrNote } from '../../fetcher.ts'
import { headerOf } from '../../redact.ts'
import { captureMember, collect, type Member, type Opening, timeOf } from '../container.ts'
import { ContainerError } from '../damage.ts'
import { type HttpAnswer, parseHttpAnswer } from './http-answer.ts'

/** Answers one behind the other before the last one; browsers follow as many redirects. */
const MAX_ANSWERS = 20
const NEXT_ANSWER = /^HTTP\/[\d.]{1,5} \d{3}\b/
const STATUS_LINE_BYTES = 16

/** @throws ContainerError when there is no head to read. */
export async function* readAnswer({ label, bytes }: Member, opening: Opening): AsyncGenerator<CaptureOrNote> {
  const { body, truncated } = await collect(bytes, opening.signal)
  const answer = await lastAnswer(Buffer.from(body))
  if (answer === null) throw new ContainerError('its first line is no HTTP status')
  const time = timeOf(headerOf(answer.headers, 'date'), opening, 'declared')
  yield captureMember({ input: label, ...time, ...answer, truncated: truncated ?? answer.truncated })
}

async function lastAnswer(block: Buffer): Promise<HttpAnswer | null> {
  let answer = await parseHttpAnswer(block)
  for (let i = 0; i < MAX_ANSWERS && answer !== null && isFollowed(answer.body); i += 1) {
    const next = await parseHttpAnswer(Buffer.from(answer.body))
    if (next === null) break
    answer = next
  }
  return answer
}

function isFollowed(body: Uint8Array): boolean {
  return NEXT_ANSWER.test(Buffer.from(body.subarray(0, STATUS_LINE_BYTES)).toString('latin1'))
}
