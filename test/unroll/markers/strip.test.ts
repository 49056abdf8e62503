// Stripping takes the believed marker and the white space it leaves, and nothing else.

import { describe, expect, it } from 'vitest'
import { findMarkers } from '../../../src/unroll/markers/candidates/candidates.ts'
import type { Marker } from '../../../src/unroll/markers/marker.ts'
import { stripMarker } from '../../../src/unroll/markers/strip.ts'
import fc from '../../laws.ts'

const BLANK = /^\s*$/u

function strip(text: string): string {
  return stripMarker(text, findMarkers(text)[0] ?? null).text
}

describe('stripMarker', () => {
  it.each([
    ['The ropes.\n/4', 'The ropes.'],
    ['The ropes.\n\n/END', 'The ropes.'],
    ['The ropes.\n(A short 🧵)\n/1', 'The ropes.\n(A short 🧵)'],
    ['4/\n\nThe ropes.', 'The ropes.'],
    ['4/9: The ropes.', 'The ropes.'],
    ['4/9 - The ropes.', 'The ropes.'],
    ['The ropes — 4/9', 'The ropes'],
    ['The ropes.4/9', 'The ropes.'],
    ['🧵 1/9 The ropes', '🧵 The ropes'],
    ['THREAD 1/12 The ropes', 'THREAD The ropes'],
    ['The ropes. 4/9 https://example.org/a', 'The ropes. https://example.org/a'],
    ['The ropes. 4/9 #rope', 'The ropes. #rope'],
    ['The ropes.\n\n4/9\n\nThe tar.', 'The ropes.\n\nThe tar.'],
    ['The ropes.\n4/9\nhttps://example.org/a', 'The ropes.\nhttps://example.org/a'],
    ['1. Hemp, mostly.\n[2/12]', '1. Hemp, mostly.'],
    ['The ropes. 9/9 END', 'The ropes.'],
    ['（２／５）港の料金', '港の料金'],
    ['第二：港の料金', '港の料金'],
    ['第二，港の料金', '第二，港の料金'],
    ['1️⃣ The ropes', 'The ropes'],
    ['/4', ''],
    ['6/ END Thanks for reading', 'Thanks for reading'],
    ['6/ End.', ''],
    ['1/n The ropes', 'The ropes'],
    ['1 / n The ropes', 'The ropes'],
    // Words that open the text, though elsewhere they end a thread or stand for its total.
    ['4. Final results are in', 'Final results are in'],
    ['8. Fin de la route', 'Fin de la route'],
    ['8/ End-of-year ropes', 'End-of-year ropes'],
    ['7/ END USERS hold the ropes', 'END USERS hold the ropes'],
    ['4/ idk, hemp?', 'idk, hemp?'],
    ['4/ many ropes', 'many ropes'],
    ['2/ X marks the rope', 'X marks the rope'],
  ])('strips %j', (text, rest) => {
    expect(strip(text)).toBe(rest)
  })

  it('leaves a text without marker as it is', () => {
    expect(stripMarker('  as it is \n', null)).toEqual({ text: '  as it is \n', strips: [] })
  })

  it('removes nothing outside the span but adjacent white space', () => {
    const words = fc.array(
      fc.constantFrom('rope', '3/7', '(2)', '/4', ' ', '\n', '\n\n', '🧵', '①', '#tar', '4.', '\u200f'),
      { maxLength: 16 },
    )
    fc.assert(
      fc.property(words, (parts) => {
        const text = parts.join('')
        for (const marker of findMarkers(text)) expectOnlySpaceAround(text, marker)
      }),
      { numRuns: 200 },
    )
  })
})

function expectOnlySpaceAround(text: string, marker: Marker): void {
  const { text: rest, strips } = stripMarker(text, marker)
  const [start, end] = strips[0] ?? [0, 0]
  expect(rest).toBe(text.slice(0, start) + text.slice(end))
  expect(start <= marker.start && marker.end <= end).toBe(true)
  expect(BLANK.test(text.slice(start, marker.start)) && BLANK.test(text.slice(marker.end, end))).toBe(true)
}
