// Posts of X as other pages embed them: `.twitter-tweet`, before or after X's script has drawn it. Read as quoted
// posts.
import type { Element } from 'domhandler'
import { attr, select, selectOne } from '../../markup/markup.ts'
import type { Quote } from '../../model.ts'
import { bodyFromNodes } from '../../text/body.ts'
import { authorOf, refOf, snowflakeTime, statusInUrl, statusUrl } from './names.ts'

const DIGITS = /^\d+$/

/** The post: a rendered frame names the id, an unrendered one links to it. Null where neither does. */
export function embeddedPost(embed: Element): Quote | null {
  const rendered = attr(selectOne('[data-tweet-id]', embed), 'data-tweet-id')
  const link = select('a', embed)
    .map((a) => statusInUrl(attr(a, 'href')))
    .findLast((status) => status !== null)
  const id = rendered ?? link?.id
  if (id === undefined || !DIGITS.test(id)) return null
  const handle = link?.handle ?? null
  return {
    ref: refOf(id),
    author: authorOf(null, handle, null),
    text: wordsOf(selectOne('p', embed)),
    url: statusUrl(handle, id),
    createdAt: snowflakeTime(id),
  }
}

function wordsOf(paragraph: Element | null): string | null {
  const text = paragraph === null ? '' : bodyFromNodes(paragraph.children, null).text
  return text === '' ? null : text
}
