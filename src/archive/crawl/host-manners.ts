// What hosts asked of us, kept across runs: pauses, spent budgets, whether only a browser gets anything out of them.
import type { Database } from 'better-sqlite3'

export interface HostManners {
  /** No request before then; null: any time. */
  readonly notBefore: string | null
  /** Failures in a row. */
  readonly failures: number
  /** Requests left in the host's rate limit, as it said last, until `resetAt`. */
  readonly remaining: number | null
  readonly resetAt: string | null
  /** True when its pages are nothing without a browser. */
  readonly browser: boolean
}

export interface HostMannersStore {
  /** What is known of a host; a host never met has no wishes. */
  load(host: string): HostManners
  save(host: string, manners: HostManners): void
}

type Row = Omit<HostManners, 'browser'> & { readonly browser: number }

const STRANGER: HostManners = { notBefore: null, failures: 0, remaining: null, resetAt: null, browser: false }

export function createHostMannersStore(db: Database): HostMannersStore {
  const load = db.prepare<[string], Row>(
    `SELECT not_before AS notBefore, failures, remaining, reset_at AS resetAt, browser FROM host_manners WHERE host = ?`,
  )
  const save = db.prepare(
    `INSERT INTO host_manners (host, not_before, failures, remaining, reset_at, browser)
     VALUES (@host, @notBefore, @failures, @remaining, @resetAt, @browser)
     ON CONFLICT (host) DO UPDATE SET not_before = excluded.not_before, failures = excluded.failures,
       remaining = excluded.remaining, reset_at = excluded.reset_at, browser = excluded.browser`,
  )
  return {
    load: (host) => {
      const row = load.get(host)
      return row === undefined ? STRANGER : { ...row, browser: row.browser === 1 }
    },
    save: (host, manners) => void save.run({ host, ...manners, browser: Number(manners.browser) }),
  }
}
