// bbPress, WordPress' forum plugin, on any host: topic pages of all themes that keep its templates. A post's time and
// address stand in a head before it; answers may be nested in lists. A list of forums or topics is WordPress' own.
import { attr } from '../../markup/markup.ts'
import type { Extraction } from '../../model.ts'
import type { Adapter, Located } from '../adapter.ts'
import type { Page } from '../page/page.ts'
import { type ForumMarkup, isForumTopic, locateTopic, readForumTopic } from './topic.ts'

const READER = { name: 'bbpress', version: 1 } as const
const TOPIC_PAGE = /\/forums?\/(?:topic|thread)\/[^/]+\//
const SIGN = /bbp-(?:reply|topic)-content/
/** The theme's box around it all is called `post-0`. */
const POST_ID = /(?:^|\s)post-([1-9]\d*)(?=\s|$)/

const MARKUP: ForumMarkup = {
  reader: READER,
  posts: '[class*="post-"]:has(> .bbp-reply-content), [class*="post-"]:has(> .bbp-topic-content)',
  numberOf: (post) => POST_ID.exec(attr(post, 'class') ?? '')?.[1] ?? null,
  title: 'h1.entry-title, h1.page-title, .bbp-breadcrumb-current',
  body: '.bbp-reply-content, .bbp-topic-content',
  author: '.bbp-author-name, .bbp-author-link',
  time: '.bbp-reply-post-date, .bbp-topic-post-date',
  edited: '.bbp-reply-revision-log time, .bbp-topic-revision-log time',
  permalinks: ['a.bbp-reply-permalink', 'a.bbp-topic-permalink'],
  head: '.bbp-reply-header, .bbp-topic-header',
  answerList: '.bbp-threaded-replies',
  furniture: '.bbp-reply-revision-log, .bbp-topic-revision-log, .bbp-signature',
  previous: 'link[rel~="prev"], .bbp-pagination-links a.prev',
  next: 'link[rel~="next"], .bbp-pagination-links a.next',
  topicInUrl: /\/(?:topic|thread)\/([^/?#]+)|[?&]topic=([^&#]+)|\/([^/?#]+)\/(?:page\/\d+\/?)?(?:#post-\d|$)/,
  opening: '.topic',
  total: '.bbp-topic-description',
  isTotalOfReplies: true,
  quotes: 'blockquote',
  quoteHead: '.d4p-bbp-quote-title, cite',
  isHeadBefore: false,
  quoteWords: null,
  numberInQuote: /#post-(\d+)/,
}

export const bbpress: Adapter = {
  ...READER,
  generic: false,
  examples: [
    'https://bees.example/forums/topic/swarm-in-april/',
    'https://bees.example/forums/topic/swarm-in-april/page/2/#post-812',
  ],

  locate(url: URL): Located | null {
    return TOPIC_PAGE.test(url.pathname) ? locateTopic(url, MARKUP) : null
  },

  recognises(page: Page): boolean {
    return page.kind === 'html' && SIGN.test(page.text) && isForumTopic(page.html().root, MARKUP)
  },

  extract(page: Page): Extraction {
    return readForumTopic(page, MARKUP)
  },
}
