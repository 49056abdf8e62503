// The fitted calibration. Written by `npm run fit`; do not edit.
// biome-ignore-all format: one signal a line
// biome-ignore-all lint/suspicious/noApproximativeNumericConstant: fitted numbers are what they are

/** Weights of the signals of certainty.ts, in natural log-odds. */
export const CERTAINTY: Readonly<Record<string, number>> = {
  'after-no-number': -0.01,
  'bag-size': -0.55,
  'by-ids': -0.08,
  'by-numbers': 0.23,
  'by-page': 0.51,
  'by-text': -0.41,
  'by-timeline': 0.41,
  'by-times': 0.32,
  'least-odds-of-thread': 0.19,
  'next-number': 1.5,
  'no-number': -0.47,
  'no-numbers': 0.48,
  'odds': 0.45,
  'odds-by-ids': 0.67,
  'odds-in-timeline': 0.67,
  'over-a-hole': 0.89,
  'posts-of-that-number': -1.07,
}

/** How sure a post belongs to its thread, by what orders the posts. */
export const HOME_CURVES = {
  ids: { bias: -0.274, slope: 1.309 },
  timeline: { bias: 0.171, slope: 0.607 },
  times: { bias: 0.472, slope: 0.448 },
  page: { bias: 0.004, slope: 0.605 },
  numbers: { bias: 0.108, slope: 0.529 },
  text: { bias: 0.139, slope: 0.413 },
} as const
