// What a watch says of faults, which may last for as many ticks as there are in a month.
import { type Io, remark, reportError } from './io.ts'

const DAY_MS = 86_400_000

/** A fault that is the same at every tick is told once a day, and that it ended is told too. */
export function createFaultTeller(io: Io): { tell(error: unknown): void; end(): void } {
  let last: { readonly message: string; readonly at: number } | null = null
  return {
    tell: (error) => {
      const [message, at] = [error instanceof Error ? error.message : String(error), io.now().getTime()]
      if (last !== null && last.message === message && Math.abs(at - last.at) < DAY_MS) return
      reportError(io, error)
      last = { message, at }
    },
    end: () => {
      if (last !== null) remark(io, 'what stopped the last ticks is over')
      last = null
    },
  }
}
