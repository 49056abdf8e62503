// The document pass: candidates of many posts of one author are grouped by form and total and accepted by the company
// they keep. A stray `3/7` numbers a thread two times in three; with a neighbouring number beside it nearly always.
import { findMarkers, type Marker } from './markers.ts'

export interface NumberedText {
  readonly text: string
  /** Any text that is the same for posts of one author. */
  readonly author: string
  /** UTC ISO time, or null. */
  readonly createdAt: string | null
  /** Place on the page; compared only between posts without times. */
  readonly index: number
}

/** What the document makes of one post's candidates. */
export interface Acceptance {
  /** The believed marker, or null. */
  readonly marker: Marker | null
  /** Probability that `marker` (or, when null, the best candidate) numbers a thread; 0 without candidates. */
  readonly p: number
  /** One clause for people. */
  readonly why: string
  readonly candidates: readonly Marker[]
}

/** One acceptance a post, in the order given. */
export function acceptMarkers(posts: readonly NumberedText[]): readonly Acceptance[] {
  return posts.map((post) => {
    const candidates = findMarkers(post.text)
    const best = candidates[0] ?? null
    const accepted = best !== null && best.prior >= 0.5
    return { marker: accepted ? best : null, p: best?.prior ?? 0, why: 'first version: by form alone', candidates }
  })
}
