// What each adapter reads, in a person's words: `unspool platforms` prints it, and the table of README.md beside it is
// made of it.
import type { Adapter } from './adapter.ts'
import { ADAPTERS } from './index.ts'

interface Platform {
  /** The adapter's name, also its fixture folder's. */
  readonly name: string
  readonly version: number
  readonly inputs: string
  readonly reads: string
  /** URLs it claims. */
  readonly examples: readonly string[]
}

/** In the order in which they are asked. */
export function listPlatforms(): readonly Platform[] {
  return ADAPTERS.map(toPlatform)
}

function toPlatform({ name, version, examples }: Adapter): Platform {
  const [inputs, reads] = TABLE[name] ?? ['?', '?']
  return { name, version, inputs, reads, examples }
}

const FORUM = 'topic and answers in order, quotes; who answers whom is inferred from them'

/** By adapter name: what goes in, what comes out. */
export const TABLE: Readonly<Record<string, readonly [inputs: string, reads: string]>> = {
  'own-export': [
    'what `--format json` and `--format jsonl` of Unspool print',
    'every post under its own id, threads and replies linked as they were, with ground and probability; remarks as remarks',
  ],
  'thread-reader': [
    'thread and user pages, layouts of 2019 and 2023–26',
    'the thread; preview cards as threads of their own; declared counts, media, quotes',
  ],
  'x-graphql': [
    'web GraphQL answers, 2023–26',
    'posts with declared parents, long texts, articles, quotes, edits; tombstones as notes',
  ],
  'x-api': ['API v1.1, tweet-result, syndication timelines', 'posts with declared parents, media, quotes'],
  'x-api-v2': ['API v2 answers', 'posts with declared parents out of data and includes'],
  'x-oembed': ['oEmbed answers', 'one post'],
  'x-scraper': [
    'JSON and JSONL of snscrape, twscrape, twint, twitter-scraper and Apify',
    'posts with parents where the scraper kept them, links, media, quotes; reposts counted',
  ],
  'x-reply-tree': [
    'structure.json of research sets (PHEME, RumourEval)',
    'who answers whom, by ids alone; posts of the tree that are nowhere else are named as missing',
  ],
  'x-archive': [
    'account exports: tweets.js, note-tweet.js, Grailbird months',
    "the owner's whole timeline with declared parents",
  ],
  'x-web': ['logged-out pages of 2026', 'posts with declared parents out of microdata'],
  'x-web-2016': ['pages of 2016–18', 'ancestors, post and answers; parents by layout'],
  'x-mobile': ['scriptless mobile pages of 2012–20', 'post, those above and below it, timelines; parents by layout'],
  'x-dom': ['pages as a browser drew them', 'posts; parents by layout, with a probability'],
  nitter: [
    'conversation and profile pages, 2020 and 2026 markup',
    'posts by chain; proxied links and media mapped back',
  ],
  writefreely: ['WriteFreely and write.as pages', 'title, author, date, body'],
  blogger: ['Blogger pages', 'article; comments to two levels with exact times'],
  substack: [
    'pages with their preloads, comment answers',
    'article, footnotes, comments with declared parents; a paywall is said',
  ],
  ghost: ['Ghost pages', 'article; that comments load by script is said'],
  medium: [
    'pages by the data they carry, answers of its GraphQL and to `?format=json`',
    'stories and responses with declared parents, edits; how many responses there are',
  ],
  lesswrong: ['LessWrong and other ForumMagnum pages', 'article and nested comments'],
  wordpress: ['pages of any theme', 'article, footnotes tied to their references, comment tree with parents and dates'],
  'wp-json': ['wp-json posts and comments', 'articles and comments with declared parents'],
  wxr: ['export files (WXR)', 'articles and comments with their true parents at any depth'],
  disqus: ['export files', 'threads and posts with declared parents; double imports merged'],
  feed: ['RSS, Atom, JSON Feed, sitemaps', 'items as articles where the full text is there, else the URLs to fetch'],
  bluesky: [
    'getPostThread (V1, V2), getAuthorFeed, records',
    'posts with declared parents, links by bytes, all embeds; holes by reason',
  ],
  'bluesky-web': ['bsky.app pages as a browser drew them', 'posts in order; parents by the lines drawn between them'],
  'bluesky-repo': ['CAR exports', 'every post record with declared parents'],
  activitypub: [
    'objects, activities, collections, outbox.json of some 17 server kinds',
    'posts with declared parents, warnings, quotes, visibility',
  ],
  mastodon: [
    'statuses, contexts, histories, also in collectors’ wrappers or one a line',
    'posts with declared parents, polls, media, quotes, warnings',
  ],
  'mastodon-web': [
    'pages as servers drew them until version 4, and as a browser draws them since',
    'posts in order; parents by chains and marks; polls, media, warnings',
  ],
  'fediverse-web': [
    'pages of GoToSocial, Pleroma and Akkoma as servers draw them',
    'posts in order; of GoToSocial parents by sections and indents',
  ],
  misskey: ['notes, timelines, account exports', 'posts with declared parents, polls, media, quotes, warnings'],
  hackernews: ['pages, Firebase and Algolia items', 'story and comment tree'],
  lobsters: ['pages, lists, their JSON', 'story and comment tree'],
  reddit: ['JSON with `more` merged, pages of three generations', 'submission and comment tree with declared parents'],
  discourse: ['topic JSON, posts, crawler pages', 'topic and answers; posts not on the page are named'],
  lemmy: ['API posts and comments (PieFed’s too), pages', 'post and comment tree with declared parents'],
  github: [
    'pages of issues, pull requests and discussions, API answers',
    'topic and comments with declared parents; both files of an API answer join',
  ],
  stackexchange: [
    'question pages of Stack Overflow and its sisters',
    'question, answers and comments with declared parents; that some are elsewhere is said',
  ],
  mediawiki: [
    'talk pages of MediaWiki and others that people sign',
    'signed turns with writers and times, parents by how far they are set in; a heading opens a conversation',
  ],
  'comment-systems': [
    'answers of Isso, Remark42, Coral (and Talk), Hyvor Talk, PeerTube, Cusdis, Commento, Ghost, YouTube’s Data API, Disqus (and its frames)',
    'comments with declared parents, edits; deleted ones keep their places; that more are elsewhere is said',
  ],
  tumblr: [
    'API v2 answers, in content blocks (NPF) and in the older form; pages of www.tumblr.com by the JSON they carry',
    'posts; each step of a reblog’s trail under its own blog, with declared parents; questions as quotes, polls, replies',
  ],
  linkedin: [
    'pages of posts as they are shown without a login',
    'the post with its exact time, links, media, what it shares; first comments; how many there are',
  ],
  threads: [
    'pages of threads.com (threads.net) with the JSON they carry, its answers',
    'posts by chain; parents by layout, declared where answers stand in what they answer; links, quotes, media',
  ],
  'meta-export': [
    'files of an account’s export from Facebook, Instagram, Threads and Messenger in JSON',
    'posts, comments and messages with their files and links; text read back from its escaped bytes; no parents are in them',
  ],
  video: [
    'yt-dlp’s info files with comments (YouTube, TikTok and others), lines of youtube-comment-downloader, pages of YouTube as a browser drew them',
    'the film with its description, comments with declared parents; that times are rounded is said',
  ],
  telegram: ['t.me/s channel pages', 'messages, declared replies, forwards, previews'],
  'telegram-export': [
    'pages of a chat as Telegram Desktop exports them, its JSON of one chat or of all',
    'messages, declared replies, forwards, files; clocks without a zone are kept as printed',
  ],
  discord: [
    'channels and threads as DiscordChatExporter writes them in JSON, and as pages',
    'messages with declared parents, edits, files, previews and forwards as quotes, reactions',
  ],
  slack: [
    'days of a channel as workspaces export them, API answers, slackdump',
    'messages, threads with declared parents, edits, files, previews, reactions; answers that are elsewhere are named',
  ],
  matrix: [
    'rooms as Element exports them in JSON, answers of servers, events one a line',
    'messages, threads and answers with declared parents, edits as versions, reactions; redacted and encrypted ones keep their places',
  ],
  mail: [
    'mails (.eml) and files of many (mbox), Pipermail’s months among them, its pages and lists, and HyperKitty’s threads',
    'messages with declared parents, words of all charsets, quotations; names of attached files; dates without a zone are kept as printed',
  ],
  phpbb: ['phpBB 2 and 3 topic pages', FORUM],
  xenforo: ['XenForo 1 and 2 thread pages', FORUM],
  vbulletin: ['vBulletin 3 to 5 thread pages', FORUM],
  smf: ['Simple Machines Forum 2 topic pages', FORUM],
  discuz: ['Discuz! X thread pages', FORUM],
  fluxbb: ['FluxBB and PunBB topic pages', FORUM],
  mybb: ['MyBB 1.6 and 1.8 thread pages', FORUM],
  invision: ['Invision Community 4 and 5 topic pages', FORUM],
  nodebb: ['NodeBB topic pages', 'topic and answers in order with declared parents, quotes'],
  vanilla: ['Vanilla Forums discussion pages', FORUM],
  buddypress: [
    'BuddyPress streams of activity and single entries',
    'entries as posts, comments with declared parents; entries without words are counted',
  ],
  bbpress: [
    'bbPress topic pages',
    'topic and answers in order, parents by nested lists, quotes; else who answers whom is inferred from them',
  ],
  flarum: ['Flarum discussion pages, API answers', 'topic and answers in order; parents by the posts they mention'],
  jsonl: [
    'one post a line, or an array',
    '`text` (needed), `author`, `id`, `platform`, `createdAt`, `inReplyTo`, `url`; unknown keys are kept',
  ],
  'json-rows': [
    'JSON of no known format',
    'posts alone or in arrays, wrapped, nested or one a line, or an array of texts; fields by the names that tables use; answers with declared parents; other fields are kept',
  ],
  csv: [
    'tables of posts: commas, semicolons or tabs',
    'text, id, author, time, parent and URL by the usual headings; a column of threads; other columns are kept',
  ],
  text: [
    'plain-text scrapes without URL or markup',
    'numbered threads, copied pages, signed posts, chats, blog posts with footnotes and nested comments, essays',
  ],
  microformats: [
    'pages of several h-entries, parsed JSON',
    'notes and articles with authors, times and declared parents',
  ],
  'json-in-page': [
    'pages that show nothing until their script runs',
    'posts in the JSON they carry for it, JSON-LD included; as json-rows reads them',
  ],
  article: [
    'any other page',
    'title, author, date, body; comments kept out of it; a thread put on a page as paragraphs; posts in like boxes, under the ids of X, Bluesky or Mastodon where each leads to its own',
  ],
}
