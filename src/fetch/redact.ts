// Keeps secrets out of captures: the headers that carry them are named, never kept.
import type { Capture } from '../model.ts'

type Header = readonly [name: string, value: string]

/** Response headers that let whoever reads them act as the person who fetched. */
const SECRET_HEADERS = new Set([
  'set-cookie',
  'set-cookie2',
  'cookie',
  'authorization',
  'proxy-authorization',
  'authentication-info',
  'proxy-authentication-info',
  'x-auth-token',
  'x-csrf-token',
  'x-xsrf-token',
  'x-guest-token',
  'x-api-key',
  'x-amz-security-token',
])

/** Shorter words are said by chance. */
const LEAST_SECRET = 8
/** Other request headers say what a person likes: languages, forms. */
const LENDS_SECRET = /auth|cookie|key|secret|session|token/i
/** Without them nobody could follow, read or ask again. */
const LEADS_ON = /^(?:location|content-.*|etag|last-modified|date|retry-after)$/i
const BETWEEN_WORDS = /[\s;,="]+/

/**
 * Splits headers into those to keep, in order, and the names of those withheld (lower case, each once). `lent`: request
 * headers of a person's own; a server that says one of their words back is withheld too.
 */
export function redactHeaders(
  headers: readonly Header[],
  lent: Readonly<Record<string, string>> = {},
): Pick<Capture, 'headers' | 'redactedHeaders'> {
  const secret = Object.entries(lent).filter(([name]) => LENDS_SECRET.test(name))
  const words = secret.flatMap(([, value]) => value.split(BETWEEN_WORDS))
  const secrets = words.filter(({ length }) => length >= LEAST_SECRET)
  const isSecret = ([name, value]: Header) =>
    SECRET_HEADERS.has(name.toLowerCase()) || (!LEADS_ON.test(name) && secrets.some((word) => value.includes(word)))
  return {
    headers: headers.filter((header) => !isSecret(header)),
    redactedHeaders: [...new Set(headers.filter(isSecret).map(([name]) => name.toLowerCase()))],
  }
}

/** All values of one header, as one list; null when it was not sent. */
export function headerOf(headers: readonly Header[], name: string): string | null {
  const values = headers.filter(([key]) => key.toLowerCase() === name).map(([, value]) => value)
  return values.length === 0 ? null : values.join(', ')
}
