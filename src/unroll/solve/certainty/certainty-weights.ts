// The fitted calibration. Written by `npm run fit`; do not edit.
// biome-ignore-all format: one signal a line
// biome-ignore-all lint/suspicious/noApproximativeNumericConstant: fitted numbers are what they are

/** Weights of the signals of certainty.ts, in natural log-odds. */
export const CERTAINTY: Readonly<Record<string, number>> = {
  'after-no-number': 0.52,
  'bag-size': -0.15,
  'by-ids': -0.91,
  'by-numbers': 0.54,
  'by-page': -0.15,
  'by-text': -0.07,
  'by-timeline': 0.31,
  'by-times': -0.11,
  'drawn-least-odds-of-thread': 0.05,
  'drawn-odds': 0.99,
  'drawn-odds-beside': 0.02,
  'least-odds-of-thread': -0.37,
  'meaning-alike': -0.75,
  'next-number': 1.06,
  'no-number': -0.21,
  'no-numbers': 0.3,
  'odds': 1.24,
  'odds-beside': 0.05,
  'odds-by-ids': 0.36,
  'odds-in-timeline': 0.67,
  'odds-no-numbers-on-page': 0.01,
  'over-a-hole': 0.25,
  'posts-of-that-number': 0.86,
  'posts-of-that-number-in-form': -1.15,
  'undrawn-after-no-number': 0.5,
  'undrawn-bag-size': -0.9,
  'undrawn-by-numbers': -0.7,
  'undrawn-by-page': 0.44,
  'undrawn-by-text': -1.41,
  'undrawn-by-times': 0.12,
  'undrawn-least-odds-of-thread': 0.15,
  'undrawn-meaning-alike': 0.87,
  'undrawn-next-number': 2.34,
  'undrawn-no-number': -0.26,
  'undrawn-no-numbers': 0.29,
  'undrawn-odds': 0.41,
  'undrawn-odds-beside': -0.03,
  'undrawn-odds-no-numbers-on-page': 0.44,
  'undrawn-over-a-hole': 0.86,
  'undrawn-posts-of-that-number': -0.14,
  'undrawn-posts-of-that-number-in-form': -0.23,
}

/** Weights of the signals of ties.ts: what is believed at most of links that rest on numbers. */
export const TIES: Readonly<Record<string, number>> = {
  'tie-bare': 2.8,
  'tie-bare-meaning-alike': 1.62,
  'tie-cut-page': 0.03,
  'tie-hole': 3.62,
  'tie-leans-back': -0.32,
  'tie-next': 4.2,
  'tie-numbers-meaning-alike': 0.75,
  'tie-page-far': -1.65,
  'tie-page-next': 0.07,
  'tie-total': -0.25,
}

/** How sure a post belongs to its thread, by what orders the posts. */
export const HOME_CURVES = {
  ids: { bias: -0.567, slope: 1.374 },
  timeline: { bias: 0.034, slope: 0.625 },
  times: { bias: 0.771, slope: 0.91 },
  page: { bias: 0.457, slope: 0.906 },
  numbers: { bias: 0.962, slope: 1.03 },
  text: { bias: 0.378, slope: 1.143 },
  'undrawn-times': { bias: -0.298, slope: 0.465 },
  'undrawn-page': { bias: -0.217, slope: 0.495 },
  'undrawn-numbers': { bias: -0.573, slope: 0.457 },
  'undrawn-text': { bias: -0.822, slope: 0.3 },
} as const
