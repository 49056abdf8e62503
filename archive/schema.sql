-- The schema of archive.sqlite, generated from src/archive/schema/ (npm run schema). Do not edit.

PRAGMA application_id = 1433301872;

PRAGMA user_version = 1;

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

CREATE TRIGGER runs_no_update BEFORE UPDATE ON runs BEGIN SELECT RAISE(ABORT, 'runs holds facts: rows are added, never changed'); END;

CREATE TRIGGER runs_no_delete BEFORE DELETE ON runs BEGIN SELECT RAISE(ABORT, 'runs holds facts: rows are added, never changed'); END;

CREATE TRIGGER runs_no_replace BEFORE INSERT ON runs
WHEN EXISTS (SELECT 1 FROM runs WHERE key = NEW.key OR id = NEW.id) BEGIN SELECT RAISE(ABORT, 'runs holds facts: rows are added, never changed'); END;

CREATE TRIGGER captures_no_update BEFORE UPDATE ON captures BEGIN SELECT RAISE(ABORT, 'captures holds facts: rows are added, never changed'); END;

CREATE TRIGGER captures_no_delete BEFORE DELETE ON captures BEGIN SELECT RAISE(ABORT, 'captures holds facts: rows are added, never changed'); END;

CREATE TRIGGER captures_no_replace BEFORE INSERT ON captures
WHEN EXISTS (SELECT 1 FROM captures WHERE key = NEW.key OR id = NEW.id) BEGIN SELECT RAISE(ABORT, 'captures holds facts: rows are added, never changed'); END;

CREATE TRIGGER readings_no_update BEFORE UPDATE ON readings BEGIN SELECT RAISE(ABORT, 'readings holds facts: rows are added, never changed'); END;

CREATE TRIGGER readings_no_delete BEFORE DELETE ON readings BEGIN SELECT RAISE(ABORT, 'readings holds facts: rows are added, never changed'); END;

CREATE TRIGGER readings_no_replace BEFORE INSERT ON readings
WHEN EXISTS (SELECT 1 FROM readings WHERE key = NEW.key OR sha256 = NEW.sha256) BEGIN SELECT RAISE(ABORT, 'readings holds facts: rows are added, never changed'); END;

CREATE TRIGGER extractions_no_update BEFORE UPDATE ON extractions BEGIN SELECT RAISE(ABORT, 'extractions holds facts: rows are added, never changed'); END;

CREATE TRIGGER extractions_no_delete BEFORE DELETE ON extractions BEGIN SELECT RAISE(ABORT, 'extractions holds facts: rows are added, never changed'); END;

CREATE TRIGGER extractions_no_replace BEFORE INSERT ON extractions
WHEN EXISTS (SELECT 1 FROM extractions WHERE key = NEW.key) BEGIN SELECT RAISE(ABORT, 'extractions holds facts: rows are added, never changed'); END;

CREATE TRIGGER bylines_no_update BEFORE UPDATE ON bylines BEGIN SELECT RAISE(ABORT, 'bylines holds facts: rows are added, never changed'); END;

CREATE TRIGGER bylines_no_delete BEFORE DELETE ON bylines BEGIN SELECT RAISE(ABORT, 'bylines holds facts: rows are added, never changed'); END;

CREATE TRIGGER bylines_no_replace BEFORE INSERT ON bylines
WHEN EXISTS (SELECT 1 FROM bylines WHERE key = NEW.key) BEGIN SELECT RAISE(ABORT, 'bylines holds facts: rows are added, never changed'); END;

CREATE TRIGGER parent_reasons_no_update BEFORE UPDATE ON parent_reasons BEGIN SELECT RAISE(ABORT, 'parent_reasons holds facts: rows are added, never changed'); END;

CREATE TRIGGER parent_reasons_no_delete BEFORE DELETE ON parent_reasons BEGIN SELECT RAISE(ABORT, 'parent_reasons holds facts: rows are added, never changed'); END;

CREATE TRIGGER parent_reasons_no_replace BEFORE INSERT ON parent_reasons
WHEN EXISTS (SELECT 1 FROM parent_reasons WHERE key = NEW.key) BEGIN SELECT RAISE(ABORT, 'parent_reasons holds facts: rows are added, never changed'); END;

CREATE TRIGGER url_heads_no_update BEFORE UPDATE ON url_heads BEGIN SELECT RAISE(ABORT, 'url_heads holds facts: rows are added, never changed'); END;

CREATE TRIGGER url_heads_no_delete BEFORE DELETE ON url_heads BEGIN SELECT RAISE(ABORT, 'url_heads holds facts: rows are added, never changed'); END;

CREATE TRIGGER url_heads_no_replace BEFORE INSERT ON url_heads
WHEN EXISTS (SELECT 1 FROM url_heads WHERE key = NEW.key) BEGIN SELECT RAISE(ABORT, 'url_heads holds facts: rows are added, never changed'); END;

CREATE TRIGGER post_versions_no_update BEFORE UPDATE ON post_versions BEGIN SELECT RAISE(ABORT, 'post_versions holds facts: rows are added, never changed'); END;

CREATE TRIGGER post_versions_no_delete BEFORE DELETE ON post_versions BEGIN SELECT RAISE(ABORT, 'post_versions holds facts: rows are added, never changed'); END;

CREATE TRIGGER post_versions_no_replace BEFORE INSERT ON post_versions
WHEN EXISTS (SELECT 1 FROM post_versions WHERE key = NEW.key) BEGIN SELECT RAISE(ABORT, 'post_versions holds facts: rows are added, never changed'); END;

CREATE TRIGGER sightings_no_update BEFORE UPDATE ON sightings BEGIN SELECT RAISE(ABORT, 'sightings holds facts: rows are added, never changed'); END;

CREATE TRIGGER sightings_no_delete BEFORE DELETE ON sightings BEGIN SELECT RAISE(ABORT, 'sightings holds facts: rows are added, never changed'); END;

CREATE TRIGGER sightings_no_replace BEFORE INSERT ON sightings
WHEN EXISTS (SELECT 1 FROM sightings WHERE key = NEW.key) BEGIN SELECT RAISE(ABORT, 'sightings holds facts: rows are added, never changed'); END;

CREATE TRIGGER events_no_update BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'events holds facts: rows are added, never changed'); END;

CREATE TRIGGER events_no_delete BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'events holds facts: rows are added, never changed'); END;

CREATE TRIGGER events_no_replace BEFORE INSERT ON events
WHEN EXISTS (SELECT 1 FROM events WHERE key = NEW.key OR id = NEW.id) BEGIN SELECT RAISE(ABORT, 'events holds facts: rows are added, never changed'); END;

CREATE TABLE authors (
  key INTEGER PRIMARY KEY,
  platform TEXT NOT NULL,
  identity TEXT NOT NULL,             -- account id if known, else handle in lower case, else name
  id TEXT,                            -- account id on the platform
  handle TEXT COLLATE NOCASE,         -- case means nothing: = finds it either way
  name TEXT,                          -- this, the handle and the address as seen last; author_names has all with the times they were seen
  url TEXT,
  UNIQUE (identity, platform)
) STRICT;

CREATE INDEX authors_by_handle ON authors (handle) WHERE handle IS NOT NULL;

