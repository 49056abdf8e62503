// What goes with threads, discussions and posts that are unrolled again or forgotten: one list, so that no table is
// left behind.

/**
 * SQL over the temporary tables `<set>_threads`, `<set>_conversations` and `<set>_posts`, which hold keys. Posts
 * themselves stay.
 */
export function clearFindings(set: 'stale' | 'gone'): string {
  return `
  DELETE FROM finding_seals WHERE kind = 'thread' AND key IN (SELECT key FROM ${set}_threads);
  DELETE FROM finding_seals WHERE kind = 'conversation' AND key IN (SELECT key FROM ${set}_conversations);
  DELETE FROM finding_seals WHERE kind = 'unplaced' AND key IN (SELECT key FROM ${set}_posts);
  DELETE FROM thread_posts WHERE thread_key IN (SELECT key FROM ${set}_threads);
  DELETE FROM thread_branches WHERE thread_key IN (SELECT key FROM ${set}_threads);
  DELETE FROM gaps WHERE thread_key IN (SELECT key FROM ${set}_threads);
  DELETE FROM threads WHERE key IN (SELECT key FROM ${set}_threads);
  DELETE FROM conversation_replies WHERE conversation_key IN (SELECT key FROM ${set}_conversations);
  DELETE FROM conversations WHERE key IN (SELECT key FROM ${set}_conversations);
  DELETE FROM unplaced WHERE post_key IN (SELECT key FROM ${set}_posts);
  DELETE FROM handovers WHERE post_key IN (SELECT key FROM ${set}_posts);
  DELETE FROM handovers WHERE next_key IN (SELECT key FROM ${set}_posts);`
}

/**
 * Reasons are shared, so they stay when a finding goes; those that nothing names any more are swept out on occasion.
 */
export const SWEEP_REASONS = `
  DELETE FROM reasons WHERE key NOT IN (
    SELECT reason_key FROM thread_posts WHERE reason_key IS NOT NULL
    UNION SELECT reason_key FROM conversation_replies WHERE reason_key IS NOT NULL
    UNION SELECT parent_reason FROM posts WHERE parent_reason IS NOT NULL);`
