// What is written on buttons that unfold a page: "show more", "12 more replies", in the languages that people write in,
// and the platforms' own marks. A name is accepted whole or not at all, so that nothing that follows, likes or posts
// can pass.

/** A number as buttons print it. Bounded, as all repeats here: names are written by strangers. */
const N = '\\d[\\d.,]{0,9}\\s?[km]?\\+?'
/**
 * What comes after the words: a count in brackets, dots, an arrow, or a clause ("…, including those that may offend").
 */
const TAIL = '(?:\\s?\\([\\d.,\\s]{1,12}\\)|\\s?[,:].{0,80})?[\\s.…›»>↓▾▼+]{0,4}'
const LEAD = '[\\s…+↓▾▼▸>-]{0,4}'

/** The words of one language, each an alternative of a regular expression. */
interface Words {
  /** Show, load, read. */
  readonly verbs: string
  /** More, all, the other; a number may stand among them. */
  readonly which: string
  /** Replies, comments. */
  readonly what: string
  /** Where the verb stands. */
  readonly verb: 'first' | 'last'
}

const LANGUAGES: readonly Words[] = [
  {
    verbs: 'show|see|view|read|load|expand|display',
    which: 'all|the|this|full|hidden|additional|probable|previous|older|earlier|newer|other|remaining|next|more',
    what: 'repl(?:y|ies)|comments?|answers|responses|posts|thread|discussion|conversation|spam|text|of this thread',
    verb: 'first',
  },
  {
    verbs: 'anzeigen|ansehen|laden|lesen|zeigen|einblenden|aufklappen',
    which: 'mehr|alle|weitere|ältere|frühere|vorherige',
    what: 'antwort(?:en)?|kommentare?|beiträge|text',
    verb: 'last',
  },
  {
    verbs: 'afficher|voir|lire|charger|montrer',
    which: "plus|davantage|tout|toutes|tous|la suite|les|de|d’autres|d'autres|autres",
    what: 'réponses?|commentaires?|messages',
    verb: 'first',
  },
  {
    verbs: 'mostrar|ver|leer|cargar',
    which: 'más|todo|todas|todos|las|los|otras|otros',
    what: 'respuestas?|comentarios?|publicaciones',
    verb: 'first',
  },
  {
    verbs: 'mostrar|ver|ler|carregar|exibir',
    which: 'mais|tudo|todas|todos|as|os|outras|outros',
    what: 'respostas?|comentários?|publicações',
    verb: 'first',
  },
  {
    verbs: 'mostra|vedi|leggi|carica|visualizza',
    which: 'altro|altri|altre|tutto|tutti|tutte|di più|le|i',
    what: 'rispost[ae]|comment[oi]',
    verb: 'first',
  },
  {
    verbs: 'weergeven|tonen|laden|lezen|bekijken',
    which: 'meer|alle|eerdere',
    what: 'antwoorden|reacties',
    verb: 'last',
  },
  { verbs: 'toon|laad|bekijk|lees', which: 'meer|alle|eerdere', what: 'antwoorden|reacties', verb: 'first' },
  {
    verbs: 'visa|läs|ladda|vis|les|læs|last inn|indlæs',
    which: 'fler|mer|mere|flere|alla|alle',
    what: 'svar|kommentarer|inlägg|innlegg|opslag',
    verb: 'first',
  },
  { verbs: 'näytä|lataa|lue', which: 'lisää|kaikki', what: 'vastau(?:ksia|kset)|kommentteja|kommentit', verb: 'first' },
  {
    verbs: 'pokaż|wyświetl|wczytaj|czytaj|załaduj|zobacz',
    which: 'więcej|wszystkie|kolejne',
    what: 'odpowiedzi|komentarz[ey]',
    verb: 'first',
  },
  { verbs: 'zobrazit|načíst|číst', which: 'více|další|všechny', what: 'odpověd[ií]|komentář[eů]', verb: 'first' },
  {
    verbs: 'показать|загрузить|читать|посмотреть|развернуть',
    which: 'ещё|еще|больше|все|далее|дальше|полностью',
    what: 'ответ\\p{L}{0,3}|комментари\\p{L}{0,3}|ветку',
    verb: 'first',
  },
  {
    verbs: 'показати|завантажити|читати',
    which: 'ще|більше|всі|усі|далі',
    what: 'відповід\\p{L}{0,3}|комент\\p{L}{0,5}',
    verb: 'first',
  },
  {
    verbs: 'göster|gör|yükle|oku|görüntüle',
    which: 'daha|fazla|tüm|diğer',
    what: 'yanıt\\p{L}{0,4}|yorum\\p{L}{0,4}',
    verb: 'last',
  },
  {
    verbs: 'lihat|tampilkan|muat|baca',
    which: 'lebih banyak|semua|selengkapnya|lainnya',
    what: 'balasan|komentar',
    verb: 'first',
  },
  { verbs: 'عرض|إظهار|اقرأ|قراءة|تحميل|مشاهدة', which: 'المزيد|الكل|كل|من', what: 'الردود|التعليقات', verb: 'first' },
  { verbs: 'दिखाएँ|दिखाएं|देखें|पढ़ें', which: 'और|ज़्यादा|अधिक|सभी', what: 'जवाब|टिप्पणियाँ', verb: 'last' },
]

