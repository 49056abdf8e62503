// Titles made of first words: cut at a word, and marked as cut only within a sentence.
import { expect, it } from 'vitest'
import { shortTitle } from '../../../src/export/markdown/title.ts'

const SENTENCE = 'The lens of the old light floats in a bath of mercury, and nobody may touch it.'

it('is marked where a sentence is cut, and not where one ends', () => {
  expect(shortTitle(`${SENTENCE.slice(0, -1)} on Sundays.`)).toBe(`${SENTENCE.slice(0, -1)}…`)
  expect(shortTitle(`${SENTENCE} Nobody knows why.`)).toBe(SENTENCE)
  expect(shortTitle('Short.')).toBe('Short.')
})

it('names an address without the signs that would make it a link', () => {
  expect(shortTitle('Read https://www.lamps.example/oil, then http://e.example')).toBe(
    'Read lamps.example/oil, then e.example',
  )
})

it('is not cut within a sign', () => {
  expect(shortTitle(`a${'🗼'.repeat(60)}`)).toBe(`a${'🗼'.repeat(39)}…`)
})

it.each(['', ' \n\n \t'])('is none of a text without words: %j', (text) => {
  expect(shortTitle(text)).toBeNull()
})
