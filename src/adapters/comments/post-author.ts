// Which comments of unknown software are the article's author's own: by a badge or a class that some wear and not all,
// which the page declares; by the same name, which is inferred and said to be.
import type { Element } from 'domhandler'
import { shortTextOf } from '../../markup/markup.ts'
import type { Author, Post } from '../../model.ts'

const WORN =
  /(?:^|\s)(?:[\w-]*[\w-])?(?:by-?post-?author|by-?blog-?author|is-(?:post-?)?author|is-op|blog-author|author[-_]{0,2}(?:badge|flag|tag)|(?:badge|flag|tag)[-_]{1,2}(?:author|op)|op[-_]{0,2}badge)(?:\s|$)/i
const PRINTED =
  /^[([]?(?:(?:post |article |blog )?author|author of (?:the )?(?:post|article)|op|(?:beitrags)?autor(?:in)?|autor(?:in)? des beitrags|auteur(?:e|rice)?(?: de l[’']article)?|autora?(?: de la entrada| del artículo| do post)?|autore(?: articolo)?|автор(?: записи| статьи)?|作者|筆者|投稿者|글쓴이)[)\]]?$/iu
/** Elements that are a badge, never words. */
const BADGES = new Set(['span', 'small', 'em', 'i', 'b', 'strong', 'sup', 'abbr', 'label', 'div'])
const MAX_BADGE = 40
/**
 * By judgement: anybody may sign with any name. Counted once (2026-11-24), of 82 comments of WordPress blogs that bore
 * the name of the article's author all were marked as the author's.
 */
const P_NAME = 0.9
const SAY_NAME = 'bears the name of the article’s author'
const SPACES = /\s+/g

/** Whether an element of a comment's box, outside its words, may say that the article's author wrote it. */
export function isBadge(element: Element): boolean {
  if (WORN.test(element.attribs['class'] ?? '')) return true
  return BADGES.has(element.name) && PRINTED.test(shortTextOf(element, MAX_BADGE) ?? '')
}

interface Worn {
  readonly author: Author | null
  readonly hasBadge: boolean
}

/** Whether each is marked as the author's: what everybody wears is a label of names. */
export function markedOf(comments: readonly Worn[]): boolean[] {
  const wearers = new Set(comments.filter(({ hasBadge }) => hasBadge).map(({ author }) => author?.name))
  const others = comments.some(({ author }) => !wearers.has(author?.name))
  return comments.map(({ hasBadge }) => hasBadge && others)
}

/** The comments, those that bear the name of the article's author with a remark that they do. */
export function withAuthors(comments: readonly Post[], author: Author | null): readonly Post[] {
  const name = plain(author)
  if (name === '') return comments
  return comments.map((post) => {
    if (post.isPostAuthor || plain(post.author) !== name) return post
    const { provenance } = post
    const postAuthor = { basis: 'inferred', p: P_NAME, say: SAY_NAME }
    return { ...post, provenance: { ...provenance, extra: { ...provenance.extra, postAuthor } } }
  })
}

function plain(author: Author | null): string {
  return (author?.name ?? '').replace(SPACES, ' ').trim().toLowerCase()
}
