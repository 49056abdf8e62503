// The fitted calibration. Written by `npm run fit`; do not edit.
// biome-ignore-all format: one signal a line
// biome-ignore-all lint/suspicious/noApproximativeNumericConstant: fitted numbers are what they are

/** Weights of the signals of certainty.ts, in natural log-odds. */
export const CERTAINTY: Readonly<Record<string, number>> = {
  'after-no-number': 0.04,
  'bag-size': -0.59,
  'by-ids': -0.28,
  'by-numbers': 0.17,
  'by-page': 0.45,
  'by-text': -0.68,
  'by-timeline': 0.4,
  'by-times': 0.11,
  'least-odds-of-thread': 0.15,
  'next-number': 1.49,
  'no-number': -0.25,
  'no-numbers': 0.39,
  'odds': 0.49,
  'odds-beside': -0.01,
  'odds-by-ids': 0.66,
  'odds-in-timeline': 0.66,
  'over-a-hole': 0.93,
  'posts-of-that-number': -0.86,
}

/** How sure a post belongs to its thread, by what orders the posts. */
export const HOME_CURVES = {
  ids: { bias: -0.381, slope: 1.312 },
  timeline: { bias: 0.15, slope: 0.611 },
  times: { bias: 0.44, slope: 0.434 },
  page: { bias: 0.197, slope: 0.584 },
  numbers: { bias: 0.462, slope: 0.482 },
  text: { bias: -0.031, slope: 0.435 },
} as const
