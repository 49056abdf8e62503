// The fitted calibration. Written by `npm run fit`; do not edit.
// biome-ignore-all format: one signal a line
// biome-ignore-all lint/suspicious/noApproximativeNumericConstant: fitted numbers are what they are

/** Weights of the signals of certainty.ts, in natural log-odds. */
export const CERTAINTY: Readonly<Record<string, number>> = {
  'after-no-number': 0.52,
  'bag-size': -0.16,
  'by-ids': -0.9,
  'by-numbers': 0.55,
  'by-page': -0.13,
  'by-text': -0.08,
  'by-timeline': 0.34,
  'by-times': -0.09,
  'drawn-least-odds-of-thread': 0.03,
  'drawn-odds': 0.99,
  'drawn-odds-beside': 0.02,
  'least-odds-of-thread': -0.37,
  'meaning-alike': -0.76,
  'next-number': 1.05,
  'no-number': -0.22,
  'no-numbers': 0.29,
  'odds': 1.24,
  'odds-beside': 0.05,
  'odds-by-ids': 0.37,
  'odds-in-timeline': 0.69,
  'odds-no-numbers-on-page': 0.02,
  'over-a-hole': 0.27,
  'posts-of-that-number': 0.86,
  'posts-of-that-number-in-form': -1.15,
}

/** How sure a post belongs to its thread, by what orders the posts. */
export const HOME_CURVES = {
  ids: { bias: -0.567, slope: 1.379 },
  timeline: { bias: 0.072, slope: 0.633 },
  times: { bias: 0.771, slope: 0.91 },
  page: { bias: 0.457, slope: 0.906 },
  numbers: { bias: 0.962, slope: 1.03 },
  text: { bias: 0.383, slope: 1.145 },
} as const
