// Text taken out of a page that a browser printed (PDF): what stands at the edges of each sheet, the day and the page's
// title above, its address and the sheet's number below. A text that runs over the edge goes on.
import { isBlank, type Line } from './lines.ts'

interface Unprinted {
  readonly lines: readonly Line[]
  /** 1-based numbers of the lines left out. */
  readonly edges: readonly number[]
}

const ADDRESS = /^https?:\/\/\S{4,500}$/
const NUMBER = /^(\d{1,4})\/(\d{1,4})$/
/** Both in one line, as `pdftotext -layout` keeps them. */
const FOOT = /^(https?:\/\/\S{4,500})\s+(\d{1,4})\/(\d{1,4})$/
/** `12/8/22, 10:00 AM`, `08.12.2022, 10:00`, with the title behind it or not. */
const STAMP = /^\d{1,4}[./-]\d{1,2}[./-]\d{1,4},? \d{1,2}:\d{2}(?::\d{2})?(?: ?[ap]\.?m\.?)?(?:\s+(\S.{0,300}))?$/i
const SENTENCE_END = /[.!?:…"”’)\]]$/u
const GOES_ON = /^\p{Ll}/u
/** One sheet's foot may be somebody's words. */
const MIN_SHEETS = 2

/** The lines without the edges of sheets; all of them where none was printed. */
export function withoutSheets(lines: readonly Line[]): Unprinted {
  const feet = findFeet(lines)
  if (feet.length < MIN_SHEETS) return { lines, edges: [] }
  const used = new Set(feet.flatMap(({ at }) => at))
  const starts = [0, ...feet.map(({ at }) => (at.at(-1) ?? 0) + 1)]
  for (const head of findHeads(lines, starts)) used.add(head)
  const edges = [...used].sort((a, b) => a - b).map((at) => lines[at]?.number ?? 0)
  return { lines: joined(lines, used), edges }
}

interface Foot {
  /** Indices of its lines. */
  readonly at: readonly number[]
  readonly number: number
  readonly address: string
  readonly total: number
}

/** The feet that count the sheets of one page up to its total. */
function findFeet(lines: readonly Line[]): readonly Foot[] {
  const feet: Foot[] = []
  let above: number | null = null
  for (const [at, line] of lines.entries()) {
    if (isBlank(line)) continue
    const foot = footAt(lines, at, above)
    const [last, first] = [feet.at(-1), feet[0]]
    const isNext = foot?.number === (last?.number ?? 0) + 1
    const isSame = first === undefined || (foot?.address === first.address && foot.total === first.total)
    if (foot !== null && isNext && isSame) feet.push(foot)
    above = at
  }
  return feet
}

function footAt(lines: readonly Line[], at: number, above: number | null): Foot | null {
  const text = lines[at]?.text ?? ''
  const [, address, number, total] = FOOT.exec(text) ?? []
  if (address !== undefined) return { at: [at], address, number: Number(number), total: Number(total) }
  const [, alone, of] = NUMBER.exec(text) ?? []
  const before = above === null ? '' : (lines[above]?.text ?? '')
  if (alone === undefined || above === null || !ADDRESS.test(before)) return null
  return { at: [above, at], address: before, number: Number(alone), total: Number(of) }
}

/** The day, and the title where each sheet repeats it, at the top of sheets. */
function findHeads(lines: readonly Line[], starts: readonly number[]): readonly number[] {
  const tops = starts.map((start) => textAfter(lines, start))
  const stamped = tops.filter((at) => STAMP.test(lines[at]?.text ?? ''))
  const titles = stamped.flatMap((at) => (hasTitle(lines, at) ? [] : [textAfter(lines, at + 1)]))
  const counts = new Map<string, number>()
  for (const at of titles) counts.set(textAt(lines, at), (counts.get(textAt(lines, at)) ?? 0) + 1)
  return [...stamped, ...titles.filter((at) => at < lines.length && (counts.get(textAt(lines, at)) ?? 0) > 1)]
}

function textAt(lines: readonly Line[], at: number): string {
  return lines[at]?.text ?? ''
}

function hasTitle(lines: readonly Line[], at: number): boolean {
  return STAMP.exec(lines[at]?.text ?? '')?.[1] !== undefined
}

function textAfter(lines: readonly Line[], from: number): number {
  let at = from
  while (at < lines.length && isBlank(lines[at] as Line)) at += 1
  return at
}

/** A sentence that an edge cuts goes on without a blank line. */
function joined(lines: readonly Line[], used: ReadonlySet<number>): readonly Line[] {
  const kept: Line[] = []
  let isCut = false
  for (const [at, line] of lines.entries()) {
    if (used.has(at)) isCut = true
    else if (isCut && !isBlank(line)) {
      const before = kept.findLast((one) => !isBlank(one))?.text ?? ''
      if (GOES_ON.test(line.text) && !SENTENCE_END.test(before)) while (isEmpty(kept.at(-1))) kept.pop()
      kept.push(line)
      isCut = false
    } else kept.push(line)
  }
  return kept
}

function isEmpty(line: Line | undefined): boolean {
  return line !== undefined && isBlank(line)
}
