// Tables before they become Markdown, which has no captions and no spans: a caption stands above its table, and each
// cell that a span stands over is written out. A page of 2 kB can ask for a thousand cells a character.
import type { Element, Root, RootContent } from 'hast'

/** An honest table has few empty cells. */
const CELLS_A_CELL = 20
/** Where there are fewer it does not matter. */
const FREE_CELLS = 1_000

/** What stands in a table beside its rows stands above it. */
export function liftCaptions<Tree extends Root | Element>(tree: Tree): Tree {
  const children: Tree['children'][number][] = []
  for (const child of tree.children) {
    if (child.type === 'element') liftCaptions(child)
    if (child.type !== 'element' || child.tagName !== 'table') children.push(child)
    else children.push(...takeCaptions(child), child)
  }
  tree.children = children as Tree['children']
  return tree
}

function takeCaptions(table: Element): readonly Element[] {
  const captions = table.children.filter(isCaption)
  if (captions.length > 0) table.children = table.children.filter((child) => !isCaption(child))
  return captions.map((caption) => ({ ...caption, tagName: 'p' }))
}

/** Tables that would be written out past all measure lose their spans, and if that does not help their grid. */
export function boundTables<Tree extends Root | Element>(tree: Tree): Tree {
  for (const child of tree.children) {
    if (child.type !== 'element') continue
    if (child.tagName === 'table') boundTable(child)
    else boundTables(child)
  }
  return tree
}

function boundTable(table: Element): void {
  const parts = listParts(table)
  const cells = parts.filter(isCell)
  const most = Math.max(FREE_CELLS, CELLS_A_CELL * cells.length)
  if (countWritten(parts) <= most) return
  for (const { properties } of cells) {
    delete properties['colSpan']
    delete properties['rowSpan']
  }
  if (countWritten(parts) > most) for (const part of [table, ...parts]) part.tagName = 'div'
}

/** Rows, cells and what groups them, in page order; not those of a table within, which is read as words. */
function listParts(node: Element, parts: Element[] = []): Element[] {
  for (const child of node.children) {
    if (child.type !== 'element' || child.tagName === 'table') continue
    if (isRow(child) || isCell(child) || GROUPS.has(child.tagName)) parts.push(child)
    listParts(child, parts)
  }
  return parts
}

const GROUPS = new Set(['caption', 'thead', 'tbody', 'tfoot'])

export function isCaption(node: RootContent): node is Element {
  return node.type === 'element' && node.tagName === 'caption'
}

function isRow({ tagName }: Element): boolean {
  return tagName === 'tr'
}

function isCell({ tagName }: Element): boolean {
  return tagName === 'td' || tagName === 'th'
}

/** Rows times columns. A cell that spans rows pushes those of each to the right. */
function countWritten(parts: readonly Element[]): number {
  const ending = new Map<number, number>()
  let [row, width, widest, above] = [0, 0, 0, 0]
  for (const part of parts) {
    if (isRow(part)) {
      row += 1
      above -= ending.get(row) ?? 0
      width = above
    }
    if (!isCell(part)) continue
    const [columns, rows] = [spanOf(part, 'colSpan'), spanOf(part, 'rowSpan')]
    width += columns
    widest = Math.max(widest, width)
    if (rows === 1) continue
    above += columns
    ending.set(row + rows, (ending.get(row + rows) ?? 0) + columns)
  }
  return row * widest
}

function spanOf({ properties }: Element, name: 'colSpan' | 'rowSpan'): number {
  return Math.max(1, Number(properties[name] ?? 1) || 1)
}
