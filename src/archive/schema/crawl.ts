// Migration 1, fourth part: the crawl's work list and what hosts asked of us. State, not facts: rows change, and a lost
// row costs a look at the web, never evidence. Not edited after its release.
import { NOT_FOUND, REFUSAL_NOTES, SCRIPT_SHELL, SITE_ERROR } from '../../errors.ts'

/** SQL for the codes of notes on what says nothing of a post that was there. */
export const WALLS = [...REFUSAL_NOTES, SCRIPT_SHELL, SITE_ERROR].map((code) => `'${code}'`).join(', ')

export const CRAWL_SQL = `
CREATE TABLE frontier (               -- every URL the crawl looks at, when it looks next, and what came of it
  key INTEGER PRIMARY KEY,
  url TEXT NOT NULL UNIQUE,           -- as it will be asked for
  source TEXT NOT NULL,               -- name of the source in sources.toml that led here first
  host TEXT NOT NULL,                 -- with its port when it is not the usual one
  kind TEXT NOT NULL CHECK (kind IN ('source', 'more', 'item', 'part')), -- the source; more of its list; a page it lists; more of that
  depth INTEGER NOT NULL,             -- links followed from the source
  state TEXT NOT NULL CHECK (state IN ('waiting', 'done')),
  round TEXT NOT NULL,                -- when the look at the source began that this row belongs to
  due_at TEXT,                        -- of a waiting row: not before; of a done row: next look, NULL when its parent decides
  attempts INTEGER NOT NULL DEFAULT 0, -- failed ones in a row
  outcome TEXT CHECK (outcome IN ('new', 'changed', 'unchanged', 'gone', 'absent', 'refused', 'failed')), -- of the last look; unchanged: what was read is; absent: never was there
  reason TEXT,                        -- for people: why it was refused or failed, or why nothing was read in it
  visited_at TEXT,
  found_in TEXT,                      -- id of the capture whose page named it
  found_at TEXT NOT NULL
) STRICT;
CREATE INDEX frontier_by_due ON frontier (state, due_at, host);
CREATE INDEX frontier_by_host ON frontier (state, host, depth); -- then by key: the order in which a host is looked at
CREATE INDEX frontier_by_source ON frontier (source, round);

CREATE TABLE host_manners (           -- what a host asked of us, kept so that a new run does not burst
  host TEXT PRIMARY KEY,
  not_before TEXT,                    -- Retry-After, spent budget or pause after failures
  failures INTEGER NOT NULL DEFAULT 0, -- in a row; past a limit the host is left alone for a while
  remaining INTEGER,                  -- requests left in its rate limit, as it said last
  reset_at TEXT,                      -- when that limit begins anew
  browser INTEGER NOT NULL DEFAULT 0 CHECK (browser IN (0, 1)) -- 1: its pages are nothing without a browser
) STRICT;

CREATE INDEX captures_by_asked_url ON captures (url, captured_at) WHERE url IS NOT NULL;

CREATE VIEW shown_instead AS          -- what a site showed in place of a page, whatever its status: a wall, its trouble, that there is no such post
SELECT c.key AS capture_key, c.url, c.captured_at, c.status, n.value ->> 'code' AS code, n.value ->> 'message' AS message
FROM captures AS c
JOIN latest_extractions AS e ON e.capture_key = c.key
JOIN json_each(e.notes) AS n
WHERE n.value ->> 'code' IN (${WALLS}, '${NOT_FOUND}')
  AND NOT EXISTS (SELECT 1 FROM sightings AS s WHERE s.reading_key = e.reading_key);
`
