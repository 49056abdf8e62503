// Takes an accepted marker out of a post's text, with the space or the empty line it leaves, and nothing else. The raw
// text stays with the post; the spans say what was removed.
import { withFurniture } from './furniture.ts'
import type { Form, Marker } from './marker.ts'

interface Stripped {
  readonly text: string
  /** [start, end) in UTF-16 code units of the text given. */
  readonly strips: readonly (readonly [start: number, end: number])[]
}

const WIDE_SPACE = /\s/u
/** Words that belong to what the post says. */
const SPOKEN: ReadonlySet<Form> = new Set<Form>(['label n', 'ordinal'])
/** `第一，` is "firstly,"; `第一：` is a number. */
const FIRSTLY = /^[第其][^，,]{1,4}[，,]/u
/** Shared by all posts from which nothing is taken. */
const NO_STRIPS: Stripped['strips'] = []

/** The text without the marker; null gives the text as it is, and so does a marker that speaks: `Step 3:`, `Third,`. */
export function stripMarker(text: string, marker: Marker | null): Stripped {
  if (marker === null || marker.end <= marker.start || isSpoken(text, marker)) return { text, strips: NO_STRIPS }
  const [start, end] = widen(text, marker.start, marker.end)
  return { text: text.slice(0, start) + text.slice(end), strips: [[start, end]] }
}

/**
 * The text without its marker, what goes with it, and others that go too: one that says the same at the other end, an
 * end sign.
 */
export function stripMarkers(text: string, marker: Marker | null, twins: readonly (Marker | null)[]): Stripped {
  const own = stripMarker(text, marker && furnished(text, marker))
  const others = twins.filter((twin) => twin !== null).map((twin) => stripMarker(text, furnished(text, twin)).strips)
  if (others.length === 0) return own
  const strips = [...own.strips, ...others.flat()].sort(([a], [b]) => a - b)
  if (strips.some(([start], k) => start < (strips[k - 1]?.[1] ?? 0))) return own
  const kept = strips.map(([start], k) => text.slice(strips[k - 1]?.[1] ?? 0, start))
  return { text: kept.join('') + text.slice(strips.at(-1)?.[1] ?? 0), strips }
}

/** With all that stands there only for the number. */
function furnished(text: string, marker: Marker): Marker {
  const [start, end] = withFurniture(text, marker.start, marker.end)
  return start === marker.start && end === marker.end ? marker : { ...marker, start, end }
}

function isSpoken(text: string, { form, start, end }: Marker): boolean {
  return SPOKEN.has(form) || (form === 'cjk' && FIRSTLY.test(text.slice(start, end)))
}

/** The span with the white space that would stand doubled or at an end of the text without it. */
function widen(text: string, start: number, end: number): readonly [number, number] {
  const before = skipBack(text, start, isSpace)
  const after = skip(text, end, isSpace)
  if (before === 0) return [0, after]
  if (after === text.length) return [before, text.length]
  return widenInside(text, start, end)
}

/** Between words one of two spaces goes; a line of its own goes with its line break. */
function widenInside(text: string, start: number, end: number): readonly [number, number] {
  const from = skipBack(text, start, isInlineSpace)
  const to = skip(text, end, isInlineSpace)
  const [opens, closes] = [text[from - 1] === '\n', text[to] === '\n']
  // Between two empty lines one of them goes too.
  if (opens && closes) return [from, to + (text[from - 2] === '\n' && text[to + 1] === '\n' ? 2 : 1)]
  if (opens) return [from, to]
  return closes || from < start ? [closes ? from : start, to] : [start, end]
}

function isSpace(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  return code < 128 ? code === 32 || (code >= 9 && code <= 13) : WIDE_SPACE.test(text.charAt(at))
}

function isInlineSpace(text: string, at: number): boolean {
  return text[at] !== '\n' && isSpace(text, at)
}

type Asks = (text: string, at: number) => boolean

function skip(text: string, from: number, asks: Asks): number {
  let at = from
  while (at < text.length && asks(text, at)) at++
  return at
}

function skipBack(text: string, from: number, asks: Asks): number {
  let at = from
  while (at > 0 && asks(text, at - 1)) at--
  return at
}
