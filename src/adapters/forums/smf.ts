// Simple Machines Forum 2.0 and 2.1 on any host: topic pages of the default theme. A quote stands under a line that
// links the quoted message (2.0: beside it, 2.1: in it); nothing else says who answers whom.
import { attr, selectOne } from '../../markup/markup.ts'
import type { Extraction } from '../../model.ts'
import type { Adapter, Located } from '../adapter.ts'
import type { Page } from '../page/page.ts'
import { type ForumMarkup, isForumTopic, locateTopic, readForumTopic } from './topic.ts'

const READER = { name: 'smf', version: 1 } as const
const TOPIC_QUERY = /[?&;]topic[=,]\d/
const WORDS_ID = /^msg_(\d+)$/

const MARKUP: ForumMarkup = {
  reader: READER,
  posts: '.post_wrapper',
  numberOf: (post) => WORDS_ID.exec(attr(selectOne('.inner[id^="msg_"]', post), 'id') ?? '')?.[1] ?? null,
  title: '.display_title, [id^="subject_"] a, [id^="subject_"]',
  body: '.inner[id^="msg_"]',
  author: '.poster h4 a[href*="profile"], .poster h4',
  time: '.keyinfo .postinfo a.smalltext, .keyinfo .smalltext',
  edited: '[id^="modified_"]',
  permalinks: ['[id^="subject_"] a[href*="#msg"]', '.postinfo a[href*="#msg"]'],
  furniture: '.codeheader, .bbc_codeheader',
  // 2.0 links the topics before and after this one in its head, and numbers the pages: those around the one in bold.
  previous: '.pagelinks a.navPages:has(~ strong), .pagelinks .previous_page a, .pagelinks a.previous_page',
  next: '.pagelinks strong ~ a.navPages, .pagelinks .next_page a, .pagelinks a.next_page',
  topicInUrl: /[?&;/]topic[=,](\d+)/,
  quotes: 'blockquote.bbc_standard_quote, blockquote.bbc_alternate_quote',
  quoteHead: '.quoteheader, cite',
  isHeadBefore: true,
  quoteWords: null,
  numberInQuote: /#msg(\d+)|msg=(\d+)/,
}

export const smf: Adapter = {
  ...READER,
  generic: false,
  examples: [
    'https://slip.example/index.php?topic=58.0',
    'https://slip.example/forum/index.php?topic=58.msg601#msg601',
  ],

  locate(url: URL): Located | null {
    return TOPIC_QUERY.test(url.search) ? locateTopic(url, MARKUP) : null
  },

  recognises(page: Page): boolean {
    return page.kind === 'html' && page.text.includes('post_wrapper') && isForumTopic(page.html().root, MARKUP)
  },

  extract(page: Page): Extraction {
    return readForumTopic(page, MARKUP)
  },
}
