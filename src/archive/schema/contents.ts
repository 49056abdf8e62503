// Migration 1, fifth part: views of what posts contain and how they changed: edits, quotes, links, numbering. They are
// read seldom and whole, so nothing is stored for them. Not edited after its release.

import { SEEN_IN } from './views.ts'

/**
 * SQL for a place in a text, counted in UTF-16 units, as SQL counts it, in characters: an emoji is two units and one
 * character. In UTF-8 those alone begin with F0, or F3A0 (flags of regions); blanks that would make these up out of two
 * bytes are no obstacle.
 */
function inCharacters(units: string): string {
  const prefix = `replace(replace(substr(text, 1, ${units} - shift), char(10), '-'), char(9), '-')`
  const wide = `(length(hex(${prefix})) - length(replace(replace(hex(${prefix}), 'F0', ''), 'F3A0', '  ')))`
  return `CASE WHEN is_plain THEN ${units} ELSE coalesce((SELECT ${units} - shift FROM shifts WHERE 2 * shift = ${wide} LIMIT 1), ${units}) END`
}

/** SQL for when a post was changed. Words that came back bear the time of an edit before. */
const CHANGED_BY = `iif(now.edited_at > coalesce(before.edited_at, ''), now.edited_at, h.value ->> 'first_seen_at')`

export const CONTENTS_SQL = `
CREATE VIEW post_edits AS             -- each change of a post's words, as one adapter read them before and after, the way back to earlier words too
SELECT first.post_id, h.value ->> 'adapter' AS adapter, a.handle AS author_handle, coalesce(a.handle, a.name) AS author, p.created_at,
  h.value ->> 'seen_before_at' AS seen_before_at, h.value ->> 'first_seen_at' AS first_seen_at,
  ${CHANGED_BY} AS changed_by,        -- the platform's word, else the first capture that shows the change
  round((julianday(${CHANGED_BY}) - julianday(p.created_at)) * 24, 1) AS hours_after_posting,
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
              ${SEEN_IN}
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
  AND before.text <> now.text AND substr(before.text, 1, length(now.text)) <> now.text; -- a mere beginning is a preview, no edit

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
    SELECT *, trim(substr(text, ${inCharacters('start')} + 1, ${inCharacters('stop')} - ${inCharacters('start')}), ' ' || char(9, 10)) AS marker
    FROM strips),
  lettered AS (
    SELECT *, replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(marker, '0', 'n'), '1', 'n'),
      '2', 'n'), '3', 'n'), '4', 'n'), '5', 'n'), '6', 'n'), '7', 'n'), '8', 'n'), '9', 'n') AS digits
    FROM cut)
SELECT thread_id, branch, position, number, post_id, author_handle, author, marker,
  replace(replace(replace(digits, 'nnn', 'n'), 'nn', 'n'), 'nn', 'n') AS style
FROM lettered
ORDER BY thread_id, branch, position, nth;
`
