// Reads a response's body as sent, up to a size and a moment. A body that ends early is kept and says why.
import { keepUpTo, type ReadBytes } from '../up-to.ts'

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
): Promise<ReadBytes> {
  const kept = keepUpTo(limit)
  try {
    for await (const chunk of stream) if (!kept.add(chunk)) return { body: kept.body(), truncated: 'length' }
    return { body: kept.body(), truncated: null }
  } catch {
    signal.throwIfAborted()
    return { body: kept.body(), truncated: deadline.aborted ? 'time' : 'disconnect' }
  }
}
