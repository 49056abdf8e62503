// One count in several hands: nobody's posts are missing that stand in another's thread.
import { describe, expect, it } from 'vitest'
import type { Block } from '../../../../src/model.ts'
import { unroll } from '../../../../src/unroll/unroll.ts'
import { declared, makePage, makePost, withoutLessSure } from '../../arbitrary.ts'

const LINES = ['The mill stands on a dam.', 'Twice a day the pond fills.', 'The wheel turns.', 'Flour runs.', 'Bread.']
const BLOCK: Block = { key: 'all', kind: 'list', title: null, url: null, author: null, declaredTotal: null }

/** The count `1/n …`, each number by the one named. */
function statementsOf(hands: readonly string[], answers: boolean): readonly string[] {
  const posts = hands.map((author, at) =>
    makePost({
      author,
      text: `${at + 1}/${hands.length} ${LINES[at]}`,
      id: answers ? String(800 + at) : null,
      parent: answers && at > 0 ? declared(String(799 + at)) : null,
      block: answers ? null : 'all',
    }),
  )
  const page = makePage(posts, { blocks: answers ? [] : [BLOCK] })
  const { threads } = unroll([page], { order: answers ? 'none' : 'page', digest: (text) => text })
  return threads.map(({ completeness, statement }) => `${completeness}: ${withoutLessSure(statement)}`)
}

describe.each([true, false])('a count that goes from hand to hand (answers given: %s)', (answers) => {
  it('goes on over a guest, whose numbers are not missing', () => {
    expect(statementsOf(['ada', 'ada', 'ben', 'ben', 'ada'], answers)).toEqual([
      'complete: posts 1–2, 5 of 5; 3–4 by @ben; the promised total is reached',
      'unknown: posts 3–4 of 5; 1–2, 5 by @ada',
    ])
  })

  it('is handed over for good', () => {
    expect(statementsOf(['ada', 'ada', 'ben', 'ben', 'ben'], answers)).toEqual([
      'unknown: posts 1–2 of 5; 3–5 by @ben',
      'unknown: posts 3–5 of 5; 1–2 by @ada; the promised total is reached',
    ])
  })
})

it('is two counts where the numbers do not go on', () => {
  const [own, other] = ['1/3 The mill', '1/3 The bakery'].map((text, at) =>
    makePost({
      text,
      author: ['ada', 'ben'][at] ?? null,
      id: String(800 + at),
      parent: at > 0 ? declared('800') : null,
    }),
  )
  const { threads } = unroll([makePage([own, other].filter((post) => post !== undefined))], {
    order: 'none',
    digest: (text) => text,
  })
  expect(threads.every(({ statement }) => !statement.includes(' by '))).toBe(true)
})
