// Migration 1, first part: the facts. What was run, captured, read and done; appended, never changed. Not edited after
// its release: a later change is a later migration. SQLite keeps the comments, so a file explains itself.

/** Tables whose rows are facts, with the columns that make a row one of its kind. */
const FACTS: Readonly<Record<string, readonly string[]>> = {
  runs: ['key', 'id'],
  captures: ['key', 'id'],
  readings: ['key', 'sha256'],
  extractions: ['key'],
  bylines: ['key'],
  parent_reasons: ['key'],
  url_heads: ['key'],
  post_versions: ['key'],
  sightings: ['key'],
  events: ['key', 'id'],
}

const TABLES = `
CREATE TABLE schema_migrations (
  version INTEGER PRIMARY KEY,        -- 1, 2, 3 …; equal to PRAGMA user_version after it ran
  applied_at TEXT NOT NULL            -- UTC, ISO 8601 with milliseconds, like every time in this file
) STRICT;

CREATE TABLE warc_files (
  key INTEGER PRIMARY KEY,            -- of this database alone, like every key: a rebuild numbers anew. Ids stay
  name TEXT NOT NULL UNIQUE,          -- file name inside the folder warc/
  closed_bytes INTEGER,               -- size when its writer finished it; NULL while it is being written or after a crash
  unreadable_bytes INTEGER NOT NULL DEFAULT 0, -- of those, no whole record: a write cut by a crash, or damage; left in place
  rewritten TEXT                      -- file that is about to take its place, for a moment, when a record was redacted
) STRICT;

CREATE TABLE runs (                   -- one invocation of the program (PROV Activity)
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,            -- YYYYMMDDHHMMSSmmm-<random>; its WARC files carry this name
  command TEXT NOT NULL,
  options TEXT NOT NULL CHECK (json_valid(options)), -- JSON object; of a crawl the digest of its sources, which the event of type 'sources' lists
  version TEXT NOT NULL,              -- of the program
  started_at TEXT NOT NULL,           -- its end is an event of type 'run ended'
  prev_run_id TEXT,                   -- the newest run when this one began; NULL for the first
  prev_run_digest TEXT,               -- SHA-256 over that run and its records as they were then
  warc_file_key INTEGER NOT NULL REFERENCES warc_files (key),
  warc_offset INTEGER NOT NULL,       -- of its warcinfo record, in bytes of the compressed file
  warc_length INTEGER NOT NULL
) STRICT;
CREATE INDEX runs_by_warc_file ON runs (warc_file_key);

CREATE TABLE captures (               -- bytes one URL or file answered with, at one moment (WARC record, Memento)
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,            -- UUID; WARC-Record-ID is <urn:uuid:ID>
  run_key INTEGER NOT NULL REFERENCES runs (key),
  digest TEXT NOT NULL CHECK (digest LIKE 'sha256:%'), -- of the payload after content decoding
  bytes INTEGER NOT NULL,             -- length of that payload
  input TEXT NOT NULL,                -- what the person asked for: URL, path, or -
  url TEXT,                           -- the URL asked
  final_url TEXT,                     -- the URL that answered
  original_url TEXT,                  -- for a mirror or web-archive copy: the URL of the original
  host TEXT,                          -- of final_url, else of url
  captured_at TEXT NOT NULL,
  captured_at_basis TEXT NOT NULL CHECK (captured_at_basis IN ('observed', 'declared', 'file-mtime', 'unknown')),
  method TEXT NOT NULL CHECK (method IN ('http', 'browser', 'file', 'import')),
  status INTEGER,                     -- HTTP status
  headers TEXT NOT NULL CHECK (json_valid(headers)), -- JSON [[name, value], …] in order, secrets removed
  redacted_headers TEXT NOT NULL CHECK (json_valid(redacted_headers)), -- JSON [name, …] whose values were withheld
  media_type TEXT,
  truncated TEXT CHECK (truncated IN ('length', 'time', 'disconnect')), -- why the payload ends early
  imported_from TEXT CHECK (imported_from IS NULL OR json_valid(imported_from)), -- JSON {id, payloadDigest}: the record of another tool's WARC file
  payload_key INTEGER REFERENCES captures (key), -- the capture whose record holds the same payload (WARC revisit); NULL: its own
  warc_file_key INTEGER NOT NULL REFERENCES warc_files (key),
  warc_offset INTEGER NOT NULL,       -- its record is bytes [offset, offset + length) of the compressed file
  warc_length INTEGER NOT NULL,
  redacted TEXT CHECK (redacted IS NULL OR json_valid(redacted)) -- JSON {event, reason, at}: its bytes were removed on request
) STRICT;
CREATE INDEX captures_by_run ON captures (run_key);
CREATE INDEX captures_by_digest ON captures (digest);
CREATE INDEX captures_by_payload ON captures (payload_key) WHERE payload_key IS NOT NULL;
CREATE INDEX captures_by_warc_file ON captures (warc_file_key, warc_offset);
CREATE INDEX captures_by_url ON captures (final_url, captured_at);

CREATE TABLE readings (               -- what an adapter read; kept once, however many captures say the same
  key INTEGER PRIMARY KEY,
  adapter TEXT NOT NULL,
  adapter_version INTEGER NOT NULL,
  declared TEXT NOT NULL CHECK (json_valid(declared)), -- JSON: what the page says of itself
  blocks TEXT NOT NULL CHECK (json_valid(blocks)),     -- JSON: units the page shows, with declared totals
  scrapes TEXT NOT NULL CHECK (json_valid(scrapes)),   -- JSON: text lines not yet cut into posts; their place without what the capture tells
  next TEXT NOT NULL CHECK (json_valid(next)),         -- JSON: URLs that would complete the page
  notes TEXT NOT NULL CHECK (json_valid(notes)),       -- JSON: remarks [{level, code, message, input}]
  by_post INTEGER NOT NULL CHECK (by_post IN (0, 1)), -- 1: its posts bear names and tell by themselves what they answer; of looks at one address findings then name the first and the last of each content, not of each reading
  sha256 BLOB NOT NULL UNIQUE         -- over the columns before by_post, which follows from them, and those of its sightings, with the hash of each content
) STRICT;

CREATE TABLE extractions (            -- a capture that was read, and what was read in it; the newest of a capture counts
  key INTEGER PRIMARY KEY,
  capture_key INTEGER NOT NULL REFERENCES captures (key),
  reading_key INTEGER NOT NULL REFERENCES readings (key), -- another look at an unchanged page names the same
  extracted_at TEXT NOT NULL
) STRICT;
CREATE INDEX extractions_by_capture ON extractions (capture_key);
CREATE INDEX extractions_by_reading ON extractions (reading_key);

CREATE TABLE further_pages (          -- an index of readings.next: which pages wait for an address
  url TEXT NOT NULL,                  -- without its fragment
  reading_key INTEGER NOT NULL,       -- in readings
  PRIMARY KEY (url, reading_key)
) STRICT, WITHOUT ROWID;

CREATE TABLE told_replies (           -- an index of the reply trees in readings.declared: which pages tell of a post, be it here or not
  post_id TEXT NOT NULL,
  parent_id TEXT,                     -- the post it answers; NULL: it is told to answer none
  reading_key INTEGER NOT NULL        -- in readings
) STRICT;
CREATE INDEX told_replies_by_post ON told_replies (post_id);
CREATE INDEX told_replies_by_parent ON told_replies (parent_id);

-- Three dictionaries: what many rows say alike is kept once. Rows refer to them by key without a foreign key, which would cost
-- each post an index that answers no question; that a row still says what it said is proven by its hash.

CREATE TABLE bylines (                -- an author as a page shows him
  key INTEGER PRIMARY KEY,
  id TEXT,                            -- platform account id, survives a change of handle
  handle TEXT,
  name TEXT,
  url TEXT
) STRICT;
CREATE INDEX bylines_by_handle ON bylines (handle COLLATE NOCASE, name);

CREATE TABLE names_seen (             -- an index of bylines: the names of each account, and when it was last shown so
  identity TEXT NOT NULL,             -- as in authors
  platform TEXT NOT NULL,
  byline_key INTEGER NOT NULL,
  last_seen_at TEXT NOT NULL,         -- time of the newest capture
  PRIMARY KEY (identity, platform, byline_key)
) STRICT, WITHOUT ROWID;
CREATE INDEX names_seen_by_byline ON names_seen (byline_key);

CREATE TABLE parent_reasons (         -- why a page is held to give a post its parent
  key INTEGER PRIMARY KEY,
  basis TEXT NOT NULL,                -- declared, layout or inferred
  p REAL NOT NULL,                    -- probability that this is the true parent
  say TEXT NOT NULL                   -- one clause for people
) STRICT;
CREATE INDEX parent_reasons_by_say ON parent_reasons (say);

CREATE TABLE url_heads (              -- beginnings of addresses, up to the id of the post
  key INTEGER PRIMARY KEY,
  head TEXT NOT NULL
) STRICT;
CREATE INDEX url_heads_by_head ON url_heads (head);

CREATE TABLE post_versions (          -- one content of one post; a changed post is one more row. Whole in post_contents
  key INTEGER PRIMARY KEY,
  post_id TEXT NOT NULL,              -- platform:id, or text:<hash of the content> when no platform names it
  platform TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind = 'post' OR kind = 'article' OR kind = 'comment'),
  byline_key INTEGER,                 -- its author in bylines
  title TEXT,
  text TEXT NOT NULL,                 -- plain text with its markers
  markup TEXT,                        -- sanitised HTML as JSON: strings stand for themselves, n > 0 for the next n characters of the text, n < 0 passes over so many; empty: HTML is the text, letter by letter
  created_at TEXT,
  edited_at TEXT,
  url TEXT,                           -- its address, unless the next two tell it
  url_head_key INTEGER,               -- the address begins with this of url_heads …
  url_tail INTEGER,                   -- … and ends with so many letters of the end of post_id
  lang TEXT,
  conversation TEXT,                  -- the platform's conversation id
  detail TEXT CHECK (detail IS NULL OR json_valid(detail)), -- JSON: media, quotes, footnotes, flags; NULL when there are none
  sha256 BLOB NOT NULL                -- over the content in its fixed form (README.md): no date of capture, no place on a page
) STRICT;
CREATE INDEX post_versions_by_post ON post_versions (post_id);

CREATE TABLE sightings (              -- a post version seen in a reading, and where (PROV wasDerivedFrom)
  key INTEGER PRIMARY KEY,            -- without gaps within a reading
  reading_key INTEGER NOT NULL REFERENCES readings (key),
  version_key INTEGER NOT NULL REFERENCES post_versions (key),
  position INTEGER NOT NULL,          -- 0-based, in page order
  local_key TEXT NOT NULL,            -- the post's key within its reading
  selector TEXT,                      -- CSS selector in HTML
  path TEXT,                          -- JSON Pointer in JSON
  line INTEGER,                       -- first line in text and JSONL, from 1
  end_line INTEGER,
  block TEXT,                         -- the page's unit it stands in
  parent_step INTEGER,                -- the parent this page gives it is the sighting key + parent_step …
  parent_id TEXT,                     -- … or a post that the page does not show
  parent_reason_key INTEGER,          -- why, in parent_reasons; NULL without a parent
  detail TEXT CHECK (detail IS NULL OR json_valid(detail))  -- JSON: boundary of a cut text, unknown keys of the input, odd parents
) STRICT;
CREATE INDEX sightings_by_reading ON sightings (reading_key);
CREATE INDEX sightings_by_version ON sightings (version_key);

CREATE TABLE events (                 -- what was done to the archive (PREMIS event): run ended, fixity check, redaction …
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,            -- UUID; WARC-Record-ID of its metadata record
  run_key INTEGER NOT NULL REFERENCES runs (key),
  type TEXT NOT NULL,
  happened_at TEXT NOT NULL,
  outcome TEXT NOT NULL,
  detail TEXT NOT NULL CHECK (json_valid(detail)),
  warc_file_key INTEGER NOT NULL REFERENCES warc_files (key),
  warc_offset INTEGER NOT NULL,
  warc_length INTEGER NOT NULL
) STRICT;
CREATE INDEX events_by_run ON events (run_key);
CREATE INDEX events_by_warc_file ON events (warc_file_key);
CREATE INDEX events_by_type ON events (type);

CREATE TABLE redactions_known (       -- redaction events whose captures were sought already
  event_key INTEGER PRIMARY KEY REFERENCES events (key)
) STRICT;

CREATE TABLE redactions_due (         -- captures whose bytes have to go; not empty only between a redaction and its end
  capture_key INTEGER PRIMARY KEY REFERENCES captures (key),
  redaction TEXT NOT NULL CHECK (json_valid(redaction)) -- JSON {event, reason, at}
) STRICT;
`

