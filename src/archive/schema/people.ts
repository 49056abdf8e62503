// Migration 1, sixth part: views for questions that would otherwise join by the numbers of rows: gaps of a thread by
// its id, discussions with their authors, media, and the names an account went by. Not edited after its release.

import { SEEN_IN } from './views.ts'

export const PEOPLE_SQL = `
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
    ${SEEN_IN}
    WHERE p.author_key = a.key
    GROUP BY b.handle, b.name
    ORDER BY first))) AS n;
`
