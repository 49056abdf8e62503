// Of each word it is said once what it is about.
import { describe, expect, it } from 'vitest'
import { lookUp, startVocabulary } from '../../../../src/unroll/evidence/words/vocabulary.ts'
import { readWords } from '../../../../src/unroll/evidence/words/words.ts'

describe('a vocabulary', () => {
  const vocabulary = startVocabulary()
  const stemOf = (word: string): string | null => lookUp(vocabulary, word).stem?.written ?? null

  it('cuts words of one topic to one stem, and leaves names whole', () => {
    expect(stemOf('lanterns')).toBe('lanter')
    expect(lookUp(vocabulary, 'lantern').stem).toBe(lookUp(vocabulary, 'lanterns').stem)
    expect(stemOf('@lamproomnotes')).toBe('@lamproomnotes')
  })

  it('finds no topic in numbers, short words and words everybody uses', () => {
    for (const word of ['1994', 'ox', 'because', 'який'.slice(0, 2)]) expect(stemOf(word)).toBeNull()
    expect(stemOf('灯塔')).toBe('灯塔')
  })

  it('answers alike whether a word was met before or not', () => {
    const texts = ['The lantern floats in mercury', 'Nobody floats a lantern, nobody']
    const together = startVocabulary()
    for (const text of [...texts, ...texts]) expect(readWords(text, together)).toMatchObject(wordsAlone(text))
  })
})

/** What a post's words are by themselves, but for the places of its stems. */
function wordsAlone(text: string): object {
  const { tokens, ...rest } = readWords(text)
  return { ...rest, tokens: tokens.map(({ written }) => ({ written })) }
}
