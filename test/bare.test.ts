// Texts as they are compared: what only sets them is gone, what they say stays.
import { describe, expect, it } from 'vitest'
import { bare, bareRun } from '../src/bare.ts'

const SETTINGS = [
  'The café, re-opened: 5 o’clock!',
  "  THE CAFÉ re opened – “5 o'clock” ",
  'The cafe\u0301\nre—opened 5 o clock',
]

describe('a text however it is set', () => {
  it.each(SETTINGS)('has the same words: %j', (text) => {
    expect(bare(text)).toBe('the café re opened 5 o clock')
    expect(bareRun(text)).toBe('thecaféreopened5oclock')
  })

  it('is bare already when it was made so', () => {
    for (const text of SETTINGS) expect(bare(bare(text))).toBe(bare(text))
  })

  it('is nothing where it has neither letters nor digits', () => {
    for (const text of ['', ' … — 🧵 ']) expect([bare(text), bareRun(text)]).toEqual(['', ''])
  })

  it('keeps letters of all scripts, and numbers apart', () => {
    expect(bare('한글, «слово»')).toBe('한글 слово')
    expect(bare('1/3 tides')).not.toBe(bare('2/3 tides'))
    expect(bare('\u1112\u1161\u11ab')).toBe('한')
  })
})
