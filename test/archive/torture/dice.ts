// Dice that fall the same way every time for the same seed, so that a fault can be looked for again.

/** Park and Miller's: each call gives a number from [0, 1). Seeds are whole numbers from 1. */
export function makeDice(seed: number): () => number {
  // Neighbouring seeds would begin with neighbouring numbers.
  let state = (seed * 7919) % 2_147_483_647
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}
