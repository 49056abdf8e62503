// What sites say in place of a post, as whole lines: that there is none, that it is not for this reader, that the site
// itself is in trouble. Words of which an article's title could be made stand apart: they need an emptier page.

/** What is missing, in a site's words. */
const THING =
  '(?:(?:web|blog|user|sub)[ -]?)?(?:page|post|thread|tweet|toot|note|status|story|entry|topic|article|content|resource|item|' +
  'account|profile|user|blog|site|community|discussion|question|snapshot|record|channel|issue|url|link)s?'
const THE = '(?:(?:the|this|that|your|our) )?(?:requested |specified )?'
const YOU_WANT =
  '(?: (?:that |which )?you(?: are|[’]re| were|[’]ve| have)? (?:looking for|requested|searched for|after|trying to (?:reach|view|find|access)))?' +
  '(?: (?:in|on) (?:this|our) (?:blog|site|website|server))?'
const BY = '(?: by .{1,60})?'
const MISSING = [
  '(?:(?:was|is|could|can)(?: not|n[’]t)|cannot|can[’]t) (?:be )?found',
  'could not be (?:located|displayed because it does not exist)',
  '(?:isn[’]t|is not|is no longer) (?:here|there|available(?: any ?more)?)',
  '(?:doesn[’]t|does not|no longer) exists?(?: (?:here|any ?more|here any ?more|or is private|or (?:was|has been) (?:deleted|removed)))?',
  `(?:(?:has|have) been|was|is|may have been|might have been) (?:permanently )?(?:deleted|removed)${BY}`,
].join('|')

