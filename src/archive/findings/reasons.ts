// Why posts answer or follow others. Pages give the same few reasons for nearly all links, so each is stored once; the
// reasons that the model infers are all different and stand with their link.
import type { Database } from 'better-sqlite3'
import { wellFormed } from '../../fixity.ts'
import type { Link } from '../../model.ts'
import { lineOf } from './seals.ts'

export interface ReasonBook {
  /** Forgets what it knows; first in each transaction. */
  begin(): void
  /** The key of a link's reason, added when new. */
  keyOf(link: Link): number
  /** That row, as a seal reads it. */
  lineOf(key: number): string
}

type Evidence = Link['evidence']

export function createReasonBook(db: Database): ReasonBook {
  const find = db
    .prepare<unknown[], number>('SELECT key FROM reasons WHERE evidence = ? AND basis = ? AND p = ?')
    .pluck()
  const insert = db.prepare('INSERT INTO reasons (basis, p, evidence) VALUES (?, ?, ?)')
  const keys = new Map<Evidence, { readonly link: Link; readonly key: number }>()
  const lines = new Map<number, string>()
  const look = ({ basis, p, evidence }: Link): number => {
    const text = JSON.stringify(wellFormed(evidence))
    const key = find.get(text, basis, p) ?? Number(insert.run(basis, p, text).lastInsertRowid)
    lines.set(key, lineOf([key, basis, p, text]))
    return key
  }
  return {
    begin: () => {
      keys.clear()
      lines.clear()
    },
    keyOf: (link) => {
      // Equal evidence is nearly always the very same list.
      const known = keys.get(link.evidence)
      if (known !== undefined && known.link.p === link.p && known.link.basis === link.basis) return known.key
      const key = look(link)
      keys.set(link.evidence, { link, key })
      return key
    },
    lineOf: (key) => lines.get(key)!,
  }
}
