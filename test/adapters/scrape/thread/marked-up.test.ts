// Threads out of mails, notes and chat programs: marks around the words that are none of them.
import { describe, expect, it } from 'vitest'
import { linesOf } from '../../../../src/adapters/scrape/lines.ts'
import { unmark } from '../../../../src/adapters/scrape/thread/marked-up.ts'
import { readThreads } from '../../../../src/adapters/scrape/thread/thread.ts'

const texts = (...lines: readonly string[]) => unmark(linesOf(lines.join('\n'))).map(({ text }) => text)

describe('unmark', () => {
  it('takes the marks off where most lines are quoted', () => {
    expect(texts('Ola wrote:', '> 1/2 Tar.', '>', '>> 2/2 Rope.')).toEqual(['Ola wrote:', '1/2 Tar.', '', '2/2 Rope.'])
  })

  it("leaves a quotation in somebody's words", () => {
    const lines = ['Tar.', '> Rope.', 'So he says.', '> Wire.', 'And again.', 'No.']
    expect(texts(...lines)).toEqual(lines)
  })

  it.each([
    ['**1/2** Tar.', '**2/2** Rope.'],
    ['**1/2**', '**2/2**'],
    ['### 1/2 Tar.', '### 2/2 Rope.'],
    ['__Tweet 1 of 2:__ Tar.', '__Tweet 2 of 2:__ Rope.'],
    ['**1.** Tar.', '**2**. Rope.'],
  ])('takes bold and headings off numbers: %s', (...lines) => {
    for (const text of texts(...lines)) expect(text).toMatch(/^(?:Tweet )?[12](?:\/2| of 2:|\.)?(?: \w+\.)?$/)
  })

  it('leaves words in bold, and a single number', () => {
    const lines = ['**Tar** is cheap.', '**40 ships** came.', '**1/2** left.']
    expect(texts(...lines)).toEqual(lines)
  })
})

describe('rules between posts', () => {
  const cuts = (...lines: readonly string[]) =>
    readThreads(linesOf(lines.join('\n')), { paragraphsArePosts: false, clip: null }).lines.map(
      ({ cutBefore }) => cutBefore,
    )

  it('part a draft', () => {
    expect(cuts('Tar.', '---', 'Rope.', '---', 'Wire.')).toEqual([false, true, true])
  })

  it("are somebody's where there is one, or where they part chapters", () => {
    expect(cuts('Tar.', '---', 'Rope.')).toEqual([false, false, false])
    expect(cuts('Tar. '.repeat(300), '---', 'Rope.', '---', 'Wire.')).toEqual([false, false, false, false, false])
  })
})
