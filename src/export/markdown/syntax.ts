// Markdown tree → Markdown text that CommonMark, GitHub, Obsidian and pandoc read alike.
// Post text must never act as markup in any of them, and plain prose must stay plain: what is escaped where is the
// table below; everything else is mdast-util-to-markdown's.
import type {
  Break,
  Delete,
  FootnoteDefinition,
  FootnoteReference,
  Heading,
  InlineCode,
  Nodes,
  Paragraph,
  Parents,
  Root,
  Table,
  TableRow,
} from 'mdast'
import { type InlineMath, mathToMarkdown } from 'mdast-util-math'
import {
  type ConstructName,
  defaultHandlers,
  type Handlers,
  type Info,
  type State,
  toMarkdown,
  type Unsafe,
} from 'mdast-util-to-markdown'
import { findLoneSigns } from './lone-signs.ts'

declare module 'mdast-util-to-markdown' {
  interface ConstructNameMap {
    tableCell: 'tableCell'
    footnoteDefinition: 'footnoteDefinition'
  }
}

/** Spans in which phrasing cannot start. */
const SPANS: ConstructName[] = [
  'autolink',
  'destinationLiteral',
  'destinationRaw',
  'reference',
  'titleQuote',
  'titleApostrophe',
]

/** Whitespace as CommonMark §2.1 has it, for character classes. */
const SPACE = ' \\t\\n\\f\\r\\u00a0\\u1680\\u2000-\\u200a\\u202f\\u205f\\u3000'

/** Characters whose stock patterns escape plain prose; the table's own patterns take their place. */
const RETUNED = new Set(['_', '*', '[', '&', '#', '~'])

const REGEX_SIGN = /[$()*+.?[\\\]^{|}]/

/**
 * Escapes in running text, unless a span hides it; `before` and `after` are pieces of a regular expression.
 * They go into `character` as look-arounds: the library leaves out a conditional escape beside another escape, which is
 * right for its own conditions and wrong for these (`**` needs both).
 */
function inProse(character: string, { before, after }: { before?: string; after?: string }): Unsafe {
  const sign = REGEX_SIGN.test(character) ? `\\${character}` : character
  const behind = before === undefined ? '' : `(?<=${before}${sign})`
  const ahead = after === undefined ? '' : `(?=${after})`
  return { character: `${character}${behind}${ahead}`, inConstruct: 'phrasing', notInConstruct: SPANS }
}

/** Escapes at the start of a line only. */
function atLineStart(character: string, after?: string): Unsafe {
  return { atBreak: true, character, ...(after === undefined ? {} : { after }) }
}

