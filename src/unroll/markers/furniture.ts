// What stands beside a number only to go with it: 🧵, an arrow to the next post, `>>`, an ellipsis by itself,
// "(cont'd)", the word "Thread" before `1/7`. With the number it leaves the text. Whether a number is believed is
// decided elsewhere.

/** No such thing is longer (UTF-16 code units). */
const REACH = 24
const CONTINUED = "(?:cont(?:inued|[’']?d)?\\.?|more|sigue|continúa|続く|つづく|未完待续|待续|يتبع)"
const ARROW = '👇[\\u{1f3fb}-\\u{1f3ff}]?|[⬇➡↓→]\\ufe0f?|>{1,3}'
const THREAD = '[([]?(?:thread|hilo|тред)[:.]?[)\\]]?'
/** All that stands behind a number at the end of a post. */
const BEHIND_LAST = new RegExp(
  `^(?:\\s{0,2}(?:🧵|${ARROW}|\\.{3}|…|[([]?${CONTINUED}[)\\]]?\\.{0,3}|[([]thread[)\\]])){1,4}\\s*$`,
  'iu',
)
/** The last before such a number: of a sentence that breaks off the ellipsis is its own. */
const BEFORE_LAST = new RegExp(
  `(?:\\s{0,2}🧵|(?<=\\s)(?:>{2,3}|\\.{3}|…|[([]${CONTINUED}[)\\]]|(?<=[.!?…]\\s)${THREAD})){1,2}\\s*$`,
  'iu',
)
/** All that stands before a number at the start of a post, and what may follow on it. */
const BEFORE_FIRST = new RegExp(`^(?:\\s*(?:🧵|${THREAD}|[([](?:thread|hilo|post|tweet|part)|…|\\.{3}))+\\s*$`, 'iu')
const BEHIND_FIRST = /^\s?(?:🧵|[([]thread[)\]])/iu
const OPENED = /[([][^)\]]*$/u
const CLOSING = /^\s?[)\]]/u
const NOT_BLANK = /\S/u

/** A marker's span with what goes with it; the span itself where nothing else would be left. */
export function withFurniture(text: string, start: number, end: number): readonly [start: number, end: number] {
  const [from, to] = start <= text.length - end ? aroundFirst(text, start, end) : aroundLast(text, start, end)
  return NOT_BLANK.test(text.slice(0, from)) || NOT_BLANK.test(text.slice(to)) ? [from, to] : [start, end]
}

function aroundFirst(text: string, start: number, end: number): readonly [number, number] {
  const lead = start <= REACH && start > 0 ? (BEFORE_FIRST.exec(text.slice(0, start))?.[0] ?? '') : ''
  const behind = text.slice(end, end + REACH)
  const closing = OPENED.test(lead) ? (CLOSING.exec(behind)?.[0].length ?? 0) : 0
  const sign = BEHIND_FIRST.exec(behind.slice(closing))?.[0].length ?? 0
  return [start - lead.length, end + closing + sign]
}

function aroundLast(text: string, start: number, end: number): readonly [number, number] {
  if (text.length - end > REACH) return [start, end]
  const rest = text.slice(end)
  if (NOT_BLANK.test(rest) && !BEHIND_LAST.test(rest)) return [start, end]
  const before = BEFORE_LAST.exec(text.slice(Math.max(0, start - REACH), start))?.[0] ?? ''
  return [start - before.length, NOT_BLANK.test(rest) ? text.length : end]
}
