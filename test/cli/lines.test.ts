// `--format jsonl`: one finding a line, neighbourhood by neighbourhood, the same findings as the one document.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { makeFolder } from '../folder.ts'
import { unspoolHere } from './in-process.ts'

const POSTS = [
  { author: 'ada', text: '1/2 Ropes.' },
  { author: 'ben', text: 'Tar, and who boils it.', id: '7' },
  { author: 'ada', text: '2/2 Knots.' },
  { author: 'cy', text: 'Which tar?', id: '8', inReplyTo: '7' },
]

const folder = makeFolder()
beforeAll(() => {
  const lines = [...POSTS.map((post) => JSON.stringify(post)), 'not JSON']
  writeFileSync(join(folder, 'posts.jsonl'), lines.join('\n'))
  writeFileSync(join(folder, 'empty.jsonl'), '')
})

const unrollAs = (format: string, name = 'posts.jsonl') =>
  unspoolHere(['unroll', '--format', format, join(folder, name)])

describe('unspool unroll --format jsonl', () => {
  it('prints what the document holds, one finding a line, each remark once', async () => {
    const [lines, whole] = await Promise.all([unrollAs('jsonl'), unrollAs('json')])
    const found = lines.out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    const named = (name: string) => found.flatMap((one) => (name in one ? [one[name]] : []))
    const document = JSON.parse(whole.out) as Record<string, unknown>
    expect(named('thread')).toEqual(document['threads'])
    expect(named('conversation')).toEqual(document['conversations'])
    expect(named('unplaced')).toEqual(document['unplaced'])
    expect(named('note')).toEqual(document['notes'])
    expect([lines.code, lines.err]).toEqual([whole.code, whole.err])
  })

  it('says of an empty input what the other formats say', async () => {
    const [lines, whole] = await Promise.all([unrollAs('jsonl', 'empty.jsonl'), unrollAs('json', 'empty.jsonl')])
    expect([lines.code, lines.err]).toEqual([whole.code, whole.err])
  })

  it('has --json like every other command, for --format json', async () => {
    const [short, long] = await Promise.all([
      unspoolHere(['unroll', '--json', join(folder, 'posts.jsonl')]),
      unrollAs('json'),
    ])
    expect(short).toEqual(long)
  })
})
