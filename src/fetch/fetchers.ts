// The three fetchers behind one door. Each loads its machinery on first use: reading a file must not pay for a network.
import type { Capture } from '../model.ts'
import { VERSION } from '../version.ts'
import type { Browsing, CaptureOrNote, Fetcher, Opener } from './fetcher.ts'
import type { Reach } from './guard.ts'
import type { HttpLimits } from './http/http.ts'
import { userAgentOf } from './manners/user-agent.ts'

export interface FetchersOptions {
  readonly browser: 'auto' | 'never'
  /** For visits that do not say it themselves. */
  readonly browsing?: Browsing
  readonly now: () => Date
  readonly stdin: AsyncIterable<Uint8Array | string>
  /** An address or URL where whoever runs this can be reached; told to every site. */
  readonly contact: string | null
  readonly reach?: Reach
  /** Of a request by HTTP. */
  readonly limits?: Partial<HttpLimits>
}

/** Opens whatever a person may name. */
export interface Fetchers {
  /** Paths and `-`: pages, folders, exports and other containers. */
  readonly file: Opener
  readonly http: Fetcher
  /** Null when no browser is wanted. */
  readonly browser: Fetcher | null
  close(): Promise<void>
}

export function createFetchers(options: FetchersOptions): Fetchers {
  const { now, stdin, contact } = options
  const reach = options.reach === undefined ? {} : { reach: options.reach }
  const file = openLazily(async () => {
    const { createFileFetcher } = await import('./file.ts')
    const { createOpener } = await import('./containers/open.ts')
    return createOpener(createFileFetcher({ now }), { stdin, now })
  })
  const http = createLazily(async () => {
    const { createHttpFetcher } = await import('./http/http.ts')
    return createHttpFetcher({ userAgent: userAgentOf(VERSION, contact), now, limits: options.limits ?? {}, ...reach })
  })
  const browser = createLazily(async () => {
    const { createBrowserFetcher } = await import('./browser/browser.ts')
    const browsing = options.browsing === undefined ? {} : { browsing: options.browsing }
    return createBrowserFetcher({ userAgent: userAgentOf(VERSION, contact), now, ...browsing, ...reach })
  })
  const close = async () => {
    await Promise.all([file.close(), http.close(), browser.close()])
  }
  return { file, http, browser: options.browser === 'never' ? null : browser, close }
}

function createLazily(create: () => Promise<Fetcher>): Fetcher {
  let made: Promise<Fetcher> | null = null
  return {
    fetch: async (input, signal, ask): Promise<readonly Capture[]> => {
      made ??= create()
      return (await made).fetch(input, signal, ask)
    },
    close: async () => (await made)?.close(),
  }
}

function openLazily(create: () => Promise<Opener>): Opener {
  let made: Promise<Opener> | null = null
  let bytesRead = (): number => 0
  const make = async (): Promise<Opener> => {
    made ??= create()
    const opener = await made
    bytesRead = opener.bytesRead
    return opener
  }
  return {
    bytesRead: () => bytesRead(),
    check: async (input) => (await make()).check(input),
    open: async function* (input, signal, kept): AsyncGenerator<CaptureOrNote> {
      yield* (await make()).open(input, signal, kept)
    },
    rest: async function* (): AsyncGenerator<CaptureOrNote> {
      if (made !== null) yield* (await made).rest()
    },
    close: async () => (await made)?.close(),
  }
}
