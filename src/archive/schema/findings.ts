// Migration 1, second part: the findings. What unrolling made of the facts; thrown away and made again at will. Every
// decision has its probability and evidence beside it. Not edited after its release.

export const FINDINGS_SQL = `
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

-- The casts make the halves alike: SQLite then looks into each by its own index.
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
`
