// XenForo 1 and 2 on any host: thread pages. Both print each post's number, writer and exact time as attributes, and
// the number of what is quoted; the software keeps no other sign of who answers whom.
import { attr } from '../../markup/markup.ts'
import type { Extraction } from '../../model.ts'
import type { Adapter, Located } from '../adapter.ts'
import type { Page } from '../page/page.ts'
import { type ForumMarkup, isForumTopic, locateTopic, readForumTopic } from './topic.ts'

const READER = { name: 'xenforo', version: 1 } as const
const THREAD_PAGE = /\/threads\/(?:[^/]*\.)?\d+(?:\/|$)/
const POST_ID = /^(?:js-)?post-(\d+)$/

const MARKUP: ForumMarkup = {
  reader: READER,
  posts: 'article.message[data-content^="post-"], li.message[id^="post-"]',
  numberOf: (post) => POST_ID.exec(attr(post, 'data-content') ?? attr(post, 'id') ?? '')?.[1] ?? null,
  title: '.p-title-value, .titleBar h1',
  body: '.message-body .bbWrapper, .messageContent .messageText',
  author: '.message-userDetails .username, .message-user .username, .messageUserInfo .username',
  time: '.message-attribution time, .messageMeta .DateTime',
  edited: '.message-lastEdit time, .editDate .DateTime',
  permalinks: ['.message-attribution a[href*="post-"]', 'a.hashPermalink', 'a.datePermalink'],
  furniture: '.bbCodeBlock-expandLink, .quoteExpand, .messageTextEndMarker, .js-unfurl, .bbCodeSpoiler-button',
  previous: 'link[rel~="prev"], a.pageNav-jump--prev',
  next: 'link[rel~="next"], a.pageNav-jump--next',
  topicInUrl: /\/threads\/(?:[^/]*\.)?(\d+)(?:\/|$)/,
  quotes: '.bbCodeBlock--quote, .bbCodeQuote',
  quoteHead: '.bbCodeBlock-title, .attribution',
  isHeadBefore: false,
  quoteWords: '.bbCodeBlock-expandContent, .bbCodeBlock-content, .quoteContainer > .quote',
  numberInQuote: /post:\s*(\d+)|[?&]id=(\d+)|#post-(\d+)/,
}

export const xenforo: Adapter = {
  ...READER,
  generic: false,
  examples: ['https://talk.example/threads/which-rope.5712/', 'https://talk.example/threads/which-rope.5712/page-3'],

  locate(url: URL): Located | null {
    return THREAD_PAGE.test(url.pathname) ? locateTopic(url, MARKUP) : null
  },

  recognises(page: Page): boolean {
    if (page.kind !== 'html' || !(page.text.includes('post-') && page.text.includes('data-author'))) return false
    return isForumTopic(page.html().root, MARKUP)
  },

  extract(page: Page): Extraction {
    return readForumTopic(page, MARKUP)
  },
}
