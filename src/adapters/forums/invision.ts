// Invision Community 4 and 5 (IP.Board) on any host: topic pages. Each post bears its number and exact time, each quote
// the number of what is quoted. Comments on articles and files of the same software have no such boxes and are read
// elsewhere.
import { attr } from '../../markup/markup.ts'
import type { Extraction } from '../../model.ts'
import type { Adapter, Located } from '../adapter.ts'
import type { Page } from '../page/page.ts'
import { type ForumMarkup, isForumTopic, locateTopic, readForumTopic } from './topic.ts'

const READER = { name: 'invision', version: 1 } as const
const TOPIC_PAGE = /\/topic\/\d+-[^/]/
const POST_ID = /^elComment_(\d+)$/

const MARKUP: ForumMarkup = {
  reader: READER,
  posts: 'article.cPost[id^="elComment_"], article.ipsEntry--post[id^="elComment_"]',
  numberOf: (post) => POST_ID.exec(attr(post, 'id') ?? '')?.[1] ?? null,
  title: 'h1 .ipsType_break, h1.ipsType_pageTitle, h1.ipsPageHeader__title, h1',
  body: '[data-role="commentContent"]',
  author: '.cAuthorPane_author, .ipsEntry__username',
  time: '.ipsComment_meta time, .cAuthorPane_date time, .ipsEntry__date time, .ipsEntry__header time',
  edited: '[data-excludequote] time, .ipsEntry__edited time, .ipsEdited time',
  permalinks: ['a[href*="findComment"]', 'a[href*="#comment-"]', 'a[href*="#findComment"]'],
  furniture: '[data-excludequote], .ipsEdited, .ipsQuote_citation .ipsQuote_expand',
  previous: 'link[rel~="prev"], .ipsPagination_prev:not(.ipsPagination_inactive) a',
  next: 'link[rel~="next"], .ipsPagination_next:not(.ipsPagination_inactive) a',
  topicInUrl: /\/topic\/(\d+)/,
  total: '[data-role="comment_count"]',
  quotes: 'blockquote.ipsQuote',
  quoteHead: '.ipsQuote_citation',
  isHeadBefore: false,
  quoteWords: '.ipsQuote_contents',
  numberInQuote: /[?&]comment=(\d+)|#comment-(\d+)|^(\d+)$/,
}

export const invision: Adapter = {
  ...READER,
  generic: false,
  examples: [
    'https://vans.example/topic/3492-setting-the-belt/',
    'https://vans.example/forums/topic/3492-setting-the-belt/page/2/',
  ],

  locate(url: URL): Located | null {
    return TOPIC_PAGE.test(url.pathname) ? locateTopic(url, MARKUP) : null
  },

  recognises(page: Page): boolean {
    return page.kind === 'html' && page.text.includes('elComment_') && isForumTopic(page.html().root, MARKUP)
  },

  extract(page: Page): Extraction {
    return readForumTopic(page, MARKUP)
  },
}