/** A sentence that only a site can say of its page. */
const NOT_FOUND = [
  `${THE}${THING}${YOU_WANT} (?:${MISSING})`,
  `${THE}${THING} (?:is )?from an account that no longer exists`,
  `we (?:couldn[’]t|could not|can[’]t|cannot) (?:find|locate) (?:the|that|this) ${THING}${YOU_WANT}`,
  `(?:${THING} |file or directory )?not found|user .{1,40} not found|no (?:such|matching) ${THING}`,
  `invalid ${THING} specified|${THING} (?:not found or )?(?:has been )?(?:deleted|removed)`,
  'the authors? (?:has |have )?deleted this (?:site|blog)',
  `the author (?:has )?deleted (?:this|the) .{1,30}|(?:the |this )?user (?:has )?(?:deactivated|deleted)(?: or deleted)? (?:their|his|her|the) account`,
  '(?:account|user) (?:is |was |has been )?deactivated|there[’]s nothing here',
  'there isn[’]t a github pages site here|post not found or deleted',
  'resource not found, or you don[’]t have access to it',
  'the (?:topic|thread) or board you are looking for appears to be either missing or off limits to you',
  'you seem to have stumbled upon a page that does not exist',
  `the wayback machine (?:doesn[’]t have that page archived|has not archived (?:that|this) ${THING})`,
  '(?:die|diese|der|dieser) (?:gesuchte |angeforderte )?(?:seite|beitrag|artikel)(?:,? (?:die|der|nach der|den) du (?:gesucht hast|suchst),?)? ' +
    '(?:(?:wurde|konnte)(?: leider)? nicht gefunden(?: werden)?|existiert(?: leider)? nicht(?: mehr)?|ist(?: in diesem blog)? nicht (?:mehr )?(?:vorhanden|verfügbar))',
  '(?:seite|beitrag|artikel|benutzer|thema)(?: wurde)?(?: leider)? nicht gefunden',
  '(?:cette |la )?page (?:est )?(?:introuvable|non trouvée|n[’]existe pas)|(?:oups ?! )?cette page n[’]existe (?:pas|plus)',
  '(?:(?:la )?página|entrada)(?: solicitada)? no (?:encontrada|existe|se (?:ha encontrado|encontró))|(?:¡vaya! )?no se (?:pudo|puede|ha podido) encontrar (?:esa|esta|la) página',
  '(?:a )?página (?:não (?:encontrada|existe)|não foi encontrada)|(?:la )?pagina (?:non (?:trovata|esiste)|niet gevonden)|(?:deze )?pagina (?:niet gevonden|bestaat niet)',
  '(?:nie znaleziono|brak) strony|strona nie (?:została znaleziona|istnieje)|sid(?:an|en) (?:kunde inte hittas|hittades inte|blev ikke fundet|ble ikke funnet|finnes ikke|findes ikke)',
  'sivua ei löyt(?:ynyt|y)|stránka (?:nenalezena|nebyla nalezena|neexistuje)|az oldal nem található|pagina nu a fost găsită|sayfa bulunamadı|η σελίδα δεν βρέθηκε',
  'страница не (?:найдена|существует)|сторінк[уа] не знайдено|страницата не е намерена|الصفحة غير موجودة|העמוד לא נמצא|ไม่พบหน้า.{0,20}|(?:không tìm thấy trang|trang không tồn tại)',
  '(?:お探しの)?(?:ページ|記事|投稿)(?:は|が)(?:見つかりません(?:でした)?|存在しません)|(?:抱歉[，,])?(?:您?指定的主题不存在.{0,30}|(?:该|您访问的|此)?(?:页面|頁面|内容|文章|帖子)(?:不存在|未找到|沒有找到|没有找到|已被?删除))|(?:요청하신 )?페이지를 찾을 수 없습니다',
].join('|')
const SITE_ERROR = [
  'error establishing a database connection|database error|there has been a critical error on (?:this|your) website',
  '(?:bad gateway|(?:service|site) (?:is )?(?:temporarily )?unavailable|internal (?:server )?error|gateway time-?out|backend fetch failed|application error)',
  'web ?server is (?:down|returning an unknown error)|(?:connection|origin) timed out|origin is unreachable|origin dns error|ssl handshake failed',
  '(?:the server encountered|this snapshot cannot be displayed due to) an internal (?:server )?error.{0,60}',
  '(?:temporarily|currently) offline|.{1,40} services are temporarily offline',
  '(?:the page|this page) could not be served(?: due to a temporary server failure)?|we(?: a|[’])re sorry, but something went wrong(?: on our end)?|(?:sorry, )?something went wrong(?: on our (?:end|side))?',
  'briefly unavailable for scheduled maintenance|(?:.{1,30} is |this site is |we[’]re |we are |sorry, we[’]re )?(?:currently |temporarily )?(?:under|down for|undergoing|performing)(?: scheduled| some)? maintenance(?: at the moment)?|(?:site|website) (?:is )?under (?:maintenance|construction)|(?:scheduled|site) maintenance',
  'we(?:[’]ll| will) be (?:right )?back(?: soon| shortly)?|instance has (?:been rate limited|no auth tokens).{0,80}',
  'this (?:domain|website|web site|domain name) (?:is|may be) for sale|(?:the domain )?(?:[\\w-]+\\.)+[a-z]{2,12} is for sale|this (?:domain|page|website) is parked.{0,60}|(?:this domain|(?:[\\w-]+\\.)+[a-z]{2,12}) has expired|buy this domain',
  'welcome to nginx|.{0,20}default page: it works|this account has been suspended\\. contact your hosting provider.{0,30}|contact your hosting provider for more information',
].join('|')
const NOT_SHOWN = [
  '(?:these|this account[’]s) (?:posts|tweets) are protected|this account is private|this account[’]s owner limits who can view .{1,40}',
  `(?:(?:this|the|your) )?(?:user |twitter )?account (?:is |was |has been )?suspended|user .{0,40}(?:is|has been) suspended|${THE}${THING} is from a suspended account|blog suspended`,
  `(?:this|that|the) ${THING} (?:is|was|has been) (?:unavailable|withheld|hidden|private|closed|suspended)(?: .{1,60})?|(?:this|the) ${THING} violated .{1,60}`,
  `(?:this|the) ${THING} is under investigation or .{1,80}`,
  'you(?:[’]re| are) unable to view this .{1,120}',
  'you must be invited to (?:visit|view|join) .{1,40}|r/\\w+ (?:is a private community|is private|has been banned(?: from reddit)?)|this (?:subreddit|community) (?:was|is|has been) (?:banned|private|quarantined)(?: .{1,60})?|this substack is private',
  'this (?:site|blog|publication|newsletter|community) is (?:currently )?private|this blog is open to invited readers only|private (?:site|blog)',
  '.{0,40}content only (?:be )?shown to signed-in users|our european visitors are important to us|(?:this|the) blog has been archived or suspended.{0,80}|this url has been excluded from the wayback machine',
  '(?:sorry, )?you (?:do not|don[’]t) have permission to (?:view|access|see|read) (?:this|that|the) .{1,40}|you are not (?:authori[sz]ed|allowed|permitted) to (?:view|read|see|access) .{1,40}',
  `(?:this|the) ${THING} (?:isn[’]t|is not) available (?:right now|to (?:you|everyone)|(?:in|from) (?:your|this) (?:country|region|location|area))|(?:this|the) ${THING} is (?:unavailable|blocked) in your (?:country|region|location)`,
  '(?:unavailable (?:due to|for) legal reasons)|this site is currently unavailable to visitors from .{1,80}|this video is (?:private|unavailable)',
].join('|')
const CONSENT = [
  'before you continue to .{1,30}|bevor (?:sie|du) zu .{1,30} weiterge(?:hen|hst)|avant d[’]accéder à .{1,30}|antes de (?:ir|continuar) a .{1,30}|prima di continuare su .{1,30}',
  '.{1,20} (?:is part of|ist teil|fait partie|è parte|es parte|forma parte|onderdeel) .{0,10}yahoo.{0,40}|we, yahoo, are part of .{1,40}',
  '(?:we (?:value|care about|respect) your privacy|your privacy (?:is important to us|matters)|(?:ihre|deine) privatsphäre ist uns wichtig|wir respektieren ihre privatsphäre|(?:le )?respect (?:de )?votre vie privée.{0,40}|tu privacidad.{0,30})',
  '(?:mit werbung (?:weiterlesen|lesen|nutzen)|weiterlesen mit werbung|wählen sie,? wie sie (?:unser angebot|.{1,20}) nutzen (?:möchten|wollen))',
  'vous avez (?:choisi de refuser|refusé) les (?:cookies|traceurs).{0,40}|continuer sans accepter',
].join('|')
const NUMBERS_NOT_FOUND = '(?:(?:http |status )?(?:error|code) ?(?:code )?)?4(?:04|10)(?: error| gone)?'

