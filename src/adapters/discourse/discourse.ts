// Discourse forums, on any host: topics and posts as JSON, and the page without scripts. The first post of a topic is
// an article, all others answer it or each other.
import type { Extraction } from '../../model.ts'
import type { Adapter, Located } from '../adapter.ts'
import { makeExtraction } from '../extraction/extraction.ts'
import type { Page } from '../page/page.ts'
import { isDiscourseHtml, readDiscourseHtml } from './html.ts'
import { isDiscourseJson, readDiscourseJson } from './json.ts'
import { READER } from './names.ts'

const TOPIC = /^(.*\/t)\/(?:[a-z0-9%_-]+\/)?(\d{1,12})(?:\/(\d{1,9}))?\/?(?:\.json)?$/i
const NUMBERS_ONLY = /^\d+$/

export const discourse: Adapter = {
  ...READER,
  generic: false,
  examples: [
    'https://talk.example/t/which-rope/57',
    'https://talk.example/t/which-rope/57/14',
    'https://talk.example/t/57.json',
  ],

  /** Any host may be a forum; `/t/<slug>/<number>` is how this software writes topics. */
  locate(url: URL): Located | null {
    const [, folder, topic, number] = TOPIC.exec(url.pathname.replace('.json', '')) ?? []
    if (folder === undefined || topic === undefined || !NUMBERS_ONLY.test(topic)) return null
    return { kind: 'post', id: `${url.host}/${topic}/${number ?? 1}`, fetch: `${url.origin}${folder}/${topic}.json` }
  },

  recognises(page: Page): boolean {
    if (page.kind === 'json') return isDiscourseJson(page.json())
    return page.kind === 'html' && isDiscourseHtml(page.html().root)
  },

  extract(page: Page): Extraction {
    if (page.kind === 'json') return readDiscourseJson(page)
    return page.kind === 'html' ? readDiscourseHtml(page) : makeExtraction({})
  },
}
