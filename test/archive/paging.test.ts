// Lists are paged by key: with an offset the thousandth page reads all pages before it.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const SRC = join(import.meta.dirname, '../../src')
const SKIPS_ROWS = /\bLIMIT\s+(?:\d+|\?|[@:$]\w+|\$\{[^}]*\})\s*(?:,\s*[\d?@:$]|OFFSET\b)/i

it('no statement of the program skips rows by counting them', () => {
  const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))
  const skipping = files.filter((name) => statementsOf(readFileSync(join(SRC, name), 'utf8')).some(isSkipping))
  expect(files.length).toBeGreaterThan(100)
  expect(skipping).toEqual([])
  expect(isSkipping('SELECT 1 FROM posts LIMIT 20 OFFSET 40')).toBe(true)
  expect(isSkipping('SELECT 1 FROM posts LIMIT 40, 20')).toBe(true)
})

function isSkipping(statement: string): boolean {
  return SKIPS_ROWS.test(statement)
}

const STATEMENT = /(['"`])((?:(?!\1)[^\\]|\\.)*?\bSELECT\b(?:(?!\1)[^\\]|\\.)*)\1/gs

/** Texts in the source that select something. */
function statementsOf(source: string): readonly string[] {
  return [...source.matchAll(STATEMENT)].map(([, , text]) => text ?? '')
}
