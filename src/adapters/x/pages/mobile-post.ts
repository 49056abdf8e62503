// One post on a page of mobile.twitter.com in its scriptless form (2012–2020): a table, with its id beside the words.
// Printed times have no zone and are relative where they are young, so the id alone gives the time.
import { type ChildNode, Element, isTag, isText, Text } from 'domhandler'
import { attr, hasClass, select, selectOne, textOf } from '../../../markup/markup.ts'
import type { Media } from '../../../model.ts'
import { bodyFromNodes } from '../../../text/body.ts'
import { resolve } from '../../../url.ts'
import { lineNodes } from '../../values/pre-wrap.ts'
import { authorOf, linkOnX, snowflakeTime } from '../names.ts'
import type { XTweet } from '../tweet.ts'

const BASE = new URL('https://x.com/')
const WORDS = '.tweet-text[data-id]'
const ID = /^\d{1,20}$/
const SIZE_SUFFIX = /:(?:large|small|thumb|medium|orig)$/
/**
 * The post's own line ends stand at the margin; deep behind one is the layout of whoever saved or printed the markup.
 */
const LAYOUT = /(?<![ \t])[ \t]*\r?\n[ \t]{8,}/g
const MAX_NESTING = 8

/** The post in the table, or null when nothing names it. */
export function postIn(table: Element): XTweet | null {
  const words = selectOne(WORDS, table)
  const id = attr(words, 'data-id') ?? ''
  if (words === null || !ID.test(id)) return null
  return {
    id,
    author: authorOf(null, withoutSpace(textOf(selectOne('.username', table))), nameIn(table)),
    ...bodyFromNodes(lineNodes(wordsIn(words), hrefOf), BASE),
    createdAt: snowflakeTime(id),
    editedAt: null,
    lang: null,
    parentId: null,
    conversation: null,
    media: select('.card-photo .media img', table)
      .map(imageOf)
      .filter((medium) => medium !== null),
    quotes: [],
    versions: [],
    isCut: false,
  }
}

function nameIn(table: Element): string | null {
  return textOf(selectOne('.fullname', table))
}

/** `@` and the handle stand in elements of their own, on lines of their own. */
function withoutSpace(text: string | null): string | null {
  return text?.replace(/\s+/g, '') ?? null
}

function wordsIn(words: Element): ChildNode[] {
  const box = words.children.find((child) => isTag(child)) ?? words
  return withoutEdges(flowing((box as Element).children, 0))
}

/** The markup's own indentation out, a space for it between words, and without the link that stands for a picture. */
function flowing(nodes: readonly ChildNode[], depth: number): ChildNode[] {
  return nodes.flatMap((node): ChildNode[] => {
    if (isText(node)) return [new Text(node.data.replace(LAYOUT, depth === 0 ? ' ' : ''))]
    if (!isTag(node) || depth > MAX_NESTING) return []
    if (attr(node, 'data-pre-embedded') === 'true') return []
    return [new Element(node.name, { ...node.attribs }, flowing(node.children, depth + 1))]
  })
}

/** Two spaces open the words and a line end closes them, whatever they are. */
function withoutEdges(nodes: readonly ChildNode[]): ChildNode[] {
  const [first, last] = [nodes[0], nodes.at(-1)]
  if (first !== undefined && isText(first)) first.data = first.data.trimStart()
  if (last !== undefined && isText(last)) last.data = last.data.trimEnd()
  return [...nodes]
}

function hrefOf(link: Element): string | null {
  if (hasClass(link, 'twitter-atreply')) return linkOnX(attr(link, 'href'))
  return linkOnX(attr(link, 'data-expanded-url') ?? attr(link, 'data-url') ?? attr(link, 'href'))
}

function imageOf(image: Element): Media | null {
  const url = resolve(attr(image, 'src')?.replace(SIZE_SUFFIX, '') ?? null, BASE)
  return url === null ? null : { kind: 'image', url, alt: attr(image, 'alt'), width: null, height: null, poster: null }
}
