// What stands around a thread that came by mail, out of a note-taking program or from a chat program: `>` before every
// line, numbers set in bold or as headings. Takes the marks off where most lines have them; single ones are somebody's
// own.
import { isBlank, type Line } from '../lines.ts'

/** Share of lines with text that are quoted, for all of it to be a quotation. */
const QUOTED_SHARE = 0.6
const MIN_QUOTED = 2
const QUOTED = /^(?:>\s?)+/
const NUMBER = '((?:(?:tweet|post|part)\\s+)?#?\\d{1,3}(?:\\s?(?:\\/|of)\\s?\\d{0,3})?\\s?[:.)]?)'
/** `### 2/`, and `**Tweet 1/3:**`, `**3**.` at the beginning of a line. */
const HEADED = new RegExp(`^#{1,6}\\s+${NUMBER}(?=\\s|$)\\s*`, 'i')
const BOLD = new RegExp(`^(?:#{1,6}\\s+)?(\\*\\*|__)${NUMBER}\\1([:.)]?)(?=\\s|$)\\s*`, 'i')
const MIN_NUMBERS = 2

/** The lines without these marks; their numbers stay those of the input. */
export function unmark(lines: readonly Line[]): readonly Line[] {
  return plainNumbers(unquoted(lines))
}

function unquoted(lines: readonly Line[]): readonly Line[] {
  const written = lines.filter((line) => !isBlank(line))
  const quoted = written.filter(({ text }) => QUOTED.test(text))
  if (quoted.length < MIN_QUOTED || quoted.length < written.length * QUOTED_SHARE) return lines
  return lines.map((line) => (QUOTED.test(line.text) ? { ...line, text: line.text.replace(QUOTED, '').trim() } : line))
}

function plainNumbers(lines: readonly Line[]): readonly Line[] {
  const isSet = ({ text }: Line) => HEADED.test(text) || BOLD.test(text)
  if (lines.filter(isSet).length < MIN_NUMBERS) return lines
  return lines.map((line) => ({ ...line, text: line.text.replace(BOLD, '$2$3 ').replace(HEADED, '$1 ').trim() }))
}
