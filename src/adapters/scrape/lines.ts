// Lines and paragraphs of a plain-text scrape, with their place in the input. Knows no platform.
import type { ScrapeLine } from '../../model.ts'

/** One line of the input. */
export interface Line {
  /** Without white space at either end. */
  readonly text: string
  /** Columns of white space before it; a tab counts as TAB_COLUMNS. */
  readonly indent: number
  /** 1-based in the input. */
  readonly number: number
  /** True when two blanks end it: Markdown's hard line break. */
  readonly breaks: boolean
  /** What a Markdown clip shows with the line; absent: nothing. */
  readonly shown?: Shown
}

export type Shown = NonNullable<ScrapeLine['shown']>

const TAB_COLUMNS = 4
/** Zero-width characters that copying out of pages leaves behind, and soft hyphens. */
const INVISIBLE = /[\u200B\u2060\uFEFF\u00AD]/g
const LINE_END = /\r\n|\r|\n/
const LEADING = /^\s*/
const TABS = /\t/g

/** Every line, blank ones included. Line ends may be mixed. */
export function linesOf(text: string): readonly Line[] {
  return text.split(LINE_END).map((raw, index) => lineOf(raw, index + 1))
}

/** Runs of lines with no blank line inside. */
export function paragraphsOf(lines: readonly Line[]): readonly (readonly Line[])[] {
  const paragraphs: Line[][] = []
  let open = false
  for (const line of lines) {
    if (isBlank(line)) open = false
    else if (open) paragraphs.at(-1)?.push(line)
    else {
      paragraphs.push([line])
      open = true
    }
  }
  return paragraphs
}

/** Lines by \n, paragraphs by one blank line, indentation gone. */
export function textOf(lines: readonly Line[]): string {
  return paragraphsOf(lines)
    .map((paragraph) => paragraph.map((line) => line.text).join('\n'))
    .join('\n\n')
}

export function isBlank(line: Line): boolean {
  return line.text === ''
}

/** Without the lines at both ends that are blank or what `isEdge` says. */
export function trimLines(lines: readonly Line[], isEdge: (line: Line) => boolean = isBlank): readonly Line[] {
  const isInner = (line: Line) => !isBlank(line) && !isEdge(line)
  const start = lines.findIndex(isInner)
  return start === -1 ? [] : lines.slice(start, lines.findLastIndex(isInner) + 1)
}

function lineOf(raw: string, number: number): Line {
  const visible = raw.replace(INVISIBLE, '')
  const text = visible.trim()
  const space = text === '' ? '' : (LEADING.exec(visible)?.[0] ?? '')
  return { text, number, indent: columnsOf(space), breaks: raw.endsWith('  ') }
}

function columnsOf(space: string): number {
  return space.length + (space.match(TABS)?.length ?? 0) * (TAB_COLUMNS - 1)
}