const UNSAFE: readonly Unsafe[] = [
  // CommonMark: emphasis forms only beside a non-space. We write emphasis with `*`, so a closing `_` never matters.
  inProse('*', { after: `[^${SPACE}]` }),
  inProse('*', { before: `[^${SPACE}]` }),
  // Behind a word it opens nothing. Two letters, as the first of a span may be printed as a reference.
  inProse('_', { before: '(?<![A-Za-z0-9]{2}_{0,20})', after: `[^${SPACE}]` }),
  atLineStart('*', '(?:[ \\t\\r\\n*]|$)'),
  atLineStart('_', '[ \\t_]'),
  // CommonMark: a heading needs a space, so `#hashtag` stays as it is.
  atLineStart('#', '#{0,5}(?:[ \\t\\r\\n]|$)'),
  { character: '#', inConstruct: 'headingAtx', after: '(?:[\\r\\n]|$)' },
  // CommonMark: only a whole character reference, so `AT&T` stays.
  ...(['phrasing', 'destinationLiteral', 'destinationRaw', 'titleQuote', 'titleApostrophe'] as const).map(
    (inConstruct): Unsafe => ({
      character: '&',
      after: '(?=#[0-9]{1,7};|#[xX][0-9a-fA-F]{1,6};|[A-Za-z][A-Za-z0-9]{1,31};)',
      inConstruct,
    }),
  ),
  // CommonMark §6.5: an email address between `<` and `>` may begin with nearly any sign; the stock row knows letters.
  inProse('<', { after: "[0-9.#$%&'*+=^_`{|}~-][^\\s<>]{0,200}@" }),
  // Wiki links and embeds (Obsidian), footnotes, alerts and callouts (`[!note]`), tasks, definitions.
  // A link needs no row: the `(` behind `]` is escaped already, and no definition is ever printed.
  inProse('[', { after: '[\\[^!]' }),
  inProse('[', { before: '\\[' }),
  atLineStart('[', '(?=[^\\]]?\\])'),
  { ...inProse(':', { before: '\\]' }), notInConstruct: [...SPANS, 'headingAtx'] },
  { character: '[', inConstruct: ['label', 'reference'] },
  // CommonMark §6.3: round brackets in pairs need nothing (`…/Bridge_(dental)`). The `(` that opens the address and the
  // `)` that ends it stand in the text that is looked at, and pair with none.
  { character: '((?:(?<=\\]\\()|(?![^()]*\\)[^]))', inConstruct: 'destinationRaw' },
  { character: ')(?<!(?<!\\])\\([^()]*\\))', inConstruct: 'destinationRaw' },
  // GFM strikethrough and pandoc subscript close beside a non-space; fences open with a run.
  inProse('~', { before: `[^${SPACE}]` }),
  inProse('~', { after: '~' }),
  atLineStart('~', '[ \\t~]'),
  // Math (GitHub, Obsidian, pandoc): `$5 and $6` is none, because the second stands after a space.
  inProse('$', { before: `[^${SPACE}]`, after: '(?![0-9])' }),
  inProse('$', { after: '[$`]' }),
  // pandoc and Obsidian: notes within a line.
  inProse('^', { after: '\\[' }),
  // pandoc: superscript; attributes after a span; TeX commands; definition lists, line blocks, divs.
  inProse('^', { before: `\\^[^${SPACE}^]{1,80}` }),
  inProse('{', { before: '[\\]`)]' }),
  { character: '{', inConstruct: 'headingAtx' },
  inProse('\\', { after: '[A-Za-z]' }),
  atLineStart(':', '[ \\t:-]'),
  atLineStart('|'),
  atLineStart('+', '[-=]'),
  atLineStart('-', '[ \\t]*[|:]'),
  // Obsidian: highlights, comments, block ids at a line's end. Templater commands (`<%`).
  inProse('=', { after: `=(?=[^${SPACE}=])` }),
  inProse('%', { after: '%' }),
  inProse('%', { before: '%' }),
  inProse('%', { before: '<' }),
  inProse('^', { before: `[${SPACE}]`, after: '[A-Za-z0-9-]+(?:[\\r\\n]|$)' }),
  // GFM §6.9 reads bare addresses as links, backslashes and all, so that what follows them comes alive. Addresses in
  // posts are printed as links (prose.ts), but for those of FTP; in a name or a title all are defused here.
  {
    ...inProse(':', { before: '(?:[hH][tT][tT][pP][sS]?|[fF][tT][pP])', after: '//' }),
    notInConstruct: [...SPANS, 'label'],
  },
  { ...inProse('.', { before: '[wW]{3}' }), notInConstruct: [...SPANS, 'label'] },
  // GFM tables.
  { character: '|', inConstruct: 'tableCell' },
  { character: '\n', inConstruct: 'tableCell' },
  { character: '\r', inConstruct: 'tableCell' },
]

/** Beside a formula any dollar sign could open or close another. */
const BESIDE_MATH = inProse('$', {})

/** The rows for signs within a line; what begins a line needs no second sign. */
const IN_PAIRS: ReadonlySet<Unsafe> = new Set(
  UNSAFE.filter(({ atBreak, inConstruct }) => !atBreak && inConstruct === 'phrasing'),
)

const formulas = mathToMarkdown().handlers as Pick<Handlers, 'inlineMath' | 'math'>

const handlers: Partial<Handlers> = {
  ...formulas,
  inlineMath: Object.assign(printInlineMath, { peek: () => '$' }),
  root: printRoot,
  paragraph: printWords,
  heading: printWords,
  break: printBreak,
  inlineCode: Object.assign(printInlineCode, { peek: () => '`' }),
  delete: printDelete,
  table: printTable,
  footnoteReference: printFootnoteReference,
  footnoteDefinition: printFootnoteDefinition,
}

/** Prints a tree. The same tree gives the same bytes; ends in a line end unless empty. */
export function printMarkdown(root: Root): string {
  return toMarkdown(root, {
    handlers,
    unsafe: [...UNSAFE],
    join: [partTables],
    bullet: '-',
    emphasis: '*',
    fences: true,
    listItemIndent: 'one',
    resourceLink: false,
    rule: '-',
  })
}

/** A table would take the line below it for a row, even in a tight list. */
function partTables(left: Nodes, right: Nodes): 1 | undefined {
  return left.type === 'table' || right.type === 'table' ? 1 : undefined
}

