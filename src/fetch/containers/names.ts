// Which members of a container may hold posts, by their names. An account's export also holds private messages,
// contacts and devices: what is not known to be posts is left alone.

/** `read`: may hold posts. `skip`: does not. `look`: the name says nothing, its first bytes may. */
type Interest = 'read' | 'skip' | 'look'

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  html: 'text/html',
  htm: 'text/html',
  shtml: 'text/html',
  xhtml: 'application/xhtml+xml',
  json: 'application/json',
  jsonl: 'application/jsonl',
  ndjson: 'application/jsonl',
  txt: 'text/plain',
  text: 'text/plain',
  md: 'text/markdown',
  xml: 'application/xml',
  rss: 'application/rss+xml',
  atom: 'application/atom+xml',
  car: 'application/vnd.ipld.car',
  eml: 'message/rfc822',
  mbox: 'application/mbox',
}
/** Containers that may stand in a container, and those that are named when they do. */
const CONTAINERS = new Set(['warc', 'gz', 'har', 'mhtml', 'mht', 'webarchive', 'zip', 'wacz', 'tar', 'tgz'])
const OTHER_MEDIA =
  /\.(?:jpe?g|png|gif|webp|avif|svg|ico|bmp|mp4|m4v|webm|mov|mp3|m4a|ogg|wav|woff2?|ttf|otf|eot|css|mjs|map|wasm|pdf|pem|sig|sqlite3?|db|exe|dll)$/i
/** X (2018 to now): posts and long posts, in parts when there are many. Before 2018: one script a month. */
const X_POSTS =
  /(?:^|\/)(?:(?:tweets?|note-tweets?|community-tweets?)(?:-part\d+)?\.js|data\/js\/tweets\/\d{4}_\d{2}\.js)$/
/**
 * Tables of posts in an account's export (X until 2018, Reddit, YouTube, LinkedIn); of others the headings tell, but
 * not whether somebody meant them for others.
 */
const TABLES = /(?:^|\/)(?:tweets|posts|comments|shares)\.csv$/i
const OTHER_TABLE = /\.(?:csv|tsv)$/i
const PRIVATE_TABLE = /(?:message|chat|draft|inbox|mail|contact|search|vote)[^/]*\.(?:csv|tsv)$/i
const SCRIPT = /\.js$/i
/**
 * Lists of other people's posts in a Mastodon export; tables of contents of a WACZ (in ours the findings too), of
 * SingleFile.
 */
const ASIDE =
  /(?:^|\/)unspool\/findings\.jsonl$|(?:^|\/)(?:likes|bookmarks|manifest|datapackage(?:-digest)?)\.json$|(?:^|\/)pages\/\w+\.jsonl$/i
/** What sites say to programs, in trees of whole sites; texts that ArchiveBox takes out of a page beside it. */
const NOT_OF_PEOPLE =
  /(?:^|\/)robots\.txt$|(?:^|\/)[^/]+\.[a-z]{2,}\/(?:humans|ads|app-ads|security|llms(?:-full)?)\.txt$|(?:^|\/)(?:readability|\d{10}(?:\.\d+)?\/mercury)\/(?:article\.json|content\.(?:html|txt))$/i
/** Private chats in an export of Facebook or Instagram; given by itself such a file is read. */
const PRIVATE =
  /(?:^|\/)messages\/(?:inbox|archived_threads|message_requests|filtered_threads|e2ee_cutover|broadcast)\//
/** What a browser saves beside a page, what systems leave behind, and hidden files. */
const BESIDE = /(?:^|\/)(?:[^/]+_files|__MACOSX|node_modules|\.[^./][^/]*)\/|(?:^|\/)\.[^/]*$|(?:^|\/)Thumbs\.db$/i
/** Files of an account's export that hold words or names of posts and are left alone all the same, and why. */
const LEFT: readonly (readonly [RegExp, LeftAlone])[] = [
  [
    /(?:^|\/)deleted-(?:note-)?tweets?(?:-part\d+)?\.js$/,
    {
      isWorthy: true,
      say: 'of posts that their author deleted (deleted-tweets.js; given by itself it is read, its posts marked as deleted)',
    },
  ],
  [
    /(?:^|\/)(?:deleted-)?tweet-?headers?(?:-part\d+)?\.js$/i,
    { isWorthy: false, say: 'of ids and times of posts, without words' },
  ],
  [/(?:^|\/)(?:likes?|bookmarks?)(?:-part\d+)?\.js(?:on)?$/, { isWorthy: false, say: "of other people's posts" }],
  [/(?:^|\/)direct-messages?(?:-[\w-]+)?\.js$/, { isWorthy: false, say: 'of private messages' }],
  [PRIVATE, { isWorthy: false, say: 'of private messages' }],
  [OTHER_TABLE, { isWorthy: false, say: 'of tables without posts (CSV; read when named)' }],
]
const NO_POSTS: LeftAlone = { isWorthy: false, say: 'of pictures, styles, scripts, lists and the like' }
const EXTENSION = /\.([a-z0-9]{1,8})$/i

/** Why a member was left alone: `2 of private messages`; `isWorthy` when whoever looks for posts should know of it. */
export interface LeftAlone {
  readonly isWorthy: boolean
  readonly say: string
}

/** Why a member that is skipped holds no posts to read. */
export function whyLeft(name: string): LeftAlone {
  const path = name.replaceAll('\\', '/')
  return LEFT.find(([pattern]) => pattern.test(path))?.[1] ?? NO_POSTS
}

/** A table of whatever kind: its headings tell (isPostTableHead). */
export function isTable(name: string): boolean {
  return OTHER_TABLE.test(name)
}

export function interestIn(name: string): Interest {
  const path = name.replaceAll('\\', '/')
  if (BESIDE.test(path) || ASIDE.test(path) || PRIVATE.test(path) || NOT_OF_PEOPLE.test(path)) return 'skip'
  if (SCRIPT.test(path)) return X_POSTS.test(path) ? 'read' : 'skip'
  if (TABLES.test(path)) return 'read'
  if (PRIVATE_TABLE.test(path)) return 'skip'
  const extension = extensionOf(path)
  if (extension in MEDIA_TYPES || CONTAINERS.has(extension)) return 'read'
  return OTHER_MEDIA.test(path) ? 'skip' : 'look'
}

/** A hint, by the name's ending. */
export function mediaTypeByName(name: string): string | null {
  return MEDIA_TYPES[extensionOf(name)] ?? null
}

function extensionOf(name: string): string {
  return EXTENSION.exec(name)?.[1]?.toLowerCase() ?? ''
}
