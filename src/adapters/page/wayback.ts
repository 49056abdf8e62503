// A page saved as the Wayback Machine plays it back: every link, picture and name in it leads into the archive. They
// are turned back before anybody reads the page, so that it says what it said when it was taken.
import { isTag } from 'domhandler'
import { type HtmlTree, walk } from '../../markup/markup.ts'

const SIGNS = [
  '__wm.wombat(',
  'WB_wombat_Init(',
  '<!-- BEGIN WAYBACK TOOLBAR',
  'FILE ARCHIVED ON ',
  // As SingleFile and browsers say where they saved a page.
  'url: https://web.archive.org/web/',
  ')https://web.archive.org/web/',
]
const INTO_ARCHIVE =
  /(?:(?:https?:)?\/\/web\.archive\.org|(?<![\w.:/-]))\/web\/\d{4,14}(?:[a-z]{2}_)?\/(?=(?:https?:)?\/\/|mailto:)/g

export function isPlayedBack(text: string): boolean {
  return SIGNS.some((sign) => text.includes(sign))
}

/** The same tree, its attributes as they were. */
export function turnedBack(tree: HtmlTree): HtmlTree {
  for (const node of walk(tree.root)) {
    if (!isTag(node)) continue
    for (const [name, value] of Object.entries(node.attribs))
      if (value.includes('/web/')) node.attribs[name] = value.replace(INTO_ARCHIVE, '')
  }
  return tree
}
