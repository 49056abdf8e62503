// Migration 1, fourth part: the crawl's work list and what hosts asked of us. State, not facts: rows change, and a lost
// row costs a look at the web, never evidence. Not edited after its release.
import { NOT_FOUND, REFUSAL_NOTES, SCRIPT_SHELL, SITE_ERROR } from '../../errors.ts'

/** Codes of notes on what says nothing of a post that was there. */
const WALLS = [...REFUSAL_NOTES, SCRIPT_SHELL, SITE_ERROR].map((code) => `'${code}'`).join(', ')

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
JOIN extractions AS x ON x.capture_key = c.key
JOIN readings AS r ON r.key = x.reading_key
JOIN json_each(r.notes) AS n
WHERE n.value ->> 'code' IN (${WALLS}, '${NOT_FOUND}')
  AND NOT EXISTS (SELECT 1 FROM sightings AS s WHERE s.reading_key = r.key);

CREATE VIEW gone_pages AS             -- pages that are no longer there, by status or in the site's words, with the time they were last seen whole
SELECT c.url, c.status, c.captured_at AS gone_since_at_least,
  (SELECT max(w.captured_at) FROM captures AS w WHERE w.url = c.url AND w.status IN (200, 304)
    AND NOT EXISTS (SELECT 1 FROM shown_instead AS i WHERE i.capture_key = w.key)) AS last_seen_at
FROM captures AS c
WHERE (c.status IN (404, 410) OR EXISTS (SELECT 1 FROM shown_instead AS i WHERE i.capture_key = c.key AND i.code = '${NOT_FOUND}'))
  AND EXISTS (SELECT 1 FROM captures AS w WHERE w.url = c.url AND w.status IN (200, 304) AND w.captured_at < c.captured_at
    AND NOT EXISTS (SELECT 1 FROM shown_instead AS i WHERE i.capture_key = w.key))
  AND NOT EXISTS (SELECT 1 FROM captures AS later WHERE later.url = c.url AND later.captured_at > c.captured_at);

CREATE VIEW gone_posts AS             -- posts that the page which showed them, read again whole or gone, shows no more, nor any page since
SELECT id, url, last_seen_at, gone_since_at_least
FROM (
  SELECT post AS id, page AS url, seen_at AS last_seen_at, (
      SELECT later.captured_at FROM captures AS later
      WHERE later.url = page AND later.captured_at > seen_at AND later.truncated IS NULL
        AND (later.status IN (404, 410) OR later.status = 200 AND EXISTS (
          SELECT 1 FROM extractions AS x JOIN readings AS told ON told.key = x.reading_key
          WHERE x.capture_key = later.key AND NOT EXISTS ( -- a wall, or a page of which nothing could be read, says nothing of it; that there is no such post does
            SELECT 1 FROM json_each(told.notes) AS n
            WHERE n.value ->> 'code' IN (${WALLS})
              OR n.value ->> 'level' <> 'info' AND n.value ->> 'code' <> '${NOT_FOUND}'
                AND NOT EXISTS (SELECT 1 FROM sightings AS i WHERE i.reading_key = told.key))))
      ORDER BY later.captured_at LIMIT 1) AS gone_since_at_least
  FROM ( -- the last look of each page at each post, found once and not for each look
    SELECT v.post_id AS post, c.url AS page, max(c.captured_at) AS seen_at
    FROM post_versions AS v
    JOIN sightings AS s ON s.version_key = v.key
    JOIN readings AS r ON r.key = s.reading_key AND r.adapter <> 'feed' -- what falls off the end of a feed is not deleted
    JOIN extractions AS e ON e.reading_key = r.key
    JOIN captures AS c ON c.key = e.capture_key
    GROUP BY v.post_id, c.url)
  WHERE NOT EXISTS (
    SELECT 1 FROM post_versions AS o JOIN sightings AS again ON again.version_key = o.key
      JOIN extractions AS x ON x.reading_key = again.reading_key JOIN captures AS l ON l.key = x.capture_key
    WHERE o.post_id = post AND l.captured_at > seen_at))
WHERE gone_since_at_least IS NOT NULL;
`
