// Migration 1, third part: views for people, and the full-text index over them. Not edited after its release.

import { HTML_OF_V, URL_OF_V } from './facts.ts'

/** SQL for the text of a row `tp` of thread_posts, whose post is `p`: without the author's numbering. */
const TEXT_IN_THREAD = `CASE
    WHEN tp.text IS NOT NULL THEN tp.text
    WHEN tp.strips IS NULL THEN p.text
    ELSE substr(p.text, 1, tp.strips ->> '$[0][0]') || substr(p.text, (tp.strips ->> '$[0][1]') + 1)
  END`

/** SQL that joins to versions `v` each capture `c` that showed them, by the extraction `e` that counts. */
export const SEEN_IN = `JOIN sightings AS s ON s.version_key = v.key
JOIN latest_extractions AS e ON e.reading_key = s.reading_key -- what a newer adapter reads otherwise is no edit
JOIN captures AS c ON c.key = e.capture_key`

/**
 * SQL that joins to an extraction `e` what was read, `r`, its capture `c` and the record `bytes` of WARC file `w` that
 * holds the payload.
 */
const TO_RECORD = `JOIN readings AS r ON r.key = e.reading_key
JOIN captures AS c ON c.key = e.capture_key
JOIN captures AS bytes ON bytes.key = coalesce(c.payload_key, c.key) -- be it an earlier capture's
JOIN warc_files AS w ON w.key = bytes.warc_file_key`
/** Columns of a sighting `s`: where in the bytes of its capture the post stands. */
const WHERE_SEEN = 's.selector, s.path, s.line, s.end_line'

/** SQL for the same of a source `o` of a post that the engine cut out of lines. */
function whereCut(o: string): string {
  return `CAST(NULL AS TEXT), CAST(${o}.provenance ->> 'path' AS TEXT), ${o}.line,
  CAST(${o}.provenance ->> 'endLine' AS INTEGER)`
}

/** SQL for one place of a post: how good a source it is, the capture, where in it, and the record (see TO_RECORD). */
function placeColumns(rank: string, where: string): string {
  return `${rank}, c.id AS capture_id, c.input, c.final_url, c.original_url, c.captured_at, c.method,
  r.adapter, r.adapter_version, ${where}, w.name AS warc_file, bytes.warc_offset, bytes.warc_length`
}

const NO_RANK = 'CAST(NULL AS INTEGER)'

/** How FTS5 cuts texts into words. */
export const TOKENIZER = 'unicode61 remove_diacritics 2'

