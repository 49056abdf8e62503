// NodeBB 1 to 4 on any host: topic pages as the server prints them. Each post bears its number, and an answer names the
// post it answers; a page may begin in the middle of its topic.
import { attr } from '../../markup/markup.ts'
import type { Extraction } from '../../model.ts'
import type { Adapter, Located } from '../adapter.ts'
import type { Page } from '../page/page.ts'
import { type ForumMarkup, isForumTopic, locateTopic, readForumTopic } from './topic.ts'

const READER = { name: 'nodebb', version: 1 } as const
const TOPIC_PAGE = /\/topic\/\d+(?:\/|$)/

const MARKUP: ForumMarkup = {
  reader: READER,
  posts: '[component="post"][data-pid]',
  numberOf: (post) => attr(post, 'data-pid'),
  title: '[component="topic/title"], [component="post/header"]',
  body: '[component="post/content"]',
  author: 'a[href*="/user/"][data-uid], a[itemprop~="author"]',
  time: 'a[href*="/post/"].timeago, a[href*="/post/"] .timeago',
  edited: '[component="post/editor"] .timeago, [component="post/edit-indicator"] .timeago',
  permalinks: ['a.permalink', 'a.timeago[href*="/post/"]', 'a[href*="/post/"]:not([component])'],
  furniture: '[component="post/parent"]',
  previous: 'link[rel~="prev"]',
  next: 'link[rel~="next"]',
  topicInUrl: /\/topic\/(\d+)/,
  opening: '[data-index="0"]',
  total: '[component="topic/post-count"]',
  answers: '[component="post/parent"][data-topid]',
  quotes: 'blockquote',
  quoteHead: 'p:has(a[href*="/post/"])',
  isHeadBefore: true,
  quoteWords: null,
  numberInQuote: /\/post\/(\d+)/,
}

export const nodebb: Adapter = {
  ...READER,
  generic: false,
  examples: [
    'https://orchard.example/topic/77/grafting-pears',
    'https://orchard.example/topic/77/grafting-pears?page=2',
  ],

  locate(url: URL): Located | null {
    return TOPIC_PAGE.test(url.pathname) ? locateTopic(url, MARKUP) : null
  },

  recognises(page: Page): boolean {
    return page.kind === 'html' && page.text.includes('post/content') && isForumTopic(page.html().root, MARKUP)
  },

  extract(page: Page): Extraction {
    return readForumTopic(page, MARKUP)
  },
}
