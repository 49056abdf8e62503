// Words that X, Mastodon and Bluesky print around posts, as they come along when a page is selected and copied. Whole
// lines only, because a sentence may contain any of these words. X's words are those of its English pages, 2019 to
// 2026; those of other languages stand in timeline-labels.ts.
import * as labels from './timeline-labels.ts'

/** Replies, reposts, likes, views: `4`, `1,204`, `12.4K`. */
const COUNT = /^(?:[\d.,]{1,9}|\d{1,3}(?:[\u00a0\u202f ]\d{3}){1,2}) ?(?:[KMB]|k|mil|Mio\.?|Tsd\.?)?$/
const COUNTED =
  /^(?:[\d.,]{1,9}[KMB]? )?(?:views?|quotes?|repl(?:y|ies)|reposts?|retweets?|quote (?:tweets|posts)|likes?|bookmarks?|boosts?|favou?rites?)$/i
const BUTTON =
  /^(?:[·•]|share|follow(?:ing|s you)?|subscribe|more|show more|show this thread|read more|view post engagements|translate (?:post|tweet|bio)|translated from .{3,40}|see translation|show (?:more )?repl(?:y|ies)|read \d+ repl(?:y|ies)|see .{1,20} replies|post your reply|reply|conversation|post|thread|home|see new (?:posts|tweets)|most relevant|relevant|more replies|view (?:quotes|\d+ replies)|follow thread|unmute|play|pause|playback speed|load (?:more|newest)|enable hls playback)$/i
const MEDIA =
  /^(?:alt|gif|image|video|embedded (?:image|video)|\d+:\d\d(?: ?\/ ?\d+:\d\d)?|the media could not be played\.?|opens profile photo|square profile picture(?: and opens profile photo)?|.{1,60}'s avatar|verified account|from [\w-]+(?:\.[\w-]+)+)$/i
const BANNER =
  /^(?:pinned(?: (?:post|tweet))?|you reposted|.{1,60} (?:reposted|retweeted|boosted)|reposted by .{1,60}|continued thread)$/i
/** X prints it below the head; the handles follow. */
const REPLYING = /^(?:replying to|in reply to|reply to)(?:\s+@.*)?$/i
const QUOTE = /^quote(?: tweet)?$/i
const SHOW_MORE = /^show more$/i
/** What stands below and beside the posts. */
const FOOT =
  /^(?:discover more|sourced from across (?:x|twitter)|relevant people|who to follow|you might like|trending now|trends for you|what[’']s happening|don[’']t miss what[’']s happening|new to (?:x|twitter)\?|terms of service|more tweets)$/i

const PRINTED = [
  ...[COUNT, COUNTED, BUTTON, MEDIA, BANNER, QUOTE, REPLYING],
  ...[labels.COUNTED, labels.BUTTON, labels.REPLYING, labels.BEHIND_HANDLES, labels.SHOW_MORE, labels.LAST_EDITED],
]

/** Whether the page printed the line and nobody wrote it. */
export function isTimelineFurniture(text: string): boolean {
  return PRINTED.some((pattern) => pattern.test(text))
}

/** Whether nothing behind the line belongs to the page's posts. */
export function isTimelineFoot(text: string): boolean {
  return FOOT.test(text) || labels.FOOT.test(text)
}

/** Whether the line says that an answer follows, to whom it may say too. */
export function opensAnswer(text: string): boolean {
  return REPLYING.test(text) || labels.REPLYING.test(text)
}

/** Whether the line ends the handles that are answered. */
export function endsHandles(text: string): boolean {
  return labels.BEHIND_HANDLES.test(text)
}

/** The line between a post and the post that it quotes. */
export function opensQuote(text: string): boolean {
  return QUOTE.test(text)
}

/** Whether the page says that it does not show the whole text. */
export function isCutHere(text: string): boolean {
  return SHOW_MORE.test(text) || labels.SHOW_MORE.test(text)
}
