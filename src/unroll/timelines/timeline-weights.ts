// The fitted model of long timelines. Written by `npm run fit`; do not edit.
// biome-ignore-all format: one signal a line
// biome-ignore-all lint/suspicious/noApproximativeNumericConstant: fitted numbers are what they are

/**
 * Weights of a step between posts that speak to everybody, in natural log-odds; `goes-on` where two links follow each
 * other.
 */
export const OPEN: Readonly<Record<string, number>> = {
  'answers-between': 0.12,
  'begins-with-self': -0.32,
  'counts-days': -1.53,
  'first-ends-linked': 0.08,
  'first-has-no-words': -0.62,
  'first-length': 0.28,
  'goes-on': 0.87,
  'language-other': -0.81,
  'language-same': 0.55,
  'length-ratio': 0.16,
  'longer-pause-after': 0.19,
  'longer-pause-before': -0.01,
  'meaning-alike': 0.97,
  'second-ends-linked': -1.27,
  'second-has-no-words': 0.34,
  'second-has-tag': -1.17,
  'second-length': -0.13,
  'second-points-on': 0.23,
  'step': -1.08,
  'takes-up': 0.55,
  'words-shared': 1.23,
}

/** The same of a step between answers. */
export const ANSWERS: Readonly<Record<string, number>> = {
  'address-partly-stays': -0.26,
  'address-stays': 1.36,
  'goes-on': 0.59,
  'log-pause': -0.94,
  'longer-pause-after': 0.37,
  'longer-pause-before': 0.76,
  'nobody-between': -0.61,
  'second-ends-linked': -0.14,
  'second-length': 0.96,
  'step': -2.97,
  'within-a-minute': 0.01,
  'words-shared': 0.81,
}

/** How often a thread goes on, and an unrelated post comes, by the pause: see pauses.ts. */
export const USUAL_RATES: { readonly goOn: readonly number[]; readonly unrelated: readonly number[] } = {
  goOn: [8.49e-3, 7.73e-3, 7.41e-3, 5.92e-3, 4.36e-3, 3.34e-3, 2.54e-3, 1.95e-3, 1.47e-3, 9.89e-4, 5.86e-4, 3.16e-4, 1.60e-4, 7.99e-5, 4.19e-5, 2.32e-5, 1.40e-5, 8.96e-6, 5.41e-6, 2.85e-6, 1.40e-6, 7.03e-7, 3.76e-7, 2.34e-7, 1.64e-7, 1.18e-7, 9.24e-8, 8.54e-8, 1.08e-7, 2.05e-7, 5.73e-7],
  unrelated: [4.40e+1, 2.94e+1, 2.30e+1, 2.33e+1, 2.66e+1, 2.78e+1, 2.57e+1, 2.18e+1, 1.75e+1, 1.44e+1, 1.23e+1, 9.96e+0, 7.42e+0, 5.33e+0, 3.85e+0, 2.91e+0, 2.35e+0, 1.91e+0, 1.49e+0, 1.17e+0, 1.04e+0, 1.05e+0, 1.03e+0, 9.25e-1, 7.71e-1, 6.38e-1, 5.40e-1, 4.67e-1, 4.24e-1, 4.66e-1, 7.71e-1],
}

/** Log-odds of p = bias + slope × log-odds found. */
export const TRUST = { bias: -0.75, slope: 1.19 }
