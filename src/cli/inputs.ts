// What a command reads when nothing is named: what is piped in, as other tools on a command line do.
import { UsageError } from '../errors.ts'
import type { Io } from './io.ts'

const NOTHING_NAMED =
  'nothing to read: name URLs, files or folders, or pipe a page in (unspool unroll --help shows examples)'

interface Inputs {
  readonly inputs: readonly string[]
  readonly io: Io
}

/** The inputs as named, or `-` with what is piped in. @throws UsageError when nothing is named and nothing comes in */
export async function resolveInputs(named: readonly string[], io: Io): Promise<Inputs> {
  if (named.length > 0) return { inputs: named, io }
  if (io.stdin.isTTY === true) throw new UsageError(NOTHING_NAMED)
  const pieces = io.stdin[Symbol.asyncIterator]()
  const first = await pieces.next()
  if (first.done === true) throw new UsageError(NOTHING_NAMED)
  return { inputs: ['-'], io: { ...io, stdin: startingWith(first.value, pieces) } }
}

type Chunk = Uint8Array | string

async function* startingWith(first: Chunk, rest: AsyncIterator<Chunk>): AsyncGenerator<Chunk> {
  yield first
  yield* { [Symbol.asyncIterator]: () => rest }
}
