// What a browser prints at the edges of each sheet, and what is somebody's own.
import { describe, expect, it } from 'vitest'
import { linesOf } from '../../../src/adapters/scrape/lines.ts'
import { withoutSheets } from '../../../src/adapters/scrape/sheets.ts'

const ADDRESS = 'https://tide.example/thread/7.html'
const read = (...lines: readonly string[]) => {
  const { lines: kept, edges } = withoutSheets(linesOf(lines.join('\n')))
  return { kept: kept.map(({ text }) => text).filter((text) => text !== ''), edges }
}

describe('withoutSheets', () => {
  it('takes day, title, address and number off each sheet, each on its line', () => {
    const sheet = (n: number, ...text: readonly string[]) => [
      '12/8/22, 10:00 AM',
      'On tar',
      '',
      ...text,
      ADDRESS,
      `${n}/2`,
    ]
    const { kept, edges } = read(...sheet(1, 'Tar floats.'), ...sheet(2, 'Rope does not.'))
    expect(kept).toEqual(['Tar floats.', 'Rope does not.'])
    expect(edges).toEqual([1, 2, 5, 6, 7, 8, 11, 12])
  })

  it('takes them off where they share a line', () => {
    const sheet = (n: number, text: string) => ['08.12.2022, 10:00     On tar', text, `${ADDRESS}     ${n}/3`]
    expect(read(...sheet(1, 'Tar.'), ...sheet(2, 'Rope.'), ...sheet(3, 'Oakum.')).kept).toEqual([
      'Tar.',
      'Rope.',
      'Oakum.',
    ])
  })

  it('lets a sentence go on over the edge, and no other', () => {
    const lines = ['Tar that', '', ADDRESS, '1/3', '', 'floats.', '', ADDRESS, '2/3', '', 'Rope.', ADDRESS, '3/3']
    const { lines: kept } = withoutSheets(linesOf(lines.join('\n')))
    expect(
      kept
        .map(({ text }) => text)
        .join('\n')
        .trim(),
    ).toBe('Tar that\nfloats.\n\n\nRope.')
  })

  it.each([
    ['one link above a count', ['Tar.', ADDRESS, '1/2', 'Rope.', '2/2']],
    ['links of posts that differ', [ADDRESS, '1/2', 'https://tide.example/8', '2/2']],
    ['counts that do not rise', [ADDRESS, '2/2', ADDRESS, '1/2']],
    ['a day alone', ['12/8/22, 10:00 AM', 'Tar.', '12/8/22, 10:00 AM', 'Rope.']],
  ])('leaves %s', (_, lines) => {
    expect(read(...lines)).toEqual({ kept: lines, edges: [] })
  })
})
