// A new database that is filled at once and that nobody sees before it is whole: what is checked or written row by row
// elsewhere is checked and written once, at the end. A crash in between costs the new file only.
import type { Database } from 'better-sqlite3'
import { relearnWords } from '../findings/posts/words.ts'
import { takeGuards } from '../schema/guards.ts'

/** Gives what ends it: throws a plain Error when a row refers to one that is not there. */
export function beginFilling(db: Database): () => void {
  db.pragma('foreign_keys = OFF')
  const putGuardsBack = db.transaction(() => takeGuards(db)).immediate()
  return () => {
    const finish = db.transaction(() => {
      putGuardsBack()
      relearnWords(db)
      const [lost] = db.pragma('foreign_key_check') as readonly { readonly table: string; readonly parent: string }[]
      if (lost !== undefined) throw new Error(`a row of ${lost.table} refers to none of ${lost.parent}`)
    })
    finish.immediate()
    db.pragma('foreign_keys = ON')
  }
}
