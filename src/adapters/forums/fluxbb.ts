// FluxBB and PunBB on any host: topic pages. Days of this week are printed as words, without the day; a quote names its
// writer only.
import { attr } from '../../markup/markup.ts'
import type { Extraction } from '../../model.ts'
import type { Adapter, Located } from '../adapter.ts'
import type { Page } from '../page/page.ts'
import { type ForumMarkup, isForumTopic, locateTopic, readForumTopic } from './topic.ts'

const READER = { name: 'fluxbb', version: 1 } as const
const TOPIC_PAGE = /\/viewtopic\.php$/
const TOLD = /[?&](?:id|pid)=\d/
const POST_ID = /^p(\d+)$/

const MARKUP: ForumMarkup = {
  reader: READER,
  posts: '.blockpost[id^="p"]',
  numberOf: (post) => POST_ID.exec(attr(post, 'id') ?? '')?.[1] ?? null,
  title: '.crumbs li:last-child strong, .firstpost .postright h3, .blockpost .postright h3',
  body: '.postmsg',
  author: '.postleft dt',
  time: 'h2 a[href*="pid="]',
  edited: '.postedit',
  permalinks: ['h2 a[href*="pid="]'],
  furniture: '.postedit',
  previous: 'link[rel~="prev"], .pagelink a[rel~="prev"]',
  next: 'link[rel~="next"], .pagelink a[rel~="next"]',
  topicInUrl: /[?&]id=(\d+)/,
  quotes: '.quotebox',
  quoteHead: 'cite',
  isHeadBefore: false,
  quoteWords: 'blockquote',
  numberInQuote: /[?&]pid=(\d+)|#p(\d+)/,
}

export const fluxbb: Adapter = {
  ...READER,
  generic: false,
  examples: ['https://clay.example/viewtopic.php?id=77', 'https://clay.example/forum/viewtopic.php?pid=501'],

  locate(url: URL): Located | null {
    return TOPIC_PAGE.test(url.pathname) && TOLD.test(url.search) ? locateTopic(url, MARKUP) : null
  },

  recognises(page: Page): boolean {
    return page.kind === 'html' && page.text.includes('blockpost') && isForumTopic(page.html().root, MARKUP)
  },

  extract(page: Page): Extraction {
    return readForumTopic(page, MARKUP)
  },
}