CREATE TABLE reasons (                -- why posts answer or follow others: few sentences, said of very many posts
  key INTEGER PRIMARY KEY,
  basis TEXT NOT NULL CHECK (basis IN ('declared', 'layout', 'inferred')),
  p REAL NOT NULL CHECK (p BETWEEN 0 AND 1), -- probability of the link
  evidence TEXT NOT NULL CHECK (json_valid(evidence)), -- JSON [{kind, say, weight}]
  UNIQUE (evidence, basis, p)
) STRICT;

CREATE TABLE posts (                  -- one message after copies were laid together; its text is in post_latest
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,            -- platform:id or text:<hash>
  platform TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind = 'post' OR kind = 'article' OR kind = 'comment'),
  author_key INTEGER REFERENCES authors (key),
  created_at TEXT,
  conversation TEXT,
  parent_id TEXT,                     -- the post it answers, as its page says; it may be one we do not have
  parent_reason INTEGER,              -- key in reasons
  fingerprint INTEGER,                -- 48-bit hash of the letters: finds copies, proves nothing
  sighting_key INTEGER REFERENCES sightings (key), -- the best sighting; content not given here is its version's
  extraction_key INTEGER,             -- in extractions: of the captures that show it so, which is meant
  url TEXT,                           -- this and what follows only where it differs from the version's
  title TEXT,
  text TEXT,
  detail TEXT CHECK (detail IS NULL OR json_valid(detail)), -- JSON: other fields that differ from the sighting's
  CHECK (sighting_key IS NOT NULL OR text IS NOT NULL),
  CHECK ((sighting_key IS NULL) = (extraction_key IS NULL)),
  CHECK ((parent_id IS NULL) = (parent_reason IS NULL))
) STRICT;

CREATE INDEX posts_by_author ON posts (author_key);

CREATE INDEX posts_by_sighting ON posts (sighting_key);

CREATE INDEX posts_by_conversation ON posts (conversation) WHERE conversation IS NOT NULL;

CREATE INDEX posts_by_parent ON posts (parent_id) WHERE parent_id IS NOT NULL;

CREATE INDEX posts_by_fingerprint ON posts (fingerprint) WHERE fingerprint IS NOT NULL;

