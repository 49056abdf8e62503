// The crawl's work list in the archive: what waits, what is done, when to look again. A row changes in the transaction
// that stores the captures of its look, so a killed crawl goes on where it was. It decides nothing: see src/crawl.
import type { Database } from 'better-sqlite3'
import { createBringBack } from './ahead.ts'
import { COUNTS, createRoundCounts, type TakenRow } from './rounds.ts'

/** The source itself; more of its list; a page that it lists; more of one page. */
export type FrontierKind = 'source' | 'more' | 'item' | 'part'
export type VisitOutcome = 'new' | 'changed' | 'unchanged' | 'gone' | 'absent' | 'refused' | 'failed'

/** A URL to look at. */
export interface FrontierRow {
  readonly key: number
  readonly url: string
  readonly source: string
  readonly host: string
  readonly kind: FrontierKind
  readonly depth: number
  /** When the look at the source began that this row belongs to. */
  readonly round: string
  readonly dueAt: string | null
  /** Failed ones in a row. */
  readonly attempts: number
  readonly outcome: VisitOutcome | null
  /** Why it was refused, failed, gone or not understood; null when all went well. */
  readonly reason: string | null
  readonly visitedAt: string | null
}

/** A URL that a page or the sources file named. */
export interface FoundUrl extends Pick<FrontierRow, 'url' | 'source' | 'host' | 'kind' | 'depth' | 'round'> {
  /** Waits from then on; null: known, not wanted now. */
  readonly dueAt: string | null
  readonly foundIn: string | null
  readonly foundAt: string
  /** False when the archive has it and it only takes its place in the list. */
  readonly waits: boolean
  /** True for the place that a page was moved to: asked for with it, whatever it answered before. */
  readonly isMove?: boolean
}

/** How a look ended. */
interface Visited {
  readonly outcome: VisitOutcome
  readonly reason: string | null
  readonly visitedAt: string
  /** When to look again; null when its parent decides. */
  readonly dueAt: string | null
  /** True when the same look is to be tried again at `dueAt`. */
  readonly again: boolean
  /** Failed ones in a row, this one included when it counts. */
  readonly attempts: number
}

export interface Frontier {
  /** Runs `act` in one transaction: many changes, one wait for the disk. */
  together(act: () => void): void
  /**
   * Takes a URL in. A known one joins a newer round and waits again, unless it has a time of its own (`item`, `source`)
   * and that has not come. Returns whether it waits now because of this call.
   */
  add(found: FoundUrl): boolean
  find(url: string): FrontierRow | null
  /** Gives all that came from sources of some names to those of others, all at once: two may have changed names. */
  rename(names: ReadonlyMap<string, string>): void
  /** Makes a row the source of this name, and sets when it is looked at next unless it waits. */
  plan(row: FrontierRow, source: string, dueAt: string): void
  /** Sources of the names given, but of other addresses than these, are not looked at any more. */
  retire(sources: readonly string[], urls: readonly string[], now: string): void
  /** Takes for times of just now what a clock that ran ahead has noted. */
  bringBack(now: string): void
  /** Lets every done row whose time has come wait again, in the round that begins now. Returns how many. */
  wake(sources: readonly string[], now: string): number
  /** The next row of a host whose time has come, or null. Sources first, then in the order found. */
  next(host: string, sources: readonly string[], now: string): FrontierRow | null
  /** Hosts with a row whose time has come. */
  hosts(sources: readonly string[], now: string): readonly string[]
  complete(key: number, visited: Visited): void
  /** Corrects a look whose bytes were others after its page was read: it says what it said. */
  settle(key: number, dueAt: string | null): void
  /**
   * Corrects the outcome of a look after its page was read: a wall is no page, and a page with nothing in it has a
   * reason. What is not asked for again with its parent (`ADD`) gets a time of its own, as does what failed.
   */
  judge(key: number, judged: Pick<Visited, 'outcome' | 'reason'>, dueOwn: string | null): void
  /** How many rows wait, whenever their time comes. */
  countWaiting(sources: readonly string[]): number
  /** The earliest time after `now` at which a row that waits may be looked at; null: none. */
  nextWaiting(sources: readonly string[], now: string): string | null
  /** Pages that following brought into one round of a source: for its limit. */
  countInRound(source: string, round: string): number
  /** The earliest time, past `after`, at which anything is to be looked at. */
  nextDue(sources: readonly string[], after?: string): string | null
}

const COLUMNS = `key, url, source, host, kind, depth, round, due_at AS dueAt, attempts, outcome, reason,
  visited_at AS visitedAt`
