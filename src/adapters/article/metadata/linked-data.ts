// The JSON-LD of a page (schema.org): the node that describes the article, and text, names and dates out of it.
import type { Document, Element } from 'domhandler'
import { select } from '../../../markup/markup.ts'

/** JSON-LD larger than this is a shop's catalogue, in characters. */
const MAX_JSON_LD = 300_000
/** Nodes looked at in one script. */
const MAX_LD_NODES = 1_000
const ARTICLE_TYPE = /(Article|Posting|NewsArticle|Report|PodcastEpisode|Recipe)$/
const QUESTION = 'Question'
/** A page that answers its questions itself. */
const ANSWERED = 'FAQPage'
const COUNTS = ['commentCount', 'answerCount']
const LINE_BREAKS = /[\n\r\t]+/g

/** One object of JSON-LD. */
export type LinkedNode = Readonly<Record<string, unknown>>

/** What the article's node says; every field null when there is none. */
interface LinkedData {
  readonly headline: string | null
  readonly author: string | null
  readonly published: string | null
  readonly modified: string | null
}

const NOTHING: LinkedData = { headline: null, author: null, published: null, modified: null }

/** The first article-like node of the page. */
export function readLinkedData(root: Document): LinkedData {
  const nodes = select('script[type="application/ld+json"]', root).flatMap(nodesOf)
  const node = nodes.find((candidate) => typesOf(candidate).some((type) => ARTICLE_TYPE.test(type)))
  const dated = node ?? nodes.find((candidate) => textIn(candidate, 'datePublished') !== null)
  if (dated === undefined) return NOTHING
  return {
    headline: node === undefined ? null : textIn(node, 'headline'),
    author: node === undefined ? null : authorIn(node, nodes),
    published: textIn(dated, 'datePublished'),
    modified: textIn(dated, 'dateModified'),
  }
}

/** How many answers the article's node says it has, or null. */
export function linkedCount(root: Document): number | null {
  const nodes = select('script[type="application/ld+json"]', root).flatMap(nodesOf)
  const isAsked = nodes.every((node) => !typesOf(node).includes(ANSWERED))
  const own = nodes.filter((node) =>
    typesOf(node).some((type) => ARTICLE_TYPE.test(type) || (type === QUESTION && isAsked)),
  )
  const counts = own.flatMap((node) => COUNTS.map((key) => Number(numberIn(node, key) ?? Number.NaN)))
  return counts.find((count) => Number.isInteger(count) && count >= 0) ?? null
}

function numberIn(node: LinkedNode, key: string): string | null {
  const value = node[key]
  return typeof value === 'number' ? String(value) : textIn(node, key)
}

/** The objects of one script: its graph, and the main entities in them. */
export function nodesOf(script: Element): LinkedNode[] {
  return nodesIn(parsed(script.children.map((child) => ('data' in child ? child.data : '')).join('')))
}

function parsed(json: string): unknown {
  if (json.length > MAX_JSON_LD) return null
  try {
    return JSON.parse(json.replace(LINE_BREAKS, ' '))
  } catch {
    return null // hand-written JSON-LD is often broken; the page's markup says the same
  }
}

function nodesIn(value: unknown): LinkedNode[] {
  const open: unknown[] = [value]
  const found: LinkedNode[] = []
  for (let seen = 0; open.length > 0 && seen < MAX_LD_NODES; seen += 1) {
    const node = open.shift()
    if (Array.isArray(node)) open.push(...node.slice(0, MAX_LD_NODES))
    else if (isNode(node)) {
      found.push(node)
      open.push(node['@graph'], node['mainEntity'], node['mainEntityOfPage'])
    }
  }
  return found
}

/** Names joined by commas; a reference (`@id`) is looked up among the page's nodes. */
function authorIn(node: LinkedNode, nodes: readonly LinkedNode[]): string | null {
  const names = [node['author'] ?? node['creator']].flat().map((author) => {
    if (typeof author === 'string') return author.trim()
    if (!isNode(author)) return ''
    const own = textIn(author, 'name')
    const named = own === null ? nodes.find((other) => other['@id'] === author['@id'] && textIn(other, 'name')) : null
    return own ?? (named === undefined || named === null ? '' : (textIn(named, 'name') ?? ''))
  })
  const said = [...new Set(names)].filter((name) => name !== '')
  return said.length === 0 ? null : said.join(', ')
}

function typesOf(node: LinkedNode): string[] {
  return [node['@type']].flat().filter((type) => typeof type === 'string')
}

export function isNode(value: unknown): value is LinkedNode {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function textIn(node: LinkedNode, key: string): string | null {
  const value = node[key]
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null
}
