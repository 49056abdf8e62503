// Reads a response's body as sent, up to a size and a moment. A body that ends early is kept and says why.
import type { Capture } from '../../model.ts'

interface BodySignals {
  /** The person's: stops everything. */
  readonly signal: AbortSignal
  /** Ours: what came until then is kept. */
  readonly deadline: AbortSignal
}

/** Never throws for what the network does; throws the person's abort reason. */
export async function readBody(
  stream: AsyncIterable<Uint8Array>,
  limit: number,
  { signal, deadline }: BodySignals,
): Promise<Pick<Capture, 'body' | 'truncated'>> {
  const kept: Uint8Array[] = []
  let room = limit
  try {
    for await (const chunk of stream) {
      kept.push(chunk.length > room ? chunk.subarray(0, room) : chunk)
      room -= chunk.length
      if (room < 0) return { body: Buffer.concat(kept), truncated: 'length' }
    }
    return { body: Buffer.concat(kept), truncated: null }
  } catch {
    signal.throwIfAborted()
    return { body: Buffer.concat(kept), truncated: deadline.aborted ? 'time' : 'disconnect' }
  }
}
