// Migration 1, seventh part: views of what was there once and is no more. They claim nothing that a look does not tell:
// a page behind a wall or in trouble may be there still, and what slid off the end of a list is not deleted. Not edited
// after its release.
import { NOT_FOUND } from '../../errors.ts'
import { WALLS } from './crawl.ts'

/** SQL: in place of the page of capture `c` the site shows something else; with `code`, that very thing. */
function isInstead(c: string, code?: string): string {
  const isIt = code === undefined ? '' : ` AND i.code = '${code}'`
  return `EXISTS (SELECT 1 FROM shown_instead AS i WHERE i.capture_key = ${c}.key${isIt})`
}

/** SQL: there is no page of capture `c`, by status or in the site's words. */
function isGone(c: string): string {
  return `(${c}.status IN (404, 410) OR ${isInstead(c, NOT_FOUND)})`
}

/**
 * SQL: the same adapter tells what stands on the page `later`. A wall, or a page of which nothing could be read, tells
 * nothing; nor of comments one that counts them and shows none. That there is no such post does.
 */
const TELLS = `EXISTS (
        SELECT 1 FROM latest_extractions AS told
        WHERE told.capture_key = later.key
          AND (told.adapter = seen.adapter OR NOT EXISTS (SELECT 1 FROM sightings AS i WHERE i.reading_key = told.reading_key))
          AND NOT EXISTS (
            SELECT 1 FROM json_each(told.notes) AS n
            WHERE n.value ->> 'code' IN (${WALLS})
              OR n.value ->> 'level' <> 'info' AND n.value ->> 'code' <> '${NOT_FOUND}'
                AND NOT EXISTS (SELECT 1 FROM sightings AS i WHERE i.reading_key = told.reading_key))
          AND (seen.kind <> 'comment' OR coalesce(told.declared ->> 'replies', 0) = 0 OR EXISTS (
            SELECT 1 FROM sightings AS i JOIN post_versions AS iv ON iv.key = i.version_key
            WHERE i.reading_key = told.reading_key AND iv.kind = 'comment')))`

/** SQL: all pages that would complete the page `later`, as it says itself, were read in the same run. */
const IS_COMPLETED = `NOT EXISTS (
        SELECT 1 FROM latest_extractions AS told JOIN json_each(told.next) AS n
        WHERE told.capture_key = later.key AND NOT EXISTS (
          SELECT 1 FROM captures AS a
          WHERE a.run_key = later.run_key AND a.final_url = substr(n.value, 1, instr(n.value || '#', '#') - 1)))`

/** SQL: the page `later` leads on as it did: no further comments went behind it. */
const LEADS_ON_AS_BEFORE = `EXISTS (
        SELECT 1 FROM latest_extractions AS told WHERE told.capture_key = later.key AND told.next = seen.next)`

/** SQL: capture `c` is of the look `at`: a browser gives several, of what was on the screen by turns. */
function isOf(at: string, c: string): string {
  return `(${c}.key = ${at}.key OR ${at}.method = 'browser' AND ${c}.run_key = ${at}.run_key AND ${c}.url = ${at}.url)`
}

/** SQL: the look `at` shows the post `id`. */
function shows(at: string, id: string): string {
  return `EXISTS (
        SELECT 1 FROM post_versions AS ov CROSS JOIN sightings AS os ON os.version_key = ov.key
        CROSS JOIN latest_extractions AS ox ON ox.reading_key = os.reading_key
        CROSS JOIN captures AS ol ON ol.key = ox.capture_key
        WHERE ov.post_id = ${id} AND ${isOf(at, 'ol')})`
}

/** SQL for the time of the nearest post on one side that both looks show; empty when not known, NULL without one. */
function nearest(side: '<' | '>'): string {
  return `(
        SELECT coalesce(nv.created_at, '') FROM sightings AS ns CROSS JOIN post_versions AS nv ON nv.key = ns.version_key
        WHERE ns.reading_key = s.reading_key AND ns.position ${side} s.position AND ${shows('later', 'nv.post_id')}
        ORDER BY ns.position${side === '<' ? ' DESC' : ''} LIMIT 1)`
}

/** SQL: the look `later` shows a post that `look` did not. */
const HAS_NEWS = `EXISTS (
      SELECT 1 FROM latest_extractions AS x JOIN sightings AS i ON i.reading_key = x.reading_key
      JOIN post_versions AS iv ON iv.key = i.version_key
      WHERE x.capture_key IN (
          SELECT later.key UNION ALL SELECT b.key FROM captures AS b
          WHERE later.method = 'browser' AND b.run_key = later.run_key AND b.url = later.url)
        AND NOT ${shows('look', 'iv.post_id')})`

export const GONE_SQL = `
CREATE VIEW gone_pages AS             -- pages that are no longer there, by status or in the site's words: the first look that said so after they were last seen whole
SELECT url, status, min(captured_at) AS gone_since_at_least, last_seen_at
FROM (
  SELECT page.url, c.status, c.captured_at, page.last_seen_at
  FROM (
    SELECT url, (SELECT max(w.captured_at) FROM captures AS w
        WHERE w.url = once.url AND w.status IN (200, 304) AND NOT ${isInstead('w')}) AS last_seen_at,
      (SELECT max(w.captured_at) FROM captures AS w -- moved: it is somewhere
        WHERE w.url = once.url AND w.status BETWEEN 300 AND 399 AND w.status <> 304) AS last_moved_at
    FROM (SELECT DISTINCT c.url FROM captures AS c WHERE c.url IS NOT NULL AND ${isGone('c')}) AS once) AS page
  CROSS JOIN captures AS c ON c.url = page.url
  WHERE c.captured_at > page.last_seen_at AND c.captured_at > coalesce(page.last_moved_at, '') AND ${isGone('c')})
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
    AND NOT ${isOf('look', 'later')} AND (seen.seen_at = seen.last_at OR ${isGone('later')})
    AND (later.status IN (404, 410) OR later.status = 200 AND ${TELLS}
      AND (seen.kind <> 'comment' OR ${LEADS_ON_AS_BEFORE} OR ${IS_COMPLETED}))
  ORDER BY later.captured_at LIMIT 1)
WHERE seen.adapter <> 'feed' -- what falls off the end of a feed is not deleted
  AND (${isGone('later')}
    OR EXISTS ( -- it stood between two that stand there still; posts of a list, in the order of time
      SELECT 1 FROM (SELECT ${nearest('>')} AS one, ${nearest('<')} AS other)
      WHERE one IS NOT NULL AND other IS NOT NULL
        AND (seen.kind = 'comment' OR seen.created_at IS NULL OR one = '' OR other = ''
          OR seen.created_at BETWEEN one AND other OR seen.created_at BETWEEN other AND one))
    OR ${IS_COMPLETED} AND (
      seen.kind = 'comment' OR EXISTS ( -- what it answered there stands there still
        SELECT 1 FROM sightings AS up JOIN post_versions AS uv ON uv.key = up.version_key
        WHERE up.key = s.key + s.parent_step AND up.reading_key = s.reading_key AND ${shows('later', 'uv.post_id')})
      OR NOT ${HAS_NEWS}));
`
