// The fitted weights of losses.ts. Written by `npm run fit`; do not edit.
// biome-ignore-all format: one signal a line
// biome-ignore-all lint/suspicious/noApproximativeNumericConstant: fitted numbers are what they are

/** In natural log-odds against "nothing was lost here". */
export const LOSS_WEIGHTS: Readonly<Record<string, number>> = {
  'closing': 0.06,
  'hole-bridged': 0.02,
  'hole-bridged-more': -0.8,
  'hole-in-long': 0.48,
  'hole-lacks-more': 2.21,
  'hole-not-alone': 1.05,
  'opening-lacks-more': 0.45,
  'opening-leans': -0.54,
  'opening-more': -0.9,
  'opening-one': 0.5,
  'opening-over-by-all': -1.31,
  'opening-starts': 0.88,
  'opening-two': -0.38,
  'step-ends-open': 0.6,
  'step-leans-back': 0.37,
  'step-quiet': 1.18,
  'total-met': 2.86,
  'total-none': 1.21,
  'total-over-by-all': -1,
  'total-over-by-less': 0.42,
  'total-over-by-some': -0.64,
  'total-short': 2.17,
}
