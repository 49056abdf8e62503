// The fitted calibration. Written by `npm run fit`; do not edit.
// biome-ignore-all format: one signal a line
// biome-ignore-all lint/suspicious/noApproximativeNumericConstant: fitted numbers are what they are

/** Weights of the signals of certainty.ts, in natural log-odds. */
export const CERTAINTY: Readonly<Record<string, number>> = {
  'after-no-number': 0.4,
  'bag-size': -0.01,
  'by-ids': -0.55,
  'by-numbers': 0.38,
  'by-page': 0.05,
  'by-text': 0.11,
  'by-timeline': 0.36,
  'by-times': 0.01,
  'drawn-odds': 1.07,
  'least-odds-of-thread': -0.39,
  'meaning-alike': -0.9,
  'next-number': 0.85,
  'no-number': -0.15,
  'no-numbers': -0.05,
  'odds': 1.18,
  'odds-beside': 0.03,
  'odds-by-ids': 0.53,
  'odds-in-timeline': 0.69,
  'over-a-hole': 0.13,
  'posts-of-that-number': 0.91,
  'posts-of-that-number-in-form': -1.34,
}

/** How sure a post belongs to its thread, by what orders the posts. */
export const HOME_CURVES = {
  ids: { bias: -0.438, slope: 1.432 },
  timeline: { bias: 0.102, slope: 0.63 },
  times: { bias: 0.453, slope: 1.091 },
  page: { bias: 0.651, slope: 0.865 },
  numbers: { bias: 0.614, slope: 1.154 },
  text: { bias: 0.483, slope: 1.14 },
} as const
