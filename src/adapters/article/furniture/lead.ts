// The lines under a title that begin an article but stand outside its body: standfirst, lead, excerpt. Taken only when
// the page calls them so or repeats them as its description.
import type { Document, Element, ParentNode } from 'domhandler'
import { bare } from '../../../bare.ts'
import { attr, closest, selectOne } from '../../../markup/markup.ts'
import { type BodyBlock, blocksIn } from './blocks.ts'
import { isCredit, isInvitation, isLabel, isPointer } from './phrases.ts'

/** Characters of a lead: shorter is a label, longer is an article of its own. */
const MIN_LEAD = 50
const MAX_LEAD = 900
/** Characters that tell two blocks are the same. */
const BEGINNING = 60
/** Blocks that may stand between the title and the body. */
const MAX_BETWEEN = 40
const MAX_LINK_SHARE = 0.3
const LEAD =
  /(?:^|[\s_-])(?:lead|lede|excerpt|standfirst|teaser-?text|teaser-?intro|intro|introduction|subtitle|sub-?title|sub-?head|subheadline|summary|dek|deck|description|abstract|vorspann|anreisser|chapo|chapeau|bajada|sumario|entradilla|ingress|hero-text|kicker-text)(?:[\s_-]|$)/i
const OUTSIDE =
  'aside, nav, body > footer, .widget, .sidebar:not(body), [class*="related"]:not(body), [class*="comment"]:not(body), figure, li'

/** The lead's blocks in page order; usually one, often none. */
export function findLead(root: Document, body: ParentNode, title: string | null): Element[] {
  if (title === null) return []
  const page = blocksIn(selectOne('body', root) ?? root)
  const wanted = bare(title)
  const at = page.findIndex((block) => bare(block.text) === wanted)
  if (at < 0) return []
  const inside = new Set(blocksIn(body).map(beginning))
  const between = page.slice(at + 1, at + 1 + MAX_BETWEEN)
  const end = between.findIndex((block) => block.text.length >= MIN_LEAD && inside.has(beginning(block)))
  const said = descriptionOf(root)
  return between
    .slice(0, Math.max(end, 0))
    .filter((block) => isLead(block, said) && !inside.has(beginning(block)))
    .map(({ element }) => element)
}

function isLead({ text, element, kind, linkShare }: BodyBlock, said: string | null): boolean {
  if (text.length < MIN_LEAD || text.length > MAX_LEAD || linkShare > MAX_LINK_SHARE || kind === 'links') return false
  if (isLabel(text) || isPointer(text) || isCredit(text) || isInvitation(text)) return false
  if (closest(element, OUTSIDE) !== null) return false
  return isCalledLead(element) || (said !== null && said === beginning({ text }))
}

function isCalledLead({ attribs, parent }: Element): boolean {
  const around = parent !== null && 'attribs' in parent ? parent.attribs['class'] : ''
  return LEAD.test(`${attribs['class'] ?? ''} ${around ?? ''}`)
}

function descriptionOf(root: Document): string | null {
  const said =
    attr(selectOne('meta[property="og:description"]', root), 'content') ??
    attr(selectOne('meta[name="description"]', root), 'content')
  return said === null || said.length < MIN_LEAD ? null : beginning({ text: said })
}

function beginning({ text }: Pick<BodyBlock, 'text'>): string {
  return bare(text.slice(0, BEGINNING + BEGINNING)).slice(0, BEGINNING)
}