export const VIEWS_SQL = `
CREATE VIEW latest_extractions AS     -- the extraction of each capture that counts
SELECT e.key, e.capture_key, e.reading_key, e.extracted_at, r.adapter, r.adapter_version, r.declared, r.blocks, r.scrapes, r.next,
  r.notes, lower(hex(r.sha256)) AS sha256
FROM extractions AS e
JOIN readings AS r ON r.key = e.reading_key
WHERE NOT EXISTS (SELECT 1 FROM extractions AS later WHERE later.capture_key = e.capture_key AND later.key > e.key);

CREATE VIEW post_contents AS          -- each content of each post whole: author, address and HTML put together again. Ask by post_id
SELECT v.key, v.post_id, v.platform, CASE WHEN v.post_id NOT GLOB 'text:*' THEN substr(v.post_id, instr(v.post_id, ':') + 1) END
    AS platform_post_id, v.kind, b.id AS author_id, b.handle AS author_handle, b.name AS author_name, b.url AS author_url,
  v.title, v.text, ${HTML_OF_V} AS html, v.created_at, v.edited_at, ${URL_OF_V} AS url, v.lang, v.conversation, v.detail,
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
  ${HTML_OF_V} AS html,
  p.created_at, v.edited_at, coalesce(p.url, ${URL_OF_V}) AS url, v.lang, a.handle AS author_handle, a.name AS author_name, a.url AS author_url
FROM posts AS p
LEFT JOIN sightings AS s ON s.key = p.sighting_key
LEFT JOIN post_versions AS v ON v.key = s.version_key
LEFT JOIN url_heads AS h ON h.key = v.url_head_key
LEFT JOIN authors AS a ON a.key = p.author_key;

CREATE VIEW thread_text AS            -- every post of every thread in reading order, with the reason of its place
SELECT t.id AS thread_id, t.title AS thread_title, tp.branch, tp.position, tp.number, p.id AS post_id, p.author_handle,
  p.created_at, ${TEXT_IN_THREAD} AS text, coalesce(r.basis, tp.basis) AS basis, coalesce(r.p, tp.p) AS p, coalesce(r.evidence, tp.evidence) AS evidence
FROM threads AS t
JOIN thread_posts AS tp ON tp.thread_key = t.key
JOIN post_latest AS p ON p.key = tp.post_key
LEFT JOIN reasons AS r ON r.key = tp.reason_key
ORDER BY t.id, tp.branch, tp.position;

CREATE VIEW thread_openings AS        -- the first post of each thread: most threads have no title, so it tells them apart
SELECT tp.thread_key, tp.post_key, -- without its number, unless it is nothing else
  trim(replace(substr(coalesce(nullif(trim(${TEXT_IN_THREAD}), ''), p.text), 1, 100), char(10), ' ')) AS text
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
${SEEN_IN}
GROUP BY v.post_id, v.key, e.adapter
ORDER BY v.post_id, first_seen_at;

CREATE VIEW post_places AS            -- from a post back to the bytes, and from a capture to its posts: place, WARC file and offset
SELECT p.id AS post_id, ${placeColumns('CAST(0 AS INTEGER) AS rank', WHERE_SEEN)}
FROM posts AS p
JOIN sightings AS s ON s.key = p.sighting_key
JOIN extractions AS e ON e.key = p.extraction_key AND e.reading_key = s.reading_key -- asked from either end
${TO_RECORD}
UNION ALL
SELECT p.id, ${placeColumns('o.position', WHERE_SEEN)}
FROM other_sources AS o
JOIN posts AS p ON p.key = o.post_key
JOIN sightings AS s ON s.key = o.sighting_key
JOIN extractions AS e ON e.key = o.extraction_key
${TO_RECORD}
UNION ALL                             -- posts that the engine cut out of lines of text
SELECT p.id, ${placeColumns('o.position', whereCut('o'))}
FROM other_sources AS o
JOIN posts AS p ON p.key = o.post_key
JOIN extractions AS e ON e.key = o.extraction_key
${TO_RECORD}
WHERE o.sighting_key IS NULL
UNION ALL                             -- further looks that showed the same: findings name the first and the last, so these have no rank
SELECT p.id, ${placeColumns(NO_RANK, WHERE_SEEN)}
FROM posts AS p
JOIN post_versions AS v ON v.post_id = p.id
JOIN sightings AS s ON s.version_key = v.key
JOIN latest_extractions AS e ON e.reading_key = s.reading_key
${TO_RECORD}
WHERE p.id NOT GLOB 'text:*' AND NOT EXISTS (
  SELECT 1 FROM post_sources AS o WHERE o.post_key = p.key AND o.sighting_key = s.key AND o.extraction_key = e.key)
UNION ALL                             -- the same of a post that no platform names, or not there
SELECT p.id, ${placeColumns(NO_RANK, WHERE_SEEN)}
FROM post_sources AS ps
JOIN posts AS p ON p.key = ps.post_key
JOIN sightings AS s ON s.key = ps.sighting_key
JOIN post_versions AS v ON v.key = s.version_key
JOIN latest_extractions AS e ON e.reading_key = s.reading_key
${TO_RECORD}
WHERE (v.post_id <> p.id OR p.id GLOB 'text:*') AND NOT EXISTS (
  SELECT 1 FROM post_sources AS o WHERE o.post_key = ps.post_key AND o.sighting_key = ps.sighting_key
    AND (o.position < ps.position OR o.extraction_key = e.key))
UNION ALL
SELECT p.id, ${placeColumns(NO_RANK, whereCut('ps'))}
FROM other_sources AS ps
JOIN posts AS p ON p.key = ps.post_key
JOIN extractions AS named ON named.key = ps.extraction_key
JOIN latest_extractions AS e ON e.reading_key = named.reading_key
${TO_RECORD}
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

-- Search: SELECT p.* FROM posts_fts JOIN post_latest AS p ON p.key = posts_fts.rowid WHERE posts_fts MATCH 'words'
CREATE VIRTUAL TABLE posts_fts USING fts5 (
  title, text, content = 'post_words', content_rowid = 'key', tokenize = '${TOKENIZER}'
);
INSERT INTO posts_fts (posts_fts, rank) VALUES ('hashsize', 8388608); -- bytes of new words kept in memory before they are written

`
