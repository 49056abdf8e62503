// The same selections as our HTML adapters', the way a scraper usually writes them: cheerio, `$()` and `.find()` per
// field. A yardstick of cost only: it sanitises nothing, finds no footnotes, judges nothing and ties nothing together.
import type { CheerioAPI } from 'cheerio'

interface Plan {
  /** Facts of the page's head and of the article, where there is one. */
  readonly page: Readonly<Record<string, string>>
  /** The article's body, or null where the page is nothing but posts. */
  readonly body: string | null
  readonly posts: string
  readonly author: string
  readonly time: string
  readonly text: string
  /** Ancestor that is the parent, sibling that is, or link that names it. */
  readonly parent: string
  /** Script whose JSON holds the posts. */
  readonly data?: string
}

const HEAD = {
  title: 'h1',
  headTitle: 'head title',
  canonical: 'link[rel="canonical"]',
  site: 'meta[property="og:site_name"]',
  author: 'meta[name="author"]',
  published: 'meta[property="article:published_time"]',
  modified: 'meta[property="article:modified_time"]',
  linked: 'script[type="application/ld+json"]',
  count: '.comments-title, #comments h2, #comments h3, #comments h4',
}
const BLOG = {
  ...HEAD,
  headline: '.entry-title, .post-title',
  byline: '.author .fn, a[rel="author"], .byline a, .entry-author',
  dated: 'time[datetime], .entry-date, .published',
}

const WORDPRESS: Plan = {
  page: { ...BLOG, next: 'a[href*="comment-page-"]', short: 'link[rel="shortlink"]' },
  body: '.entry-content, .post-content, article',
  posts: '.comment, .pingback, .trackback, li[id^="comment-"]',
  author: '.comment-author .fn, .fn, cite',
  time: 'time, .comment-meta a, .comment-date',
  text: '.comment-content, .comment-body, .comment-text, p',
  parent: '.comment',
}

const TWEETS = { author: '[data-testid="User-Name"] a', time: 'time', text: '[data-testid="tweetText"]' }

/** One per HTML adapter. */
const PLANS: Readonly<Record<string, Plan>> = {
  wordpress: WORDPRESS,
  blogger: {
    page: BLOG,
    body: '.post-body, .entry-content',
    posts: 'li.comment, #comments-block dt',
    author: '.user, a[rel="nofollow"]',
    time: '.datetime a, .comment-timestamp a',
    text: '.comment-content, .comment-body p',
    parent: 'li.comment',
  },
  ghost: { ...WORDPRESS, page: BLOG, body: '.gh-content, .post-content', posts: 'article.comment' },
  writefreely: { ...WORDPRESS, page: HEAD, body: '#post-body', posts: 'article.comment' },
  substack: {
    page: BLOG,
    body: '.available-content .body.markup, .body.markup',
    posts: '.comment, [class*="feedCommentBody-"]',
    author: '.commenter-name a, a[href*="/profile/"]',
    time: '.comment-timestamp, a[title]',
    text: '.comment-body p',
    parent: '.comment',
    data: 'script',
  },
  lesswrong: {
    page: HEAD,
    body: '#postBody, #postContent, .PostsPage-postContent',
    posts: '.comments-node',
    author: '.UsersNameDisplay-userName, .CommentUserName-author',
    time: 'time',
    text: '.CommentBody-root, .commentBody',
    parent: '.comments-node',
  },
  discourse: {
    page: HEAD,
    body: null,
    posts: '.crawler-post',
    author: '.creator [itemprop="name"]',
    time: 'time',
    text: '.post[itemprop="text"]',
    parent: '.crawler-post',
  },
  hackernews: {
    page: HEAD,
    body: '.toptext',
    posts: 'tr.athing',
    author: '.hnuser',
    time: '.age',
    text: '.commtext, .titleline, .title a',
    parent: '.par a, .navs a',
  },
  reddit: {
    page: HEAD,
    body: '.expando .md, .Post [data-click-id="text"], shreddit-post',
    posts: '.thing[data-fullname], .Comment, [id^="t3_"], shreddit-comment',
    author: '.author, a[href^="/user/"]',
    time: 'time, a[data-click-id="timestamp"]',
    text: '.md, [data-test-id="comment"] p',
    parent: '.thing',
  },
  'bluesky-web': {
    page: HEAD,
    body: null,
    posts: '[data-testid^="postThreadItem-by-"], [data-testid^="feedItem-by-"]',
    author: 'a[href^="/profile/"]',
    time: 'a[href*="/post/"]',
    text: '[data-word-wrap], [data-testid="postText"]',
    parent: '[data-testid="postThreadScreen"]',
  },
  nitter: {
    page: HEAD,
    body: null,
    posts: '.timeline-item',
    author: '.username, .fullname',
    time: '.tweet-date a',
    text: '.tweet-content',
    parent: '.thread-line, .reply',
  },
  telegram: {
    page: HEAD,
    body: null,
    posts: '.tgme_widget_message[data-post]',
    author: '.tgme_widget_message_owner_name, .tgme_widget_message_author',
    time: 'time',
    text: '.tgme_widget_message_text',
    parent: '.tgme_widget_message_reply',
  },
  'thread-reader': {
    page: { ...HEAD, author: '.screenName, .twitter_name', dated: '.thread-info .time' },
    body: null,
    posts: '.content-tweet, sup.tw-permalink, .card-tweetsv2',
    author: '.entity-embed .author, .username',
    time: 'time, [data-time]',
    text: '.entity-text, p',
    parent: '.thread-card',
  },
  'x-dom': {
    ...TWEETS,
    page: HEAD,
    body: null,
    posts: 'article[data-testid="tweet"]',
    parent: '[data-testid="cellInnerDiv"]',
  },
  'x-web': {
    page: HEAD,
    body: null,
    posts: 'article[data-tweet-id]',
    author: '[itemprop="author"] [itemprop="name"]',
    time: '[itemprop="datePublished"]',
    text: '[itemprop="articleBody"], [itemprop="text"]',
    parent: '[itemprop="comment"]',
  },
  'x-web-2016': {
    page: HEAD,
    body: null,
    posts: '.tweet[data-tweet-id]',
    author: '.fullname, .username',
    time: '.tweet-timestamp ._timestamp',
    text: '.tweet-text',
    parent: '.ThreadedConversation',
  },
  'x-api': { ...TWEETS, page: HEAD, body: null, posts: 'article', parent: 'article', data: 'script#__NEXT_DATA__' },
}

