// What WordPress stores is not HTML but words with line breaks and some tags; it is made HTML when printed (wpautop).
// Here only as much of that as changes what people read: paragraphs, lines, nothing inside `pre`.

/** Text written by the block editor, or with its own paragraphs, is HTML already. */
const IS_HTML = /<!-- wp:|<p[\s>]/i
const BLANK_LINE = /\n[ \t]*\n\s*/
const BLOCK_START =
  /^\s*<\/?(?:address|article|aside|blockquote|dd|div|dl|dt|figure|h[1-6]|hr|li|ol|pre|section|table|tbody|td|th|tr|ul)\b/i
const LINE_END = /\r\n?/g
const PRE = '<pre'
const PRE_END = '</pre>'

/**
 * The HTML that stored text prints as. Linear in its length.
 * @param draws what stands for its shortcodes; comments have none
 */
export function storedToHtml(stored: string, draws: (text: string) => string = (text) => text): string {
  const text = draws(stored.replace(LINE_END, '\n'))
  if (IS_HTML.test(text)) return text
  return splitAtPre(text)
    .map((part) => (part.startsWith(PRE) ? part : paragraphs(part)))
    .join('')
}

/** Parts in order; those that start with `<pre` are whole elements. */
function splitAtPre(text: string): readonly string[] {
  const parts: string[] = []
  let at = 0
  while (at < text.length) {
    const start = text.indexOf(PRE, at)
    const end = start === -1 ? -1 : text.indexOf(PRE_END, start)
    if (end === -1) break
    parts.push(text.slice(at, start), text.slice(start, end + PRE_END.length))
    at = end + PRE_END.length
  }
  return [...parts, text.slice(at)]
}

function paragraphs(text: string): string {
  return text
    .split(BLANK_LINE)
    .map((chunk) => chunk.trim())
    .filter((chunk) => chunk !== '')
    .map((chunk) => (BLOCK_START.test(chunk) ? chunk : `<p>${chunk.replaceAll('\n', '<br>')}</p>`))
    .join('\n')
}
