// `--min-posts`: what is shorter is left out of what is printed, and that is said.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { makeFolder } from '../folder.ts'
import { unspoolHere } from './in-process.ts'

const POSTS = [
  { author: 'ada', id: '1', text: '1/2 Ropes.', createdAt: '2026-01-01T10:00:00Z' },
  { author: 'ada', id: '2', text: '2/2 Knots.', inReplyTo: '1', createdAt: '2026-01-01T10:01:00Z' },
  { author: 'ben', id: '7', text: 'Nothing today.', createdAt: '2026-01-02T10:00:00Z' },
  { author: 'cy', id: '8', text: 'Rain.', createdAt: '2026-01-03T10:00:00Z' },
]

const folder = makeFolder()
let posts = ''
let archive: readonly string[] = []
beforeAll(async () => {
  posts = join(folder, 'posts.jsonl')
  archive = ['--archive', join(folder, 'archive')]
  writeFileSync(posts, POSTS.map((post) => JSON.stringify(post)).join('\n'))
  await unspoolHere(['add', ...archive, posts])
})

describe('unspool unroll --min-posts', () => {
  it('prints the threads that are long enough, and says how many are not', async () => {
    const { code, out, err } = await unspoolHere(['unroll', '--min-posts', '2', posts])
    expect(code).toBe(0)
    expect(out).toContain('Knots.')
    expect(out).not.toMatch(/Nothing today|Rain/)
    expect(err).toContain('left out for having fewer than 2 posts: 2')
  })

  it('leaves nothing out unless asked', async () => {
    const { out, err } = await unspoolHere(['unroll', posts])
    expect(out).toContain('Rain.')
    expect(err).toBe('')
  })

  it('keeps articles without comments', async () => {
    const { out } = await unspoolHere(['unroll', '--min-posts', '5', 'fixtures/writefreely/essay/page.html'])
    expect(out).toContain('kind: "article"')
  })

  it('is no error when all is shorter', async () => {
    expect(await unspoolHere(['unroll', '--min-posts', '9', posts])).toMatchObject({ code: 0, out: '' })
  })

  it.each(['0', '-1', 'two', '1.5'])('refuses %s', async (n) => {
    expect(await unspoolHere(['unroll', `--min-posts=${n}`, posts])).toMatchObject({ code: 2, out: '' })
  })
})

describe('unspool list --min-posts', () => {
  it('lists what is long enough', async () => {
    const { out } = await unspoolHere(['list', ...archive, '--min-posts', '2'])
    expect(out.trim().split('\n')).toEqual([expect.stringContaining('Ropes.')])
    expect((await unspoolHere(['list', ...archive])).out.trim().split('\n')).toHaveLength(3)
  })
})
