// What sites print in place of a comment that was deleted or removed: words that nobody wrote. The comment keeps its
// place, its author where one is named, and its answers; the words stay in the capture. Platforms that mark such
// comments by more than words are read by their own adapters.
import type { Post } from '../../model.ts'

/** Characters of what is printed. */
const MAX_SAID = 200
const COMMENT = '(?:comment|post|message|reply|review|response|contribution)'
const DONE = '(?:deleted|removed|withdrawn|retracted|moderated)'
const SAID = [
  `\\W?[\\[(](?:${COMMENT} )?${DONE}(?: by [^.!?。]{1,40})?[\\])]`,
  `(?:this|your) ${COMMENT} (?:has been|was|is|had been) ${DONE}(?: (?:by|because|for|due to|as|at) [^.!?。]{1,120})?`,
  `${COMMENT} (?:was |has been )?${DONE} by [^.!?。]{1,60}`,
  '(?:dieser|der|dein|ihr) (?:kommentar|beitrag) (?:wurde|ist) (?:(?:vom|von|durch|wegen) [^.!?。]{1,60} )?(?:gelöscht|entfernt|gesperrt)(?: worden)?(?: [^.!?。]{1,60})?|(?:dieser )?kommentar (?:wurde )?(?:vom [^.!?。]{1,40} )?(?:gelöscht|entfernt)|\\[gelöscht\\]',
  '(?:ce|le) commentaire a été (?:supprimé|retiré|effacé)(?: par [^.!?。]{1,60})?|commentaire supprimé(?: par [^.!?。]{1,60})?|\\[supprimé\\]',
  '(?:este |el )?comentario (?:ha sido |fue )?(?:eliminado|borrado|retirado)(?: por [^.!?。]{1,60})?',
  '(?:este |o )?comentário (?:foi )?(?:removido|excluído|apagado|eliminado)(?: (?:por|pelo|pela) [^.!?。]{1,60})?',
  '(?:questo |il )?commento (?:è stato )?(?:rimosso|eliminato|cancellato)(?: da[^.!?。]{1,60})?',
  '(?:deze |dit )?(?:reactie|bericht) (?:is |werd )?verwijderd(?: door [^.!?。]{1,60})?',
  '(?:ten )?komentarz został (?:usunięty|skasowany)(?: przez [^.!?。]{1,60})?|(?:den här |denna )?kommentar(?:en)? (?:har |är )?(?:tagits bort|raderats|borttagen)(?: av [^.!?。]{1,60})?',
  '(?:этот |данный )?комментарий (?:был )?удал[её]н(?: [^.!?。]{1,60})?|(?:цей )?коментар (?:було )?видалено(?: [^.!?。]{1,60})?|(?:bu )?yorum silin(?:di|miş(?:tir)?)',
  '(?:この|その)?(?:コメント|投稿)は.{0,12}削除されました|(?:该|此|這則|这条)?(?:评论|評論|留言)已?(?:经)?被?(?:[^.!?。]{1,8})?(?:删除|刪除)|삭제된 댓글입니다',
].join('|')
const REMOVED = new RegExp(`^(?:${SAID})[\\s.!。]*$`)
const BY_OTHERS = /remov|moderat|admin|entfernt|gesperrt|retiré|rimoss|guideline|standard|violat/i

const BY_AUTHOR =
  /by (?:its |the |this )?(?:author|user|poster|commenter|writer)|vom (?:verfasser|autor)|par (?:son |l[’'])auteur|por (?:el|su) autor|pelo autor|dall[’']autore/i

/** Comments that are only what stands in their place, without these words. */
export function withoutPlaceholders(posts: readonly Post[]): readonly Post[] {
  return posts.some(isPlaceholder) ? posts.map((post) => (isPlaceholder(post) ? withheld(post) : post)) : posts
}

function isPlaceholder({ kind, text, media, quotes }: Post): boolean {
  if (kind !== 'comment' || text === '' || text.length > MAX_SAID || media.length + quotes.length > 0) return false
  return REMOVED.test(text.trim().toLowerCase())
}

function withheld(post: Post): Post {
  const reason = BY_OTHERS.test(post.text) && !BY_AUTHOR.test(post.text) ? 'removed' : 'deleted'
  const provenance = { ...post.provenance, extra: { ...post.provenance.extra, withheld: reason } }
  return { ...post, text: '', html: null, provenance }
}
