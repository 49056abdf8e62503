// Lobsters, and the other sites that run its software: story pages, lists and their JSON. A story is an article,
// whatever it links to; comments below it are a tree.
import type { Extraction } from '../../model.ts'
import { hostIs } from '../../url.ts'
import type { Adapter, Located } from '../adapter.ts'
import { makeExtraction } from '../extraction/extraction.ts'
import type { Page } from '../page/page.ts'
import { isLobstersJson, readLobstersJson } from './api.ts'
import { isLobstersHtml, readLobstersHtml } from './html.ts'
import { commentUrl, READER, SITE, storyInPath, storyUrl } from './names.ts'

const COMMENT_PATH = /^\/c\/([a-z0-9]{4,10})$/
const ACCOUNT_PATH = /^\/[~u]\/?([A-Za-z0-9][A-Za-z0-9_-]{0,23})(?:\/|$)/
const LIST_PATH = /^\/(?:newest|active|recent|hottest|top|comments|t)?(?:\/|\.json$|$)/

export const lobsters: Adapter = {
  ...READER,
  generic: false,
  examples: [
    'https://lobste.rs/s/abc123/a_title',
    'https://lobste.rs/c/def456',
    'https://lobste.rs/~somebody',
    'https://lobste.rs/newest.json',
  ],

  locate(url: URL): Located | null {
    if (!hostIs(url, new URL(SITE).host)) return null
    const story = storyInPath(url.href, url)
    if (story !== null) return { kind: 'post', id: storyUrl(story, url), fetch: url.href }
    const comment = COMMENT_PATH.exec(url.pathname)?.[1]
    if (comment !== undefined) return { kind: 'post', id: commentUrl(comment, url), fetch: url.href }
    const account = ACCOUNT_PATH.exec(url.pathname)?.[1]
    if (account !== undefined) return { kind: 'author', id: account, fetch: url.href }
    return LIST_PATH.test(url.pathname) ? { kind: 'feed', id: url.pathname, fetch: url.href } : null
  },

  recognises(page: Page): boolean {
    if (page.kind === 'json') return isLobstersJson(page.json())
    return page.kind === 'html' && isLobstersHtml(page.html().root)
  },

  extract(page: Page): Extraction {
    if (page.kind === 'json') return readLobstersJson(page)
    return page.kind === 'html' ? readLobstersHtml(page) : makeExtraction({})
  },
}
