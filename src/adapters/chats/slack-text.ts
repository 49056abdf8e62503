// Slack's own light markup (mrkdwn) → a body: links, mentions and channels stand in angle brackets, three signs are
// escaped, all else stays as its author typed it.
import { type Body, bodyFromHtml } from '../../text/body.ts'
import { parseUrl } from '../../url.ts'
import { escapeHtml } from '../extraction/post.ts'

/** `<https://…|label>`, `<@U123|name>`, `<#C123|general>`, `<!here>`. */
const BRACKETS = /<([^<>|\n]{1,4000})(?:\|([^<>\n]{0,4000}))?>/g
const ESCAPES: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&amp;': '&' }
const ESCAPED = /&(?:lt|gt|amp);/g

/** `nameOf` knows the accounts of the file by their ids. */
export function bodyOfSlack(text: string, nameOf: (id: string) => string | null): Body {
  const parts: string[] = []
  let from = 0
  for (const { 0: all, 1: target = '', 2: label, index } of text.matchAll(BRACKETS)) {
    parts.push(plain(text.slice(from, index)), bracket(target, label ?? null, nameOf))
    from = index + all.length
  }
  parts.push(plain(text.slice(from)))
  const html = parts.join('').replaceAll('\n', '<br>')
  return bodyFromHtml(html === '' ? '' : `<p>${html}</p>`, null)
}

function bracket(target: string, label: string | null, nameOf: (id: string) => string | null): string {
  const [sign, rest] = [target[0], target.slice(1)]
  if (sign === '@') return plain(`@${label || nameOf(rest) || rest}`)
  if (sign === '#') return plain(`#${label || rest}`)
  if (sign === '!') return plain(label ?? `@${rest}`)
  const url = parseUrl(unescaped(target))
  const shown = plain(label || target)
  return url === null ? shown : `<a href="${escapeHtml(url.href)}">${shown}</a>`
}

function plain(text: string): string {
  return escapeHtml(unescaped(text))
}

function unescaped(text: string): string {
  return text.replace(ESCAPED, (sign) => ESCAPES[sign] ?? sign)
}
