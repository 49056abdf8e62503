// Reads bytes up to a limit, and no further: of a file, a member of a container, an answer.
import type { Capture } from '../model.ts'

/** What was read, and whether more was to come. */
export type ReadBytes = Pick<Capture, 'body' | 'truncated'>

interface Keeper {
  /** False when there was no room for all of it: there is no use in more. */
  add(chunk: Uint8Array): boolean
  body(): Buffer
}

/** Keeps chunks as they come, `limit` bytes at most. */
export function keepUpTo(limit: number): Keeper {
  const kept: Uint8Array[] = []
  let room = limit
  return {
    add: (chunk) => {
      kept.push(chunk.length > room ? chunk.subarray(0, room) : chunk)
      room -= chunk.length
      return room >= 0
    },
    body: () => Buffer.concat(kept),
  }
}

/** @throws the signal's reason, and whatever the source throws */
export async function readUpTo(
  chunks: AsyncIterable<Uint8Array>,
  limit: number,
  signal: AbortSignal,
): Promise<ReadBytes> {
  const kept = keepUpTo(limit)
  for await (const chunk of chunks) {
    signal.throwIfAborted()
    if (!kept.add(chunk)) return { body: kept.body(), truncated: 'length' }
  }
  return { body: kept.body(), truncated: null }
}
