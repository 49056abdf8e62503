// Whether an element holds something that somebody made: sentences, code or pictures, not links, labels and fields.
import { type Element, isTag } from 'domhandler'
import { attr, textOf, walk } from '../../../markup/markup.ts'

/** Characters of the shortest note that is told from a row of labels. */
const MIN_WRITTEN = 100
const MAX_LINKED = 0.25
/** Only software puts these beside words. */
const MACHINERY = new Set(['script', 'iframe', 'input', 'select', 'textarea'])
const SENTENCE_END = /[\p{L}\p{N})](?:[。！？۔।]|[.!?…؟]["'”»)」』）]*(?:\s|$))/u
const PICTURE_FILE = /\.(?:jpe?g|png|gif|webp|avif)(?:[?#]|$)/i

/** Code, or at least MIN_WRITTEN characters with a whole sentence and few of them in links. */
export function holdsWriting(element: Element): boolean {
  for (const node of walk(element)) {
    if (!isTag(node)) continue
    if (node.name === 'pre') return true
    if (MACHINERY.has(node.name)) return false
  }
  const text = textOf(element) ?? ''
  return text.length >= MIN_WRITTEN && SENTENCE_END.test(text) && linkedShare(element, text.length) <= MAX_LINKED
}

/** Pictures that lead nowhere but to themselves, and few words in links. */
export function holdsPictures(element: Element): boolean {
  const pictures = [...walk(element, isLink)].some((node) => isTag(node) && node.name === 'img')
  return pictures && linkedShare(element, textOf(element)?.length ?? 0) <= MAX_LINKED
}

/** 0 to 1: how much of `length` characters of text stands in links. */
function linkedShare(element: Element, length: number): number {
  let linked = 0
  for (const node of walk(element, isLink)) if (isTag(node) && isLink(node)) linked += textOf(node)?.length ?? 0
  return length === 0 ? 0 : linked / length
}

function isLink(element: Element): boolean {
  return element.name === 'button' || (element.name === 'a' && !PICTURE_FILE.test(attr(element, 'href') ?? ''))
}
