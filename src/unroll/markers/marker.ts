// What a number marker is: the noun that markers, families, strip and segment share.

/**
 * How it is written, over ASCII: `part n` is also "Parte 3", `label n` "Step 3:", `keycap` 1⃣, `circled` ①, `cjk` 一、,
 * `roman` iii), `end` /END without a number. Those of runs: `n` "3 Text" and "No. 3 Text", `+n` "+3 Text",
 * `n-m` 3-7 and 3:7, `~n~` also -3- and *3*, `letter` c), `ordinal` "Third," and "Three:".
 */
export type Form =
  | 'n/m'
  | 'n/'
  | '/n'
  | 'n of m'
  | 'part n'
  | 'label n'
  | '(n)'
  | 'n)'
  | 'n.'
  | 'n:'
  | 'n-'
  | '#n'
  | 'circled'
  | 'keycap'
  | 'cjk'
  | 'roman'
  | 'bare'
  | 'end'
  | 'n'
  | '+n'
  | 'n-m'
  | '~n~'
  | 'letter'
  | 'ordinal'

/** Where a candidate stands. `alone`: it is the whole text. */
export type Place = 'head' | 'tail' | 'own-line-before' | 'own-line-after' | 'alone'

export interface Marker {
  /** The number it gives the post; null for an end sign without one (`/END`). */
  readonly number: number | null
  /** The declared length of the thread, null when none or open. */
  readonly total: number | null
  readonly form: Form
  readonly place: Place
  /** The opening bracket, in ASCII, or an empty string. */
  readonly bracket: '' | '(' | '[' | '{'
  /** `1/n`, `1/x`, `1/?`, `1/∞`: a total is promised and not told. */
  readonly openEnded: boolean
  /** Span in UTF-16 code units, brackets and end word included. */
  readonly start: number
  readonly end: number
  /** A start or end sign of the thread that stands in the same post. */
  readonly cue: 'start' | 'end' | null
  /** Probability that it numbers a thread, seen alone. */
  readonly prior: number
}

/** Forms that number posts only where a run of them counts from 1 on: each for itself means something else. */
export const RUN_FORMS: ReadonlySet<Form> = new Set<Form>(['n', '+n', 'n-m', '~n~', 'letter', 'ordinal'])

/**
 * Whether authors who write `2/`, `3/` write this too: they tell the total where the thread opens or closes, `1/4` or
 * `4/4`.
 */
export function mayStandAmongBare({ form, number, total }: Pick<Marker, 'form' | 'number' | 'total'>): boolean {
  return form === 'n/m' && number !== null && total !== null && total > 1 && (number === 1 || number === total)
}

/** All candidates of a text, the likeliest first. */
export type MarkerFinder = (text: string) => readonly Marker[]
