// What a form of number is: a pattern over folded text (see digits.ts), what it sets apart, and when it is worth
// trying.
import type { Form } from '../marker.ts'

/** `front`: the pattern holds at the start of a post, `back`: at its end, `line`: only where it fills a line. */
export type Side = 'front' | 'back' | 'line'

/** Where a form may stand; all of them may fill a line. */
export type Where = 'both' | 'front' | 'line'

/**
 * What a pattern sets apart: the `open` bracket, `n` and `m` (numbers), `x` (an open total), `end` (an end word), and
 * others.
 */
export type PartName =
  | ('open' | 'n' | 'm' | 'x' | 'end' | 'keys' | 'single' | 'han' | 'part' | 'word')
  | ('singletotal' | 'hantotal' | 'roman' | 'romantotal' | 'spelt' | 'letter' | 'ordinal')

/** One pattern. */
export interface FormPattern {
  readonly form: Form
  readonly where: Where
  /** How often a hit is a marker, before context: counted by eye on real posts, one post at a time. */
  readonly prior: number
  /** Without these the form is not tried: a pattern costs a tenth of a millisecond when first tried. */
  readonly needs: Needs
  /** Parts in the order of the pattern's groups, whose own names would cost more than the rest of a match. */
  readonly parts: readonly PartName[]
  /** Anchored at the offset where it is tried. */
  front(): RegExp
  /** Anchored at the end of the slice in which it is tried. */
  back(): RegExp
  /** Matches what stands before a hit at the back that is none. */
  readonly glued: RegExp
}

/** Signs (signs.ts) of which a hit opens and closes with one, and holds all; words of which it holds one. */
export interface Needs {
  readonly opens: number
  readonly holds: number
  readonly closes: number
  readonly words: RegExp | null
}

const GROUP = /\(\?<([a-z]+)>/g

/** The names of a pattern's groups, in their order. */
export function listParts(source: string): readonly PartName[] {
  return Array.from(source.matchAll(GROUP), (group) => group[1] as PartName)
}

/** A pattern made when it is first asked for, without the names of its groups. */
export function lazily(source: string, flags: string): () => RegExp {
  let made: RegExp | null = null
  return () => {
    made ??= new RegExp(source.replace(GROUP, '('), flags)
    return made
  }
}
