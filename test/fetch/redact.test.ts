// Secrets in headers: named, never kept; and nothing else is.
import { expect, it } from 'vitest'
import { redactHeaders } from '../../src/fetch/redact.ts'

const LENT = {
  authorization: 'Bearer canary-token',
  cookie: 'sid=canary-cookie; a=b',
  'accept-language': 'en-GB-oxendict',
}

it.each([
  ...[
    ...['Set-Cookie', 'Set-Cookie2', 'Cookie', 'Authorization', 'Proxy-Authorization', 'Authentication-Info'],
    ...['Proxy-Authentication-Info', 'X-Auth-Token', 'X-CSRF-Token', 'X-XSRF-Token', 'X-Guest-Token', 'X-API-Key'],
    'X-Amz-Security-Token',
  ].map((name): [string, string, boolean] => [name, 'a=b', false]),
  ['X-Seen', 'Bearer canary-token', false],
  ['X-Debug', 'cookies: [canary-cookie]', false],
  ['X-Note', 'Bearer of news', true],
  ['Content-Language', 'en-GB-oxendict', true],
  ['X-Language', 'en-GB-oxendict', true],
  // A redirect that cannot be followed would be lost.
  ['Location', '/users/canary-cookie', true],
])('%s: %s is kept: %s', (name, value, isKept) => {
  const { headers, redactedHeaders } = redactHeaders([[name, value]], LENT)
  expect(headers).toEqual(isKept ? [[name, value]] : [])
  expect(redactedHeaders).toEqual(isKept ? [] : [name.toLowerCase()])
})
