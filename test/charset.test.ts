// Bytes → text: which charset is believed, and what is said when characters could not be read.

import { describe, expect, it } from 'vitest'
import { decodeText } from '../src/charset.ts'
import fc from './laws.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)
const utf16 = (text: string, big: boolean, mark: boolean) => {
  const bytes = Buffer.from((mark ? '\uFEFF' : '') + text, 'utf16le')
  return new Uint8Array(big ? bytes.swap16() : bytes)
}
const latin = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'))

describe('decodeText', () => {
  it('never throws, and gives back any well-formed text that is UTF-8', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => typeof decodeText(bytes, null).text === 'string'),
    )
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        fc.pre(!text.includes('\0') && !text.startsWith('\uFEFF'))
        const decoded = decodeText(utf8(text), 'utf-8')
        expect(decoded).toMatchObject({ text, lossy: false })
      }),
    )
  })

  it('believes a byte order mark before any declaration, and leaves it out', () => {
    expect(decodeText(utf16('Grüße', false, true), 'utf-8')).toMatchObject({
      text: 'Grüße',
      charset: 'utf-16le',
      basis: 'bom',
    })
    expect(decodeText(utf16('Grüße', true, true), null)).toMatchObject({
      text: 'Grüße',
      charset: 'utf-16be',
      basis: 'bom',
    })
    expect(decodeText(utf8('\uFEFFé'), 'windows-1251')).toMatchObject({ text: 'é', basis: 'bom' })
  })

  it('tells UTF-16 without a mark by where its zeros stand, in Latin and Cyrillic', () => {
    for (const text of ['plain words, and more of them', 'несколько простых слов, и ещё немного\nслов на строке'])
      for (const big of [true, false]) expect(decodeText(utf16(text, big, false), 'utf-8').text).toBe(text)
  })

  it('uses the header, then the declaration inside, then sniffs', () => {
    expect(decodeText(latin('caf\xe9'), 'iso-8859-1')).toMatchObject({ text: 'café', basis: 'header' })
    expect(decodeText(latin('<meta charset="windows-1252">caf\xe9'), null)).toMatchObject({
      basis: 'meta',
      lossy: false,
    })
    expect(decodeText(latin('<?xml version="1.0" encoding="koi8-r"?>\xd7'), null)).toMatchObject({ charset: 'koi8-r' })
    expect(decodeText(latin('caf\xe9 au lait'), null)).toMatchObject({ text: 'café au lait', charset: 'windows-1252' })
    expect(decodeText(utf8('café'), null)).toMatchObject({
      text: 'café',
      charset: 'utf-8',
      basis: 'sniffed',
      lossy: false,
    })
  })

  it('passes over an unknown label and a declaration the bytes contradict', () => {
    expect(decodeText(utf8('é'), 'x-klingon')).toMatchObject({ text: 'é', basis: 'sniffed' })
    expect(decodeText(latin('<meta charset=iso-8859-1>Stra\xdfe'), 'utf-8')).toMatchObject({
      basis: 'meta',
      lossy: false,
    })
  })

  it('says when characters were replaced or zeros dropped, and keeps the rest', () => {
    const cut = utf8('ein Satz mit Umlauten: äöüß, ÄÖÜ, é').slice(0, -1)
    expect(decodeText(cut, 'utf-8')).toMatchObject({ charset: 'utf-8', lossy: true })
    expect(decodeText(utf8('a\0b'), null)).toMatchObject({ text: 'ab', lossy: true })
  })

  it('reads UTF-32 with a mark or by where its zeros stand, and replaces what is no character', () => {
    const text = 'Grüße, 灯台 and 🧵; and more words, so that there are enough'
    const utf32 = (points: readonly number[], isLittle: boolean) => {
      const bytes = new DataView(new ArrayBuffer(points.length * 4))
      for (const [at, point] of points.entries()) bytes.setUint32(at * 4, point, isLittle)
      return new Uint8Array(bytes.buffer)
    }
    const points = [...text].map((sign) => sign.codePointAt(0)!)
    for (const isLittle of [true, false])
      for (const mark of [[0xfeff], []])
        expect(decodeText(utf32([...mark, ...points], isLittle), null)).toMatchObject({ text, lossy: false })
    const broken = decodeText(utf32([0xfeff, 0x61, 0xd800, 0x110000, 0x62], true), null)
    expect(broken).toMatchObject({ text: 'a\uFFFD\uFFFDb', charset: 'utf-32le', lossy: true })
  })

  it('leaves out the zeros that fill a file up, says so, and takes no byte of its last character', () => {
    const filled = (bytes: Uint8Array) => Buffer.concat([bytes, Buffer.alloc(4096)])
    expect(decodeText(filled(utf8('plain words')), null)).toMatchObject({ text: 'plain words', lossy: true })
    for (const text of ['plain words', 'plain word'])
      for (const big of [true, false])
        expect(decodeText(filled(utf16(text, big, true)), null)).toMatchObject({ text, lossy: true })
  })

  it('is not fooled by an empty body', () => {
    expect(decodeText(new Uint8Array(), null)).toMatchObject({ text: '', lossy: false })
  })
})
