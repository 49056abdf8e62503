// The fitted calibration. Written by `npm run fit`; do not edit.
// biome-ignore-all format: one signal a line
// biome-ignore-all lint/suspicious/noApproximativeNumericConstant: fitted numbers are what they are

/** Weights of the signals of certainty.ts, in natural log-odds. */
export const CERTAINTY: Readonly<Record<string, number>> = {
  'after-no-number': 0.41,
  'bag-size': -0.03,
  'by-ids': -0.6,
  'by-numbers': 0.34,
  'by-page': 0.08,
  'by-text': 0.04,
  'by-timeline': 0.37,
  'by-times': 0.03,
  'drawn-least-odds-of-thread': 0.04,
  'drawn-odds': 1.05,
  'drawn-odds-beside': 0.02,
  'least-odds-of-thread': -0.37,
  'meaning-alike': -1.12,
  'next-number': 0.97,
  'no-number': -0.28,
  'no-numbers': 0.12,
  'odds': 1.18,
  'odds-beside': 0.03,
  'odds-by-ids': 0.52,
  'odds-in-timeline': 0.69,
  'odds-no-numbers-on-page': -0.03,
  'over-a-hole': 0.04,
  'posts-of-that-number': 0.88,
  'posts-of-that-number-in-form': -1.32,
}

/** How sure a post belongs to its thread, by what orders the posts. */
export const HOME_CURVES = {
  ids: { bias: -0.439, slope: 1.433 },
  timeline: { bias: 0.105, slope: 0.63 },
  times: { bias: 0.527, slope: 1.037 },
  page: { bias: 0.705, slope: 0.853 },
  numbers: { bias: 0.42, slope: 1.308 },
  text: { bias: 0.487, slope: 1.124 },
} as const