/** Sentences of languages that set no spaces, and turns of phrase. */
const SENTENCES = [
  'continue (?:this|the) thread',
  `(?:${N} )?more (?:repl(?:y|ies)|comments?|answers|responses)`,
  'さらに表示|さらに読み込む|もっと見る|もっと読む|続きを読む|全文を表示',
  `(?:他の|すべての)?(?:${N}件の)?(?:返信|コメント)(?:${N}件)?を?(?:さらに|もっと)?(?:表示|見る|読み込む)(?:する)?`,
  `(?:显示|顯示|查看|展开|展開|加载|載入|阅读|閱讀)(?:更多|全部|全文|所有|其他|其餘|剩余|${N} ?[条條则則])(?:回复|回覆|评论|評論|留言|内容|內容|推文|帖子)?`,
  '(?:显示|顯示|查看|展开|展開)(?:回复|回覆|评论|評論|留言)',
  `더 ?보기|(?:답글|댓글) ?(?:${N}개)? ?더? ?(?:보기|불러오기)|계속 읽기`,
]

/** The source of a regular expression, flags `iu`, for the whole name of a button that unfolds. */
export const UNFOLDS = `^${LEAD}(?:${[...LANGUAGES.map(phraseOf), ...SENTENCES].join('|')})${TAIL}$`

/** "Show more", "show replies", "show 3 more replies"; never a verb alone, and no words beside these. */
function phraseOf({ verbs, which, what, verb }: Words): string {
  const object = `(?:(?:${which}|${N}) ?){1,4}(?:${what})?|(?:${what})`
  return verb === 'first' ? `(?:${verbs}) (?:${object})` : `(?:${object}) ?(?:${verbs})`
}

/** "12 replies": unfolds only where the button says of itself that something is folded. */
export const COUNTS = `^${LEAD}[\\d.,]+[km]?\\s*(?:repl(?:y|ies)|comments?|antworten?|kommentare?|réponses?|commentaires?|respuestas?|comentarios?|respostas?|comentários?|rispost[ae]|comment[oi]|件の返信|条回复|個回覆|개의 답글)${TAIL}$`

/** Whatever else a button says, with one of these words in its name or mark it is left alone. */
export const ACTS =
  '(?:^|[^\\p{L}])(?:un)?(?:follow|like|subscribe|repost|retweet|boost|favou?rite|upvote|downvote|vote|share|send|submit|publish|delete|remove|block|mute|report|hide|buy|pay|donate|sign[ -]?(?:in|up)|log[ -]?(?:in|out)|register|join|install|download|accept|agree|allow|folgen|abonnieren|gefällt|teilen|senden|löschen|anmelden|suivre|aimer|partager|envoyer|supprimer|seguir|suscribir|compartir|enviar|eliminar|curtir|segui|condividi|invia|подписаться|нравится|отправить|удалить)(?:$|[^\\p{L}])'

/** Buttons that platforms mark for what they are, whatever they say. */
export const MARKED = [
  // X: the rest of a long post; a link to the post where it is no button.
  '[data-testid="tweet-text-show-more-link"]',
  // Reddit before 2018.
  '.morecomments a[onclick]',
  // Mastodon's web pages: long posts, content warnings, gaps in lists.
  '.status__content__read-more-button, .status__content__spoiler-link, button.load-more',
  // LinkedIn.
  '.comments-comments-list__load-more-comments-button',
  // YouTube.
  'ytd-comment-replies-renderer #more-replies button, ytd-continuation-item-renderer button',
].join(', ')
