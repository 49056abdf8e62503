// Comments in WordPress's feeds: above the words of an answer it prints a line with a link to what is answered, in the
// language of the site. The line is the software's; the words begin below it.
const LINE =
  /^\s*<p>[^<]{0,60}<a [^<>]{0,200}href=["']([^"'<>#]{1,1000}#comment-\d{1,20})["'][^<>]{0,200}>[^<]{0,200}<\/a>[^<]{0,20}<\/p>\s*/
const COMMENT = /^#comment-\d+$/

export interface CommentBody {
  readonly words: string
  /** The address of the comment it answers, or null. */
  readonly answered: string | null
}

/** The words of a comment without that line; those of anything else as they are. */
export function commentBody(content: string, url: URL | null): CommentBody {
  const line = COMMENT.test(url?.hash ?? '') ? LINE.exec(content) : null
  const [whole = '', answered = ''] = line ?? []
  // A link to a comment elsewhere is the commenter's own.
  if (!answered.startsWith(`${url?.origin}/`)) return { words: content, answered: null }
  return { words: content.slice(whole.length), answered }
}
