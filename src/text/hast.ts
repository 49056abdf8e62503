// domhandler nodes → a small hast tree of allowed elements only. Wrappers vanish, their blocks and lines stay.
// Recursion is bounded: the tree is at most markup's MAX_DEPTH deep, and its output MAX_NESTING.
import { type ChildNode, type Element as DomElement, type Text as DomText, isTag, isText } from 'domhandler'
import type { Element, ElementContent, Properties, Root, Text } from 'hast'
import { attr, rawTextOf } from '../markup/markup.ts'
import { readEmbed } from './embeds.ts'
import { type Formula, readFormula } from './formulas.ts'
import { isShortened, linkUrl } from './links.ts'
import { asBlocks, asParagraphs, paragraphOf, splitAtEmptyLines } from './paragraphs.ts'
import { imageUrl, isEmoji } from './pictures.ts'
import { ALLOWED_TAGS, BLOCK_MATH, INLINE_MATH, isBlock, MATH } from './tags.ts'

/** Elements deeper in the output lose their tag and keep their words: the hast tools behind us recurse. */
const MAX_NESTING = 200

/** Wrappers that begin on a new line in a browser: without their tag their content still stands apart. */
const WRAPPERS = new Set(
  'div section article main aside header footer nav address details summary fieldset form center body html'.split(' '),
)
/** Elements whose content is no part of what the author wrote. */
const DROPPED = new Set(
  'script style template noscript head title svg canvas source track select button input textarea'.split(' '),
)
/** Elements that stand for what another program shows. */
const EMBEDDED = new Set('iframe object embed video audio'.split(' '))

const FOOTNOTE_NUMBER = 'data-footnote-number'
const MAX_FOOTNOTE_NUMBER = 8

const HEADINGS = new Set(['h1', 'h2', 'h3', 'h4', 'h5', 'h6'])
const TABLE_PARTS = new Set(['caption', 'thead', 'tbody', 'tfoot', 'tr', 'th', 'td'])

const WHOLE_NUMBER = /^\d{1,5}$/
const HIDDEN_STYLE = /display\s*:\s*none/i
/** White space that is not one blank already: what needs no change costs no copy. */
const SPACES = / [ \t\n\r\f]+|[\t\n\r\f][ \t\n\r\f]*/g
const SPACE = /\s/

/** The allowed part of the nodes as hast, links absolute. */
export function toHast(
  nodes: readonly ChildNode[],
  base: URL | null,
  isFurniture: IsFurniture = () => false,
  instead: Instead = NOTHING,
): Root {
  const place = { base, isFurniture, instead, depth: 0, inTable: false, inHeading: false, inPre: false }
  return { type: 'root', children: asBlocks(convertAll(nodes, place)) }
}

/** Tells elements that stand inside a body without being part of it: share buttons, ads, preview cards. */
export type IsFurniture = (element: DomElement) => boolean

/** What is read in an element's place, whatever its name says: what a script would have drawn there. */
export type Instead = ReadonlyMap<DomElement, readonly ChildNode[]>
const NOTHING: Instead = new Map()

interface Place {
  readonly base: URL | null
  readonly isFurniture: IsFurniture
  readonly instead: Instead
  readonly depth: number
  readonly inTable: boolean
  readonly inHeading: boolean
  readonly inPre: boolean
}

function convertAll(nodes: readonly ChildNode[], place: Place): ElementContent[] {
  const converted: ElementContent[] = []
  convertInto(converted, nodes, place)
  return converted
}

/** Most nodes become one node or, without their tag, their children: none of them costs a list of its own. */
function convertInto(converted: ElementContent[], nodes: readonly ChildNode[], place: Place): void {
  for (const node of nodes) {
    if (isText(node)) converted.push(convertText(node, place))
    else if (isTag(node)) {
      const instead = place.instead.get(node)
      const formula = instead === undefined ? readFormula(node) : null
      if (instead !== undefined) convertInto(converted, instead, place)
      else if (formula !== null) {
        if (formula !== 'drawn' && !isHidden(node) && !place.isFurniture(node))
          converted.push(convertFormula(formula, place))
      } else if (isDropped(node, place)) continue
      else if (isTransparent(node, place)) convertInto(converted, node.children, place)
      else for (const child of convert(node, place)) converted.push(child)
    }
  }
}

/** A formula on a line of its own is one within a line where no block can stand. */
function convertFormula({ tex, isBlock }: Formula, { inHeading, inPre }: Place): ElementContent {
  const value: Text = { type: 'text', value: tex }
  if (inPre) return value
  const isOnItsOwn = isBlock && !inHeading
  const className = [MATH, isOnItsOwn ? BLOCK_MATH : INLINE_MATH]
  const code: Element = { type: 'element', tagName: 'code', properties: { className }, children: [value] }
  return isOnItsOwn ? { type: 'element', tagName: 'pre', properties: {}, children: [code] } : code
}

function convertText({ data }: DomText, { inPre }: Place): Text {
  return { type: 'text', value: inPre ? data : data.replace(SPACES, ' ') }
}

function isDropped(node: DomElement, place: Place): boolean {
  const isSilent = DROPPED.has(node.name) && attr(node, FOOTNOTE_NUMBER) === null
  return isSilent || isHidden(node) || place.isFurniture(node)
}

/** Without a tag in the output, and no line of its own either. */
function isTransparent(node: DomElement, place: Place): boolean {
  if (node.name === 'a' || node.name === 'img' || keepsTag(node, place)) return false
  if (DROPPED.has(node.name) || EMBEDDED.has(node.name)) return false
  return place.inHeading || !WRAPPERS.has(node.name)
}

