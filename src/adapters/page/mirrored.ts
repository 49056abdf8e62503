// A page as HTTrack keeps it (1998 to now): each site in a folder of its own beside the others, so that a link to
// another site goes up past the root of this one. Read as addresses are, it would stay on this site.
import { isTag } from 'domhandler'
import { type HtmlTree, walk } from '../../markup/markup.ts'

const MARK = /<!--\s*Mirrored from [^\s<>]+ by HTTrack\b/i
/** Where the mark may stand, in characters. */
const HEAD = 8192
const STEPS_UP = /^((?:\.\.\/){1,100})([^./?#\s][^/?#\s]*\.[^/?#\s]+(?:[/?#]\S*)?)$/
const STEP = '../'
const ADDRESSES = ['href', 'src', 'data-src']

export function isMirrored(text: string): boolean {
  return MARK.test(text.slice(0, HEAD))
}

/** The same tree, its links to other sites as such; of http, for the folder does not tell. */
export function turnedOut(tree: HtmlTree, page: URL): HtmlTree {
  const folders = page.pathname.split('/').length - 2
  for (const node of walk(tree.root)) {
    if (!isTag(node)) continue
    for (const name of ADDRESSES) {
      const [, steps = '', place = ''] = STEPS_UP.exec(node.attribs[name] ?? '') ?? []
      if (steps.length / STEP.length > folders) node.attribs[name] = `http://${place}`
    }
  }
  return tree
}
