// Vanilla Forums on any host: discussion pages as the server prints them. The opening post has a number of its own, and
// quotes name the writer, often with a link to the comment.
import { attr } from '../../markup/markup.ts'
import type { Extraction } from '../../model.ts'
import type { Adapter, Located } from '../adapter.ts'
import type { Page } from '../page/page.ts'
import { type ForumMarkup, isForumTopic, locateTopic, readForumTopic } from './topic.ts'

const READER = { name: 'vanilla', version: 1 } as const
const DISCUSSION_PAGE = /\/discussion\/\d+(?:\/|$)/
const ITEM_ID = /^(?:(Discussion)|Comment)_(\d+)$/

const MARKUP: ForumMarkup = {
  reader: READER,
  posts: '.ItemDiscussion[id^="Discussion_"], .ItemComment[id^="Comment_"]',
  // Discussions and comments are counted apart.
  numberOf: (post) => {
    const [, isOpening, number] = ITEM_ID.exec(attr(post, 'id') ?? '') ?? []
    return number === undefined ? null : `${isOpening === undefined ? '' : 'd'}${number}`
  },
  title: '.PageTitle h1, .Discussion h1, h1',
  body: '.Message',
  author: '.Author .Username, a.Username',
  time: '.DateCreated time',
  edited: '.DateUpdated time',
  permalinks: ['.DateCreated a.Permalink', '.DateCreated a'],
  furniture: '.QuoteExpander, .js-quoteExpand',
  previous: 'link[rel~="prev"], .Pager a.Previous',
  next: 'link[rel~="next"], .Pager a.Next',
  topicInUrl: /\/discussion\/(\d+)/,
  opening: '.ItemDiscussion',
  quotes: 'blockquote.Quote, blockquote.UserQuote',
  quoteHead: '.QuoteAuthor, a[rel~="nofollow"]',
  isHeadBefore: false,
  quoteWords: '.QuoteText',
  numberInQuote: /\/discussion\/comment\/(\d+)|#Comment_(\d+)/,
}

export const vanilla: Adapter = {
  ...READER,
  generic: false,
  examples: [
    'https://squeeze.example/discussion/501/tuning',
    'https://squeeze.example/discussion/501/tuning#Comment_8801',
  ],

  locate(url: URL): Located | null {
    return DISCUSSION_PAGE.test(url.pathname) ? locateTopic(url, MARKUP) : null
  },

  recognises(page: Page): boolean {
    return page.kind === 'html' && page.text.includes('ItemDiscussion') && isForumTopic(page.html().root, MARKUP)
  },

  extract(page: Page): Extraction {
    return readForumTopic(page, MARKUP)
  },
}
