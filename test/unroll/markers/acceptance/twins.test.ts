// Numbers at both ends of a post: one counts, both leave the text.
import { describe, expect, it } from 'vitest'
import { unroll } from '../../../../src/unroll/unroll.ts'
import { makePage, makePost, withoutLessSure } from '../../arbitrary.ts'

const LINES = ['The mill stands on a dam.', 'Twice a day the pond fills.', 'The wheel turns on the ebb.']
const WHOLE = 'posts 1–3 of 3; the promised total is reached'

type Write = (k: number, text: string) => string

function unrollWritten(write: Write) {
  const posts = LINES.map((line, at) => makePost({ text: write(at + 1, line) }))
  return unroll([makePage(posts)], { order: 'page', digest: (text) => text }).threads
}

describe('numbers at both ends', () => {
  it.each<[name: string, write: Write]>([
    ['1/3 … (1/3)', (k, text) => `${k}/3 ${text} (${k}/3)`],
    ['1/ … 1/3', (k, text) => `${k}/ ${text} ${k}/3`],
    ['1. … [1/3]', (k, text) => `${k}. ${text} [${k}/3]`],
    ['1/3 … 1 on a line', (k, text) => `${k}/3 ${text}\n(${k})`],
  ])('%s: one counts, the one that tells more, and neither is text', (_, write) => {
    const threads = unrollWritten(write)
    expect(threads.map(({ statement }) => withoutLessSure(statement))).toEqual([WHOLE])
    expect(threads[0]?.posts.map(({ text }) => text)).toEqual(LINES)
    expect(threads[0]?.posts.every(({ strips }) => strips.length === 2)).toBe(true)
  })

  it('may stand on the first post alone, where the second tells how many there are', () => {
    const [thread] = unrollWritten((k, text) => `${k}. ${text}${k === 1 ? ' (1/3)' : ''}`)
    expect(withoutLessSure(thread?.statement ?? '')).toBe(WHOLE)
    expect(thread?.posts.map(({ text }) => text)).toEqual(LINES)
  })

  it('are two counts where they differ: what is not believed stays', () => {
    const [thread] = unrollWritten((k, text) => `${k + 4}) ${text} ${k}/3`)
    expect(thread?.posts.map(({ text }) => text)).toEqual(LINES.map((line, at) => `${at + 5}) ${line}`))
  })
})
