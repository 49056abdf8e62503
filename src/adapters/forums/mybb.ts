// MyBB 1.6 and 1.8 on any host: thread pages of the default theme and those made from it. Days of this week are printed
// as words with the date in a title; quotes link the quoted post behind its writer's name.
import { attr } from '../../markup/markup.ts'
import type { Extraction } from '../../model.ts'
import type { Adapter, Located } from '../adapter.ts'
import type { Page } from '../page/page.ts'
import { type ForumMarkup, isForumTopic, locateTopic, readForumTopic } from './topic.ts'

const READER = { name: 'mybb', version: 1 } as const
const THREAD_PAGE = /\/(?:showthread\.php|(?:thread|post)-\d[^/]*\.html|Thread-[^/]+)$/
const TOLD = /[?&](?:tid|pid)=\d|\/(?:thread|post)-\d|\/Thread-/
const POST_ID = /^post_(\d+)$/

const MARKUP: ForumMarkup = {
  reader: READER,
  posts: 'div.post[id^="post_"], div.post_wrapper[id^="post_"], table[id^="post_"]',
  numberOf: (post) => POST_ID.exec(attr(post, 'id') ?? '')?.[1] ?? null,
  title: '.navigation .active, td.thead strong',
  body: '.post_body[id^="pid_"]',
  author: '.author_information .largetext, .post_author .largetext',
  time: '.post_date',
  edited: '.edited_post, .post_edit',
  permalinks: ['.post_head strong > a[href*="pid"]', 'a[href*="#pid"]'],
  furniture: '.codeblock > .title, a.quick_jump',
  previous: '.pagination a.pagination_previous, link[rel~="prev"]',
  next: '.pagination a.pagination_next, link[rel~="next"]',
  topicInUrl: /[?&]tid=(\d+)|\/thread-(\d+)|\/(Thread-[^/?#]+?)(?:\?|#|$)/,
  quotes: 'blockquote',
  quoteHead: 'cite',
  isHeadBefore: false,
  quoteWords: null,
  numberInQuote: /[?&]pid=(\d+)|#pid(\d+)/,
}

export const mybb: Adapter = {
  ...READER,
  generic: false,
  examples: ['https://boats.example/showthread.php?tid=812', 'https://boats.example/thread-812.html'],

  locate(url: URL): Located | null {
    return THREAD_PAGE.test(url.pathname) && TOLD.test(url.href) ? locateTopic(url, MARKUP) : null
  },

  recognises(page: Page): boolean {
    return page.kind === 'html' && page.text.includes('post_body') && isForumTopic(page.html().root, MARKUP)
  },

  extract(page: Page): Extraction {
    return readForumTopic(page, MARKUP)
  },
}
