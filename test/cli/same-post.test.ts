// Law: how often a file says one post does not matter: it is one post, and what a second file says of it is a version.
// Done at once, or not before the test is given up: no sighting is compared with each other.
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { unspoolHere } from './in-process.ts'
import { makeFolder, writeInto } from './run.ts'

const folder = makeFolder()
const TIMES = 40_000
const line = (text: string) => `${JSON.stringify({ author: 'ada', text, id: '1' })}\n`

it('a post that a file says forty thousand times is one post, also beside another file', async () => {
  writeInto(folder, 'many.jsonl', line('Ropes, and who makes them.').repeat(TIMES))
  writeInto(folder, 'one.jsonl', line('Ropes, and who makes them. 1/2'))
  const archive = join(folder, 'archive')
  const inputs = ['many.jsonl', 'one.jsonl'].map((name) => join(folder, name))
  expect((await unspoolHere(['add', '--archive', archive, ...inputs])).code).toBe(0)
  const { out } = await unspoolHere([
    'sql',
    '--here',
    '--json',
    '--archive',
    archive,
    'SELECT count(*) AS posts FROM posts',
  ])
  expect(JSON.parse(out)).toEqual([{ posts: 1 }])
})
