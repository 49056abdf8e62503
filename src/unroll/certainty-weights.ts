// The fitted calibration. Written by `npm run fit`; do not edit.
// biome-ignore-all format: one signal a line
// biome-ignore-all lint/suspicious/noApproximativeNumericConstant: fitted numbers are what they are

/** Weights of the signals of certainty.ts, in natural log-odds. */
export const CERTAINTY: Readonly<Record<string, number>> = {
  'after-no-number': 0.11,
  'bag-size': -0.35,
  'by-ids': -0.4,
  'by-numbers': -0.11,
  'by-page': 0.13,
  'by-text': -0.73,
  'by-timeline': 0.39,
  'by-times': 0.07,
  'least-odds-of-thread': 0.18,
  'next-number': 1.52,
  'no-number': -0.33,
  'no-numbers': 0.52,
  'odds': 0.49,
  'odds-beside': -0.02,
  'odds-by-ids': 0.71,
  'odds-in-timeline': 0.21,
  'over-a-hole': 0.85,
  'posts-of-that-number': -0.62,
}

/** How sure a post belongs to its thread, by what orders the posts. */
export const HOME_CURVES = {
  ids: { bias: -0.523, slope: 1.431 },
  timeline: { bias: 1.859, slope: 0.691 },
  times: { bias: 0.664, slope: 0.477 },
  page: { bias: 0.055, slope: 0.56 },
  numbers: { bias: 0.088, slope: 0.607 },
  text: { bias: -0.018, slope: 0.461 },
} as const
