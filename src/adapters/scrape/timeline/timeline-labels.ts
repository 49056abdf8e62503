// What X, and some of it Mastodon and Bluesky, print around posts in other languages than English: German, French,
// Spanish, Portuguese, Italian, Dutch, Polish, Turkish, Russian, Japanese, Korean, Chinese. Whole lines, by meaning.

/** Above the handles that an answer is to. */
export const REPLYING = whole(
  'antwort (?:an|auf)|als antwort auf|en réponse à|en respuesta a|respondiendo a|em resposta a|respondendo a|in risposta a',
  'als antwoord op|in reactie op|w odpowiedzi do|yanıt olarak|в ответ|返信先: ?|回复|回覆|답글|ردًا على',
  { more: '(?:\\s*@.*)?' },
)
/** Behind the handles, where the language has its word there. */
export const BEHIND_HANDLES = whole('さん|adlı kullanıcıya yanıt olarak|님에게 보내는 답글')
export const SHOW_MORE = whole(
  'mehr anzeigen|voir plus|afficher plus|mostrar más|ver más|mostrar mais|ver mais|mostra altro|meer weergeven|meer tonen',
  'pokaż więcej|daha fazla göster|показать (?:ещё|еще)|さらに表示|더 보기|显示更多|顯示更多',
)
export const COUNTED = whole(
  "mal angezeigt|gefällt mir|zitate|antworten|favoriten|lesezeichen|vues?|j[’']aime|citations|réponses|favoris|signets",
  'visualizaciones|me gusta|citas|respuestas|favoritos|guardados|visualizações|curtidas|comentários|respostas|itens salvos',
  'visualizzazioni|mi piace|citazioni|risposte|segnalibri|weergaven|vind-ik-leuks|citaten|wyświetleni[ae]|wyświetleń|polubień',
  'görüntülenme|görüntüleme|beğeni|yanıt|просмотр(?:а|ов)?|отмет(?:ка|ки|ок) «нравится»|ответ(?:а|ов)?|件の表示|件のいいね',
  '件の引用|件のリポスト|조회수|마음에 들어요|次查看|次观看|喜欢|引用',
  { before: '(?:[\\d.,\\u00a0\\u202f ]{1,12}(?:[KMB]|mil|mio\\.?|tsd\\.?|k|тыс\\.?|万|萬|만)? ?)?' },
)
export const BUTTON = whole(
  'folgen|abonnieren|teilen|beitrag|unterhaltung|übersetzen|beitrag übersetzen|angeheftet|suivre|partager|traduire(?: le post)?|conversation',
  'seguir|compartir|traducir(?: post)?|conversación|seguindo|compartilhar|traduzir(?: post)?|conversa|segui|condividi|traduci(?: post)?',
  'volgen|delen|obserwuj|takip et|çevir|читать|перевести(?: пост)?|フォローする|ポストを翻訳|会話|팔로우|关注|關注|翻译帖子',
  'relevant|am relevantesten|les plus pertinentes|más relevantes|mais relevantes|più pertinenti',
)
/** What stands below and beside the posts. */
export const FOOT = whole(
  'mehr entdecken|relevante personen|trends für dich|was gerade los ist|wem folgen\\??|neu bei x\\?',
  'découvrir plus|découvrez plus|personnes pertinentes|tendances pour vous|quoi de neuf\\s?\\??|suggestions',
  'descubr(?:e|ir) más|personas relevantes|tendencias para ti|qué está pasando|a quién seguir',
  'descubra mais|descobrir mais|pessoas relevantes|tendências para você|o que está acontecendo|quem seguir',
  "scopri (?:di più|altro)|persone rilevanti|tendenze per te|che c[’']è di nuovo|chi seguire",
  'ontdek meer|relevante mensen|trends voor jou|odkryj więcej|daha fazlasını keşfet|ilgili kişiler|ilgini çekebilecek gündemler',
  'посмотреть больше|узнать больше|актуальные темы для вас|もっと見つける|関連性の高いアカウント|おすすめトレンド|いまどうしてる[?？]',
  '더 찾아보기|发现更多|發現更多|相关人物|推荐趋势',
)
/** X prints it where other posts have their date. */
export const ADVERT = whole(
  'anzeige|gesponsert|publicité|sponsorisé|anuncio|promocionado|patrocinado|anúncio|annuncio|sponsorizzato|advertentie|reklama|reklam|реклама|プロモーション|広告|광고|推广|廣告',
)
export const LAST_EDITED = whole(
  'zuletzt bearbeitet|dernière modification|última edición|última edição|ultima modifica|laatst bewerkt|son düzenleme|последнее изменение|最終更新',
  { more: '(?: .{1,40})?' },
)

interface Frame {
  readonly before?: string
  readonly more?: string
}

/** Any of the words, as all of a line; the last argument may say what stands around them. */
function whole(...lines: readonly (string | Frame)[]): RegExp {
  const words = lines.filter((line) => typeof line === 'string').join('|')
  const { before = '', more = '' } = lines.find((line) => typeof line !== 'string') ?? {}
  return new RegExp(`^${before}(?:${words})${more}$`, 'iu')
}
