// A page as a web archive plays it back: every link, picture and name in it leads into the archive. They are turned
// back before anybody reads the page, so that it says what it said when it was taken; links that lead on are turned
// into the archive again where the page was asked of it.
import { isTag } from 'domhandler'
import { type HtmlTree, select, walk } from '../../markup/markup.ts'
import type { Extraction } from '../../model.ts'
import { type ArchivedCopy, archivedCopy } from '../../url.ts'

const SIGNS = [
  '__wm.wombat(',
  'WB_wombat_Init(',
  '<!-- BEGIN WAYBACK TOOLBAR',
  'FILE ARCHIVED ON ',
  // As SingleFile and browsers say where they saved a page.
  'url: https://web.archive.org/web/',
  ')https://web.archive.org/web/',
]
/** The Wayback Machine's prefix and archive.today's; what follows may be in an archive itself, and stays there. */
const INTO_ARCHIVE =
  /(?:(?:(?:https?:)?\/\/web\.archive\.org|(?<![\w.:/-]))\/web\/\d{4,14}(?:[a-z]{2}_)?|https?:\/\/archive\.(?:today|ph|is|li|vn|md|fo)\/(?:o\/\w{1,9}|\d{14}|\d{4}\.\d\d\.\d\d-\d{6}))\/(?=(?:https?:)?\/\/|mailto:)((?:https?:\/\/(?:web\.)?archive\.\w{2,5}\/\S{0,40})?)/g

export function isPlayedBack(text: string): boolean {
  return SIGNS.some((sign) => text.includes(sign))
}

/** The archives' own bars: what they say (dates above all) is not the page's. */
const BARS = '#wm-ipp-base, #wm-ipp, #wm-ipp-print, #donato, #HEADER:has(input[name="q"])'

/** The same tree, its attributes as they were. The archive's bar stays, emptied: places behind it are still found. */
export function turnedBack(tree: HtmlTree): HtmlTree {
  for (const bar of select(BARS, tree.root)) bar.children = []
  for (const node of walk(tree.root)) {
    if (!isTag(node)) continue
    for (const [name, value] of Object.entries(node.attribs))
      if (value.includes('/web/') || value.includes('//archive.'))
        node.attribs[name] = value.replace(INTO_ARCHIVE, '$1')
  }
  return tree
}

/** What was asked of an archive by its address stays there: its further pages are the archive's too. */
export function insideOf({ prefix }: ArchivedCopy, extraction: Extraction): Extraction {
  const inside = (url: string) => (archivedCopy(url) === null ? `${prefix}${url}` : url)
  const { lists } = extraction.declared
  return {
    ...extraction,
    next: extraction.next.map(inside),
    declared: lists === undefined ? extraction.declared : { ...extraction.declared, lists: lists.map(inside) },
  }
}
