// Pages in AMP (2015 to now) keep each picture in an element of their own, which a script would make a picture of. It
// is one before anybody reads the page; what stands inside is shown while it loads, or where it cannot.
import { isTag } from 'domhandler'
import { type HtmlTree, walk } from '../../markup/markup.ts'

const PICTURES: ReadonlySet<string> = new Set(['amp-img', 'amp-anim'])
const SIGN = /<amp-(?:img|anim)\b/i

export function hasAmpPictures(text: string): boolean {
  return SIGN.test(text)
}

/** The same tree with its pictures as pictures. */
export function withPictures(tree: HtmlTree): HtmlTree {
  for (const node of walk(tree.root)) {
    if (!isTag(node) || !PICTURES.has(node.name)) continue
    node.name = 'img'
    node.children = []
  }
  return tree
}
