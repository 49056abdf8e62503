// What goes with threads, discussions and posts that are unrolled again or forgotten: one list, so that no table is left behind.

/** SQL over the temporary tables `<set>_threads`, `<set>_conversations` and `<set>_posts`, which hold keys. Posts themselves stay. */
export function clearFindings(set: 'stale' | 'gone'): string {
  return `
  DELETE FROM thread_posts WHERE thread_key IN (SELECT key FROM ${set}_threads);
  DELETE FROM thread_branches WHERE thread_key IN (SELECT key FROM ${set}_threads);
  DELETE FROM gaps WHERE thread_key IN (SELECT key FROM ${set}_threads);
  DELETE FROM threads WHERE key IN (SELECT key FROM ${set}_threads);
  DELETE FROM conversation_replies WHERE conversation_key IN (SELECT key FROM ${set}_conversations);
  DELETE FROM conversations WHERE key IN (SELECT key FROM ${set}_conversations);
  DELETE FROM unplaced WHERE post_key IN (SELECT key FROM ${set}_posts);
  DELETE FROM replies WHERE child_id IN (SELECT id FROM posts WHERE key IN (SELECT key FROM ${set}_posts));`
}
