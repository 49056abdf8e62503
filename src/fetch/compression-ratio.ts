// How much compressed bytes may become, answers of servers and members of containers alike: asked before memory is
// used.

/** HTML and exports reach 20:1; 1,000:1 is a bomb. */
const MAX_RATIO = 200
/** Below this many bytes no ratio is suspicious. */
const RATIO_FREE_BYTES = 1024 * 1024

export const TOO_LONG = `it becomes more than ${MAX_RATIO} times as long as it is`

/** The most bytes that so many compressed ones may become. */
export function mostBytesOf(compressedBytes: number): number {
  return Math.max(RATIO_FREE_BYTES, compressedBytes * MAX_RATIO)
}