const FIND = `SELECT ${COLUMNS} FROM frontier WHERE url = ?`
const OF_SOURCES = 'source IN (SELECT name FROM temp.wanted_sources)'
/** Not asked for again each time that a page names them. */
const NOT_AGAIN = `('gone', 'absent', 'refused')`
/** A part of what lists it now; or of a source that is not among those wanted any more. */
const IS_FREE = `
  frontier.state = 'done' AND (
    frontier.source = excluded.source AND frontier.kind = 'part' AND excluded.kind = 'item' AND frontier.depth <= excluded.depth
    OR EXISTS (SELECT 1 FROM temp.wanted_sources) AND frontier.source NOT IN (SELECT name FROM temp.wanted_sources))`
/**
 * A part follows its parent into a newer round; what has a time of its own waits for that. What is free becomes what it
 * was found as.
 */
const ADD = `
  INSERT INTO frontier (url, source, host, kind, depth, state, round, due_at, found_in, found_at)
  VALUES (@url, @source, @host, @kind, @depth, @state, @round, @dueAt, @foundIn, @foundAt)
  ON CONFLICT (url) DO UPDATE SET round = excluded.round, due_at = excluded.due_at, attempts = 0,
    state = iif(${IS_FREE}, excluded.state, 'waiting'), source = iif(${IS_FREE}, excluded.source, frontier.source),
    kind = iif(${IS_FREE}, excluded.kind, frontier.kind), depth = iif(${IS_FREE}, excluded.depth, frontier.depth)
  WHERE (${IS_FREE}) OR frontier.round < excluded.round AND frontier.state = 'done' AND frontier.kind IN ('part', 'more')
    AND (@isMove OR frontier.outcome NOT IN ${NOT_AGAIN})
  RETURNING source, round, ${COUNTS} AS counts, outcome IS NOT NULL AS joined`

const PLAN = `
  UPDATE frontier SET source = @source, kind = 'source', depth = 0, due_at = iif(state = 'done', @dueAt, due_at)
  WHERE key = @key`
const RENAME = `
  UPDATE frontier SET source = n.value FROM json_each(@names) AS n WHERE frontier.source = n.key`
const RETIRE = `
  UPDATE frontier SET due_at = NULL
  WHERE state = 'done' AND due_at <= @now AND kind = 'source' AND ${OF_SOURCES}
    AND url NOT IN (SELECT value FROM json_each(@urls))`

/** The index gives the order: sorting all that waits for each look would take longer the more does. */
const NEXT = `
  SELECT ${COLUMNS} FROM frontier INDEXED BY frontier_by_host
  WHERE state = 'waiting' AND host = ? AND due_at <= ? AND ${OF_SOURCES} ORDER BY depth, key LIMIT 1`

/** From one host that waits to the next, and of each the first row that is due. */
const HOSTS = `
  WITH RECURSIVE waiting (host) AS (
    SELECT min(host) FROM frontier INDEXED BY frontier_by_host WHERE state = 'waiting'
    UNION ALL
    SELECT (SELECT min(f.host) FROM frontier AS f INDEXED BY frontier_by_host WHERE f.state = 'waiting' AND f.host > waiting.host)
    FROM waiting WHERE host IS NOT NULL)
  SELECT host FROM waiting WHERE EXISTS (
    SELECT 1 FROM frontier AS f INDEXED BY frontier_by_host
    WHERE f.state = 'waiting' AND f.host = waiting.host AND f.due_at <= ? AND ${OF_SOURCES})`

/** The first of each state by its time, and of these the earlier: all that ever was on the list is not read. */
const NEXT_DUE = `
  SELECT min(due_at) FROM (${firstDue('waiting')} UNION ALL ${firstDue('done')})`

function firstDue(state: 'waiting' | 'done'): string {
  return `SELECT * FROM (
    SELECT due_at FROM frontier INDEXED BY frontier_by_due
    WHERE state = '${state}' AND due_at > @after AND ${OF_SOURCES} ORDER BY due_at LIMIT 1)`
}

/** The row of a URL, for whoever only reads; null when it is not on the list. */
export function createRowFinder(db: Database): (url: string) => FrontierRow | null {
  const find = db.prepare<[string], FrontierRow>(FIND)
  return (url) => find.get(url) ?? null
}

