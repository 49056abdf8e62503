// File names: date, author, slug, id; safe on every system, each given once.

import { expect, test } from 'vitest'
import { createNamer, type Nameable, nameFile } from '../../src/export/filename.ts'
import fc from '../laws.ts'
import { ADA } from './build.ts'

const ITEM: Nameable = {
  id: 'x:1740',
  author: ADA,
  title: null,
  text: 'Why bridges hum at night',
  published: '2026-01-02T03:04:05.000Z',
}
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i

test('carries date, author, slug and id', () => {
  expect(nameFile(ITEM)).toBe('2026-01-02-ada-why-bridges-hum-at-night-x-1740.md')
})

test('says when no date, author or words are known', () => {
  expect(nameFile({ id: 'x:1', author: null, title: null, text: '', published: null })).toBe('undated-x-1.md')
})

test.each([
  '../../etc/passwd',
  'C:\\x',
  'a/b',
  'con',
  'NUL.txt',
  'a. ',
  '\u202egpj.exe',
  '\u0000',
  '🧵🧵',
  '|<>:"?*',
  '%2e%2e',
])('makes %j harmless in every place', (words) => {
  const author = { ...ADA, handle: words }
  expect(nameFile({ id: words, author, title: words, text: words, published: words })).toMatch(/^[a-z0-9-]+\.md$/)
})

test('keeps words of any script', () => {
  expect(nameFile({ ...ITEM, title: 'Кто гудит? 橋が鳴る' })).toBe('2026-01-02-ada-кто-гудит-橋が鳴る-x-1740.md')
})

test('ids that differ only in case or signs give different names', () => {
  const ids = ['at:Ab', 'at:ab', 'at:a-b', 'at-a:b', 'at:a:b', 'at:a_b', 'at:ａb']
  const names = ids.map((id) => nameFile({ ...ITEM, id }).toLowerCase())
  expect(new Set(names).size).toBe(ids.length)
})

test('law: 10,000 titles give safe names, no two alike on any file system', () => {
  const name = createNamer()
  const seen = new Set<string>()
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.string(),
    fc.constantFrom('CON', 'Ünïted', 'same title'),
  )
  const items = fc.record({ id: fc.oneof(text, fc.constantFrom('x:1', 'X:1')), title: text, handle: text })
  for (const { id, title, handle } of fc.sample(items, 10_000)) {
    const given = name({ ...ITEM, id, title, author: { ...ADA, handle } })
    expectSafe(given)
    const folded = given.normalize('NFKD').toLowerCase()
    expect(seen.has(folded)).toBe(false)
    seen.add(folded)
  }
})

function expectSafe(name: string): void {
  expect(Buffer.byteLength(name)).toBeLessThanOrEqual(120)
  expect(name).toMatch(/^[\p{L}\p{N}\p{M}-]+\.md$/u)
  expect(name).not.toMatch(RESERVED)
  expect(name).not.toMatch(/^[-.]|-\.md$/)
}
