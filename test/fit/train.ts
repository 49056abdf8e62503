// Fits signal weights by maximum pseudo-likelihood of the matching: each post picks its successor or none, each its
// predecessor or none, among the same weighed candidates. Full batches, Adam, an L2 prior: no randomness.

/** A bipartite choice: candidate pairs by left node, their signals, and the true partner of each left node (-1: none). */
export interface Graph {
  readonly left: number
  readonly right: number
  readonly trueNext: Int32Array
  readonly start: Int32Array
  readonly to: Int32Array
  readonly at: Int32Array
  readonly signal: Int32Array
  readonly value: Float64Array
}

const STEPS = 300
const RATE = 0.08

export function weighPairs(sample: Graph, theta: Float64Array): Float64Array {
  const out = new Float64Array(sample.to.length)
  for (let e = 0; e < out.length; e++) {
    let sum = 0
    for (let k = sample.at[e]!; k < sample.at[e + 1]!; k++) sum += sample.value[k]! * theta[sample.signal[k]!]!
    out[e] = sum
  }
  return out
}

export function train(samples: readonly Graph[], signals: number, l2: number): Float64Array {
  const theta = new Float64Array(signals)
  const [m, v] = [new Float64Array(signals), new Float64Array(signals)]
  for (let step = 1; step <= STEPS; step++) {
    const gradient = theta.map((t) => t * l2)
    for (const sample of samples) addGradient(sample, theta, gradient)
    const rate = RATE * (step < STEPS * 0.7 ? 1 : 0.2)
    for (let s = 0; s < signals; s++) {
      m[s] = 0.9 * m[s]! + 0.1 * gradient[s]!
      v[s] = 0.99 * v[s]! + 0.01 * gradient[s]! ** 2
      theta[s] = theta[s]! - (rate * (m[s]! / (1 - 0.9 ** step))) / (Math.sqrt(v[s]! / (1 - 0.99 ** step)) + 1e-9)
    }
  }
  return theta
}

function addGradient(sample: Graph, theta: Float64Array, gradient: Float64Array): void {
  const weights = weighPairs(sample, theta)
  const slope = slopes(sample, weights)
  for (let e = 0; e < slope.length; e++) {
    const s = slope[e]!
    if (s > -1e-6 && s < 1e-6) continue
    for (let k = sample.at[e]!; k < sample.at[e + 1]!; k++) gradient[sample.signal[k]!]! += s * sample.value[k]!
  }
}

/** d loss / d weight of each pair: row softmax plus column softmax minus twice the truth. */
export function slopes(sample: Graph, weights: Float64Array): Float64Array {
  const n = sample.trueNext.length
  const { row, column } = softmaxes(sample, weights)
  const out = new Float64Array(weights.length)
  for (let i = 0; i < n; i++)
    for (let e = sample.start[i]!; e < sample.start[i + 1]!; e++) {
      const truth = sample.trueNext[i] === sample.to[e] ? 1 : 0
      out[e] = row[e]! + column[e]! - 2 * truth
    }
  return out
}

export function softmaxes(sample: Graph, weights: Float64Array): { row: Float64Array; column: Float64Array } {
  const n = sample.left
  const [rowMax, columnMax] = [new Float64Array(n), new Float64Array(sample.right)]
  const each = (f: (e: number, i: number, j: number) => void): void => {
    for (let i = 0; i < n; i++) for (let e = sample.start[i]!; e < sample.start[i + 1]!; e++) f(e, i, sample.to[e]!)
  }
  each((e, i, j) => {
    rowMax[i] = Math.max(rowMax[i]!, weights[e]!)
    columnMax[j] = Math.max(columnMax[j]!, weights[e]!)
  })
  const rowSum = rowMax.map((max) => Math.exp(-max))
  const columnSum = columnMax.map((max) => Math.exp(-max))
  each((e, i, j) => {
    rowSum[i]! += Math.exp(weights[e]! - rowMax[i]!)
    columnSum[j]! += Math.exp(weights[e]! - columnMax[j]!)
  })
  const [row, column] = [new Float64Array(weights.length), new Float64Array(weights.length)]
  each((e, i, j) => {
    row[e] = Math.exp(weights[e]! - rowMax[i]!) / rowSum[i]!
    column[e] = Math.exp(weights[e]! - columnMax[j]!) / columnSum[j]!
  })
  return { row, column }
}
