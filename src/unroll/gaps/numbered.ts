// A post of a thread as those see it who count: its number, and what bears on what the numbers mean.

/** One post of a thread as the gap finder sees it. */
export interface Numbered {
  readonly number: number | null
  readonly total: number | null
  readonly ends: boolean
  /** Probability of the link from the post before, null for the first. */
  readonly linkP: number | null
  /** The platform itself declares the link from the post before. */
  readonly isDeclared: boolean
  /** Nobody declares that link, nor a page's layout. Absent: not so, or not known. */
  readonly isInferred?: boolean
  /** Without its marker. */
  readonly text: string
  /** UTC ISO time, or null. */
  readonly time: string | null
}
