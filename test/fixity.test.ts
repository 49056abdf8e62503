// Digests: one text for one value, what is stored is what is hashed, copies of a text are found.

import { describe, expect, it } from 'vitest'
import { canonicalJson, contentDigest, digestOf, mayBeIllFormed, textFingerprint, wellFormed } from '../src/fixity.ts'
import fc from './laws.ts'

describe('canonicalJson', () => {
  it('does not see the order of keys, and means the same as JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
        expect(contentDigest(reverseKeys(value))).toBe(contentDigest(value))
      }),
    )
  })

  it('leaves out what is undefined, as JSON does', () => {
    expect(canonicalJson({ b: undefined, a: [undefined, null], c: { d: undefined } })).toBe('{"a":[null,null],"c":{}}')
  })
})

function reverseKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reverseKeys)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, reverseKeys(inner)]),
  )
}

describe('digestOf', () => {
  it('is the SHA-256 that every tool prints', () => {
    expect(digestOf(new TextEncoder().encode('abc'))).toBe(
      'sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    )
  })
})

describe('mayBeIllFormed', () => {
  it('is true of whatever wellFormed would mend, as it is and as JSON', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '\\', 'u', 'd', 'é', '\ud83d', '\ude00', '"') })
    fc.assert(
      fc.property(text, (given) => {
        const isMended = wellFormed(given) !== given
        if (isMended) expect([mayBeIllFormed(given), mayBeIllFormed(JSON.stringify([given]))]).toEqual([true, true])
      }),
    )
    expect(mayBeIllFormed(JSON.stringify(['😀', 'é', '\n', '\u0001']))).toBe(false)
  })
})

describe('wellFormed', () => {
  it('mends half surrogate pairs anywhere, keeps everything else, and gives the very value back when it is sound', () => {
    expect(wellFormed({ a: ['x\ud800y', '\udc00', '😀'], 'k\udfff': 1 })).toEqual({
      a: ['x\ufffdy', '\ufffd', '😀'],
      'k\ufffd': 1,
    })
    const sound = { a: 'back\\ud800slash', b: '😀' }
    expect(wellFormed(sound)).toEqual(sound)
    expect(wellFormed({ a: 1 })).toEqual({ a: 1 })
  })
})

describe('textFingerprint', () => {
  const text = 'The ferry leaves at dawn, whatever the weather says about it'

  it('is shared by copies whose markers, links, case and spaces differ', () => {
    const copies = [
      `3/17 ${text}`,
      `${text}\n\nhttps://t.example/abc`,
      text.toUpperCase(),
      text.replaceAll(' ', '\u00a0 '),
    ]
    expect(new Set(copies.map(textFingerprint))).toEqual(new Set([textFingerprint(text)]))
  })

  it('knows letters of every alphabet, signs beside them, and links in the midst of words', () => {
    const greek = 'Το φέρι φεύγει την αυγή, ό,τι κι αν λέει ο καιρός \u{1d4d0}'
    expect(textFingerprint(`“1/2” — ${greek} \u{1f9f5}…`)).toBe(textFingerprint(greek.toUpperCase()))
    expect(textFingerprint(greek)).not.toBe(textFingerprint(greek.replace('αυγή', 'βροχή')))
    expect(textFingerprint(`seehttp://t.example/abc ${text}`)).toBe(textFingerprint(`see ${text}`))
    expect(textFingerprint(`http:// ${text}`)).toBe(textFingerprint(`http ${text}`))
  })

  it('differs for other words and is unknown for short ones', () => {
    expect(textFingerprint(text.replace('dawn', 'noon'))).not.toBe(textFingerprint(text))
    expect(textFingerprint('thanks! 1/2')).toBeNull()
    expect(textFingerprint('')).toBeNull()
  })
})
