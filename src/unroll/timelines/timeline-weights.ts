// The fitted model of long timelines. Written by `npm run fit`; do not edit.
// biome-ignore-all format: one signal a line
// biome-ignore-all lint/suspicious/noApproximativeNumericConstant: fitted numbers are what they are

/** Weights of a step between posts that speak to everybody, in natural log-odds; `goes-on` where two links follow each other. */
export const OPEN: Readonly<Record<string, number>> = {
  'answers-between': -0.02,
  'begins-with-self': -0.36,
  'counts-days': -1.08,
  'first-ends-linked': 0.07,
  'first-has-no-words': -0.67,
  'first-length': 0.26,
  'goes-on': 0.88,
  'language-other': -0.87,
  'language-same': 0.52,
  'length-ratio': 0.13,
  'longer-pause-after': 0.2,
  'longer-pause-before': -0.02,
  'meaning-alike': 0.89,
  'second-ends-linked': -1.19,
  'second-has-no-words': 0.36,
  'second-has-tag': -1.18,
  'second-length': -0.13,
  'second-points-on': 0.36,
  'step': -1.09,
  'takes-up': 0.47,
  'words-shared': 1.31,
}

/** The same of a step between answers. */
export const ANSWERS: Readonly<Record<string, number>> = {
  'address-partly-stays': -0.27,
  'address-stays': 1.38,
  'goes-on': 0.6,
  'log-pause': -0.95,
  'longer-pause-after': 0.35,
  'longer-pause-before': 0.81,
  'nobody-between': -0.59,
  'second-ends-linked': -0.09,
  'second-length': 0.9,
  'step': -2.99,
  'within-a-minute': -0.03,
  'words-shared': 0.81,
}

/** How often a thread goes on, and an unrelated post comes, by the pause: see pauses.ts. */
export const USUAL_RATES: { readonly goOn: readonly number[]; readonly unrelated: readonly number[] } = {
  goOn: [8.48e-3, 7.73e-3, 7.42e-3, 5.92e-3, 4.37e-3, 3.34e-3, 2.54e-3, 1.96e-3, 1.47e-3, 9.89e-4, 5.86e-4, 3.16e-4, 1.60e-4, 7.98e-5, 4.17e-5, 2.29e-5, 1.38e-5, 8.84e-6, 5.37e-6, 2.85e-6, 1.42e-6, 7.36e-7, 4.02e-7, 2.49e-7, 1.71e-7, 1.20e-7, 9.26e-8, 8.49e-8, 1.07e-7, 2.01e-7, 5.59e-7],
  unrelated: [4.58e+1, 3.06e+1, 2.40e+1, 2.42e+1, 2.73e+1, 2.74e+1, 2.42e+1, 2.05e+1, 1.70e+1, 1.45e+1, 1.26e+1, 1.03e+1, 7.63e+0, 5.41e+0, 3.83e+0, 2.85e+0, 2.28e+0, 1.85e+0, 1.45e+0, 1.17e+0, 1.06e+0, 1.06e+0, 1.04e+0, 9.30e-1, 7.83e-1, 6.50e-1, 5.47e-1, 4.66e-1, 4.23e-1, 4.80e-1, 8.23e-1],
}

/** Log-odds of p = bias + slope × log-odds found. */
export const TRUST = { bias: -0.9, slope: 1.12 }
