// phpBB on any host: topic pages of prosilver and the styles made from it (version 3), and the tables of subSilver
// (version 2). The software never says who answers whom; its quotes name their post by number since 3.2 and only the
// writer before.
import { attr, selectOne } from '../../markup/markup.ts'
import type { Extraction } from '../../model.ts'
import type { Adapter, Located } from '../adapter.ts'
import type { Page } from '../page/page.ts'
import { type ForumMarkup, isForumTopic, locateTopic, readForumTopic } from './topic.ts'

const READER = { name: 'phpbb', version: 1 } as const
const TOPIC_PAGE = /\/viewtopic\.php$/
const POST_ID = /^p(\d+)$/
const ANCHOR = /^\d+$/

const MARKUP: ForumMarkup = {
  reader: READER,
  posts: '.post[id^="p"]',
  numberOf: (post) => POST_ID.exec(attr(post, 'id') ?? '')?.[1] ?? null,
  title: '.topic-title, #page-body h2',
  body: '.postbody .content',
  author: '.postprofile .username, .postprofile .username-coloured, p.author .username, p.author strong',
  time: 'p.author time, p.author',
  edited: '.postbody .notice',
  permalinks: ['p.author a[href*="viewtopic.php"]', '.postbody h3 a[href^="#p"]'],
  furniture: '.codebox > p, cite .responsive-hide',
  previous: '.pagination .previous a, .pagination a[rel~="prev"], link[rel~="prev"], a.left-box.arrow-left',
  next: '.pagination .next a, .pagination a[rel~="next"], link[rel~="next"], a.right-box.arrow-right',
  topicInUrl: /[?&]t=(\d+)/,
  quotes: 'blockquote',
  quoteHead: 'cite',
  isHeadBefore: false,
  quoteWords: 'div',
  numberInQuote: /[?&]p=(\d+)|#p(\d+)/,
}

/** A row of a table each, without ids; who joined when stands in the first cell, when it was posted in the second. */
const TABLES: ForumMarkup = {
  reader: READER,
  posts: 'tr:has(> td > .name > a[name])',
  numberOf: (post) => ANCHOR.exec(attr(selectOne('td > .name > a[name]', post), 'name') ?? '')?.[0] ?? null,
  title: 'a.maintitle',
  body: 'td:has(> .postbody)',
  author: 'td > .name b',
  time: 'td + td .postdetails',
  edited: '.postbody ~ .gensmall',
  permalinks: ['a[href*="viewtopic.php?p="]', 'a[href*="?p="]'],
  furniture: '.gensmall',
  // The page that is shown stands in bold among the numbers of the others.
  previous: '.nav a[href*="t="]:has(+ b), link[rel~="prev"]',
  next: '.nav b + a[href*="start="], link[rel~="next"]',
  topicInUrl: /[?&]t=(\d+)/,
  quotes: 'table:has(.quote)',
  quoteHead: '.genmed',
  isHeadBefore: false,
  quoteWords: '.quote',
  numberInQuote: /[?&]p=(\d+)|#(\d+)$/,
  signature: /^_{17}$/,
}

export const phpbb: Adapter = {
  ...READER,
  generic: false,
  examples: ['https://board.example/viewtopic.php?f=4&t=167', 'https://board.example/forum/viewtopic.php?p=453#p453'],

  locate(url: URL): Located | null {
    return TOPIC_PAGE.test(url.pathname) ? locateTopic(url, MARKUP) : null
  },

  recognises(page: Page): boolean {
    return page.kind === 'html' && page.text.includes('postbody') && markupOf(page) !== null
  },

  extract(page: Page): Extraction {
    return readForumTopic(page, markupOf(page) ?? MARKUP)
  },
}

function markupOf(page: Page): ForumMarkup | null {
  return [MARKUP, TABLES].find((markup) => isForumTopic(page.html().root, markup)) ?? null
}
