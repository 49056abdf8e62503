// vBulletin 3 to 5 on any host: thread pages. Version 3 prints tables, 4 lists, 5 lists with exact times; all name a
// post's words by its number, and quotes carry a link to the post they are of, unless their writer took it away.
import { attr, selectOne } from '../../markup/markup.ts'
import type { Extraction } from '../../model.ts'
import type { Adapter, Located } from '../adapter.ts'
import type { Page } from '../page/page.ts'
import { type ForumMarkup, isForumTopic, locateTopic, readForumTopic } from './topic.ts'

const READER = { name: 'vbulletin', version: 1 } as const
const THREAD_PAGE = /\/showthread\.php(?:\/|$)/
const WORDS_ID = /^post_message_(\d+)$/
const NODE_ID = /^(\d+)$/

const MARKUP: ForumMarkup = {
  reader: READER,
  posts: 'li[id^="post_"], table[id^="post"], li.b-post[data-node-id]',
  numberOf: (post) =>
    WORDS_ID.exec(attr(selectOne('[id^="post_message_"]', post), 'id') ?? '')?.[1] ??
    NODE_ID.exec(attr(post, 'data-node-id') ?? '')?.[1] ??
    null,
  title: '.threadtitle, h1.main-title, td.navbar strong',
  body: '[id^="post_message_"] .postcontent, [id^="post_message_"], .js-post__content-text',
  author: '.bigusername, .userinfo .username, .author [itemprop~="name"], .author a',
  time: '.b-post__timestamp time, .posthead .date, .postdate .date, td.thead',
  edited: '.lastedited',
  permalinks: ['a.postcounter', 'a.b-post__count', 'a[id^="postcount"]'],
  furniture: '.bbcode_description, .lastedited, .smallfont, a[href*="#post"] > img',
  previous: 'link[rel~="prev"], a[rel~="prev"]',
  next: 'link[rel~="next"], a[rel~="next"]',
  topicInUrl: /[?&](?:t|threadid)=(\d+)|showthread\.php[?/](\d+)|\/(\d+)-[^/?#]+(?:[/?#]|$)/,
  quotes: '.bbcode_quote, [id^="post_message_"] table:has(td.alt2)',
  quoteHead: '.bbcode_postedby, td.alt2 > div:first-child:not(:only-child)',
  isHeadBefore: false,
  quoteWords: '.message, td.alt2 > div + div, td.alt2:not(:has(> div + div))',
  numberInQuote: /#post(\d+)|[?&]p=(\d+)/,
}

export const vbulletin: Adapter = {
  ...READER,
  generic: false,
  examples: ['https://deck.example/showthread.php?t=812', 'https://deck.example/forum/showthread.php?812-Which-rope'],

  locate(url: URL): Located | null {
    return THREAD_PAGE.test(url.pathname) ? locateTopic(url, MARKUP) : null
  },

  recognises(page: Page): boolean {
    if (page.kind !== 'html' || !(page.text.includes('post_message_') || page.text.includes('b-post'))) return false
    return isForumTopic(page.html().root, MARKUP)
  },

  extract(page: Page): Extraction {
    return readForumTopic(page, MARKUP)
  },
}
