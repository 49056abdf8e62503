// Whether day or month comes first in the dates of a page, as all its short pieces of text tell it together.
import { type Document, isText } from 'domhandler'
import { attr, selectOne, walk } from '../../markup/markup.ts'
import { type SlashOrder, slashOrder, slashOrderOf } from '../values/dates.ts'

/** Characters of a piece of text that is a date with a word or two. */
const MAX_DATED = 90
const HAS_SLASH = /\d[/-]\d/

/** What the dates show is surer than the language that a page says it is in. */
export function dateOrderOf(root: Document): SlashOrder {
  const texts = [...walk(root)].filter(isText).map(({ data }) => data)
  const order = slashOrderOf(texts.filter((text) => text.length <= MAX_DATED && HAS_SLASH.test(text)))
  return order ?? slashOrder(attr(selectOne('html', root), 'lang'))
}
