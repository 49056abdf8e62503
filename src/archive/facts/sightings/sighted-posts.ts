// Posts as they were seen, out of the tables, many in one statement.
import type { Database } from 'better-sqlite3'
import type { Post, Provenance } from '../../../model.ts'
import { createDictionaries } from '../contents/dictionary.ts'
import {
  fromSightedRow,
  nameOfRow,
  type SightedBy,
  type SightedRow,
  type SightingContext,
  type SightingName,
  type SourceColumns,
  selectSighted,
  versionOfRow,
} from './sighting-rows.ts'

/** A post read out of the tables, with the keys of its sighting and of which extraction it was read in. */
export interface StoredPost extends StoredPlace {
  readonly post: Post
  readonly versionKey: number
}

/** A sighting may be of many captures that say the same. */
export interface StoredPlace {
  readonly sightingKey: number
  readonly extractionKey: number
}

/** Posts by the provenance they were given: the very object, so that nobody has to look a place up again. */
export type StoredPosts = ReadonlyMap<Provenance, StoredPost>

export function createSightedReader<Parameter>(
  db: Database,
  by: SightedBy,
): (parameter: Parameter) => readonly StoredPost[] {
  const select = db.prepare<[Parameter], SightedRow>(selectSighted(by)).raw()
  const lookAround = createContexts(db)
  return (parameter) => {
    const rows = select.all(parameter)
    const around = lookAround(rows)
    return rows.map((row) => ({
      sightingKey: row[0],
      extractionKey: row[1],
      versionKey: versionOfRow(row),
      post: fromSightedRow(row, around),
    }))
  }
}

/** What rows refer to: a parent is mostly among them. Made anew for each reading, like a dictionary. */
function createContexts(db: Database): (rows: readonly SightedRow[]) => SightingContext {
  const findSource = db.prepare<[number], SourceColumns>(SELECT_SOURCE)
  const findName = db.prepare<[number], SightingName>(SELECT_NAME).raw()
  const openDictionary = createDictionaries(db)
  return (rows) => {
    const names = new Map<number, SightingName>()
    for (const row of rows) names.set(row[0], nameOfRow(row))
    const sources = new Map<number, SourceColumns>()
    return {
      dictionary: openDictionary(),
      name: (key) => names.get(key) ?? findName.get(key)!,
      source: (key) => {
        const source = sources.get(key) ?? findSource.get(key)!
        sources.set(key, source)
        return source
      },
    }
  }
}

const SELECT_NAME = `
  SELECT s.local_key, v.post_id FROM sightings AS s JOIN post_versions AS v ON v.key = s.version_key WHERE s.key = ?`

const SELECT_SOURCE = `
  SELECT c.input, c.digest, c.captured_at AS capturedAt, r.adapter, r.adapter_version AS adapterVersion
  FROM extractions AS e JOIN readings AS r ON r.key = e.reading_key JOIN captures AS c ON c.key = e.capture_key
  WHERE e.key = ?`
