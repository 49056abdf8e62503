// The fitted weights of losses.ts. Written by `npm run fit`; do not edit.
// biome-ignore-all format: one signal a line
// biome-ignore-all lint/suspicious/noApproximativeNumericConstant: fitted numbers are what they are

/** In natural log-odds against "nothing was lost here". */
export const LOSS_WEIGHTS: Readonly<Record<string, number>> = {
  'closing': 0.14,
  'hole-bridged': 0.01,
  'hole-bridged-more': -0.8,
  'hole-in-long': 0.54,
  'hole-lacks-more': 2.22,
  'hole-not-alone': 1.04,
  'opening-lacks-more': 0.48,
  'opening-leans': -0.52,
  'opening-more': -0.89,
  'opening-one': 0.42,
  'opening-over-by-all': -1.4,
  'opening-starts': 0.95,
  'opening-two': -0.47,
  'step-count-goes-on': -2.01,
  'step-ends-open': 0.6,
  'step-leans-back': 0.39,
  'step-quiet': 1.17,
  'total-met': 2.68,
  'total-none': 1.23,
  'total-over-by-all': -0.98,
  'total-over-by-less': 0.42,
  'total-over-by-some': -0.64,
  'total-short': 2.27,
}
