// Discuz! X on any host: thread pages of the default template. Times of the last days are printed as ages with the
// clock in a title; quotes link the quoted post and name its writer in one line.
import { attr } from '../../markup/markup.ts'
import type { Extraction } from '../../model.ts'
import type { Adapter, Located } from '../adapter.ts'
import type { Page } from '../page/page.ts'
import { type ForumMarkup, isForumTopic, locateTopic, readForumTopic } from './topic.ts'

const READER = { name: 'discuz', version: 1 } as const
const THREAD_PAGE = /\/thread-\d+-\d+-\d+\.html$/
const THREAD_QUERY = /[?&]mod=viewthread(?:&|$)/
const POST_ID = /^post_(\d+)$/

const MARKUP: ForumMarkup = {
  reader: READER,
  posts: 'div[id^="post_"]',
  numberOf: (post) => POST_ID.exec(attr(post, 'id') ?? '')?.[1] ?? null,
  title: '#thread_subject',
  body: '[id^="postmessage_"]',
  author: '.authi a.xw1, .authi a.xi2',
  time: '[id^="authorposton"]',
  edited: '.pstatus',
  permalinks: ['a[id^="postnum"]'],
  furniture: '.pstatus, .jammer, .aimg_tip, .tip',
  previous: '.pg a.prev',
  next: '.pg a.nxt',
  topicInUrl: /[?&]tid=(\d+)|\/thread-(\d+)-/,
  quotes: '.quote',
  quoteHead: 'a[href*="pid="]',
  isHeadBefore: false,
  quoteWords: 'blockquote',
  numberInQuote: /[?&]pid=(\d+)/,
}

export const discuz: Adapter = {
  ...READER,
  generic: false,
  examples: ['https://bbs.example/thread-3091-1-1.html', 'https://bbs.example/forum.php?mod=viewthread&tid=3091'],

  locate(url: URL): Located | null {
    return THREAD_PAGE.test(url.pathname) || THREAD_QUERY.test(url.search) ? locateTopic(url, MARKUP) : null
  },

  recognises(page: Page): boolean {
    return page.kind === 'html' && page.text.includes('postmessage_') && isForumTopic(page.html().root, MARKUP)
  },

  extract(page: Page): Extraction {
    return readForumTopic(page, MARKUP)
  },
}
