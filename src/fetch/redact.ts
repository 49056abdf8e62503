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

/** Splits headers into those to keep, in order, and the names of those withheld (lower case, each once). */
export function redactHeaders(headers: readonly Header[]): Pick<Capture, 'headers' | 'redactedHeaders'> {
  const isSecret = ([name]: Header) => SECRET_HEADERS.has(name.toLowerCase())
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
