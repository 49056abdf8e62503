// The list of an archive, narrowed: what somebody began, what is not whole. Each page names the command for the next.
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { makeFolder, ROOT, unspool } from './run.ts'

const folder = makeFolder()
const archive = join(folder, 'archive')
const list = (...args: readonly string[]) => unspool(['list', '--archive', archive, ...args])
const PAGES = ['thread-reader/whole-and-cut/page.html', 'wordpress/footnotes-and-comments/page.html']

beforeAll(() => {
  const pages = PAGES.map((page) => join(ROOT, 'fixtures', page))
  expect(unspool(['add', '--archive', archive, ...pages]).code).toBe(0)
})

interface Row {
  readonly kind: string
  readonly author: string
  readonly completeness: string
}

function rowsOf(...args: readonly string[]): readonly Row[] {
  return (JSON.parse(list('--json', ...args).out) as { rows: readonly Row[] }).rows
}

describe('a narrowed list', () => {
  it('has what its author began, threads and discussions, whatever the case', () => {
    const own = rowsOf('--author', '@LampRoomNotes')
    expect(own).toEqual(rowsOf().filter(({ author }) => author === 'lamproomnotes'))
    const [discussion] = rowsOf().filter(({ kind }) => kind === 'conversation')
    expect(rowsOf('--author', discussion?.author ?? '')).toEqual([discussion])
  })

  it('has what is known to be incomplete', () => {
    const partial = rowsOf('--incomplete')
    expect(partial).toEqual(rowsOf().filter(({ completeness }) => completeness === 'partial'))
    expect(partial.length).toBeLessThan(rowsOf().length)
  })

  it('shows of each row what `add` printed, and who began it', () => {
    const { out } = list('--incomplete', '--author', 'lamproomnotes')
    for (const line of out.trim().split('\n'))
      expect(line).toMatch(/^\S+ {2}[\d -]{10} {2}lamproomnotes {2}◐ \S.* {2}\S/)
  })

  it('goes on as it was narrowed, and says what there is nothing of', () => {
    const { err } = list('--incomplete', '--author', 'lamproomnotes', '--limit', '1')
    expect(err).toMatch(/more: unspool list .*--limit 1 --author lamproomnotes --incomplete --after '/)
    expect(list('--author', 'nobody').err).toMatch(/nothing begun by nobody is in/)
  })
})
