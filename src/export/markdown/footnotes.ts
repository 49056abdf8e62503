// Ties a post's footnotes to the places in its text that refer to them. A reference is a link into the page, a raised
// label, or, in text scrapes that lost both, a label glued to the word before it: `survival skills.3 His`.
import type { FootnoteReference, Nodes, Parents, PhrasingContent, RootContent, Text } from 'mdast'
import { groupBy } from '../../grouping.ts'
import type { Footnote } from '../../model.ts'

/** A label that can be a Markdown identifier as it is. */
const PLAIN_LABEL = /^[A-Za-z0-9][A-Za-z0-9-]{0,20}$/
/** Longer words are no label, in UTF-16 units. */
const LONGEST_LABEL = 100
/** Notes whose references are looked for in plain text; each costs a walk through it. */
const MOST_GLUED = 2_000
const BRACKETS = /^[\s[(]+|[\s\])]+$/g
const RAISED = /(<a href="[^"]*">)?<sup>([^<>]{1,8})<\/sup>/g
const REGEX_SIGN = /[.*+?^${}()|[\]\\]/g
const LINK_BACK = /(?<!\s)\s*[↩↑⤴]\ufe0e?\s*$/

export interface NamedFootnote {
  readonly label: string
  /** Unique in the file. */
  readonly identifier: string
  readonly text: string
}

/** Gives each footnote a name that is unique under `prefix`. */
export function nameFootnotes(footnotes: readonly Footnote[], prefix: string): NamedFootnote[] {
  const taken = new Set<string>()
  return footnotes.map(({ label, text }, index) => {
    const bare = bareLabel(label)
    const wanted = `${prefix}${PLAIN_LABEL.test(bare) ? bare : `n${index + 1}`}`.toLowerCase()
    const identifier = taken.has(wanted) ? `${wanted}-n${index + 1}` : wanted
    taken.add(identifier)
    return { label: bare, identifier, text: text.replace(LINK_BACK, '') }
  })
}

/** Turns `<sup>1</sup>` into a link, because Markdown has no raised text and a bare 1 would be lost among the words. */
export function linkRaisedLabels(html: string, footnotes: readonly NamedFootnote[]): string {
  const labels = new Set(footnotes.map(({ label }) => label))
  return html.replace(RAISED, (whole, link: string | undefined, label: string) =>
    link === undefined && labels.has(bareLabel(label)) ? `<a href="#footnote">${label}</a>` : whole,
  )
}

/** Replaces references in `blocks` (changed in place) and gives the footnotes for which none was found. */
export function tieFootnotes(blocks: readonly RootContent[], footnotes: readonly NamedFootnote[]): NamedFootnote[] {
  if (footnotes.length === 0) return []
  const byLabel = groupBy(footnotes, ({ label }) => label)
  const tied = new Set<NamedFootnote>()
  for (const block of blocks) replaceLinks(block, byLabel, tied)
  const waiting = footnotes.filter((footnote) => !tied.has(footnote))
  const found = waiting.length === 0 ? new Set() : replaceGlued(blocks, waiting)
  return waiting.filter((footnote) => !found.has(footnote))
}

function bareLabel(label: string): string {
  return label.length > LONGEST_LABEL ? label : label.replace(BRACKETS, '') || label.trim()
}

function replaceLinks(node: Nodes, byLabel: ReadonlyMap<string, NamedFootnote[]>, tied: Set<NamedFootnote>): void {
  if (!('children' in node)) return
  replaceChildren(node, (child) => {
    const alike = child.type === 'link' && child.url.includes('#') ? byLabel.get(bareLabel(wordsOf(child))) : undefined
    // Notes that are labelled alike (`*`) are referred to in their order, the last again and again.
    const footnote = alike !== undefined && alike.length > 1 ? alike.shift() : alike?.[0]
    if (footnote === undefined) {
      replaceLinks(child, byLabel, tied)
      return [child]
    }
    tied.add(footnote)
    return [toReference(footnote)]
  })
}

function wordsOf(node: Nodes): string {
  if ('value' in node) return node.value
  return 'children' in node ? node.children.map(wordsOf).join('') : ''
}

/** One walk in reading order: each label is looked for behind the one before it, as footnotes are numbered in order. */
function replaceGlued(blocks: readonly RootContent[], waiting: readonly NamedFootnote[]): Set<NamedFootnote> {
  const found = new Set<NamedFootnote>()
  const texts = blocks.flatMap(findTexts)
  let next = 0
  for (const footnote of waiting.slice(0, MOST_GLUED)) {
    const pattern = gluedPattern(footnote.label)
    const at = texts.findIndex(({ node }, index) => index >= next && pattern.test(node.value))
    if (at < 0) continue
    const { parent, node } = texts[at]!
    const match = pattern.exec(node.value)!
    const rest: Text = { type: 'text', value: node.value.slice(match.index + match[0].length) }
    const before: Text = { type: 'text', value: node.value.slice(0, match.index) }
    replaceChildren(parent, (child) => (child === node ? [before, toReference(footnote), rest] : [child]))
    texts.splice(at, 1, { parent, node: before }, { parent, node: rest })
    next = at + 1
    found.add(footnote)
  }
  return found
}

/**
 * Plain text in which references stand in brackets, as the notes below it do: `skills.3 His` says nothing of a note.
 */
export function bracketReferences(text: string, footnotes: readonly Footnote[]): string {
  let [marked, from] = ['', 0]
  for (const label of footnotes.slice(0, MOST_GLUED).map((footnote) => bareLabel(footnote.label))) {
    const pattern = new RegExp(gluedPattern(label), 'gu')
    pattern.lastIndex = from
    const match = label === '' ? null : pattern.exec(text)
    if (match === null) continue
    marked += `${text.slice(from, match.index)}[${label}]`
    from = match.index + match[0].length
  }
  return marked + text.slice(from)
}

/** Behind a small letter or closing punctuation, not in a number such as 3.1; also `[1]`. */
function gluedPattern(label: string): RegExp {
  const escaped = label.replace(REGEX_SIGN, '\\$&')
  return new RegExp(
    `\\[${escaped}\\](?!\\()|(?<=[\\p{Ll}.,;:!?)\\]"'”’»…])(?<!\\d[.,:])${escaped}(?![\\p{L}\\p{N}]|[.,]\\d)`,
    'u',
  )
}

interface PlacedText {
  readonly parent: Parents
  readonly node: Text
}

function findTexts(node: Nodes): PlacedText[] {
  if (!('children' in node) || node.type === 'link') return []
  return node.children.flatMap((child): PlacedText[] =>
    child.type === 'text' ? [{ parent: node, node: child }] : findTexts(child),
  )
}

function replaceChildren(node: Parents, replace: (child: RootContent) => RootContent[]): void {
  node.children = (node.children as RootContent[]).flatMap(replace) as typeof node.children
}

function toReference({ identifier }: NamedFootnote): FootnoteReference & PhrasingContent {
  return { type: 'footnoteReference', identifier }
}
