// Front matter: whatever a title holds, a YAML reader gets it back and the block ends where it should.

import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { printFrontMatter } from '../../../src/export/markdown/front-matter.ts'
import fc from '../../laws.ts'

test('prints one line a key', () => {
  expect(
    printFrontMatter({ title: 'Why "bridges" hum', url: null, posts: 3, sources: ['a.html', '-'], captures: [] }),
  ).toBe(
    '---\ntitle: "Why \\"bridges\\" hum"\nurl: null\nposts: 3\nsources:\n  - "a.html"\n  - "-"\ncaptures: []\n---\n',
  )
})

test.each([
  '---',
  'a\n---\nb: c',
  '"',
  '\\',
  ': #',
  '{{x}}',
  '!!js/function x',
  '\u2028---',
  '\u0085',
  '\ufeff',
  '\u202e',
  'null',
  'yes',
])('does not break out with %j', (title) => {
  const printed = printFrontMatter({ title, id: 'x:1' })
  expect(printed.split('\n')).toHaveLength(5)
  expect(parse(inner(printed))).toEqual({ title, id: 'x:1' })
})

test('law: YAML reads back every well-formed text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.array(fc.string({ unit: 'grapheme' })), (title, sources) => {
      expect(parse(inner(printFrontMatter({ title, sources })))).toEqual({ title, sources })
    }),
  )
})

test('half a surrogate pair becomes the replacement character', () => {
  expect(printFrontMatter({ title: 'a\ud800b' })).toBe('---\ntitle: "a\ufffdb"\n---\n')
})

function inner(printed: string): string {
  expect(printed.startsWith('---\n')).toBe(true)
  expect(printed.endsWith('\n---\n')).toBe(true)
  return printed.slice(4, -4)
}