function convert(node: DomElement, place: Place): readonly ElementContent[] {
  if (EMBEDDED.has(node.name)) return convertEmbed(node, place)
  if (DROPPED.has(node.name)) return [numberOf(node)]
  if (node.name === 'img') return convertImage(node, place)
  if (node.name === 'a') return convertLink(node, place)
  if (!keepsTag(node, place)) return asParagraphs(convertAll(node.children, place))
  if (node.name === 'li') return convertItem(node, place)
  return node.name === 'p' ? convertParagraph(node, place) : [convertElement(node, place)]
}

/** Where something was shown by another program, a link to it. */
function convertEmbed(node: DomElement, place: Place): ElementContent[] {
  const embed = readEmbed(node, place.base)
  if (embed === null || place.inPre) return []
  const { url, title } = embed
  const link: Element = {
    type: 'element',
    tagName: 'a',
    properties: { href: url },
    children: [{ type: 'text', value: title ?? url }],
  }
  return [place.inHeading || place.inTable ? link : paragraphOf([link])]
}

/** A button that opens a footnote (Bigfoot) shows no words but stands where the reference stood. */
function numberOf(node: DomElement): Element {
  const value = (attr(node, FOOTNOTE_NUMBER) ?? '').slice(0, MAX_FOOTNOTE_NUMBER)
  return { type: 'element', tagName: 'sup', properties: {}, children: [{ type: 'text', value }] }
}

/** An item that an unclosed paragraph kept open holds the next ones: in a browser they stand beside it. */
function convertItem(node: DomElement, place: Place): Element[] {
  const { children } = convertElement(node, place)
  const items = [itemOf([])]
  for (const child of children) {
    if (child.type === 'element' && child.tagName === 'li') items.push(child)
    else items.at(-1)?.children.push(child)
  }
  return items
}

function itemOf(children: ElementContent[]): Element {
  return { type: 'element', tagName: 'li', properties: {}, children }
}

function keepsTag(node: DomElement, place: Place): boolean {
  if (!ALLOWED_TAGS.has(node.name) || place.depth >= MAX_NESTING) return false
  return place.inTable || !TABLE_PARTS.has(node.name)
}

function convertParagraph(node: DomElement, place: Place): ElementContent[] {
  const { children } = convertElement(node, place)
  return children.some(isBlock) ? asParagraphs(children) : splitAtEmptyLines(children).map(paragraphOf)
}

function convertElement(node: DomElement, place: Place): Element {
  const inTable = place.inTable || node.name === 'table'
  const inHeading = place.inHeading || HEADINGS.has(node.name)
  const inPre = place.inPre || node.name === 'pre'
  const children = convertAll(node.children, { ...place, depth: place.depth + 1, inTable, inHeading, inPre })
  return { type: 'element', tagName: node.name, properties: propertiesOf(node), children }
}

/** Only list starts, table spans and marks of formulas mean something without a style sheet. */
function propertiesOf(node: DomElement): Properties {
  if (node.name === 'code') return mathNames(node)
  if (node.name === 'ol') return wholeNumbers(node, { start: 'start' })
  return node.name === 'td' || node.name === 'th' ? wholeNumbers(node, { colspan: 'colSpan', rowspan: 'rowSpan' }) : {}
}

function mathNames(node: DomElement): Properties {
  const names = (node.attribs['class'] ?? '').split(SPACE)
  const kind = [INLINE_MATH, BLOCK_MATH].find((one) => names.includes(one))
  return names.includes(MATH) && kind !== undefined ? { className: [MATH, kind] } : {}
}

function wholeNumbers(node: DomElement, names: Readonly<Record<string, string>>): Properties {
  const properties: Properties = {}
  for (const [attribute, property] of Object.entries(names)) {
    const value = attr(node, attribute)
    if (value !== null && WHOLE_NUMBER.test(value)) properties[property] = Number(value)
  }
  return properties
}

function isHidden(node: DomElement): boolean {
  const style = node.attribs['style'] ?? ''
  // Mastodon hides the scheme and the tail of long links in span.invisible; they are part of the address.
  return Object.hasOwn(node.attribs, 'hidden') || (node.name !== 'a' && HIDDEN_STYLE.test(style))
}

/** Emoji are words of the text; other pictures keep where they are and what they show. */
function convertImage(node: DomElement, place: Place): ElementContent[] {
  const alt = attr(node, 'alt')
  if (alt !== null && isEmoji(node, alt)) return [{ type: 'text', value: alt }]
  const src = imageUrl(node, place.base)
  if (src === null) return []
  const properties = {
    src,
    ...(alt === null ? {} : { alt }),
    ...wholeNumbers(node, { width: 'width', height: 'height' }),
  }
  return [{ type: 'element', tagName: 'img', properties, children: [] }]
}

/** A link shown as its own shortened address shows the whole one instead. */
function convertLink(node: DomElement, place: Place): ElementContent[] {
  const href = linkUrl(node, place.base)
  if (href === null || place.depth >= MAX_NESTING) return convertAll(node.children, place)
  const children = isShortened(rawTextOf(node), href)
    ? [{ type: 'text', value: href } satisfies Text]
    : convertAll(node.children, { ...place, depth: place.depth + 1 })
  const link: Element = { type: 'element', tagName: 'a', properties: { href }, children }
  // Thread Reader App hides a link when its preview card follows, and leaves no space before it (2023).
  return HIDDEN_STYLE.test(node.attribs['style'] ?? '') ? [{ type: 'text', value: ' ' }, link] : [link]
}