/** The frontier of an open database. */
export function createFrontier(db: Database): Frontier {
  const want = createSourceList(db)
  const add = db.prepare<
    Omit<FoundUrl, 'waits' | 'isMove'> & { readonly state: string; readonly isMove: number },
    TakenRow
  >(ADD)
  const rounds = createRoundCounts(db)
  const find = createRowFinder(db)
  const plan = db.prepare(PLAN)
  const rename = db.prepare(RENAME)
  const retire = db.prepare(RETIRE)
  const wake = db.prepare(
    `UPDATE frontier SET state = 'waiting', round = @now, attempts = 0
     WHERE state = 'done' AND due_at <= @now AND ${OF_SOURCES}`,
  )
  const complete = db.prepare(
    `UPDATE frontier SET state = @state, outcome = @outcome, reason = @reason, visited_at = @visitedAt, due_at = @dueAt,
       attempts = @attempts WHERE key = @key`,
  )
  const settle = db.prepare(`UPDATE frontier SET outcome = 'unchanged', due_at = ? WHERE key = ?`)
  const judge = db.prepare(
    `UPDATE frontier SET outcome = @outcome, reason = @reason, due_at = CASE
       WHEN due_at IS NULL AND @outcome IN ${NOT_AGAIN} OR due_at IS NOT NULL AND @outcome = 'failed' THEN @dueOwn
       ELSE due_at END WHERE key = @key`,
  )
  const together = db.transaction((act: () => void) => act())
  const bringBack = createBringBack(db)
  return {
    together: (act) => {
      try {
        together.immediate(act)
      } catch (error) {
        rounds.forget()
        throw error
      }
    },
    add: ({ waits, isMove = false, ...found }) => {
      const taken = add.get({ ...found, state: waits ? 'waiting' : 'done', isMove: Number(isMove) })
      if (taken !== undefined) rounds.note(taken)
      return taken !== undefined && waits
    },
    find,
    rename: (names) => {
      if (names.size === 0) return
      rename.run({ names: JSON.stringify(Object.fromEntries(names)) })
      rounds.forget()
    },
    plan: (row, source, dueAt) => {
      plan.run({ key: row.key, source, dueAt })
      if (row.kind !== 'source' || row.source !== source) rounds.forget()
    },
    retire: (sources, urls, now) => {
      want(sources)
      retire.run({ urls: JSON.stringify(urls), now })
    },
    bringBack: (now) => {
      bringBack(now)
      rounds.forget()
    },
    wake: (sources, now) => {
      want(sources)
      rounds.forget()
      return wake.run({ now }).changes
    },
    complete: (key, { again, ...visited }) => void complete.run({ key, ...visited, state: again ? 'waiting' : 'done' }),
    settle: (key, dueAt) => void settle.run(dueAt, key),
    judge: (key, judged, dueOwn) => void judge.run({ key, ...judged, dueOwn }),
    countInRound: rounds.of,
    ...createQueries(db, want),
  }
}

/** Names the sources that the queries below speak of. There may be thousands: the same list is not written twice. */
function createSourceList(db: Database): (sources: readonly string[]) => void {
  db.exec('CREATE TEMP TABLE IF NOT EXISTS wanted_sources (name TEXT PRIMARY KEY)')
  const clear = db.prepare('DELETE FROM temp.wanted_sources')
  const fill = db.prepare('INSERT OR IGNORE INTO temp.wanted_sources SELECT value FROM json_each(?)')
  let listed: readonly string[] | null = null
  return (sources) => {
    if (sources === listed) return
    clear.run()
    fill.run(JSON.stringify(sources))
    listed = sources
  }
}

function createQueries(
  db: Database,
  want: (sources: readonly string[]) => void,
): Pick<Frontier, 'next' | 'hosts' | 'countWaiting' | 'nextWaiting' | 'nextDue'> {
  const next = db.prepare<[string, string], FrontierRow>(NEXT)
  const hosts = db.prepare<[string], string>(HOSTS).pluck()
  const countWaiting = db
    .prepare<[], number>(`SELECT count(*) FROM frontier WHERE state = 'waiting' AND ${OF_SOURCES}`)
    .pluck()
  const nextWaiting = db
    .prepare<[string], string | null>(
      `SELECT min(due_at) FROM frontier WHERE state = 'waiting' AND due_at > ? AND ${OF_SOURCES}`,
    )
    .pluck()
  const nextDue = db.prepare<[{ after: string }], string | null>(NEXT_DUE).pluck()
  const of = <T>(sources: readonly string[], ask: () => T): T => {
    want(sources)
    return ask()
  }
  return {
    next: (host, sources, now) => of(sources, () => next.get(host, now) ?? null),
    hosts: (sources, now) => of(sources, () => hosts.all(now)),
    countWaiting: (sources) => of(sources, () => countWaiting.get() ?? 0),
    nextWaiting: (sources, now) => of(sources, () => nextWaiting.get(now) ?? null),
    nextDue: (sources, after = '') => of(sources, () => nextDue.get({ after }) ?? null),
  }
}