/** Words of a title, as of a site; read so only where there is hardly anything else. */
const BARE_NOT_SHOWN = '(?:.{1,40}: )?(?:private|banned|protected|quarantined)|sign-?in required|permission denied'
const BARE_SITE_ERROR = 'maintenance|wartung(?:sarbeiten)?|coming soon|unavailable'

const LEAD =
  '^\\W*(?:(?:oops|sorry|hmm+|uh oh|whoops|error|hrm|oh no|tut uns leid|oups|désolé)[\\W]+)?(?:(?:http |error |status |code )*[345]\\d\\d[a-z]?\\W*(?:error\\W+)?)?(?:(?:oops|sorry|we[’]re sorry)\\W+)?(?:but )?'
/** After the end of the sentence, whatever a site advises; of a heading, its number. */
const END = '(?:\\s*[([]?(?:error )?(?:code )?[345]\\d\\d[)\\]]?)?(?:\\s*[.!?…。]+(?:\\s.{0,200})?)?\\s*[.!…。]*$'

export interface SaidInstead {
  readonly code: 'not-found' | 'not-shown' | 'consent-wall' | 'site-error'
  /** Of text in small letters. */
  readonly pattern: RegExp
  /** Characters of prose on a page that says no more than this. */
  readonly mostProse: number
}

/** Prose of pages that say so in a sentence, of those that explain themselves, and of those with one word. */
const [SHORT, EXPLAINED, BARE] = [800, 2_000, 200]

/**
 * The first that fits says what it is. Absence stands last: a page that may be in trouble, or closed, is not gone.
 */
export const SAID_INSTEAD: readonly SaidInstead[] = [
  { code: 'site-error', pattern: line(SITE_ERROR), mostProse: SHORT },
  { code: 'consent-wall', pattern: line(CONSENT), mostProse: EXPLAINED },
  { code: 'not-shown', pattern: line(NOT_SHOWN), mostProse: SHORT },
  { code: 'not-found', pattern: line(`${NOT_FOUND}|${NUMBERS_NOT_FOUND}`), mostProse: SHORT },
  { code: 'not-shown', pattern: line(BARE_NOT_SHOWN), mostProse: BARE },
  { code: 'site-error', pattern: line(BARE_SITE_ERROR), mostProse: BARE },
]

/**
 * In whatever any of them fits. Most titles and headings hold none of this, and reading them costs next to nothing.
 */
export const MAYBE_INSTEAD = new RegExp(
  [
    '[45]\\d\\d|found|[’]t |\\bnot? |exist|delet|remov|suspend|deactiv|protect|priva|banned|quarantin|permission|authori|available',
    'nothing|error|wrong|maintenance|offline|timed|gateway|failed|handshake|unreachable|web ?server|unknown|invalid|stumbled|looking for',
    'back(?: soon| shortly|[ .!]*$)|for sale|parked|expired|buy this|nginx|it works|hosting provider|coming soon|instance has',
    'longer|invited|unable|limits who|violated|investigation|excluded|european|legal|sign-?in|withheld|hidden|closed|country',
    'before you|bevor|avant|antes|prima di|yahoo|werbung|wählen|wartung|cookies|traceurs|accepter',
    'seite|beitrag|artikel|benutzer|thema|page|página|pagina|entrada|stron|sid[ae]n|sivua|stránka|oldal|sayfa|trang',
    'σελίδα|стран|сторін|الصفحة|העמוד|ไม่|ページ|記事|投稿|主题|页面|頁面|内容|文章|帖子|페이지',
  ].join('|'),
)

/** For small letters: what is asked is made small once for all lines. */
function line(words: string): RegExp {
  return new RegExp(`${LEAD}(?:${words})${END}`)
}
