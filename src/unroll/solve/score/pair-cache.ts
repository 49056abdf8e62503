// Remembers a number for each pair of posts it is asked about: a dense table for small bags, open addressing for large
// ones.

/** Up to this many posts the table is dense: 32 kB. */
const DENSE = 64
/** Larger bags ask for each pair once, when it is weighed for the one matching: nothing is remembered. */
const ONCE = 400
const FIRST_SLOTS = 1024
const FULLEST = 0.6
const GOLDEN = 0x9e3779b1

/** `compute` is asked once a pair, except in large bags; it must not give NaN. */
export function rememberPairs(
  size: number,
  compute: (i: number, j: number) => number,
): (i: number, j: number) => number {
  if (size > ONCE) return compute
  return size <= DENSE ? rememberDense(size, compute) : rememberSparse(size, compute)
}

function rememberDense(size: number, compute: (i: number, j: number) => number): (i: number, j: number) => number {
  const known = new Float64Array(size * size).fill(Number.NaN)
  return (i, j) => {
    const at = i * size + j
    const value = known[at] ?? Number.NaN
    if (!Number.isNaN(value)) return value
    const made = compute(i, j)
    known[at] = made
    return made
  }
}

function rememberSparse(size: number, compute: (i: number, j: number) => number): (i: number, j: number) => number {
  let keys = new Float64Array(FIRST_SLOTS).fill(-1)
  let values = new Float64Array(FIRST_SLOTS)
  let count = 0
  const grow = (): void => {
    const [oldKeys, oldValues] = [keys, values]
    keys = new Float64Array(oldKeys.length * 2).fill(-1)
    values = new Float64Array(keys.length)
    for (let at = 0; at < oldKeys.length; at++) {
      const key = oldKeys[at] ?? -1
      if (key < 0) continue
      const slot = findSlot(keys, key)
      keys[slot] = key
      values[slot] = oldValues[at] ?? 0
    }
  }
  return (i, j) => {
    const key = i * size + j
    let slot = findSlot(keys, key)
    if (keys[slot] === key) return values[slot] ?? 0
    const made = compute(i, j)
    if (++count > keys.length * FULLEST) grow()
    slot = findSlot(keys, key)
    keys[slot] = key
    values[slot] = made
    return made
  }
}

/** The slot that holds the key, or the free one where it belongs. The table is a power of two and never full. */
function findSlot(keys: Float64Array, key: number): number {
  const mask = keys.length - 1
  let slot = (Math.imul(key % 0x7fffffff, GOLDEN) >>> 7) & mask
  while (keys[slot] !== key && keys[slot] !== -1) slot = (slot + 1) & mask
  return slot
}
