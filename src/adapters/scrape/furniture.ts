// Words that pages print around people's words: what Thread Reader and blog themes put on a line of its own.
// Every pattern is anchored to the whole line, because a sentence may contain any of these words. Languages as seen.

/** Why a line of a thread page is furniture. */
export type ThreadFurniture =
  | { readonly kind: 'end' | 'header' | 'button' | 'after' | 'footer' }
  | { readonly kind: 'more'; readonly handle: string | null }
  | { readonly kind: 'total'; readonly total: number }
  | { readonly kind: 'card-end'; readonly total: number }

// Thread Reader App, layouts of 2019 to 2026.
const END_OF_THREAD =
  /^(?:[•·∙]\s*){3}$|^missing some (?:tweet|post)s? in this thread\?(?: or failed to load images or videos\?)?(?: (?:you can )?try to(?: force a refresh)?)?\.?$|^force a refresh\.?$/i
const HEADER =
  /^(?:subscribe|unsubscribe|scrolly|bookmark|(?:save|saved) as pdf|my authors|gift link|read on (?:x|twitter)|[\d,.]+ (?:views|reads)|listen to thread|enter url or id to unroll|thread by @\w{1,20}(?: on thread reader app.{0,40}|: ["“”].{1,400})?)$/i
// Rattibha prints the count alone, PingThread the day before it.
const TOTAL =
  /^(?:.{6,20} [•·] )?(\d{1,4}) (?:tweets?|posts?)\s*[•·]\s*\d+ min(?:ute)?s? read(?:\s*[•·])?$|^(\d{1,4}) tweets$/i
const CARD_END = /^read (\d{1,4}) (?:tweets?|posts?)$/i
const MORE = /^more from @?(\w{1,20})?$/i
const BUTTON =
  /^(?:share(?: this page!?)?|tweet|embed|copy link|copy|share on (?:x|twitter|facebook)|add to "?my authors"?|pdf|(?:.{1,60} )?profile picture)$/i
/** What browsers print at the foot of each sheet. */
const PRINTED = /^https?:\/\/\S{4,300}\s+(?:page )?\d{1,4}(?: of |\/)\d{1,4}$/i
// What stands between the page's thread and the cards.
const AFTER = [
  /^keep current with(?: .{1,60})?$/i,
  /^stay in touch and get notified when new unrolls are available from this author!?$/i,
  /^read all threads$/i,
  /^this thread may be removed anytime!?$/i,
  /^(?:twitter|x) may remove this content at anytime!? save it as pdf for later use!?$/i,
  /^save this thread as pdf$/i,
  /^try unrolling a thread yourself!?$/i,
  /^how to unroll video$/i,
  /^(?:1\. ?)?follow @threadreaderapp(?: on (?:x|twitter))? to (?:easily )?mention us!?$/i,
  /^(?:2\. ?)?from an? (?:twitter|x) thread mention us with a keyword "?unroll"?$/i,
  /^@threadreaderapp unroll$/i,
  /^practice here first or read more on our help page!?$/i,
]
const FOOTER =
  /^(?:loading suggestions\.{3}|did thread reader help you today\?|support us! we are indie developers!|this site is made by just .{1,20} indie developers.{0,120}|become (?:a )?premium(?: member.{0,100})?|don['’]t want to be a premium member.{0,80}|make a small donation.{0,100}|donate via paypal|or donate anonymously using crypto!?|thank you for your support!|send email!|help \| about \| tos \| privacy)$/i

/** What a line of a thread page is, or null when somebody wrote it. */
export function threadFurniture(text: string): ThreadFurniture | null {
  if (END_OF_THREAD.test(text)) return { kind: 'end' }
  const [, beside, alone] = TOTAL.exec(text) ?? []
  const total = beside ?? alone
  if (total !== undefined) return { kind: 'total', total: Number(total) }
  const card = CARD_END.exec(text)?.[1]
  if (card !== undefined) return { kind: 'card-end', total: Number(card) }
  const more = MORE.exec(text)
  if (more !== null) return { kind: 'more', handle: more[1] ?? null }
  if (FOOTER.test(text)) return { kind: 'footer' }
  if (HEADER.test(text)) return { kind: 'header' }
  if (BUTTON.test(text) || PRINTED.test(text)) return { kind: 'button' }
  return AFTER.some((pattern) => pattern.test(text)) ? { kind: 'after' } : null
}

// Blogs: WordPress themes in the languages met so far.
const BLOG =
  /^(?:print friendly(?:, pdf (?:&|and) email)?|print(?: this)?(?: post)?|share this:?|teilen mit:?|compartir esto:?|like this:?|gefällt mir:?|me gusta:?|loading\.{3}|wird geladen…|cargando\.{3}|tweet|pin it|skip to content|zum inhalt springen|saltar al contenido)$/i
const REPLY =
  /^(?:log in to |zum )?(?:reply|reply ?\(\d+\)|antworten|antwort|responder|répondre|rispondi|beantwoorden|reageer|odpowiedz|ответить|відповісти|svara?|vastaa|cevapla|yanıtla|balas|返信|回复|回覆|답글)(?: (?:to|auf|a|à) .{1,60}| ?[↓→↵⤶])?$/iu
// WordPress.com prints its like button twice, once for people without scripts.
const LIKE = /^(?:likelike|likenliken|me gustame gusta|j[’']aimej[’']aime|liked by \d+ (?:person|people))$/i
// Substack, Disqus, Reddit, Hacker News and WordPress, as copied (2019 to 2026).
const BUTTONS =
  /^(?:[•·]|like(?: ?\(\d+\))?|liked by .{1,80}|share(?: ›)?|upvote|downvote|award|edit(?:ed)?|permalink|parent|report|flag|see more|read more|expand|collapse|restacks?|subscribe|follow|discussion about this post|join the discussion(?:…|\.{3})?|best|newest|oldest|sort by .{1,20}|show more replies|avatar|[+-]?\d{1,6}(?:[.,]\d{1,3})?k?)$/i
const FORM =
  /^(?:(?:leave|post|write|add|submit) (?:a|your) (?:reply|comment|response)|leave a reply to .{1,60}|cancel reply|(?:schreibe?|hinterlasse?) einen kommentar|kommentar (?:verfassen|schreiben)|antwort abbrechen|(?:deja|dejar) (?:una respuesta|un comentario)|cancelar (?:la )?respuesta|laisser un commentaire|lascia un commento|geef een reactie|dodaj komentarz|deixe um comentário|добавить комментарий|コメントを残す|发表评论|comments (?:are|have been) closed\.?|(?:die )?kommentare sind geschlossen\.?|los comentarios están cerrados\.?)(?: cancel reply| antworten abbrechen)?$/iu
/** What blogs call their comments when they count them. */
const COUNTED_WORDS = [
  'comments?|responses?|repl(?:ies|y)|thoughts?|kommentare?|antworten?|gedanken?|comentarios?|comentários?|comentaris?|respuestas?|respostas?|pensamientos?|pensamentos?',
  'commentaires?|réponses?|réflexions?|comment[io]|rispost[ae]|pensier[io]|reacties?|gedachten?|opmerkingen|komentarz[ey]?|odpowied(?:zi|ź)|kommentar(?:er)?|svar|kommentt(?:ia|i)',
  'gânduri|odpoved[eí]|мнени[ея]|odgovor(?:ov|a|i)?|komentara|komentar(?:jev|ji)|komentář[eů]?|komentár(?:e|ov)?|hozzászólás|comentari(?:i|u)|yorum(?:lar)?|düşünce|myśli|tank(?:ar|er)|vastaus(?:ta)?|reaktioner|σκέψεις|ความเห็น|ความคิดเห็น|yanıt|σχόλι(?:α|ο)|bình luận|phản hồi|komentar|tanggapan|комментари[а-яё]{1,3}|ответ(?:а|ов)?|отзыв(?:а|ов)?|коментар[а-яіїє]{0,3}',
  'تعليقات|تعليق[اً]{0,2}|ردود|رد|دیدگاه|نظر|پاسخ|תגובות|תגובה|מחשבות|件のコメント|件のフィードバック|件の返信|[条條则則个個]?(?:评论|評論|回复|回覆|留言|回应|回應|迴響)|개의 ?(?:댓글|생각|응답)',
].join('|')
const ON_TITLE =
  '(?:to|on|for|zu|auf|für|en|a|à|al|sur|su|op|till|til|na|do|per|la|на|к|о|về|trong|στο|pada|على|در|על) .{1,300}'
/** What themes set before a count: `This Post Has 6 Comments`. */
const HAS =
  '(?:\\{|(?:this|the) (?:post|article|entry|story) has|there (?:are|is)|dieser (?:beitrag|artikel) hat|cet article a|est[ae] (?:entrada|artículo|post|artigo) t(?:iene|em)|questo (?:articolo|post) ha|dit bericht heeft|ten (?:wpis|post) ma)'
const COUNT_FIRST = new RegExp(
  `^(?:${HAS} )?(\\d{1,3}(?:[.,]\\d{3})*|\\d{1,6}|one|eine?|un[ao]?|une|één|jeden|один) ?(?:${COUNTED_WORDS})(?: so far| yet|… ?(?:read .{0,40}|add one ?\\}?)|…|:)?(?: ${ON_TITLE})?\\s?[:»]?$`,
  'iu',
)
const COUNT_LAST = new RegExp(
  `^(?:(?:top|all|latest|most recent|reader|user) )?(?:${COUNTED_WORDS}|comments|ความเห็น|ความคิดเห็น|댓글|コメント|评论|留言) ?(?:[(:[] ?(\\d{1,6}) ?[)\\]]?|(\\d{1,6}) ?(?:개|件|รายการ)):?$|^(?:댓글|コメント|评论|評論|留言) ?(\\d{1,6})$`,
  'iu',
)
/**
 * Beside the quoted title, whatever joins them: `„Title” bejegyzéshez 6 hozzászólás`; Thai sets no space before its
 * `on`.
 */
const COUNT_BESIDE = new RegExp(`(?<![\\d.,])(\\d{1,6}) ?(?:${COUNTED_WORDS})(?!(?!บน)\\p{L})`, 'iu')
const QUOTED_TITLE = /[“"„«‘'《〈「”].*[”"“»’'》〉」]/u
const MAX_BESIDE = 60
const IS_NUMBER = /^\d/
const SEPARATORS = /[.,]/g
const HEADING =
  /^(?:comments|responses|discussion|kommentare|diskussion|comentarios|commentaires|commenti|reacties|(?:この記事への)?コメント(?:一覧)?|评论(?:列表)?|評論|댓글):?$/iu
/** Longest name with a flag behind it, in characters. */
const MAX_FLAGGED = 300
const POST_AUTHOR =
  /[\s,–—-]*(?:\(?(?:post author|article author|author of (?:the )?post|beitragsautor(?:in)?|autor(?:in)? des beitrags|autor de la entrada|autor del artículo|auteur(?:e)? de l[’']article|autore articolo|auteur bericht|автор записи)\)?|\((?:author|autor|autorin|auteur)\))$/iu

export function isBlogFurniture(text: string): boolean {
  return BLOG.test(text)
}

/** The link under a comment: nothing a person wrote. */
export function isReplyLink(text: string): boolean {
  return REPLY.test(text)
}

/** What may stand under a comment: its reply link and its like button. */
export function isUnderComment(text: string): boolean {
  return REPLY.test(text) || LIKE.test(text)
}

/** A button, a count or a remark of the page under a comment. */
export function commentButton(text: string): boolean {
  return BUTTONS.test(text) || LIKE.test(text)
}

/** The start of the comment form (or the word that there is none): what follows is the page's foot. */
export function isCommentForm(text: string): boolean {
  return FORM.test(text)
}

/** "44 comments", "Kommentare (12)", or a bare heading, which declares nothing. Null when it is neither. */
export function commentCount(text: string): { readonly declared: number | null } | null {
  const [, ...said] = COUNT_FIRST.exec(text) ?? COUNT_LAST.exec(text) ?? []
  const count = said.find((digits) => digits !== undefined)
  if (count !== undefined) return { declared: IS_NUMBER.test(count) ? Number(count.replace(SEPARATORS, '')) : 1 }
  return HEADING.test(text) ? { declared: null } : null
}

/** The count in a heading that quotes the article's title as well; null where it quotes nothing. */
export function countBesideTitle(text: string): number | null {
  const rest = text.replace(QUOTED_TITLE, ' ')
  if (rest === text || rest.length > MAX_BESIDE) return null
  const digits = COUNT_BESIDE.exec(rest)?.[1]
  return digits === undefined ? null : Number(digits)
}

/** A name line without the theme's "Post author" flag, and whether it carried one. */
export function splitPostAuthor(name: string): { readonly name: string; readonly isPostAuthor: boolean } {
  const bare = name.length > MAX_FLAGGED ? name : name.replace(POST_AUTHOR, '')
  return bare === '' ? { name, isPostAuthor: false } : { name: bare, isPostAuthor: bare !== name }
}
