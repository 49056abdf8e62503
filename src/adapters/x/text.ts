// A post's words with X's entities → plain text and safe HTML. Short t.co links become their targets, links at the end
// that only stand for attached media or the quoted post go, and HTML entities (X escapes `&`, `<`, `>` in JSON) are
// decoded. Leading @names of a reply stay: they are part of what was posted, and old threads answer nobody without
// them.
import { type ChildNode, Element, Text } from 'domhandler'
import { type Body, bodyFromNodes } from '../../text/body.ts'
import { parseUrl } from '../../url.ts'

/** What the capture tells about the words. */
export interface Entities {
  /** The address as it stands in the text → where it leads. */
  readonly targets: ReadonlyMap<string, string>
  /** Addresses in the text that stand for attachments. */
  readonly attached: ReadonlySet<string>
  /** Handles in lower case. */
  readonly mentions: ReadonlySet<string>
  /** Hashtags in lower case without `#`. */
  readonly hashtags: ReadonlySet<string>
}

const TOKEN =
  /https?:\/\/t\.co\/\w+(?![\w…])|https?:\/\/[^\s<>"]+|(?<![\w@])@\w{1,20}|(?<![\p{L}\p{N}_&])[#＃][\p{L}\p{N}\p{M}_]+|\r?\n/gu
const HASH = /^[#＃]/
const CLOSING = new Set(".,:;!?)]}'’”»…")
const ESCAPED = /&(amp|lt|gt|quot|apos|#39|nbsp);/g
const CHARACTERS: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  '#39': "'",
  nbsp: ' ',
}

/** The words in both forms a Post carries. `written` is as X's JSON gives it, escaped. */
export function bodyOf(written: string, entities: Entities): Body {
  const text = written.toWellFormed()
  const tokens = [...text.matchAll(TOKEN)]
  const end = endOfWords(text, tokens, entities.attached)
  const nodes: ChildNode[] = []
  let from = 0
  for (const match of tokens) {
    if (match.index >= end) break
    nodes.push(...wordsOf(text.slice(from, match.index)), ...nodesOf(match[0], entities))
    from = match.index + match[0].length
  }
  return bodyFromNodes([...nodes, ...wordsOf(text.slice(from, end))], null)
}

/** Where the links begin that stand for attachments. The site hides them at the end only; elsewhere they are words. */
function endOfWords(text: string, tokens: readonly RegExpExecArray[], attached: ReadonlySet<string>): number {
  let end = text.length
  for (const { 0: token, index } of [...tokens].reverse()) {
    if (text.slice(index + token.length, end).trim() !== '') break
    if (token.startsWith('http') && !attached.has(token)) break
    if (!token.startsWith('http') && token.trim() !== '') break
    end = index
  }
  return end
}

/** Words from a page's markup, which is decoded already, in the spelling `bodyOf` takes. */
export function escaped(words: string): string {
  return words.replaceAll('&', '&amp;')
}

/** The names in the words, for pages that do not list them. */
export function namesIn(written: string): Pick<Entities, 'mentions' | 'hashtags'> {
  const tokens = (written.match(TOKEN) ?? []).map((token) => token.toLowerCase())
  return {
    mentions: new Set(tokens.filter((token) => token.startsWith('@')).map((token) => token.slice(1))),
    hashtags: new Set(tokens.filter((token) => HASH.test(token)).map((token) => token.slice(1))),
  }
}

function wordsOf(text: string): ChildNode[] {
  return text === '' ? [] : [new Text(decode(text))]
}

function decode(text: string): string {
  return text.replace(ESCAPED, (all, name: string) => CHARACTERS[name] ?? all)
}

function nodesOf(token: string, entities: Entities): ChildNode[] {
  if (token.endsWith('\n')) return [new Element('br', {})]
  const name = token.slice(1)
  if (token.startsWith('@')) return mentionOf(token, name, entities)
  if (!token.startsWith('http')) return hashtagOf(token, name, entities)
  return linkOf(token, entities)
}

function mentionOf(token: string, handle: string, { mentions }: Entities): ChildNode[] {
  return mentions.has(handle.toLowerCase()) ? [link(`https://x.com/${handle}`, token)] : wordsOf(token)
}

function hashtagOf(token: string, tag: string, { hashtags }: Entities): ChildNode[] {
  const isTag = hashtags.has(tag.toLowerCase())
  return isTag ? [link(`https://x.com/hashtag/${encodeURIComponent(tag)}`, token)] : wordsOf(token)
}

/** Links from before t.co (2010) stand in full, with the sentence's punctuation behind them. */
function linkOf(token: string, { targets }: Entities): ChildNode[] {
  if (targets.has(token)) return [linkTo(targets.get(token) ?? token)]
  const address = withoutClosing(token)
  return [linkTo(targets.get(address) ?? decode(address)), ...wordsOf(token.slice(address.length))]
}

/** Walks from the end: a pattern for it is quadratic on a megabyte of dots. */
function withoutClosing(token: string): string {
  let end = token.length
  while (end > 0 && CLOSING.has(token.charAt(end - 1))) end -= 1
  return token.slice(0, end)
}

function linkTo(target: string): ChildNode {
  return parseUrl(target) === null ? new Text(target) : link(target, target)
}

function link(href: string, shown: string): Element {
  return new Element('a', { href }, [new Text(shown)])
}
