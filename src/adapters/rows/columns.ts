// What scrapers and exports call the fields of a post: headings of tables and keys of JSON, told apart by their letters alone.

const NOT_LETTERS = /[^a-z]+/g
/** Seconds or milliseconds since 1970, as scrapers write times. */
const EPOCH = /^(\d{9,10})(?:\.\d+)?$|^(\d{12,13})$/
/** What a field is, by its name in small letters without spaces and signs; the surest name first. */
const COLUMNS: Readonly<Record<string, readonly string[]>> = {
  text: named(
    'text fulltext tweet tweettext posttext content body message rawcontent renderedcontent caption textoriginal',
    'textdisplay plaintextbody bodytext markdown orig commenttext commentbody selftext comment bodyhtml html post',
  ),
  // Ids as text keep digits that numbers lose.
  id: named(
    'idstr idstring id tweetid statusid postid commentid messageid eventid commenthex idcode hash answerid questionid',
    'mid pk code guid uuid uri',
  ),
  // A moment counted in seconds is surer than a clock without its zone.
  createdAt: named(
    'dateunixtime createdat created dategmt date datetime timestamp time publishedat tweetcreatedat creationdate',
    'createdutc createdtime published publishdate datepublished takenat postedat originserverts creationtimestamp datecreated ts',
    'createdon dateadded pubdate',
  ),
  author: named(
    'author userprofile username screenname handle user userscreenname authorhandle from account owner creator sender authorname',
    'authorusername authordisplayname displayname nickname nick blogname postingproject poster commenter by pubkey',
    'fromid userid authorid senderid commenterhex name',
  ),
  inReplyTo: named(
    'inreplyto inreplytoid inreplytostatusid inreplytotweetid replyto parentid parent pid parenthash parenthex',
    'parentcommentid inreplytocommentid replytomessageid replytoid replytocomment replyingto parentpostid replytocommentid reference',
  ),
  url: named('htmlurl url link permalink tweeturl posturl webpageurl canonicalurl permalinkurl'),
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
  const plain = names.map((name) => name.toLowerCase().replace(NOT_LETTERS, ''))
  const fields: (string | null)[] = names.map(() => null)
  for (const [field, known] of Object.entries(COLUMNS)) {
    const at = known.map((name) => plain.indexOf(name)).find((found) => found >= 0 && fields[found] === null)
    if (at !== undefined) fields[at] = field
  }
  return fields
}

/** Whether fields are those of posts: a text, and something that tells whose or when. */
export function tellsPosts(fields: readonly (string | null)[]): boolean {
  return fields.includes('text') && TELLING.some((field) => fields.includes(field))
}

/** Seconds or milliseconds since 1970 as an ISO time; anything else as it is. */
export function momentOf(value: string): string {
  const [, seconds, milliseconds] = EPOCH.exec(value.trim()) ?? []
  const time = seconds === undefined ? Number(milliseconds) : Number(seconds) * 1000
  return Number.isNaN(time) ? value : new Date(time).toISOString()
}

function named(...lines: readonly string[]): readonly string[] {
  return lines.flatMap((line) => line.split(' '))
}