/** What a usual scraper reads off a page of that platform; of an unknown one, what a blog has. */
export function scrape($: CheerioAPI, platform: string): unknown {
  const plan = PLANS[platform] ?? WORDPRESS
  return {
    page: Object.fromEntries(Object.entries(plan.page).map(([name, selector]) => [name, said($, selector)])),
    body: plan.body === null ? null : contentOf($, plan.body),
    posts: $(plan.posts)
      .map((_, element) => scrapePost($, plan, element))
      .get(),
    data: plan.data === undefined ? [] : dataOf($, plan.data),
  }
}

type Node = Parameters<CheerioAPI['contains']>[0]

function scrapePost($: CheerioAPI, plan: Plan, element: Node): unknown {
  const post = $(element)
  return {
    id: post.attr('id') ?? post.attr('data-tweet-id') ?? post.attr('data-post') ?? post.attr('data-fullname'),
    url: post.find('a').first().attr('href'),
    author: post.find(plan.author).first().text().trim(),
    profile: post.find(plan.author).first().attr('href'),
    time: post.find(plan.time).first().attr('datetime') ?? post.find(plan.time).first().text().trim(),
    text: post.find(plan.text).first().text().trim(),
    html: post.find(plan.text).first().html(),
    links: hrefs($, post.find(`:is(${plan.text}) a[href]`)),
    media: media($, post.find('img[src], video')),
    parent: post.parent().closest(plan.parent).attr('id') ?? post.find(plan.parent).first().attr('href'),
  }
}

const PRELOADS = /window\._preloads\s*=\s*JSON\.parse\((".*")\)/s

/** The posts' JSON as scripts hold it: plain, or as a string in a call. */
function dataOf($: CheerioAPI, selector: string): unknown[] {
  return $(selector)
    .map((_, script) => $(script).text())
    .get()
    .flatMap((text) => {
      const quoted = PRELOADS.exec(text)?.[1]
      if (quoted !== undefined) return [JSON.parse(JSON.parse(quoted))]
      return text.startsWith('{') ? [JSON.parse(text)] : []
    })
}

type Selection = ReturnType<CheerioAPI>

function said($: CheerioAPI, selector: string): string {
  const found = $(selector).first()
  return found.attr('content') ?? found.attr('href') ?? found.attr('datetime') ?? found.text().trim()
}

function contentOf($: CheerioAPI, selector: string): unknown {
  const body = $(selector).first()
  return {
    text: body.text().trim(),
    html: body.html(),
    links: hrefs($, body.find('a[href]')),
    media: media($, body.find('img')),
  }
}

function hrefs($: CheerioAPI, links: Selection): unknown {
  return links.map((_, link) => $(link).attr('href')).get()
}

function media($: CheerioAPI, pictures: Selection): unknown {
  return pictures.map((_, picture) => ({ src: $(picture).attr('src'), alt: $(picture).attr('alt') })).get()
}
