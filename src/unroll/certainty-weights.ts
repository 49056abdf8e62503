// The fitted calibration. Written by `npm run fit`; do not edit.
// biome-ignore-all format: one signal a line
// biome-ignore-all lint/suspicious/noApproximativeNumericConstant: fitted numbers are what they are

/** Weights of the signals of certainty.ts, in natural log-odds. */
export const CERTAINTY: Readonly<Record<string, number>> = {
  'after-no-number': 0.13,
  'bag-size': -0.55,
  'by-ids': -0.29,
  'by-numbers': 0.15,
  'by-page': 0.43,
  'by-text': -0.65,
  'by-timeline': 0.4,
  'by-times': 0.1,
  'least-odds-of-thread': 0.19,
  'next-number': 1.57,
  'no-number': -0.19,
  'no-numbers': 0.27,
  'odds': 0.47,
  'odds-beside': -0.01,
  'odds-by-ids': 0.66,
  'odds-in-timeline': 0.66,
  'over-a-hole': 0.9,
  'posts-of-that-number': -0.9,
}

/** How sure a post belongs to its thread, by what orders the posts. */
export const HOME_CURVES = {
  ids: { bias: -0.379, slope: 1.322 },
  timeline: { bias: 0.15, slope: 0.61 },
  times: { bias: 0.438, slope: 0.436 },
  page: { bias: 0.155, slope: 0.585 },
  numbers: { bias: 0.463, slope: 0.482 },
  text: { bias: -0.047, slope: 0.445 },
} as const
