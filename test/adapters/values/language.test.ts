// One spelling for the language of a post, whatever its source writes.
import { describe, expect, it } from 'vitest'
import { languageOf } from '../../../src/adapters/values/language.ts'

describe('languageOf', () => {
  it.each([
    ['en_US', 'en-US'],
    ['EN', 'en'],
    ['pt-br', 'pt-BR'],
    ['zh_hant_tw', 'zh-Hant-TW'],
    ['iw', 'he'],
    [' de ', 'de'],
  ])('spells %s as BCP 47 does', (written, tag) => {
    expect(languageOf(written)).toBe(tag)
  })

  it.each(['', 'und', 'zxx', 'qme', 'qht', 'English', 'en--us', 'e', 'x'.repeat(200), null, undefined, 5, {}])(
    'is nothing for %j',
    (written) => {
      expect(languageOf(written)).toBeNull()
    },
  )
})
