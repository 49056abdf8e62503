// CSV: every text comes back as it was, and no cell begins in a way that a spreadsheet runs.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { csvLines } from '../../../src/export/package/tables.ts'
import fc from '../../laws.ts'
import { openExports } from './open.ts'

/** RFC 4180, sign by sign: quotes may stand around a cell, and are doubled in it. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = []
  let [row, cell, isQuoted]: [string[], string, boolean] = [[], '', false]
  for (let at = 0; at < text.length; at++) {
    const sign = text[at]
    if (isQuoted && sign === '"' && text[at + 1] === '"') cell += text[at++]
    else if (sign === '"') isQuoted = !isQuoted
    else if (isQuoted) cell += sign
    else if (sign === ',') {
      row.push(cell)
      cell = ''
    } else if (sign === '\r' && text[at + 1] === '\n') {
      rows.push([...row, cell])
      ;[row, cell] = [[], '']
      at++
    } else cell += sign
  }
  return rows
}

/** How archive/README.md says to undo the guard. */
const unguard = (cell: string): string => (/^'+[=+\-@\t\r\n＝＋－＠]/.test(cell) ? cell.slice(1) : cell)

const texts = fc.array(
  fc.array(fc.oneof(fc.string(), fc.stringMatching(/^'{0,3}[=+\-@\t\r\n＝"]?[a-z",\r\n]{0,4}$/)), {
    minLength: 2,
    maxLength: 2,
  }),
)

describe('CSV', () => {
  it('gives every text back', () => {
    fc.assert(
      fc.property(texts, (rows) => {
        const parsed = parseCsv([...csvLines(['a', 'b'], rows)].join(''))
        expect(parsed.map((row) => row.map(unguard))).toEqual([['a', 'b'], ...rows])
      }),
    )
  })

  it('begins no cell as a formula', () => {
    fc.assert(
      fc.property(texts, (rows) => {
        const cells = parseCsv([...csvLines(['a', 'b'], rows)].join('')).flat()
        expect(cells.filter((cell) => /^[=+\-@\t\r\n＝＋－＠]/.test(cell))).toEqual([])
      }),
    )
    expect([...csvLines(['x'], [['=1+1'], ['@a'], [-2], [null]])]).toEqual([
      'x\r\n',
      "'=1+1\r\n",
      "'@a\r\n",
      '-2\r\n',
      '\r\n',
    ])
  })

  it('has threads, posts in their places, and gaps', async () => {
    const { folder, run } = openExports()
    expect(await run('csv', 'tables')).toMatchObject({ code: 0, out: expect.stringMatching(/^3 files/) })
    const read = (name: string) => {
      const [head = [], ...rows] = parseCsv(readFileSync(join(folder, 'tables', name), 'utf8'))
      return rows.map((row) => Object.fromEntries(row.map((cell, at) => [head[at], cell])))
    }
    const thread = read('threads.csv').find(({ id }) => id === 'x:1767612520723386369')
    expect(thread).toMatchObject({ kind: 'thread', completeness: 'complete', declared_total: '12', posts: '12' })
    const posts = read('posts.csv').filter(({ in_id }) => in_id === 'x:1767612520723386369')
    expect(posts.map(({ position }) => Number(position))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
    expect(posts.map(({ sources }) => sources).join('')).toBe('222212222222')
    const replies = read('posts.csv').filter(({ in_id }) => in_id === 'wordpress:gauges.example/post-1204')
    expect(replies.map(({ depth }) => depth).join(' ')).toBe(' 0 1 2 3 4 0 1 0')
    expect(replies.map(({ position }) => position).join(' ')).toBe('0 1 2 3 4 5 6 7 8')
    expect(replies.filter(({ parent_id }) => parent_id !== '')).toHaveLength(5)
    const byId = new Map(replies.map((reply) => [reply['post_id'], reply]))
    for (const { depth, parent_id } of replies)
      if (parent_id !== '') expect(Number(byId.get(parent_id)?.['depth'])).toBe(Number(depth) - 1)
    expect(read('gaps.csv').map(({ class: kind }) => kind)).toContain('tail')
  })
})
