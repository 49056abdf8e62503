// The archive as of a date: later edits, deletions and captures are not there yet, and nothing is stored.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { unspoolHere } from '../../cli/in-process.ts'
import { type Exported, openExports } from './open.ts'

let exported: Exported
beforeAll(() => {
  exported = openExports()
})

interface Line {
  readonly thread?: { readonly id: string; readonly posts: readonly { readonly text: string }[] }
  readonly conversation?: { readonly id: string; readonly replies: readonly { readonly id: string }[] }
}

async function linesAsOf(date: string | null): Promise<Line[]> {
  const more = date === null ? [] : ['--as-of', date]
  expect(await exported.run('jsonl', 'then.jsonl', ...more)).toMatchObject({ code: 0 })
  const lines = readFileSync(join(exported.folder, 'then.jsonl'), 'utf8').split('\n').slice(0, -1)
  return lines.map((line) => JSON.parse(line))
}

const NORA = 'mastodon:http://social.example/users/nora/statuses/110000000000000001'
const openingOf = (lines: Line[]) => lines.find(({ thread }) => thread?.id === NORA)?.thread?.posts[0]?.text

describe('an export as of a date', () => {
  it('shows a post as it was then, and as it is now', async () => {
    expect(openingOf(await linesAsOf('2025-04-05'))).toContain('70 °C')
    expect(openingOf(await linesAsOf('2025-04-06T06:10:00Z'))).toContain('60 °C')
    expect(openingOf(await linesAsOf('2025-04-06T06:09:59.999Z'))).toContain('70 °C')
  })

  it('knows nothing that was captured later', async () => {
    expect(await linesAsOf('2024-03-14')).toEqual([])
    const march = (await linesAsOf('2024-03-15')).flatMap(({ thread }) => thread ?? [])
    expect(march.map(({ posts }) => posts.length).sort()).toEqual([1, 12, 3, 3, 3])
  })

  it('shows what was gone later', async () => {
    const replies = (lines: Line[]) =>
      lines.flatMap(({ conversation }) => conversation?.replies ?? []).map(({ id }) => id)
    expect(replies(await linesAsOf('2024-05-31'))).toContain('wordpress:gauges.example/comment-98')
  })

  it('is what the archive shows, for a date after everything', async () => {
    expect(await linesAsOf('2030-01-01')).toEqual(await linesAsOf(null))
  })

  it('is there for Markdown too, and refused where it would be untrue', async () => {
    expect(await exported.run('md', 'then', '--as-of', '2024-03-15')).toMatchObject({ code: 0 })
    expect(readdirSync(join(exported.folder, 'then'))).toHaveLength(5)
    const args = ['export', '--archive', exported.archive, '--format', 'wacz', '--as-of', '2024-03-15']
    expect(await unspoolHere(args)).toMatchObject({ code: 2, err: expect.stringContaining('holds all captures') })
    expect(await exported.run('md', 'then', '--as-of', 'spring')).toMatchObject({ code: 2 })
  })
})
