// What scrapers and exports call the fields of a post: headings of tables and keys of JSON, told apart by their letters
// alone. Names in other languages than English stand last; `data` is none of them, for JSON calls so whatever it holds.

const NOT_LETTERS = /[^\p{L}]+/gu
const MARKS = /\p{M}+/gu
/** What a field is, by its name in small letters without spaces and signs; the surest name first. */
const COLUMNS: Readonly<Record<string, readonly string[]>> = {
  text: named(
    'text fulltext tweet tweettext posttext content body message rawcontent renderedcontent caption textoriginal',
    'textdisplay plaintextbody bodytext markdown orig commenttext commentbody selftext comment bodyhtml html post',
    'tweetcontent postcontent sharecommentary contents edgemediatocaption',
    'texto textodeltweet contenido mensaje texte contenu inhalt nachricht beitrag testo contenuto messaggio conteudo mensagem',
    'tekst tresc metin icerik teks isi текст сообщение 内容 正文 文本 本文 ツイート 내용 본문 النص المحتوى متن',
  ),
  // Ids as text keep digits that numbers lose.
  id: named(
    'idstr idstring id tweetid statusid commentid postid messageid eventid commenthex idcode hash answerid questionid',
    'mid pk code guid uuid uri cid rpidstr rpid',
  ),
  // A moment counted in seconds is surer than a clock without its zone.
  createdAt: named(
    'dateunixtime timeparsed publishedtimestamp createdat created dategmt date datetime timestamp time publishedat tweetcreatedat creationdate',
    'createdutc createdtime published publishdate datepublished takenat takenattimestamp postedat originserverts creationtimestamp datecreated ts',
    'createdon publishon addedon dateadded pubdate commentcreatetimestamp tweetdate postdate publicationdate',
    'createtime timepublished ctime timecreated postedatiso',
    'fecha fechadecreacion datadecriacao dataora datahora dataehora datum erstelltam datedecreation tarih tanggal дата 时间 发布时间 日期 日時 날짜 التاريخ',
  ),
  author: named(
    'author userprofile screenname userscreenname username authorusername handle authorhandle accountacct user fromuser fromusername from',
    'account ownerobj owner creator sender senderchat member authorname authordisplayname displayname nickname nick blogname postingproject poster commenter',
    'by pubkey fromid userid authorid senderid commenterhex name',
    'usuario nombredeusuario autor benutzername benutzer auteur utilisateur autore utente kullaniciadi kullanici yazar pengguna',
    'автор пользователь 用户昵称 用户名 用户 作者 昵称 ユーザー名 ユーザー 작성자 المستخدم',
  ),
  // What is shown beside a handle, and the number behind it.
  authorName: named(
    'authorname authordisplayname displayname nickname nick fullname userfullname realname userrealname fromuserrealname',
  ),
  authorId: named('authoridstr authorid useridstr userid fromuseridstr fromuserid'),
  // Names that say an id come before those that may hold an account.
  inReplyTo: named(
    'inreplytostatusidstr inreplytostatusid inreplytotweetidstr inreplytotweetid replytostatusid replyingtostatus replyingtoid',
    'referencedtweetsrepliedtoid inresponsetotweetid repliedto inreplyto inreplytoid replyto parentid parent pid parenthash parenthex',
    'antwortauf enrespuestaa enreponsea emrespostaa inrispostaa',
    'shareofpostid parentcommentid inreplytocommentid replytomessageid replytoid replytocomment replyingto parentpostid replytocommentid reference',
  ),
  // An address of its own is surer than one that a post may only point to.
  url: named(
    'htmlurl permalink url link tweeturl statusurl posturl postlink tweetlink tweetpermalink webpageurl canonicalurl permalinkurl',
    'sharelink enlace lien 链接',
  ),
  lang: named('lang language langcode languagecode'),
  platform: ['platform'],
  thread: ['thread', 'threadnumber', 'threadid'],
}
/** Beside the text, a post has one of these. */
const TELLING = ['id', 'createdAt', 'author']

/** Rows of one source have the same names: what they mean is looked up once. */
const KNOWN = new Map<string, readonly (string | null)[]>()
/** Rows of names that are remembered. */
const MAX_KNOWN = 1_000

/** The field that each name means, null for one that nobody knows; each field once. */
export function fieldsOf(names: readonly string[]): readonly (string | null)[] {
  const key = names.join('\n')
  const known = KNOWN.get(key)
  if (known !== undefined) return known
  const fields = findFields(names)
  if (KNOWN.size >= MAX_KNOWN) KNOWN.clear()
  KNOWN.set(key, fields)
  return fields
}

function findFields(names: readonly string[]): readonly (string | null)[] {
  const plain = names.map(lettersOf)
  const fields: (string | null)[] = names.map(() => null)
  for (const [field, known] of Object.entries(COLUMNS)) {
    const at = known.map((name) => plain.indexOf(name)).find((found) => found >= 0 && fields[found] === null)
    if (at !== undefined) fields[at] = field
  }
  return fields
}

/** Marks are no letters: `Contenúdo` and `contenudo` are one heading. */
function lettersOf(name: string): string {
  return name.toLowerCase().normalize('NFKD').replace(MARKS, '').replace(NOT_LETTERS, '').normalize('NFC')
}

/** Whether fields are those of posts: a text, and something that tells whose or when. */
export function tellsPosts(fields: readonly (string | null)[]): boolean {
  return fields.includes('text') && TELLING.some((field) => fields.includes(field))
}

/** The name that a field is kept under where another of its kind is understood: `id` beside `id_str`. */
export function keptName(name: string): string {
  return Object.hasOwn(COLUMNS, name) ? `other ${name}` : name
}

function named(...lines: readonly string[]): readonly string[] {
  return lines.flatMap((line) => line.split(' ').map(lettersOf))
}
