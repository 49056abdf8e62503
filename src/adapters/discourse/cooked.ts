// A post's words as Discourse has cooked them (HTML in its JSON and its feeds): the body with its quotes in place, and
// whom it quotes.
import type { ParentNode } from 'domhandler'
import { attr, closestAround, matches, select, selectOne } from '../../markup/markup.ts'
import type { Quote } from '../../model.ts'
import { type Body, bodyFromNodes } from '../../text/body.ts'
import { authorOf } from '../extraction/post.ts'
import { type Place, refOf } from './names.ts'

const FURNITURE = '.lightbox-wrapper .meta, .quote-controls, .avatar, .anchor, svg'

/** Quotes stay where they are, with the name above them: an answer may quote three times and answer in between. */
export function bodyOf(cooked: Pick<ParentNode, 'children'>, base: URL | null): Body {
  return bodyFromNodes(cooked.children, base, (element) => matches(element, FURNITURE))
}

/** `aside.quote` names whom it quotes; one inside another is that one's business. */
export function quotesIn(cooked: ParentNode, place: Place): readonly Quote[] {
  const asides = select('aside.quote', cooked).filter((aside) => closestAround(aside, 'aside.quote') === null)
  return asides.flatMap((aside) => {
    const words = selectOne('blockquote', aside)
    const number = Number(attr(aside, 'data-post') ?? Number.NaN)
    const topic = attr(aside, 'data-topic') ?? place.topic
    const text = words === null ? '' : bodyFromNodes(words.children, null).text
    const ref = Number.isSafeInteger(number) && number > 0 ? refOf({ ...place, topic }, number) : null
    const author = authorOf(attr(aside, 'data-username'), null)
    return text === '' ? [] : [{ ref, author, text, url: null, createdAt: null }]
  })
}
