// Turns what undici and the system throw into errors a person can act on.
import { type RefusedError, TransientFetchError } from '../errors.ts'
import { refusalIn } from './guard.ts'

const SAY: Readonly<Record<string, string>> = {
  ENOTFOUND: 'no such host; check the spelling and the network',
  EAI_AGAIN: 'the name could not be resolved for now; check the network',
  ECONNREFUSED: 'the host refuses connections',
  ECONNRESET: 'the host broke the connection',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
  ETIMEDOUT: 'the host does not answer',
  EPIPE: 'the host broke the connection',
  UND_ERR_CONNECT_TIMEOUT: 'the host does not answer',
  UND_ERR_HEADERS_TIMEOUT: 'the host accepts the request and does not answer',
  UND_ERR_HEADERS_OVERFLOW: 'the head of the answer is too long',
  UND_ERR_SOCKET: 'the host broke the connection',
  CERT_HAS_EXPIRED: "the site's certificate has expired",
  DEPTH_ZERO_SELF_SIGNED_CERT: "the site's certificate is self-signed",
  ERR_TLS_CERT_ALTNAME_INVALID: "the site's certificate is for another name",
}

/** `timedOutMs` is the total deadline when that was the cause, else null. */
export function explainNetworkError(
  url: URL,
  error: unknown,
  timedOutMs: number | null,
): RefusedError | TransientFetchError {
  const refusal = refusalIn(error)
  if (refusal !== null) return refusal
  const what = timedOutMs === null ? sayOf(error) : `no whole answer within ${timedOutMs / 1000} s`
  return new TransientFetchError(`${url.href}: ${what}; try again later`, { cause: error })
}

function sayOf(error: unknown): string {
  const code = codeOf(error)
  if (code.startsWith('HPE_')) return 'the answer is not HTTP'
  return SAY[code] ?? (error instanceof Error && error.message !== '' ? error.message : code || 'the connection failed')
}

/** With several addresses tried the cause hides in an AggregateError. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return ''
  if ('code' in error && typeof error.code === 'string') return error.code
  return error instanceof AggregateError ? codeOf(error.errors[0]) : codeOf(error.cause)
}
