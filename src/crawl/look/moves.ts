// Sources that a site sends on to another place. What is there takes the place of the source's page: when it is no
// page, the source has none, and nobody may be left to think that all is well.
import type { FrontierRow } from '../../archive/crawl/frontier.ts'
import { type CrawlTally, type Move, tell } from '../report/tally.ts'

/** Redirects to other hosts on the way to one page that its source's limits do not count: they lead no deeper. */
const MOST_MOVES = 5

/** Whether a row is a source's, or stands where one was: then what it leads to does, too. */
export function standsForSource({ stands }: CrawlTally, { kind, url }: Pick<FrontierRow, 'kind' | 'url'>): boolean {
  return kind === 'source' || stands.has(url)
}

/** Notes that a row that stands for a source was sent on. Returns whether this leads no deeper. */
export function noteMove({ moves, stands }: CrawlTally, { key, kind, url, source }: FrontierRow, to: string): boolean {
  const hops = (stands.get(url) ?? 0) + 1
  moves.set(url, { from: url, to, source, key: kind === 'source' ? key : null })
  stands.set(to, hops)
  return hops <= MOST_MOVES
}

/** Where sources are now, by where they were: the last place of each way. */
export function listMoves({ moves }: CrawlTally): readonly Pick<Move, 'source' | 'from' | 'to'>[] {
  const ofSources = [...moves.values()].filter(({ key }) => key !== null)
  return ofSources.map(({ source, from }) => ({ source, from, to: followMoves(moves, from).at(-1) ?? from }))
}

/**
 * At the end of a run: sources that were sent on to what is no page have brought nothing, whatever their own look says.
 */
export function judgeMoves(tally: CrawlTally, find: (url: string) => FrontierRow | null): void {
  const empty = new Set<string>()
  for (const { key, from, source } of tally.moves.values()) {
    if (key === null) continue
    const way = followMoves(tally.moves, from)
    const end = judgeEnd(way, find)
    if (end === null) continue
    for (const url of way.slice(0, -1)) empty.add(url)
    if (end.outcome !== 'gone') tally.missed.add(key)
    tally.told = tally.told.filter(({ url, kind }) => url !== way.at(-1) || kind === 'source')
    tell(tally, { url: from, source, kind: 'source', outcome: end.outcome, reason: `${from} → ${end.reason}` })
  }
  tally.unread += empty.size
}

/** Addresses from a source to where it leads; the last stands twice when they run in a circle. */
function followMoves(moves: CrawlTally['moves'], from: string): readonly string[] {
  const way = new Set([from])
  for (let move = moves.get(from); move !== undefined; move = moves.get(move.to)) {
    if (way.has(move.to)) return [...way, move.to]
    way.add(move.to)
  }
  return [...way]
}

/** Why there is no page at the end of the way; null when there is one, or nobody knows yet. */
function judgeEnd(way: readonly string[], find: (url: string) => FrontierRow | null) {
  const end = way.at(-1) ?? ''
  if (way.indexOf(end) < way.length - 1)
    return { outcome: 'refused', reason: `${way.slice(1).join(' → ')}: these redirects lead in a circle` } as const
  const row = find(end)
  return row === null || row.outcome === null || row.reason === null
    ? null
    : { outcome: row.outcome, reason: row.reason }
}
