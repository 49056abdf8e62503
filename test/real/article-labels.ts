// The annotations that a person disputes, read off article-labels.md. No judging here: the file says page, place,
// verdict.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const LABELS = join(import.meta.dirname, 'article-labels.md')
const ROW = /^\| (\S+\.html) \| (\d+) \| [^|]+ \| [^|]+ \|$/

/** By page: places of the comment segments that are no comments, from 1. */
export function readDisputes(): ReadonlyMap<string, ReadonlySet<number>> {
  const disputes = new Map<string, Set<number>>()
  for (const line of readFileSync(LABELS, 'utf8').split('\n')) {
    const [, page, place] = ROW.exec(line) ?? []
    if (page === undefined) continue
    disputes.set(page, (disputes.get(page) ?? new Set()).add(Number(place)))
  }
  return disputes
}
