// Finds the form of number that stands at a place of a folded text: the first of the table whose pattern holds.
import type { FormPattern, PartName, Side } from './form.ts'
import { FORMS_OF } from './forms.ts'
import { readSigns, type Signs } from './numerals/signs.ts'

/** No form is longer (UTF-16 code units). */
const LONGEST = 60
/** The glue itself and the character that makes a single letter of it (UTF-16 code units). */
const GLUE_REACH = 4

export interface FormMatch {
  readonly form: Pick<FormPattern, 'form' | 'prior' | 'parts'>
  readonly match: RegExpExecArray
}

/** The part of this name, or undefined where the hit has none. */
export function partOf({ form, match }: FormMatch, name: PartName): string | undefined {
  const at = form.parts.indexOf(name)
  return at < 0 ? undefined : match[at + 1]
}

/** The first form that stands at `at`, or null. */
export function matchFront(folded: string, at: number, side: Side): FormMatch | null {
  const ahead = folded.slice(at, at + LONGEST)
  const signs = readSigns(ahead)
  for (const form of FORMS_OF[side]) {
    if ((form.needs.opens & signs.first) === 0 || !mayHold(form, signs, ahead)) continue
    const match = execAt(form.front(), folded, at)
    if (match !== null) return { form, match }
  }
  return null
}

/** The first form that ends the slice, or null. Keep the slice short: it is searched from its start. */
export function matchBack(slice: string, side: Side): FormMatch | null {
  const signs = readSigns(slice)
  for (const form of FORMS_OF[side]) {
    if ((form.needs.closes & signs.last) === 0 || !mayHold(form, signs, slice)) continue
    const match = execUnglued(form, slice)
    if (match !== null) return { form, match }
  }
  return null
}

function execAt(pattern: RegExp, folded: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  const match = pattern.exec(folded)
  // Inside a pair of surrogates a pattern with `u` steps back.
  return match?.index === at ? match : null
}

/** Kept out of the patterns: there the look behind would be made anew at each character, for each form. */
function execUnglued({ back, glued }: FormPattern, slice: string): RegExpExecArray | null {
  const pattern = back()
  pattern.lastIndex = 0
  for (let match = pattern.exec(slice); match !== null; match = pattern.exec(slice)) {
    if (!glued.test(slice.slice(Math.max(0, match.index - GLUE_REACH), match.index))) return match
    // Inside a pair of surrogates a pattern with `u` would step back and find the same again.
    pattern.lastIndex = match.index + ((slice.codePointAt(match.index) ?? 0) > 0xffff ? 2 : 1)
  }
  return null
}

function mayHold({ needs }: FormPattern, { held }: Signs, slice: string): boolean {
  return (needs.holds & ~held) === 0 && (needs.opens & held) !== 0 && (needs.words?.test(slice) ?? true)
}
