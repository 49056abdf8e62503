// The cheap looks before the patterns change nothing: what they spare could not have matched.

import { describe, expect, it } from 'vitest'
import type { Side } from '../../../../src/unroll/markers/candidates/form.ts'
import { type FormMatch, matchBack, matchFront } from '../../../../src/unroll/markers/candidates/form-match.ts'
import { FORMS_OF } from '../../../../src/unroll/markers/candidates/forms.ts'
import { fold } from '../../../../src/unroll/markers/candidates/numerals/digits.ts'
import fc from '../../../laws.ts'

const PIECES =
  '1|2|12|4/9|/|(|)|[|]|٣|１|①|1️⃣|🔟|🧵|\n| |#|END|end|fin|x|n|?|∞|…|...|Part|part 2|of|a|word|й|é|.|,|:|-|—|\u2060|四|十|、|第|//|\\|$|5%|（|）'.split(
    '|',
  )
const SIDES: readonly Side[] = ['front', 'back', 'line']

const text = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }).map((parts) => fold(parts.join(''))),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }).map(fold) },
)

function spanOf(found: FormMatch | null): readonly unknown[] {
  return found === null ? [] : [found.form.form, found.form.prior, found.match.index, ...found.match]
}

const LISTED = [
  ...['4/9', '(4/9)', '[Thread 4/9]', '(4/)', '(/4)', '(4 of 9)', '(part 4 of 9)', 'Part 4/x', '4/END', '4/?', '#4/9'],
  ...[
    '4 of 9',
    '4/',
    '/4',
    '(4)',
    '4)',
    '4.',
    '4: rope',
    '4 - rope',
    '4、',
    '#4',
    '1\u20e32\u20e3',
    '4\u20e3',
    '🔟',
    '④',
  ],
  ...[
    '十二/',
    '(四)',
    '④/⑨',
    '(4/end)',
    '4편. ',
    'その四.',
    '其の四 ',
    '4',
    'rope 4/9',
    'rope(4/9)',
    'é(4/9)',
    'Ж4/9',
    'a4/9',
    '2.4/9',
    '$4/9',
    'rope🔟🔟',
    '4/9.',
    'a🧵4',
    '🧵4',
    'x🧵🧵4',
  ],
]

/** `matchFront` without short cuts. */
function tryAllFront(folded: string, at: number, side: Side): FormMatch | null {
  for (const form of FORMS_OF[side]) {
    const pattern = form.front()
    pattern.lastIndex = at
    const match = pattern.exec(folded)
    // Inside a pair of surrogates a pattern with `u` steps back.
    if (match?.index === at) return { form, match }
  }
  return null
}

/** `matchBack` without short cuts. */
function tryAllBack(slice: string, side: Side): FormMatch | null {
  for (const form of FORMS_OF[side]) {
    const match = new RegExp(`(?<!${form.glued.source.slice(0, -1)})${form.back().source}`, 'iu').exec(slice)
    if (match !== null) return { form, match }
  }
  return null
}

describe('the table of forms', () => {
  it.each(LISTED)('is as good with its short cuts for %j', (value) => {
    for (const side of SIDES) {
      expect(spanOf(matchFront(value, 0, side))).toEqual(spanOf(tryAllFront(value, 0, side)))
      expect(spanOf(matchBack(value, side))).toEqual(spanOf(tryAllBack(value, side)))
    }
  })

  it('is as good with its short cuts for any text', () => {
    const where = fc.record({ value: text, at: fc.nat(6), side: fc.constantFrom(...SIDES) })
    fc.assert(
      fc.property(where, ({ value, at, side }) => {
        const from = Math.min(at, value.length)
        expect(spanOf(matchFront(value, from, side))).toEqual(spanOf(tryAllFront(value, from, side)))
        expect(spanOf(matchBack(value, side))).toEqual(spanOf(tryAllBack(value, side)))
      }),
      { numRuns: 500 },
    )
  })
})