/** SQL for the address of a row `v` of post_versions, beside the row `h` of url_heads. */
export const URL_OF_V = 'coalesce(v.url, h.head || substr(v.post_id, -v.url_tail))'

/** SQL for the HTML of a row `v` of post_versions. */
export const HTML_OF_V = `CASE
    WHEN v.markup = '' THEN v.text
    WHEN v.markup IS NOT NULL THEN (
      SELECT group_concat(CASE WHEN type = 'text' THEN value WHEN value > 0 THEN substr(v.text, start, value) ELSE '' END, '')
      FROM (
        SELECT type, value, 1 + coalesce(sum(CASE WHEN type = 'integer' THEN abs(value) END)
          OVER (ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS start
        FROM json_each(v.markup) ORDER BY id))
  END`

/** Also guards inserts: INSERT OR REPLACE deletes a row without firing its DELETE trigger. */
function guardFacts(table: string, columns: readonly string[]): string {
  const refuse = `BEGIN SELECT RAISE(ABORT, '${table} holds facts: rows are added, never changed'); END;`
  const same = columns.map((column) => `${column} = NEW.${column}`).join(' OR ')
  return [
    `CREATE TRIGGER ${table}_no_update BEFORE UPDATE ON ${table} ${refuse}`,
    `CREATE TRIGGER ${table}_no_delete BEFORE DELETE ON ${table} ${refuse}`,
    `CREATE TRIGGER ${table}_no_replace BEFORE INSERT ON ${table}`,
    `WHEN EXISTS (SELECT 1 FROM ${table} WHERE ${same}) ${refuse}`,
  ].join('\n')
}

const GUARDS = Object.entries(FACTS).map(([table, columns]) => guardFacts(table, columns))

export const FACTS_SQL = `${TABLES}\n${GUARDS.join('\n')}\n`
