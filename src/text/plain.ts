// A sanitised hast tree → plain text: lines by \n, paragraphs by a blank line, lists with their marks. No Markdown.
import type { Element, Nodes, RootContent } from 'hast'
import { raisedText } from './raised.ts'
import { isCaption } from './tables.ts'
import { BLOCK_MATH, INLINE_MATH, isBlock, isMath } from './tags.ts'

const INDENT = '  '
/** Where a browser may part a word: nobody sees or writes them, and no search finds a word that holds one. */
const SOFT_HYPHEN = '\u00ad'
const UNSEEN = ['\u200b', '\ufeff']
/** Lines of nothing a reader sees: Reddit's editor writes a zero-width space to keep a line empty. */
const UNSEEN_LINES = /^ *[\u200b\ufeff][ \u200b\ufeff]*$/gm

/** The text a reader sees, without white space at the ends of lines. */
export function plainText(tree: Nodes): string {
  const text = withoutUnseen(render('children' in tree ? tree.children : [tree])).trim()
  const lines = text.includes(' \n') || text.includes('\t\n') ? text.replace(LINE_END_SPACE, '\n') : text
  return lines.includes('\n\n\n') ? lines.replace(MANY_BREAKS, '\n\n') : lines
}

/** A search for letters costs a tenth of one for a pattern, and most texts hold none of these. */
function withoutUnseen(text: string): string {
  const whole = text.replaceAll(SOFT_HYPHEN, '')
  return UNSEEN.some((sign) => whole.includes(sign)) ? whole.replace(UNSEEN_LINES, '') : whole
}

/** Blocks are set apart by blank lines, runs of inline content by what they say themselves. */
function render(children: readonly RootContent[], beforeList = '\n\n'): string {
  let text = ''
  let run: string[] = []
  const append = (part: string, gap: string) => {
    if (part !== '') text += text === '' ? part : gap + part
  }
  for (const [at, child] of children.entries()) {
    if (!isBlock(child)) run.push(renderInline(child, at, children))
    else {
      append(tidyLines(run.join('')), '\n\n')
      append(renderBlock(child as Element), isList(child as Element) ? beforeList : '\n\n')
      run = []
    }
  }
  append(tidyLines(run.join('')), '\n\n')
  return text
}

function isList(element: Element): boolean {
  return element.tagName === 'ul' || element.tagName === 'ol'
}

/** White space is one space, except at the breaks that `<br>` wrote. */
function tidyLines(text: string): string {
  const words = text.includes('  ') ? text.replace(SPACE_RUNS, ' ') : text
  return (words.includes('\n') ? words.replace(SPACES_AT_BREAK, '\n') : words).trim()
}

function renderInline(node: RootContent, at: number, siblings: readonly RootContent[]): string {
  if (node.type === 'text') return inOneLine(node.value).replaceAll(NO_BREAK_SPACE, ' ')
  if (node.type !== 'element') return ''
  if (node.tagName === 'br') return '\n'
  if (node.tagName === 'img') return ''
  if (isMath(node, INLINE_MATH)) return `$${verbatim(node)}$`
  const raised = raisedText(node, siblings[at - 1])
  if (raised !== null) return raised
  return node.children.some(isBlock) ? `\n\n${render(node.children)}\n\n` : node.children.map(renderInline).join('')
}

/** Most texts have no such sign; runs of blanks are left to `tidyLines`. */
function inOneLine(text: string): string {
  return LOOSE_SPACES.some((sign) => text.includes(sign)) ? text.replace(SPACES, ' ') : text
}

function renderBlock(element: Element): string {
  switch (element.tagName) {
    case 'ul':
    case 'ol':
      return renderList(element)
    case 'pre':
      return element.children.some((child) => isMath(child, BLOCK_MATH))
        ? `$$${verbatim(element)}$$`
        : verbatim(element).trimEnd().replace(LEADING_BREAKS, '')
    case 'table':
      return linesOf(element).join('\n')
    case 'hr':
      return ''
    default:
      return render(element.children)
  }
}

function renderList(list: Element): string {
  const first = Number(list.properties['start'] ?? 1)
  const items = list.children
    .filter(holdsWords)
    .map((item) => render(item.type === 'element' ? item.children : [item], '\n'))
  const marked = items.map(
    (text, i) => `${list.tagName === 'ol' ? `${first + i}.` : '-'} ${text.replace(BREAK, `\n${INDENT}`)}`,
  )
  return marked.join(items.some((text) => text.includes('\n\n')) ? '\n\n' : '\n')
}

function verbatim(node: RootContent): string {
  if (node.type === 'text') return node.value
  if (node.type !== 'element') return ''
  return node.tagName === 'br' ? '\n' : node.children.map(verbatim).join('')
}

const TABLE_SECTIONS = new Set(['thead', 'tbody', 'tfoot'])

/** Rows, and on lines of their own the words beside them: a caption, and what stands in no cell. */
function linesOf(table: Element): string[] {
  const lines: string[] = []
  let loose: RootContent[] = []
  const endLoose = () => {
    const line = inOneLine(render(loose))
    if (line !== '') lines.push(line)
    loose = []
  }
  for (const child of captionsFirst(table)) {
    const name = child.type === 'element' ? child.tagName : ''
    if (name !== 'tr' && !TABLE_SECTIONS.has(name)) loose.push(child)
    else {
      endLoose()
      for (const line of name === 'tr' ? [renderRow(child as Element)] : linesOf(child as Element)) lines.push(line)
    }
  }
  endLoose()
  return lines
}

/** As they are drawn, wherever they stand. */
function captionsFirst({ children }: Element): readonly RootContent[] {
  return children.some(isCaption)
    ? [...children.filter(isCaption), ...children.filter((one) => !isCaption(one))]
    : children
}

function renderRow(row: Element): string {
  return row.children
    .filter(holdsWords)
    .map((cell) => render(cell.type === 'element' ? cell.children : [cell]).replace(SPACES, ' '))
    .join('\t')
}

/** Elements always: an empty cell keeps its place. */
function holdsWords(node: RootContent): boolean {
  return node.type === 'element' || (node.type === 'text' && node.value.trim() !== '')
}

/** White space that is not one blank already: what needs no change costs no copy. */
const SPACES = / [ \t\n\r\f]+|[\t\n\r\f][ \t\n\r\f]*/g
/** What else than blanks is among them. */
const LOOSE_SPACES = ['\n', '\t', '\r', '\f']
const NO_BREAK_SPACE = '\u00a0'
const SPACE_RUNS = / {2,}/g
const SPACES_AT_BREAK = / \n ?|\n /g
const LINE_END_SPACE = /(?<![ \t])[ \t]+\n/g
const MANY_BREAKS = /\n{3,}/g
const LEADING_BREAKS = /^\n+/
const BREAK = /\n(?!\n)/g
