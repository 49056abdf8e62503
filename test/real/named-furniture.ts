// What the platforms' own pages show around and inside of posts that nobody wrote as a post, by the adapter that reads
// the page. Written down by hand after reading the pages: whatever is not named here counts as unexplained.

export interface PagePlan {
  /** Where posts stand; the rest of the page is the site's own. Null: the whole page is looked at. */
  readonly posts: string | null
  /** Inside of posts: counters, buttons, banners, previews of what a link leads to. */
  readonly chrome: string
}

export const PLANS: Readonly<Record<string, PagePlan>> = {
  hackernews: { posts: '.athing', chrome: '.rank, .sitebit, .navs, .votelinks' },
  nitter: {
    posts: '.timeline-item, .main-tweet',
    chrome: '.tweet-stats, .retweet-header, .pinned, .show-thread, .card, .unavailable, .more-replies',
  },
  'x-web': { posts: 'article', chrome: '[data-testid="card"], [role="group"], svg, a[href*="/analytics"]' },
  'x-dom': { posts: '[data-testid="tweet"]', chrome: '[role="group"], [data-testid="card.wrapper"]' },
  reddit: {
    posts: '[id^="t1_"], [id^="t3_"], .thing',
    chrome: 'button, .tagline, .buttons, [id^="continueThread"], [id^="moreComments"]',
  },
  'bluesky-web': {
    posts: '[data-testid^="postThreadItem-by-"]',
    chrome: 'a[href*="/liked-by"], a[href*="/reposted-by"], a[href*="/quotes"], a[href^="http"][role="link"]',
  },
  telegram: { posts: '.tgme_widget_message', chrome: '.tgme_widget_message_link_preview, .tgme_widget_message_views' },
  'thread-reader': { posts: null, chrome: '.entity-url-preview, .entity-embed, blockquote' },
}

/** A jekyll page's head, above its markup. */
export const FRONT_MATTER = /^---\n[\s\S]*?\n---\n/
const WHEN =
  /^(?:\d+|[ap]m|utc|ago|on|at|[hdmsy]|yr|mo|h(?:ou)?rs?|min(?:ute)?s?|days?|months?|years?|weeks?|jan\w*|feb\w*|mar\w*|apr\w*|may|june?|july?|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*|mon|tue|wed|thu|fri|sat|sun|k|m)$/i

/** Times and counters stand in the post as times and not as words. */
export function isTimeOrCount(said: string): boolean {
  const words = said.match(/\p{L}+|\p{N}+/gu) ?? []
  return words.length > 0 && words.length <= 8 && words.every((word) => WHEN.test(word))
}
