// The word between a name and what it says (`Ann says:`), where it stands alone: nobody's words.
import { type ChildNode, type Element, isTag, isText, type ParentNode } from 'domhandler'
import type { Instead } from '../../text/hast.ts'

/** What says that somebody says something, in the languages met so far: the alternatives of a pattern. */
export const SAYS_WORDS =
  'says|said|writes|wrote|sagt|schreibt|schrieb|dijo|dice|escribió|disse|diz|dit|a dit|a écrit|scrive|zegt|schreef|pisze|skriver|kirjoitti'
const SAYS = new RegExp(`^\\s*(?:${SAYS_WORDS})\\s*:?\\s*$`, 'iu')
const NOTHING: Instead = new Map()

/** What the element around a name and a lone `says:` holds without that word. */
export function withoutSays(author: Element | null, roots: readonly Element[]): Instead {
  let at: ParentNode | null = author
  while (at !== null && isTag(at) && !roots.includes(at) && at.parent !== null && isTag(at.parent)) {
    const around: Element = at.parent
    const behind = around.children.slice(around.children.indexOf(at) + 1).find(saysAnything)
    if (behind !== undefined) {
      const isWord = isText(behind) && SAYS.test(behind.data)
      return isWord ? new Map([[around, around.children.filter((child) => child !== behind)]]) : NOTHING
    }
    at = around
  }
  return NOTHING
}

function saysAnything(node: ChildNode): boolean {
  return isTag(node) || (isText(node) && node.data.trim() !== '')
}
