// Pages whose comments another service keeps and a script brings: the page holds an empty box only. Which service it
// is, so that a discussion that is not here is not taken for one that does not exist.
import { selectOne } from '../../markup/markup.ts'
import type { Note } from '../../model.ts'
import type { Page } from '../page/page.ts'

/** Boxes by service, as its instructions tell people to write them. */
const BOXES: readonly (readonly [selector: string, service: string])[] = [
  ['#disqus_thread', 'Disqus'],
  ['.fb-comments', 'Facebook'],
  ['#ghost-comments-root, script[data-ghost-comments]', 'Ghost'],
  ['#isso-thread', 'Isso'],
  ['#commento, #comentario', 'Commento'],
  ['#remark42', 'Remark42'],
  ['.giscus, script[src*="giscus.app"]', 'giscus'],
  ['script[src*="utteranc.es"]', 'utterances'],
  ['#hyvor-talk-view, hyvor-talk-comments', 'Hyvor Talk'],
  ['#cusdis_thread', 'Cusdis'],
  ['#coral_thread, #coral_talk_stream', 'Coral'],
  ['#idc-container, #IDCommentsNewThread', 'IntenseDebate'],
]

/** For a page on which no comments were found. */
export function elsewhereNotes(page: Page): readonly Note[] {
  if (page.kind !== 'html') return []
  const { root } = page.html()
  const service = BOXES.find(([selector]) => selectOne(selector, root) !== null)?.[1]
  if (service === undefined) return []
  const message = `The comments of this page are kept by ${service} and are not in it. Save the page in a browser, or give the service's export.`
  return [{ level: 'info', code: 'comments-elsewhere', message, input: page.capture.input }]
}
