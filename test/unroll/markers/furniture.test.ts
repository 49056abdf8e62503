// What leaves the text with its number, and what stays.
import { describe, expect, it } from 'vitest'
import { findMarkers } from '../../../src/unroll/markers/candidates/candidates.ts'
import { stripMarkers } from '../../../src/unroll/markers/strip.ts'

const strip = (text: string): string => stripMarkers(text, findMarkers(text)[0] ?? null, []).text

describe('beside a number that leaves the text', () => {
  it.each([
    '🧵 2/9 The ropes.',
    '2/9 🧵 The ropes.',
    'Thread 2/9: The ropes.',
    '[Thread 2/9] The ropes.',
    'The ropes. 🧵 2/9',
    'The ropes. 2/9 🧵',
    'The ropes. 2/9 >>',
    'The ropes. >> 2/9',
    'The ropes. ... 2/9',
    'The ropes. 2/9…',
    'The ropes. 2/9 👇',
    'The ropes. 2/9 ➡️',
    "The ropes. (2/9) (cont'd)",
    'The ropes. Thread (2/9)',
  ])('goes what is there for it alone: %s', (text) => {
    expect(strip(text)).toBe('The ropes.')
  })

  it.each([
    ['The ropes and then… 2/9', 'The ropes and then…'],
    ['Read the whole thread 2/9', 'Read the whole thread'],
    ['🪢 2/9 The ropes.', '🪢 The ropes.'],
    ['The ropes. 2/9 #rope', 'The ropes. #rope'],
    ['2/9 The ropes 👇', 'The ropes 👇'],
    ['🧵 2/9', '🧵'],
  ])('stays what is the author’s: %s', (text, rest) => {
    expect(strip(text)).toBe(rest)
  })
})
