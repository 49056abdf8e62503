// Under which names each account was shown, and when last: what the row of an author says is what was seen of it last,
// in whatever order captures came in. It decides nothing about who is one person.
import type { Database } from 'better-sqlite3'
import type { Author, Post } from '../../../model.ts'
import type { DictionaryWriter } from '../contents/dictionary.ts'

/** The surest name of an account; null for nobody. */
export function identityOf({ id, handle, name }: Pick<Author, 'id' | 'handle' | 'name'>): string | null {
  return id ?? handle?.toLowerCase() ?? name
}

interface NameBook {
  /** Forgets what waits; first in each transaction. */
  begin(): void
  /** Takes down who wrote a post, as a capture of this time shows it. */
  note(post: Pick<Post, 'author' | 'platform'>, capturedAt: string): void
  /** Writes what was taken down, and brings the authors up to it. */
  flush(): void
}

interface Seen {
  readonly identity: string
  readonly platform: string
  readonly byline: number
  readonly at: string
}

export function createNameBook(db: Database, dictionary: DictionaryWriter): NameBook {
  const put = db.prepare<[string, string, number, string]>(PUT)
  const settle = createNameSettler(db)
  const waiting = new Map<string, Seen>()
  let last: { readonly author: Author | null; readonly platform: string; readonly at: string } | null = null
  return {
    begin: () => {
      waiting.clear()
      last = null
    },
    note: ({ author, platform }, at) => {
      // Most often it is the author of the post before.
      if (last !== null && last.author === author && last.platform === platform && last.at === at) return
      last = { author, platform, at }
      const identity = author === null ? null : identityOf(author)
      if (author === null || identity === null) return
      const byline = dictionary.byline(author)
      const known = waiting.get(`${byline} ${platform}`)
      if (known === undefined || known.at < at) waiting.set(`${byline} ${platform}`, { identity, platform, byline, at })
    },
    flush: () => {
      for (const { identity, platform, byline, at } of waiting.values())
        if (put.run(identity, platform, byline, at).changes > 0) settle(identity, platform)
      waiting.clear()
    },
  }
}

/**
 * Gives the row of an author what was seen last; what no page shows stays. Nearly all were shown in one way only, and
 * to ask for the last of many costs several times as much as to take that.
 */
export function createNameSettler(db: Database): (identity: string, platform: string) => void {
  const shown = db.prepare<[string, string], Shown>(SHOWN).raw()
  const take = db.prepare<[...Shown, string, string]>(`${TAKE} WHERE identity = ? AND platform = ?`)
  const settle = db.prepare<[string, string]>(`${SETTLE} WHERE identity = ? AND platform = ?`)
  return (identity, platform) => {
    const [first, second] = shown.all(identity, platform)
    if (first === undefined) return
    if (second === undefined) take.run(...first, identity, platform)
    else settle.run(identity, platform)
  }
}

type Shown = readonly [handle: string | null, name: string | null, url: string | null]

/** SQL: keys of the authors who ever were shown with one of these handles, whatever their case. */
export function ownersOf(handles: string, handle: string): string {
  return `
    SELECT o.key FROM ${handles} CROSS JOIN bylines AS w ON w.handle = ${handle} COLLATE NOCASE
    CROSS JOIN names_seen AS n ON n.byline_key = w.key
    CROSS JOIN authors AS o ON o.identity = n.identity AND o.platform = n.platform`
}

/** What sightings say of it: rows of `names_seen` without the identity. Reads them all. */
export const SEEN = `
  SELECT v.platform, v.byline_key, max(c.captured_at) AS last_seen_at FROM post_versions AS v
  JOIN bylines AS b ON b.key = v.byline_key AND coalesce(b.id, b.handle, b.name) IS NOT NULL
  JOIN sightings AS s ON s.version_key = v.key
  JOIN extractions AS e ON e.reading_key = s.reading_key JOIN captures AS c ON c.key = e.capture_key
  GROUP BY v.platform, v.byline_key`

const PUT = `
  INSERT INTO names_seen (identity, platform, byline_key, last_seen_at) VALUES (?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET last_seen_at = excluded.last_seen_at WHERE excluded.last_seen_at > last_seen_at`

const lastSeen = (column: string): string => `
  ${column} = coalesce((
    SELECT b.${column} FROM names_seen AS n CROSS JOIN bylines AS b ON b.key = n.byline_key
    WHERE n.identity = authors.identity AND n.platform = authors.platform AND b.${column} IS NOT NULL
    ORDER BY n.last_seen_at DESC, b.${column} LIMIT 1), ${column})`

const NAMES = ['handle', 'name', 'url'] as const

const SETTLE = `UPDATE authors SET ${NAMES.map(lastSeen).join(', ')}`

/** Two at most: whether there is one. */
const SHOWN = `
  SELECT b.handle, b.name, b.url FROM names_seen AS n CROSS JOIN bylines AS b ON b.key = n.byline_key
  WHERE n.identity = ? AND n.platform = ? LIMIT 2`

const TAKE = `UPDATE authors SET ${NAMES.map((column) => `${column} = coalesce(?, ${column})`).join(', ')}`

/** After a redaction: all that is left is looked through again. */
export const RESETTLE = `
  CREATE TEMP TABLE still_seen AS ${SEEN};
  DELETE FROM names_seen WHERE (platform, byline_key) NOT IN (SELECT platform, byline_key FROM still_seen);
  UPDATE names_seen SET last_seen_at = still_seen.last_seen_at FROM still_seen
  WHERE still_seen.platform = names_seen.platform AND still_seen.byline_key = names_seen.byline_key;
  DROP TABLE still_seen;
  ${SETTLE};`