CREATE TABLE other_sources (          -- the sources of a post but its best sighting; post_sources has all
  post_key INTEGER NOT NULL REFERENCES posts (key),
  position INTEGER NOT NULL,          -- the best first; from 1 where the post has a best sighting
  sighting_key INTEGER REFERENCES sightings (key),
  extraction_key INTEGER REFERENCES extractions (key), -- as in posts; or it was cut out of the text lines of this
  line INTEGER,                       -- its first line there, where it was cut out
  provenance TEXT CHECK (provenance IS NULL OR json_valid(provenance)), -- JSON, for a source that is no stored sighting
  PRIMARY KEY (post_key, position),
  CHECK ((sighting_key IS NULL) <> (provenance IS NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX other_sources_by_sighting ON other_sources (sighting_key) WHERE sighting_key IS NOT NULL;

CREATE INDEX other_sources_by_extraction ON other_sources (extraction_key, line) WHERE extraction_key IS NOT NULL;

CREATE VIEW post_sources AS           -- every sighting of a post, the best first
SELECT key AS post_key, CAST(0 AS INTEGER) AS position, sighting_key, extraction_key,
  CAST(NULL AS INTEGER) AS line, CAST(NULL AS TEXT) AS provenance
FROM posts WHERE sighting_key IS NOT NULL
UNION ALL
SELECT post_key, position, sighting_key, extraction_key, line, provenance FROM other_sources;

CREATE VIEW replies AS                -- child → parent; the parent may be a post we do not have
SELECT p.id AS child_id, p.parent_id, r.basis, r.p, r.evidence
FROM posts AS p
JOIN reasons AS r ON r.key = p.parent_reason
WHERE p.parent_id IS NOT NULL;

CREATE TABLE threads (                -- one author's connected run
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,            -- the id of its first post
  platform TEXT NOT NULL,
  author_key INTEGER REFERENCES authors (key),
  author TEXT CHECK (author IS NULL OR json_valid(author)), -- JSON: as this thread shows the author
  title TEXT,
  url TEXT,
  published_at TEXT,                  -- of the first post
  completeness TEXT NOT NULL CHECK (completeness IN ('complete', 'partial', 'unknown')),
  statement TEXT NOT NULL,            -- for people: posts 1–9, 11–17 of 17; 10 missing
  declared_total INTEGER,
  engine_version TEXT NOT NULL
) STRICT;

CREATE INDEX threads_by_author ON threads (author_key);

CREATE INDEX threads_by_time ON threads (coalesce(published_at, ''), id);

CREATE TABLE thread_posts (
  thread_key INTEGER NOT NULL REFERENCES threads (key),
  branch INTEGER NOT NULL,            -- 0: the main line; 1, 2 …: side chains, see thread_branches
  position INTEGER NOT NULL,          -- from 1, in reading order
  number INTEGER,                     -- the number the author gave it
  post_key INTEGER NOT NULL REFERENCES posts (key),
  reason_key INTEGER,                 -- of the link to the post before, in reasons; NULL for the first and for what follows:
  basis TEXT CHECK (basis = 'declared' OR basis = 'layout' OR basis = 'inferred'), -- of a link whose reason is all its own
  p REAL CHECK (p BETWEEN 0 AND 1),   -- probability of that link
  evidence TEXT CHECK (evidence IS NULL OR json_valid(evidence)), -- JSON [{kind, say, weight}]: its reason
  strips TEXT CHECK (strips IS NULL OR json_valid(strips)), -- JSON [[start, end], …]: markers taken out of the text (UTF-16 units)
  text TEXT,                          -- only where it is more than the post's text without one strip; see thread_text
  PRIMARY KEY (thread_key, branch, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX thread_posts_by_post ON thread_posts (post_key);

CREATE TABLE thread_branches (
  thread_key INTEGER NOT NULL REFERENCES threads (key),
  branch INTEGER NOT NULL,
  from_post_id TEXT NOT NULL,         -- the post it leaves from
  PRIMARY KEY (thread_key, branch)
) STRICT;

CREATE TABLE gaps (                   -- posts we know of and do not have
  thread_key INTEGER NOT NULL REFERENCES threads (key),
  ordinal INTEGER NOT NULL,
  after_position INTEGER,             -- positions of the present posts around it; NULL at an end
  before_position INTEGER,
  count INTEGER,
  class TEXT NOT NULL CHECK (class IN ('missing', 'skipped', 'marker-lost', 'head', 'tail', 'branch')),
  p REAL NOT NULL CHECK (p BETWEEN 0 AND 1),
  reason TEXT NOT NULL,
  PRIMARY KEY (thread_key, ordinal)
) STRICT;

CREATE TABLE conversations (          -- everyone's replies under one root
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,            -- the id of its root post
  root_key INTEGER REFERENCES posts (key), -- NULL when the root is known but was not seen
  title TEXT,
  published_at TEXT,
  site TEXT,
  declared_replies INTEGER,
  completeness TEXT NOT NULL CHECK (completeness IN ('complete', 'partial', 'unknown')),
  statement TEXT NOT NULL,
  engine_version TEXT NOT NULL
) STRICT;

CREATE INDEX conversations_by_root ON conversations (root_key);

CREATE INDEX conversations_by_time ON conversations (coalesce(published_at, ''), id);

CREATE TABLE conversation_replies (
  conversation_key INTEGER NOT NULL REFERENCES conversations (key),
  position INTEGER NOT NULL,          -- the reply's index, in reading order
  parent INTEGER,                     -- position of the parent reply; NULL under the root or when it is not here
  depth INTEGER NOT NULL,
  post_key INTEGER NOT NULL REFERENCES posts (key),
  reason_key INTEGER,                 -- of the link to its parent, in reasons
  PRIMARY KEY (conversation_key, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX conversation_replies_by_post ON conversation_replies (post_key);

CREATE TABLE handovers (              -- counts that somebody else may carry on: 2/5 by one, 3/5 by the next
  post_key INTEGER NOT NULL REFERENCES posts (key),
  next_key INTEGER NOT NULL REFERENCES posts (key),
  PRIMARY KEY (post_key, next_key)
) STRICT, WITHOUT ROWID;

CREATE INDEX handovers_by_next ON handovers (next_key);

CREATE TABLE unplaced (               -- posts with no home above one half
  post_key INTEGER PRIMARY KEY REFERENCES posts (key),
  homes TEXT NOT NULL CHECK (json_valid(homes)) -- JSON [{thread, p}], the best first
) STRICT;

CREATE TABLE finding_seals (          -- a hash over each finding with its posts, so that damage to it is found
  kind TEXT NOT NULL CHECK (kind IN ('thread', 'conversation', 'unplaced')),
  key INTEGER NOT NULL,               -- of the thread, conversation or unplaced post
  sha256 TEXT NOT NULL,
  PRIMARY KEY (kind, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE aliases (                -- ids that threads and conversations had before they were found to be others
  alias TEXT PRIMARY KEY,
  id TEXT NOT NULL
) STRICT;

CREATE INDEX aliases_by_id ON aliases (id);

CREATE TABLE unroll_notes (           -- remarks of the engine
  key INTEGER PRIMARY KEY,
  code TEXT NOT NULL,
  input TEXT NOT NULL,                -- empty when the remark is about no single input
  message TEXT NOT NULL,
  level TEXT NOT NULL CHECK (level IN ('info', 'warning', 'error')),
  UNIQUE (code, input, message)
) STRICT;

CREATE TABLE unroll_note_posts (      -- posts that a remark is about: when they are unrolled again, it goes unless it is made again
  post_id TEXT NOT NULL,              -- it may be one we do not have
  note_key INTEGER NOT NULL REFERENCES unroll_notes (key),
  PRIMARY KEY (post_id, note_key)
) STRICT, WITHOUT ROWID;

CREATE INDEX unroll_note_posts_by_note ON unroll_note_posts (note_key);

CREATE TABLE unrolled_extractions (   -- of the extractions that count: which the findings know, and which wait to be unrolled
  extraction_key INTEGER PRIMARY KEY REFERENCES extractions (key),
  engine_version TEXT                 -- NULL: it waits
) STRICT;

CREATE INDEX unrolled_by_engine ON unrolled_extractions (engine_version);

CREATE VIEW latest_extractions AS     -- the extraction of each capture that counts
SELECT e.key, e.capture_key, e.reading_key, e.extracted_at, r.adapter, r.adapter_version, r.declared, r.blocks, r.scrapes, r.next,
  r.notes, lower(hex(r.sha256)) AS sha256
FROM extractions AS e
JOIN readings AS r ON r.key = e.reading_key
WHERE NOT EXISTS (SELECT 1 FROM extractions AS later WHERE later.capture_key = e.capture_key AND later.key > e.key);

CREATE VIEW post_contents AS          -- each content of each post whole: author, address and HTML put together again. Ask by post_id
SELECT v.key, v.post_id, v.platform, CASE WHEN v.post_id NOT GLOB 'text:*' THEN substr(v.post_id, instr(v.post_id, ':') + 1) END
    AS platform_post_id, v.kind, b.id AS author_id, b.handle AS author_handle, b.name AS author_name, b.url AS author_url,
  v.title, v.text, CASE
    WHEN v.markup = '' THEN v.text
    WHEN v.markup IS NOT NULL THEN (
      SELECT group_concat(CASE WHEN type = 'text' THEN value WHEN value > 0 THEN substr(v.text, start, value) ELSE '' END, '')
      FROM (
        SELECT type, value, 1 + coalesce(sum(CASE WHEN type = 'integer' THEN abs(value) END)
          OVER (ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS start
        FROM json_each(v.markup) ORDER BY id))
  END AS html, v.created_at, v.edited_at, coalesce(v.url, h.head || substr(v.post_id, -v.url_tail)) AS url, v.lang, v.conversation, v.detail,
  lower(hex(v.sha256)) AS sha256
FROM post_versions AS v
LEFT JOIN bylines AS b ON b.key = v.byline_key
LEFT JOIN url_heads AS h ON h.key = v.url_head_key;

CREATE VIEW post_words AS             -- what the full-text index is made of
SELECT p.key, coalesce(p.title, v.title) AS title, coalesce(p.text, v.text) AS text
FROM posts AS p
LEFT JOIN sightings AS s ON s.key = p.sighting_key
LEFT JOIN post_versions AS v ON v.key = s.version_key;

CREATE VIEW post_latest AS            -- each post with its text and author, as the findings show it
SELECT p.key, p.id, p.platform, p.kind, coalesce(p.title, v.title) AS title, coalesce(p.text, v.text) AS text,
  CASE
    WHEN v.markup = '' THEN v.text
    WHEN v.markup IS NOT NULL THEN (
      SELECT group_concat(CASE WHEN type = 'text' THEN value WHEN value > 0 THEN substr(v.text, start, value) ELSE '' END, '')
      FROM (
        SELECT type, value, 1 + coalesce(sum(CASE WHEN type = 'integer' THEN abs(value) END)
          OVER (ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS start
        FROM json_each(v.markup) ORDER BY id))
  END AS html,
  p.created_at, v.edited_at, coalesce(p.url, coalesce(v.url, h.head || substr(v.post_id, -v.url_tail))) AS url, v.lang, a.handle AS author_handle, a.name AS author_name, a.url AS author_url
FROM posts AS p
LEFT JOIN sightings AS s ON s.key = p.sighting_key
LEFT JOIN post_versions AS v ON v.key = s.version_key
LEFT JOIN url_heads AS h ON h.key = v.url_head_key
LEFT JOIN authors AS a ON a.key = p.author_key;

CREATE VIEW thread_text AS            -- every post of every thread in reading order, with the reason of its place
SELECT t.id AS thread_id, t.title AS thread_title, tp.branch, tp.position, tp.number, p.id AS post_id, p.author_handle,
  p.created_at, CASE
    WHEN tp.text IS NOT NULL THEN tp.text
    WHEN tp.strips IS NULL THEN p.text
    ELSE substr(p.text, 1, tp.strips ->> '$[0][0]') || substr(p.text, (tp.strips ->> '$[0][1]') + 1)
  END AS text, coalesce(r.basis, tp.basis) AS basis, coalesce(r.p, tp.p) AS p, coalesce(r.evidence, tp.evidence) AS evidence
FROM threads AS t
JOIN thread_posts AS tp ON tp.thread_key = t.key
JOIN post_latest AS p ON p.key = tp.post_key
LEFT JOIN reasons AS r ON r.key = tp.reason_key
ORDER BY t.id, tp.branch, tp.position;

CREATE VIEW thread_openings AS        -- the first post of each thread: most threads have no title, so it tells them apart
SELECT tp.thread_key, tp.post_key, -- without its number, unless it is nothing else
  trim(replace(substr(coalesce(nullif(trim(CASE
    WHEN tp.text IS NOT NULL THEN tp.text
    WHEN tp.strips IS NULL THEN p.text
    ELSE substr(p.text, 1, tp.strips ->> '$[0][0]') || substr(p.text, (tp.strips ->> '$[0][1]') + 1)
  END), ''), p.text), 1, 100), char(10), ' ')) AS text
FROM thread_posts AS tp
JOIN post_latest AS p ON p.key = tp.post_key
WHERE tp.branch = 0 AND tp.position = 1;

CREATE VIEW thread_latest AS          -- one row a thread: who, when, how many, how whole
SELECT t.id, t.platform, a.handle AS author_handle, a.name AS author_name, t.title,
  (SELECT o.text FROM thread_openings AS o WHERE o.thread_key = t.key) AS opening,
  t.url, t.published_at,
  (SELECT max(p.created_at) FROM thread_posts AS tp JOIN posts AS p ON p.key = tp.post_key WHERE tp.thread_key = t.key)
    AS last_post_at,
  (SELECT count(*) FROM thread_posts AS tp WHERE tp.thread_key = t.key) AS posts,
  t.declared_total, t.completeness, t.statement, t.engine_version
FROM threads AS t
LEFT JOIN authors AS a ON a.key = t.author_key;

CREATE VIEW post_history AS           -- each content a post was seen with, by whom it was read, when first and last
SELECT v.post_id, v.key AS version_key, e.adapter, min(c.captured_at) AS first_seen_at, max(c.captured_at) AS last_seen_at,
  count(*) AS sightings, v.edited_at, v.title, v.text, lower(hex(v.sha256)) AS sha256
FROM post_versions AS v
JOIN sightings AS s ON s.version_key = v.key
JOIN latest_extractions AS e ON e.reading_key = s.reading_key -- what a newer adapter reads otherwise is no edit
JOIN captures AS c ON c.key = e.capture_key
GROUP BY v.post_id, v.key, e.adapter
ORDER BY v.post_id, first_seen_at;

CREATE VIEW post_places AS            -- from a post back to the bytes, and from a capture to its posts: place, WARC file and offset
SELECT p.id AS post_id, CAST(0 AS INTEGER) AS rank, c.id AS capture_id, c.input, c.final_url, c.original_url, c.captured_at, c.method,
  r.adapter, r.adapter_version, s.selector, s.path, s.line, s.end_line, w.name AS warc_file, bytes.warc_offset, bytes.warc_length
FROM posts AS p
JOIN sightings AS s ON s.key = p.sighting_key
JOIN extractions AS e ON e.key = p.extraction_key AND e.reading_key = s.reading_key -- asked from either end
JOIN readings AS r ON r.key = e.reading_key
JOIN captures AS c ON c.key = e.capture_key
JOIN captures AS bytes ON bytes.key = coalesce(c.payload_key, c.key) -- be it an earlier capture's
JOIN warc_files AS w ON w.key = bytes.warc_file_key
UNION ALL
SELECT p.id, o.position, c.id AS capture_id, c.input, c.final_url, c.original_url, c.captured_at, c.method,
  r.adapter, r.adapter_version, s.selector, s.path, s.line, s.end_line, w.name AS warc_file, bytes.warc_offset, bytes.warc_length
FROM other_sources AS o
JOIN posts AS p ON p.key = o.post_key
JOIN sightings AS s ON s.key = o.sighting_key
JOIN extractions AS e ON e.key = o.extraction_key
JOIN readings AS r ON r.key = e.reading_key
JOIN captures AS c ON c.key = e.capture_key
JOIN captures AS bytes ON bytes.key = coalesce(c.payload_key, c.key) -- be it an earlier capture's
JOIN warc_files AS w ON w.key = bytes.warc_file_key
UNION ALL                             -- posts that the engine cut out of lines of text
SELECT p.id, o.position, c.id AS capture_id, c.input, c.final_url, c.original_url, c.captured_at, c.method,
  r.adapter, r.adapter_version, CAST(NULL AS TEXT), CAST(o.provenance ->> 'path' AS TEXT), o.line,
  CAST(o.provenance ->> 'endLine' AS INTEGER), w.name AS warc_file, bytes.warc_offset, bytes.warc_length
FROM other_sources AS o
JOIN posts AS p ON p.key = o.post_key
JOIN extractions AS e ON e.key = o.extraction_key
JOIN readings AS r ON r.key = e.reading_key
JOIN captures AS c ON c.key = e.capture_key
JOIN captures AS bytes ON bytes.key = coalesce(c.payload_key, c.key) -- be it an earlier capture's
JOIN warc_files AS w ON w.key = bytes.warc_file_key
WHERE o.sighting_key IS NULL
UNION ALL                             -- further looks that showed the same: findings name the first and the last, so these have no rank
SELECT p.id, CAST(NULL AS INTEGER), c.id AS capture_id, c.input, c.final_url, c.original_url, c.captured_at, c.method,
  r.adapter, r.adapter_version, s.selector, s.path, s.line, s.end_line, w.name AS warc_file, bytes.warc_offset, bytes.warc_length
FROM posts AS p
JOIN post_versions AS v ON v.post_id = p.id
JOIN sightings AS s ON s.version_key = v.key
JOIN latest_extractions AS e ON e.reading_key = s.reading_key
JOIN readings AS r ON r.key = e.reading_key
JOIN captures AS c ON c.key = e.capture_key
JOIN captures AS bytes ON bytes.key = coalesce(c.payload_key, c.key) -- be it an earlier capture's
JOIN warc_files AS w ON w.key = bytes.warc_file_key
WHERE p.id NOT GLOB 'text:*' AND NOT EXISTS (
  SELECT 1 FROM post_sources AS o WHERE o.post_key = p.key AND o.sighting_key = s.key AND o.extraction_key = e.key)
UNION ALL                             -- the same of a post that no platform names, or not there
SELECT p.id, CAST(NULL AS INTEGER), c.id AS capture_id, c.input, c.final_url, c.original_url, c.captured_at, c.method,
  r.adapter, r.adapter_version, s.selector, s.path, s.line, s.end_line, w.name AS warc_file, bytes.warc_offset, bytes.warc_length
FROM post_sources AS ps
JOIN posts AS p ON p.key = ps.post_key
JOIN sightings AS s ON s.key = ps.sighting_key
JOIN post_versions AS v ON v.key = s.version_key
JOIN latest_extractions AS e ON e.reading_key = s.reading_key
JOIN readings AS r ON r.key = e.reading_key
JOIN captures AS c ON c.key = e.capture_key
JOIN captures AS bytes ON bytes.key = coalesce(c.payload_key, c.key) -- be it an earlier capture's
JOIN warc_files AS w ON w.key = bytes.warc_file_key
WHERE (v.post_id <> p.id OR p.id GLOB 'text:*') AND NOT EXISTS (
  SELECT 1 FROM post_sources AS o WHERE o.post_key = ps.post_key AND o.sighting_key = ps.sighting_key
    AND (o.position < ps.position OR o.extraction_key = e.key))
UNION ALL
SELECT p.id, CAST(NULL AS INTEGER), c.id AS capture_id, c.input, c.final_url, c.original_url, c.captured_at, c.method,
  r.adapter, r.adapter_version, CAST(NULL AS TEXT), CAST(ps.provenance ->> 'path' AS TEXT), ps.line,
  CAST(ps.provenance ->> 'endLine' AS INTEGER), w.name AS warc_file, bytes.warc_offset, bytes.warc_length
FROM other_sources AS ps
JOIN posts AS p ON p.key = ps.post_key
JOIN extractions AS named ON named.key = ps.extraction_key
JOIN latest_extractions AS e ON e.reading_key = named.reading_key
JOIN readings AS r ON r.key = e.reading_key
JOIN captures AS c ON c.key = e.capture_key
JOIN captures AS bytes ON bytes.key = coalesce(c.payload_key, c.key) -- be it an earlier capture's
JOIN warc_files AS w ON w.key = bytes.warc_file_key
WHERE ps.sighting_key IS NULL AND NOT EXISTS (
  SELECT 1 FROM other_sources AS o JOIN extractions AS same ON same.key = o.extraction_key
  WHERE o.post_key = ps.post_key AND o.sighting_key IS NULL AND same.reading_key = e.reading_key AND o.provenance ->> 'path' IS ps.provenance ->> 'path'
    AND o.line IS ps.line AND (o.position < ps.position OR o.extraction_key = e.key));

CREATE VIEW comment_tree AS           -- every reply of every conversation, in reading order
SELECT c.id AS conversation_id, c.title AS conversation_title, r.position, r.parent, r.depth, p.id AS post_id,
  p.author_handle, p.author_name, p.created_at, p.text, why.basis, why.p, why.evidence
FROM conversations AS c
JOIN conversation_replies AS r ON r.conversation_key = c.key
JOIN post_latest AS p ON p.key = r.post_key
LEFT JOIN reasons AS why ON why.key = r.reason_key
ORDER BY c.id, r.position;

CREATE VIEW captures_by_host AS
SELECT host, count(*) AS captures, count(DISTINCT digest) AS different_payloads, sum(bytes) AS bytes,
  min(captured_at) AS first_at, max(captured_at) AS last_at, sum(status >= 400) AS refused_or_failed,
  sum(truncated IS NOT NULL) AS truncated
FROM captures
GROUP BY host;

CREATE VIEW completeness_report AS    -- what is not whole, and why
SELECT 'thread' AS kind, t.id, t.title,
  (SELECT o.text FROM thread_openings AS o WHERE o.thread_key = t.key) AS opening,
  t.completeness, t.statement, t.declared_total AS declared,
  (SELECT count(*) FROM thread_posts AS tp WHERE tp.thread_key = t.key) AS present,
  (SELECT group_concat(g.class || ': ' || g.reason, '; ') FROM gaps AS g WHERE g.thread_key = t.key) AS reasons
FROM threads AS t
UNION ALL
SELECT 'conversation', c.id, c.title,
  coalesce((SELECT o.text FROM thread_openings AS o WHERE o.post_key = c.root_key LIMIT 1),
    (SELECT trim(replace(substr(p.text, 1, 100), char(10), ' ')) FROM post_latest AS p WHERE p.key = c.root_key)),
  c.completeness, c.statement, c.declared_replies, c.present,
  (SELECT group_concat(reason, ' ') FROM ( -- what the site counts, and what the page's reader remarked on its replies
    SELECT (c.declared_replies - c.present) || ' of the replies that the site counts are not here.' AS reason
    WHERE c.declared_replies > c.present
    UNION
    SELECT n.value ->> 'message'
    FROM posts AS p
    JOIN extractions AS e ON e.key = p.extraction_key
    JOIN readings AS r ON r.key = e.reading_key
    JOIN json_each(r.notes) AS n
    WHERE p.key = c.root_key AND (n.value ->> 'level' = 'warning' OR n.value ->> 'code' IN ('more', 'pages-unknown')
      OR n.value ->> 'code' GLOB 'comments-*' OR n.value ->> 'code' GLOB 'replies-*')))
FROM (
  SELECT *, (SELECT count(*) FROM conversation_replies AS r WHERE r.conversation_key = conversations.key) AS present
  FROM conversations) AS c;

CREATE VIEW run_summary AS
SELECT r.id, r.command, r.options, r.version, r.started_at,
  (SELECT max(e.happened_at) FROM events AS e WHERE e.run_key = r.key AND e.type = 'run ended') AS ended_at,
  (SELECT count(*) FROM captures AS c WHERE c.run_key = r.key) AS captures
FROM runs AS r;

CREATE VIEW redactions AS             -- what was taken out on request: its digest, the reason and the date are kept
SELECT e.happened_at AS redacted_at, e.detail ->> 'reason' AS reason, 'post' AS kind, p.value ->> 'id' AS id,
  'sha256:' || (p.value ->> 'sha256') AS digest
FROM events AS e, json_each(e.detail, '$.posts') AS p WHERE e.type = 'redaction'
UNION ALL
SELECT redacted ->> 'at', redacted ->> 'reason', 'capture', id, digest FROM captures WHERE redacted IS NOT NULL;

CREATE VIEW extraction_notes AS       -- remarks of the adapters: drift, walls, cut previews
SELECT c.id AS capture_id, c.input, e.adapter, n.value ->> 'level' AS level, n.value ->> 'code' AS code,
  n.value ->> 'message' AS message
FROM latest_extractions AS e
JOIN captures AS c ON c.key = e.capture_key
JOIN json_each(e.notes) AS n;

CREATE VIEW unread_pages AS           -- addresses that would complete a page, as it says itself, and that no capture answers
SELECT c.id AS capture_id, coalesce(c.final_url, c.input) AS page, n.value AS url
FROM latest_extractions AS e
JOIN captures AS c ON c.key = e.capture_key
JOIN json_each(e.next) AS n
WHERE e.next <> '[]' AND NOT EXISTS (
  SELECT 1 FROM captures AS a
  WHERE a.final_url = substr(n.value, 1, instr(n.value || '#', '#') - 1) AND coalesce(a.status, 200) < 400
    AND NOT EXISTS (SELECT 1 FROM shown_instead AS i WHERE i.capture_key = a.key));

CREATE VIRTUAL TABLE posts_fts USING fts5 (
  title, text, content = 'post_words', content_rowid = 'key', tokenize = 'unicode61 remove_diacritics 2'
);

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

CREATE INDEX frontier_by_host ON frontier (state, host, depth);

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
WHERE n.value ->> 'code' IN ('login-wall', 'age-gate', 'anti-bot', 'blocked', 'consent-wall', 'not-shown', 'script-shell', 'site-error', 'not-found')
  AND NOT EXISTS (SELECT 1 FROM sightings AS s WHERE s.reading_key = e.reading_key);

CREATE VIEW gone_pages AS             -- pages that are no longer there, by status or in the site's words: the first look that said so after they were last seen whole
SELECT url, status, min(captured_at) AS gone_since_at_least, last_seen_at
FROM (
  SELECT page.url, c.status, c.captured_at, page.last_seen_at
  FROM (
    SELECT url, (SELECT max(w.captured_at) FROM captures AS w
        WHERE w.url = once.url AND w.status IN (200, 304) AND NOT EXISTS (SELECT 1 FROM shown_instead AS i WHERE i.capture_key = w.key)) AS last_seen_at,
      (SELECT max(w.captured_at) FROM captures AS w -- moved: it is somewhere
        WHERE w.url = once.url AND w.status BETWEEN 300 AND 399 AND w.status <> 304) AS last_moved_at
    FROM (SELECT DISTINCT c.url FROM captures AS c WHERE c.url IS NOT NULL AND (c.status IN (404, 410) OR EXISTS (SELECT 1 FROM shown_instead AS i WHERE i.capture_key = c.key AND i.code = 'not-found'))) AS once) AS page
  CROSS JOIN captures AS c ON c.url = page.url
  WHERE c.captured_at > page.last_seen_at AND c.captured_at > coalesce(page.last_moved_at, '') AND (c.status IN (404, 410) OR EXISTS (SELECT 1 FROM shown_instead AS i WHERE i.capture_key = c.key AND i.code = 'not-found')))
GROUP BY url;

CREATE VIEW gone_posts AS             -- posts that the page which showed them, read again whole or gone, shows no more, nor any page since; but none that a list may have pushed off its end
SELECT seen.post AS id, seen.page AS url, seen.last_at AS last_seen_at, later.captured_at AS gone_since_at_least
FROM ( -- the last look of each page at each post, found once and not for each look; last_at: of all its pages
  SELECT v.post_id AS post, c.url AS page, max(c.captured_at) AS seen_at, c.key AS capture_key, s.key AS sighting_key,
    v.kind, v.created_at, e.adapter, e.next, max(max(c.captured_at)) OVER (PARTITION BY v.post_id) AS last_at
  FROM post_versions AS v
  JOIN sightings AS s ON s.version_key = v.key
  JOIN latest_extractions AS e ON e.reading_key = s.reading_key -- what a newer adapter does not read was none
  JOIN captures AS c ON c.key = e.capture_key
  GROUP BY v.post_id, c.url) AS seen
CROSS JOIN captures AS look ON look.key = seen.capture_key
CROSS JOIN sightings AS s ON s.key = seen.sighting_key
CROSS JOIN captures AS later ON later.key = ( -- the next look that tells
  SELECT later.key FROM captures AS later
  WHERE later.url = seen.page AND later.captured_at > seen.last_at AND later.truncated IS NULL
    AND NOT (later.key = look.key OR look.method = 'browser' AND later.run_key = look.run_key AND later.url = look.url) AND (seen.seen_at = seen.last_at OR (later.status IN (404, 410) OR EXISTS (SELECT 1 FROM shown_instead AS i WHERE i.capture_key = later.key AND i.code = 'not-found')))
    AND (later.status IN (404, 410) OR later.status = 200 AND EXISTS (
        SELECT 1 FROM latest_extractions AS told
        WHERE told.capture_key = later.key
          AND (told.adapter = seen.adapter OR NOT EXISTS (SELECT 1 FROM sightings AS i WHERE i.reading_key = told.reading_key))
          AND NOT EXISTS (
            SELECT 1 FROM json_each(told.notes) AS n
            WHERE n.value ->> 'code' IN ('login-wall', 'age-gate', 'anti-bot', 'blocked', 'consent-wall', 'not-shown', 'script-shell', 'site-error')
              OR n.value ->> 'level' <> 'info' AND n.value ->> 'code' <> 'not-found'
                AND NOT EXISTS (SELECT 1 FROM sightings AS i WHERE i.reading_key = told.reading_key))
          AND (seen.kind <> 'comment' OR coalesce(told.declared ->> 'replies', 0) = 0 OR EXISTS (
            SELECT 1 FROM sightings AS i JOIN post_versions AS iv ON iv.key = i.version_key
            WHERE i.reading_key = told.reading_key AND iv.kind = 'comment')))
      AND (seen.kind <> 'comment' OR EXISTS (
        SELECT 1 FROM latest_extractions AS told WHERE told.capture_key = later.key AND told.next = seen.next) OR NOT EXISTS (
        SELECT 1 FROM latest_extractions AS told JOIN json_each(told.next) AS n
        WHERE told.capture_key = later.key AND NOT EXISTS (
          SELECT 1 FROM captures AS a
          WHERE a.run_key = later.run_key AND a.final_url = substr(n.value, 1, instr(n.value || '#', '#') - 1)))))
  ORDER BY later.captured_at LIMIT 1)
WHERE seen.adapter <> 'feed' -- what falls off the end of a feed is not deleted
  AND ((later.status IN (404, 410) OR EXISTS (SELECT 1 FROM shown_instead AS i WHERE i.capture_key = later.key AND i.code = 'not-found'))
    OR EXISTS ( -- it stood between two that stand there still; posts of a list, in the order of time
      SELECT 1 FROM (SELECT (
        SELECT coalesce(nv.created_at, '') FROM sightings AS ns CROSS JOIN post_versions AS nv ON nv.key = ns.version_key
        WHERE ns.reading_key = s.reading_key AND ns.position > s.position AND EXISTS (
        SELECT 1 FROM post_versions AS ov CROSS JOIN sightings AS os ON os.version_key = ov.key
        CROSS JOIN latest_extractions AS ox ON ox.reading_key = os.reading_key
        CROSS JOIN captures AS ol ON ol.key = ox.capture_key
        WHERE ov.post_id = nv.post_id AND (ol.key = later.key OR later.method = 'browser' AND ol.run_key = later.run_key AND ol.url = later.url))
        ORDER BY ns.position LIMIT 1) AS one, (
        SELECT coalesce(nv.created_at, '') FROM sightings AS ns CROSS JOIN post_versions AS nv ON nv.key = ns.version_key
        WHERE ns.reading_key = s.reading_key AND ns.position < s.position AND EXISTS (
        SELECT 1 FROM post_versions AS ov CROSS JOIN sightings AS os ON os.version_key = ov.key
        CROSS JOIN latest_extractions AS ox ON ox.reading_key = os.reading_key
        CROSS JOIN captures AS ol ON ol.key = ox.capture_key
        WHERE ov.post_id = nv.post_id AND (ol.key = later.key OR later.method = 'browser' AND ol.run_key = later.run_key AND ol.url = later.url))
        ORDER BY ns.position DESC LIMIT 1) AS other)
      WHERE one IS NOT NULL AND other IS NOT NULL
        AND (seen.kind = 'comment' OR seen.created_at IS NULL OR one = '' OR other = ''
          OR seen.created_at BETWEEN one AND other OR seen.created_at BETWEEN other AND one))
    OR NOT EXISTS (
        SELECT 1 FROM latest_extractions AS told JOIN json_each(told.next) AS n
        WHERE told.capture_key = later.key AND NOT EXISTS (
          SELECT 1 FROM captures AS a
          WHERE a.run_key = later.run_key AND a.final_url = substr(n.value, 1, instr(n.value || '#', '#') - 1))) AND (
      seen.kind = 'comment' OR EXISTS ( -- what it answered there stands there still
        SELECT 1 FROM sightings AS up JOIN post_versions AS uv ON uv.key = up.version_key
        WHERE up.key = s.key + s.parent_step AND up.reading_key = s.reading_key AND EXISTS (
        SELECT 1 FROM post_versions AS ov CROSS JOIN sightings AS os ON os.version_key = ov.key
        CROSS JOIN latest_extractions AS ox ON ox.reading_key = os.reading_key
        CROSS JOIN captures AS ol ON ol.key = ox.capture_key
        WHERE ov.post_id = uv.post_id AND (ol.key = later.key OR later.method = 'browser' AND ol.run_key = later.run_key AND ol.url = later.url)))
      OR NOT EXISTS (
      SELECT 1 FROM latest_extractions AS x JOIN sightings AS i ON i.reading_key = x.reading_key
      JOIN post_versions AS iv ON iv.key = i.version_key
      WHERE x.capture_key IN (
          SELECT later.key UNION ALL SELECT b.key FROM captures AS b
          WHERE later.method = 'browser' AND b.run_key = later.run_key AND b.url = later.url)
        AND NOT EXISTS (
        SELECT 1 FROM post_versions AS ov CROSS JOIN sightings AS os ON os.version_key = ov.key
        CROSS JOIN latest_extractions AS ox ON ox.reading_key = os.reading_key
        CROSS JOIN captures AS ol ON ol.key = ox.capture_key
        WHERE ov.post_id = iv.post_id AND (ol.key = look.key OR look.method = 'browser' AND ol.run_key = look.run_key AND ol.url = look.url)))));

CREATE VIEW post_edits AS             -- each change of a post's words, as one adapter read them before and after, the way back to earlier words too
SELECT first.post_id, h.value ->> 'adapter' AS adapter, a.handle AS author_handle, coalesce(a.handle, a.name) AS author, p.created_at,
  h.value ->> 'seen_before_at' AS seen_before_at, h.value ->> 'first_seen_at' AS first_seen_at,
  iif(now.edited_at > coalesce(before.edited_at, ''), now.edited_at, h.value ->> 'first_seen_at') AS changed_by,        -- the platform's word, else the first capture that shows the change
  round((julianday(iif(now.edited_at > coalesce(before.edited_at, ''), now.edited_at, h.value ->> 'first_seen_at')) - julianday(p.created_at)) * 24, 1) AS hours_after_posting,
  CASE WHEN substr(now.text, 1, length(before.text)) = before.text THEN 'continued' ELSE 'changed' END
    AS how,                           -- continued: the old words and more; they were added, or the older page had cut them
  before.text AS text_before, now.text
FROM post_versions AS first           -- of each post that has several contents
JOIN posts AS p ON p.id = first.post_id
LEFT JOIN authors AS a ON a.key = p.author_key
JOIN json_each((                      -- for each post alone, so that one post's changes are found without all others'
  SELECT json_group_array(json_object('now', key, 'before', key_before, 'adapter', adapter, 'first_seen_at', first_seen_at,
    'seen_before_at', seen_before_at))
  FROM (                              -- what several pages show alike is one change
    SELECT adapter, key, key_before, min(at) AS first_seen_at, at_before AS seen_before_at
    FROM (
      SELECT *, row_number() OVER (PARTITION BY adapter, page, key, key_before ORDER BY at) AS nth
      FROM (                          -- words may come back; those that no page shows in place of others follow what was seen last
        SELECT adapter, page, key, at, iif(is_change, key_on_page, key_anywhere) AS key_before,
          iif(is_change, at_on_page, at_anywhere) AS at_before
        FROM (
          SELECT *, key <> coalesce(key_on_page, key) AS is_change, row_number() OVER (PARTITION BY adapter, key ORDER BY at) = 1
            AND NOT max(key <> coalesce(key_on_page, key)) OVER (PARTITION BY adapter, key) AS is_new_alone
          FROM (
            SELECT *, lag(key) OVER on_page AS key_on_page, lag(at) OVER on_page AS at_on_page,
              lag(key) OVER anywhere AS key_anywhere, lag(at) OVER anywhere AS at_anywhere
            FROM (                    -- a page may show a post twice, in short and whole
              SELECT v.key, e.adapter, coalesce(c.url, c.input) AS page, c.captured_at AS at, max(length(v.text))
              FROM post_versions AS v
              JOIN sightings AS s ON s.version_key = v.key
JOIN latest_extractions AS e ON e.reading_key = s.reading_key -- what a newer adapter reads otherwise is no edit
JOIN captures AS c ON c.key = e.capture_key
              WHERE v.post_id = first.post_id
              GROUP BY e.adapter, page, at)
            WINDOW on_page AS (PARTITION BY adapter, page ORDER BY at), anywhere AS (PARTITION BY adapter ORDER BY at, key)))
        WHERE is_change OR is_new_alone AND key_anywhere <> key))
    GROUP BY adapter, key, key_before, nth
    ORDER BY first_seen_at))) AS h
JOIN post_versions AS now ON now.key = h.value ->> 'now'
JOIN post_versions AS before ON before.key = h.value ->> 'before'
WHERE EXISTS (SELECT 1 FROM post_versions AS o WHERE o.post_id = first.post_id AND o.key > first.key)
  AND NOT EXISTS (SELECT 1 FROM post_versions AS o WHERE o.post_id = first.post_id AND o.key < first.key)
  AND before.text <> now.text AND substr(before.text, 1, length(now.text)) <> now.text;

CREATE VIEW post_quotes AS            -- posts shown inside other posts; quoted_id is NULL when the page does not tell it
SELECT p.id AS post_id, a.handle AS author_handle, coalesce(a.handle, a.name) AS author, p.created_at,
  q.value ->> '$.ref.platform' || ':' || (q.value ->> '$.ref.id') AS quoted_id,
  coalesce(q.value ->> '$.author.handle', q.value ->> '$.author.name') AS quoted_author,
  q.value ->> '$.url' AS quoted_url, q.value ->> '$.text' AS quoted_text
FROM posts AS p
LEFT JOIN sightings AS s ON s.key = p.sighting_key
LEFT JOIN post_versions AS v ON v.key = s.version_key
LEFT JOIN authors AS a ON a.key = p.author_key
JOIN json_each(coalesce(p.detail -> '$.quotes', v.detail -> '$.quotes')) AS q;

CREATE VIEW post_links AS             -- each web address in a post once: of its HTML, else written out in its text
SELECT *, CASE -- 0: mentions, hashtags and other ways around the post's own site
    WHEN own_host IN ('x.com', 'twitter.com') THEN replace(replace(host, 'www.', ''), 'mobile.', '') NOT IN ('x.com', 'twitter.com')
    ELSE replace(host, 'www.', '') <> replace(coalesce(own_host, ''), 'www.', '')
  END AS leads_out
FROM (
  SELECT post_id, author_handle, author, created_at, url,
    substr(url, instr(url, '//') + 2, instr(substr(url, instr(url, '//') + 2) || '/', '/') - 1) AS host,
    substr(post_url, instr(post_url, '//') + 2, instr(substr(post_url, instr(post_url, '//') + 2) || '/', '/') - 1) AS own_host
  FROM (
    SELECT p.id AS post_id, p.author_handle, coalesce(p.author_handle, p.author_name) AS author, p.created_at,
      p.url AS post_url, c.value AS url
    FROM post_latest AS p
    JOIN json_each((                  -- for each post alone, so that one post's links are found without all others'
      WITH RECURSIVE cut(url, rest) AS ( -- in text, addresses are marked as HTML marks them; the first 200,000 characters count
        SELECT NULL, substr(CASE WHEN p.html IS NOT NULL THEN p.html
          ELSE replace(replace(replace(p.text, char(10), ' '), ' ', '" '), 'http', 'href="http') || '"' END, 1, 200000)
        UNION ALL
        SELECT substr(rest, instr(rest, 'href="') + 6, instr(substr(rest, instr(rest, 'href="') + 6) || '"', '"') - 1),
          substr(rest, instr(rest, 'href="') + 6)
        FROM cut WHERE instr(rest, 'href="') > 0)
      SELECT json_group_array(DISTINCT rtrim(replace(replace(url, '&#x26;', '&'), '&amp;', '&'), '.,;:!?)'))
      FROM cut WHERE url GLOB 'http://?*' OR url GLOB 'https://?*')) AS c));

CREATE VIEW thread_markers AS         -- each numbering that was taken out of posts, some of both ends; style has n for each run of digits
WITH
  strips AS (
    SELECT t.id AS thread_id, tp.branch, tp.position, tp.number, p.id AS post_id, p.author_handle,
      coalesce(p.author_handle, p.author_name) AS author, p.text, tp.text IS NULL AS is_plain, s.key AS nth,
      s.value ->> 0 AS start, s.value ->> 1 AS stop
    FROM thread_posts AS tp
    JOIN threads AS t ON t.key = tp.thread_key
    JOIN post_latest AS p ON p.key = tp.post_key
    JOIN json_each(tp.strips) AS s),
  shifts(shift) AS (SELECT 0 UNION ALL SELECT shift + 1 FROM shifts WHERE shift < 280),
  cut AS (
    SELECT *, trim(substr(text, CASE WHEN is_plain THEN start ELSE coalesce((SELECT start - shift FROM shifts WHERE 2 * shift = (length(hex(replace(replace(substr(text, 1, start - shift), char(10), '-'), char(9), '-'))) - length(replace(replace(hex(replace(replace(substr(text, 1, start - shift), char(10), '-'), char(9), '-')), 'F0', ''), 'F3A0', '  '))) LIMIT 1), start) END + 1, CASE WHEN is_plain THEN stop ELSE coalesce((SELECT stop - shift FROM shifts WHERE 2 * shift = (length(hex(replace(replace(substr(text, 1, stop - shift), char(10), '-'), char(9), '-'))) - length(replace(replace(hex(replace(replace(substr(text, 1, stop - shift), char(10), '-'), char(9), '-')), 'F0', ''), 'F3A0', '  '))) LIMIT 1), stop) END - CASE WHEN is_plain THEN start ELSE coalesce((SELECT start - shift FROM shifts WHERE 2 * shift = (length(hex(replace(replace(substr(text, 1, start - shift), char(10), '-'), char(9), '-'))) - length(replace(replace(hex(replace(replace(substr(text, 1, start - shift), char(10), '-'), char(9), '-')), 'F0', ''), 'F3A0', '  '))) LIMIT 1), start) END), ' ' || char(9, 10)) AS marker
    FROM strips),
  lettered AS (
    SELECT *, replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(marker, '0', 'n'), '1', 'n'),
      '2', 'n'), '3', 'n'), '4', 'n'), '5', 'n'), '6', 'n'), '7', 'n'), '8', 'n'), '9', 'n') AS digits
    FROM cut)
SELECT thread_id, branch, position, number, post_id, author_handle, author, marker,
  replace(replace(replace(digits, 'nnn', 'n'), 'nn', 'n'), 'nn', 'n') AS style
FROM lettered
ORDER BY thread_id, branch, position, nth;

CREATE VIEW thread_gaps AS            -- each hole of each thread: where, how many posts, and how we know
SELECT t.id AS thread_id, t.title AS thread_title, g.ordinal, g.after_position, g.before_position, g.count, g.class, g.p, g.reason
FROM threads AS t
JOIN gaps AS g ON g.thread_key = t.key
ORDER BY t.id, g.ordinal;

CREATE VIEW conversation_latest AS    -- one row a discussion: what opened it, how many replies, how deep, how whole
SELECT c.id, substr(c.id, 1, instr(c.id, ':') - 1) AS platform, c.site, a.handle AS author_handle, a.name AS author_name, c.title,
  (SELECT p.url FROM post_latest AS p WHERE p.key = c.root_key) AS url, c.published_at,
  (SELECT max(p.created_at) FROM conversation_replies AS r JOIN posts AS p ON p.key = r.post_key WHERE r.conversation_key = c.key)
    AS last_reply_at,
  (SELECT count(*) FROM conversation_replies AS r WHERE r.conversation_key = c.key) AS replies,
  (SELECT max(r.depth) + 1 FROM conversation_replies AS r WHERE r.conversation_key = c.key) AS deepest, -- 1: answers to the root alone
  c.declared_replies, c.completeness, c.statement, c.engine_version
FROM conversations AS c
LEFT JOIN posts AS root ON root.key = c.root_key
LEFT JOIN authors AS a ON a.key = root.author_key;

CREATE VIEW post_media AS             -- pictures, films and other files of posts; alt is what the author wrote for those who cannot see them
SELECT p.id AS post_id, a.handle AS author_handle, coalesce(a.handle, a.name) AS author, p.created_at,
  m.value ->> '$.kind' AS kind, m.value ->> '$.url' AS url, m.value ->> '$.alt' AS alt, m.value ->> '$.width' AS width,
  m.value ->> '$.height' AS height, m.value ->> '$.poster' AS poster -- the still of a film
FROM posts AS p
LEFT JOIN sightings AS s ON s.key = p.sighting_key
LEFT JOIN post_versions AS v ON v.key = s.version_key
LEFT JOIN authors AS a ON a.key = p.author_key
JOIN json_each(coalesce(p.detail -> '$.media', v.detail -> '$.media')) AS m;

CREATE VIEW author_names AS           -- the names an account was shown with on pages, and the captures that showed them first and last
SELECT a.platform, a.handle AS author_handle, a.id AS account_id, n.value ->> 'handle' AS shown_handle,
  n.value ->> 'name' AS shown_name, n.value ->> 'posts' AS posts, n.value ->> 'first' AS first_seen_at, n.value ->> 'last' AS last_seen_at
FROM authors AS a
JOIN json_each((                      -- for each account alone
  SELECT json_group_array(json_object('handle', handle, 'name', name, 'posts', posts, 'first', first, 'last', last))
  FROM (
    SELECT b.handle, b.name, count(DISTINCT p.key) AS posts, min(c.captured_at) AS first, max(c.captured_at) AS last
    FROM posts AS p
    CROSS JOIN post_versions AS v ON v.post_id = p.id
    JOIN bylines AS b ON b.key = v.byline_key
    JOIN sightings AS s ON s.version_key = v.key
JOIN latest_extractions AS e ON e.reading_key = s.reading_key -- what a newer adapter reads otherwise is no edit
JOIN captures AS c ON c.key = e.capture_key
    WHERE p.author_key = a.key
    GROUP BY b.handle, b.name
    ORDER BY first))) AS n;
