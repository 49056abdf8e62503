// Manners of a crawl: one request at a time to a host, with pauses that grow as the host gets slower. A single page
// that a person asks for does not come here. Nothing is remembered across runs.
import PQueue from 'p-queue'

/** Pause after a request, as a multiple of what it took: a slow host is a busy host (Heritrix' rule). */
const DELAY_FACTOR = 5
/** Bounds of that pause. */
const DELAY_FLOOR_MS = 3_000
const DELAY_CEILING_MS = 30_000
/** Requests under way to all hosts together. */
const CONCURRENCY = 8

/** Time, so that tests need none. */
export interface Clock {
  /** ms, never going back. */
  now(): number
  sleep(ms: number, signal: AbortSignal): Promise<void>
}

export interface PolitenessOptions {
  readonly clock: Clock
  /** The person's own least pause, ms. */
  readonly minDelayMs?: number
  readonly factor?: number
  readonly floorMs?: number
  readonly ceilingMs?: number
  readonly concurrency?: number
}

/** What the host itself asks for. */
export interface HostWishes {
  /** From robots.txt. */
  readonly crawlDelayMs: number | null
  /** For APIs, which tell their limits in headers (see budget.ts): the pause to keep instead of one for pages. */
  readonly apiPauseMs?: number
}

export interface Politeness {
  /** Runs the request when it is this host's turn. The pause is kept after failures too. */
  run<T>(host: string, wishes: HostWishes, request: () => Promise<T>, signal: AbortSignal): Promise<T>
  /** No request to the host before `ms` from now: for Retry-After. */
  holdOff(host: string, ms: number): void
}

interface Host {
  readonly turns: PQueue
  readyAt: number
}

export function createPoliteness(options: PolitenessOptions): Politeness {
  const { clock } = options
  const everyone = new PQueue({ concurrency: options.concurrency ?? CONCURRENCY })
  const hosts = new Map<string, Host>()
  return {
    run: (name, wishes, request, signal) => {
      const host = hostOf(hosts, name)
      return host.turns.add(async () => {
        await waitUntilReady(host, clock, signal)
        return everyone.add(() => timed(host, wishes, request, options))
      })
    },
    holdOff: (name, ms) => {
      const host = hostOf(hosts, name)
      host.readyAt = Math.max(host.readyAt, clock.now() + ms)
    },
  }
}

function hostOf(hosts: Map<string, Host>, name: string): Host {
  const host = hosts.get(name) ?? { turns: new PQueue({ concurrency: 1 }), readyAt: Number.NEGATIVE_INFINITY }
  hosts.set(name, host)
  return host
}

/** Looks again after each sleep: somebody may have asked to hold off meanwhile. */
async function waitUntilReady(host: Host, clock: Clock, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted()
  for (let left = host.readyAt - clock.now(); left > 0; left = host.readyAt - clock.now()) {
    await clock.sleep(left, signal)
    signal.throwIfAborted()
  }
}

async function timed<T>(
  host: Host,
  wishes: HostWishes,
  request: () => Promise<T>,
  options: PolitenessOptions,
): Promise<T> {
  const start = options.clock.now()
  try {
    return await request()
  } finally {
    const end = options.clock.now()
    host.readyAt = Math.max(host.readyAt, end + pauseAfter(end - start, wishes, options))
  }
}

function pauseAfter(tookMs: number, wishes: HostWishes, options: PolitenessOptions): number {
  const { factor = DELAY_FACTOR, floorMs = DELAY_FLOOR_MS, ceilingMs = DELAY_CEILING_MS } = options
  if (wishes.apiPauseMs !== undefined) return Math.max(options.minDelayMs ?? 0, wishes.apiPauseMs)
  const adaptive = Math.min(Math.max(tookMs * factor, floorMs), ceilingMs)
  return Math.max(options.minDelayMs ?? 0, wishes.crawlDelayMs ?? 0, adaptive)
}
