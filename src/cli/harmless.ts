// Words of strangers may hold signs that a terminal obeys, or that turn round what stands behind them. They are printed
// so that they can be seen. JSON has none of the first kind bare, and reads the others back.

// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the point
const CONTROLS = /[\x00-\x08\x0b\x0c\x0e-\x1f]|\r(?!\n)/g
const LATE_CONTROLS = /[\x7f-\x9f]/g
const LINE = /[^\n]+/g
/** Unicode's embeddings, overrides and isolates, and what ends them (UAX 9). */
const TURNS = /[\u202a-\u202e\u2066-\u2069]/
const TURN = new RegExp(TURNS, 'g')
const OVERRIDES = '\u202d\u202e'
/** What ends what. */
const OPENERS: Readonly<Record<string, string>> = { '\u202c': '\u202a\u202b', '\u2069': '\u2066\u2067\u2068' }

/** The same words without signs that act. Turns of direction stay where they end on their line, overrides never. */
export function harmless(text: string): string {
  const plain = text.replace(CONTROLS, '\ufffd').replace(LATE_CONTROLS, shown)
  return TURNS.test(plain) ? plain.replace(LINE, closeTurns) : plain
}

function closeTurns(line: string): string {
  const open: { readonly sign: string; readonly at: number }[] = []
  const paired = new Set<number>()
  for (const { 0: sign, index: at } of line.matchAll(TURN)) {
    const openers = OPENERS[sign]
    if (openers === undefined) open.push({ sign, at })
    else if (openers.includes(open.at(-1)?.sign ?? '-')) paired.add(open.pop()?.at ?? at).add(at)
  }
  return line.replace(TURN, (sign, at: number) => (OVERRIDES.includes(sign) || !paired.has(at) ? shown(sign) : sign))
}

function shown(sign: string): string {
  return `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`
}