/** The stock table is set before ours, so its patterns for retuned characters are taken out here. */
function printRoot(node: Root, parent: Parents | undefined, state: State, info: Info): string {
  const own = new Set(UNSAFE)
  state.unsafe = state.unsafe.filter((pattern) => own.has(pattern) || !isRetuned(pattern))
  return defaultHandlers.root(node, parent, state, info)
}

function isRetuned({ character, inConstruct }: Unsafe): boolean {
  return RETUNED.has(character) || (inConstruct === 'destinationRaw' && (character === '(' || character === ')'))
}

/** What marks up in pairs only is not escaped where it stands alone: `~200 ms`, `800*600`, `$BTC`. */
function printWords(node: Paragraph | Heading, parent: Parents | undefined, state: State, info: Info): string {
  const all = state.unsafe
  const lone = findLoneSigns(node)
  const here = all.filter((pattern) => !(IN_PAIRS.has(pattern) && lone.has(pattern.character.charAt(0))))
  state.unsafe = holdsMath(node) ? [...here, BESIDE_MATH] : here
  const printed =
    node.type === 'heading'
      ? defaultHandlers.heading(node, parent, state, info)
      : defaultHandlers.paragraph(node, parent, state, info)
  state.unsafe = all
  return printed
}

function holdsMath(node: Nodes): boolean {
  return node.type === 'inlineMath' || ('children' in node && node.children.some(holdsMath))
}

/** Two spaces: the one hard break that all readers know (a backslash shows in Obsidian's editor). */
function printBreak(node: Break, parent: Parents | undefined, state: State, info: Info): string {
  if (info.before.endsWith('\n')) return '' // an empty line would end the paragraph
  const printed = defaultHandlers.break(node, parent, state, info)
  return printed === '\\\n' ? '  \n' : printed
}

/** Readers disagree on `\\|` within code within a table, so such code is printed as words. */
function printInlineCode(node: InlineCode, parent: Parents | undefined, state: State, info: Info): string {
  const isSplit = state.stack.includes('tableCell') && node.value.includes('|')
  return isSplit ? state.safe(node.value, info) : defaultHandlers.inlineCode(node, parent, state)
}

/** A bar in a cell of a table would end it. */
function printInlineMath(node: InlineMath, parent: Parents | undefined, state: State, info: Info): string {
  const value = state.stack.includes('tableCell') ? node.value.replaceAll('|', '\\vert ') : node.value
  return formulas.inlineMath({ ...node, value }, parent, state, info)
}

/** A `~` that the moved spaces had kept away from the sign. */
const OUTER_TILDE = /^~|(?<!\\)~$/g

/** GFM §6.5: nothing is struck through when a space follows the opening sign, so outer spaces stay outside. */
function printDelete(node: Delete, _: Parents | undefined, state: State, info: Info): string {
  const words = state.containerPhrasing(node, { ...info, before: '~', after: '~' })
  const inner = words.trim()
  const guarded = inner.replace(OUTER_TILDE, '\\~')
  return inner === '' ? words : words.replace(inner, () => `~~${guarded}~~`)
}

/** GFM §4.10: head, delimiter row, body; short rows are filled. */
function printTable(node: Table, _: Parents | undefined, state: State, info: Info): string {
  const rows = node.children.map((row) => printCells(row, state, info))
  const width = rows.reduce((most, row) => Math.max(most, row.length), 1)
  const lines = rows.map((row) => `| ${[...row, ...Array<string>(width - row.length).fill('')].join(' | ')} |`)
  return [lines[0] ?? `|${' |'.repeat(width)}`, `|${' --- |'.repeat(width)}`, ...lines.slice(1)].join('\n')
}

function printCells(row: TableRow, state: State, info: Info): string[] {
  const exit = state.enter('tableCell')
  const leave = state.enter('phrasing')
  const cells = row.children.map((cell) => state.containerPhrasing(cell, { ...info, before: ' ', after: ' ' }).trim())
  leave()
  exit()
  return cells
}

function printFootnoteReference(node: FootnoteReference): string {
  return `[^${node.identifier}]`
}

function printFootnoteDefinition(node: FootnoteDefinition, _: Parents | undefined, state: State, info: Info): string {
  const exit = state.enter('footnoteDefinition')
  const body = state.containerFlow(node, { now: info.now, lineShift: info.lineShift })
  exit()
  return `[^${node.identifier}]: ${state.indentLines(body, (line, index, blank) => (index === 0 || blank ? '' : '    ') + line)}`
}
