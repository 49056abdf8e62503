// A Thread Reader page whose tags were taken off by a pattern that ends each at its first `>`: the actions named in
// them hold one (`click->thread#showTweet`), so the rest of every post's tag is left on a line, with account and id.
// Gives what stands where.
import { threadFurniture } from '../furniture.ts'
import { isBlank, type Line, trimLines } from '../lines.ts'
import { isNameLike } from '../names.ts'
import type { Timeline, TimelinePost } from '../timeline/timeline.ts'

/** Lines between an account's name and its handle, at most. */
const MAX_BETWEEN = 3
const TORN = /^[\w#"\s-]{0,80}\bdata-screenname="(\w{1,20})" data-tweet="(\d{1,20})"[^<>]{0,200}>\s*(.*)$/
/** What is left of other tags. */
const RESIDUE = /^[\w-]{1,40}#\w{1,40}"(?:\s[^<>]{0,4000})?(?:>\s*)?$|^data-[\w-]{1,40}="[^"<>]{0,400}"[^<>]{0,4000}>?$/

/** The posts of the page's own thread, with its count and what stands below them, or null when no such line is here. */
export function readTorn(lines: readonly Line[]): Timeline | null {
  const starts = lines.flatMap(({ text }, at) => (TORN.test(text) ? [at] : []))
  const [first] = starts
  if (first === undefined) return null
  const end = endOf(lines, starts.at(-1) ?? first)
  const name = nameAbove(lines.slice(0, first), TORN.exec(lines[first]?.text ?? '')?.[1] ?? '')
  const posts = starts.map((start, i) => ({ ...readPost(lines, start, starts[i + 1] ?? end), name }))
  const isPage = (line: Line) => RESIDUE.test(line.text) || line.text === name
  const rest = lines.slice(end).filter((line) => !isPage(line))
  const dropped = [...lines.slice(0, first).filter((line) => !isBlank(line)), ...lines.slice(end).filter(isPage)]
  return {
    posts,
    adverts: 0,
    dropped: dropped.map(({ number }) => number),
    page: { total: totalIn(lines, first), rest },
  }
}

/** The account's name stands above its handle, a button between. */
function nameAbove(head: readonly Line[], handle: string): string | null {
  const at = head.findIndex(({ text }) => text === `@${handle}`)
  const above = head.slice(Math.max(0, at - MAX_BETWEEN), Math.max(0, at))
  return above.findLast(({ text }) => isNameLike(text) && threadFurniture(text) === null)?.text ?? null
}

/** Index of the first line below the last post that the page wrote. */
function endOf(lines: readonly Line[], from: number): number {
  const length = lines.slice(from + 1).findIndex(({ text }) => threadFurniture(text) !== null || RESIDUE.test(text))
  return length === -1 ? lines.length : from + 1 + length
}

function readPost(lines: readonly Line[], start: number, end: number): TimelinePost {
  const line = lines[start] as Line
  const [, handle = '', id = '', words = ''] = TORN.exec(line.text) ?? []
  const own = [{ ...line, text: words }, ...lines.slice(start + 1, end)]
  const url = `https://x.com/${handle}/status/${id}`
  return {
    name: null,
    handle,
    printedDate: null,
    url,
    replyingTo: [],
    line: line.number,
    body: trimLines(own, ({ text }) => RESIDUE.test(text)),
    quotes: [],
    isCut: false,
  }
}

function totalIn(lines: readonly Line[], end: number): number | null {
  const totals = lines.slice(0, end).map(({ text }) => threadFurniture(text))
  return totals.map((found) => (found?.kind === 'total' ? found.total : null)).find((total) => total !== null) ?? null
}
