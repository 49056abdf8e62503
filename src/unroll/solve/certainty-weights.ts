// The fitted calibration. Written by `npm run fit`; do not edit.
// biome-ignore-all format: one signal a line
// biome-ignore-all lint/suspicious/noApproximativeNumericConstant: fitted numbers are what they are

/** Weights of the signals of certainty.ts, in natural log-odds. */
export const CERTAINTY: Readonly<Record<string, number>> = {
  'after-no-number': 0.42,
  'bag-size': -0.05,
  'by-ids': -0.41,
  'by-numbers': 0.03,
  'by-page': 0.08,
  'by-text': -0.3,
  'by-timeline': 0.41,
  'by-times': -0.26,
  'drawn-least-odds-of-thread': 0.07,
  'drawn-odds': 0.96,
  'least-odds-of-thread': -0.4,
  'next-number': 1.07,
  'no-number': 0.13,
  'no-numbers': -0.16,
  'odds': 1.25,
  'odds-beside': 0.02,
  'odds-by-ids': 0.33,
  'odds-in-timeline': 0.67,
  'odds-no-numbers-on-page': -0.42,
  'over-a-hole': 0.22,
  'posts-of-that-number': -0.12,
}

/** How sure a post belongs to its thread, by what orders the posts. */
export const HOME_CURVES = {
  ids: { bias: -0.274, slope: 1.309 },
  timeline: { bias: 0.171, slope: 0.607 },
  times: { bias: 0.341, slope: 1.051 },
  page: { bias: 0.68, slope: 0.83 },
  numbers: { bias: 0.55, slope: 1.203 },
  text: { bias: 0.48, slope: 1.092 },
} as const
