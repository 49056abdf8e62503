// Turns what undici and the system throw into errors a person can act on.
import { RefusedError, TransientFetchError } from '../errors.ts'
import { refusalIn } from './guard.ts'

/** What passes by itself, perhaps. */
const PASSING: Readonly<Record<string, string>> = {
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
}
/** Node's own way to trust more than it does. */
const OWN_AUTHORITY = 'if it is yours, name the file of the certificate in NODE_EXTRA_CA_CERTS'
/** Where a page may be had whose site cannot be reached safely. */
const ELSEWHERE = 'its owner has to mend that; a web archive may have a copy'
const OLD_TLS =
  "the site and this program share no safe form of TLS; NODE_OPTIONS='--tls-min-v1.0 --tls-cipher-list=DEFAULT@SECLEVEL=0' allows old ones"
/** What waiting does not change: each with what to do. */
const LASTING: Readonly<Record<string, string>> = {
  ENOTFOUND: 'no such host; check the spelling and the network',
  CERT_HAS_EXPIRED: `the site's certificate has expired, or the clock here is ahead; ${ELSEWHERE}`,
  CERT_NOT_YET_VALID: "the site's certificate is not valid yet, or the clock here is slow: set it right",
  CERT_REVOKED: `the site's certificate was revoked; ${ELSEWHERE}`,
  DEPTH_ZERO_SELF_SIGNED_CERT: `the site's certificate is self-signed; ${OWN_AUTHORITY}`,
  SELF_SIGNED_CERT_IN_CHAIN: `nobody known here vouches for the site's certificate; ${OWN_AUTHORITY}`,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: `nobody known here vouches for the site's certificate; ${OWN_AUTHORITY}`,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: `the site leaves out who vouches for its certificate; ${OWN_AUTHORITY}`,
  ERR_SSL_WRONG_VERSION_NUMBER: 'this port does not answer by TLS; http:// may be meant',
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: OLD_TLS,
  ERR_SSL_UNSUPPORTED_PROTOCOL: OLD_TLS,
  ERR_SSL_DH_KEY_TOO_SMALL: OLD_TLS,
}
const OTHER_NAME = 'ERR_TLS_CERT_ALTNAME_INVALID'
/** Names of a certificate that are told: some have hundreds. */
const NAMES_TOLD = 3
/** What speaks HTTP says so in the codes of the parser; what fails in TLS, in those of the library. */
const PARSER = 'HPE_'
const KINDS: readonly (readonly [start: string, say: string])[] = [
  [PARSER, 'the answer is not HTTP'],
  ['ERR_SSL_', 'no safe connection could be agreed on (TLS)'],
]

/**
 * `where`: the address, or those that led to it. `timedOutMs` is the total deadline when that was the cause, else null.
 */
export function explainNetworkError(
  where: string,
  error: unknown,
  timedOutMs: number | null,
): RefusedError | TransientFetchError {
  const refusal = refusalIn(error)
  if (refusal !== null) return new RefusedError(`${where}: ${refusal.message}`, { cause: error })
  const lasting = timedOutMs === null ? sayLasting(error) : null
  const passing = timedOutMs === null ? sayPassing(error) : `no whole answer within ${timedOutMs / 1000} s`
  return new TransientFetchError(`${where}: ${lasting ?? `${passing}; try again later`}`, { cause: error })
}

function sayLasting(error: unknown): string | null {
  const code = codeOf(error)
  return code === OTHER_NAME ? sayOtherName(error) : (LASTING[code] ?? null)
}

/** Node tells the certificate that it was shown: `DNS:a.example, DNS:*.a.example`. */
function sayOtherName(error: unknown): string {
  const [cause] = [error, error instanceof Error ? error.cause : null].filter(
    (one) => one instanceof Error && 'cert' in one,
  )
  const { subjectaltname } = (cause as { cert?: { subjectaltname?: unknown } } | undefined)?.cert ?? {}
  const names = typeof subjectaltname === 'string' ? subjectaltname.split(', ') : []
  const told = names.slice(0, NAMES_TOLD).map((name) => name.slice(name.indexOf(':') + 1))
  const more = names.length > told.length ? ' and others' : ''
  const whose = told.length === 0 ? 'another name' : `${told.join(', ')}${more}`
  return `the site's certificate is for ${whose}, not for this name; check the spelling`
}

function sayPassing(error: unknown): string {
  const code = codeOf(error)
  const kind = KINDS.find(([start]) => code.startsWith(start))?.[1]
  return PASSING[code] ?? kind ?? (messageOf(error) || code || 'the connection failed')
}

/** In one line: some messages are a log of their own. */
function messageOf(error: unknown): string {
  return error instanceof Error ? error.message.replace(/\s+/g, ' ').trim() : ''
}

/** With several addresses tried the cause hides in an AggregateError. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return ''
  // undici's, which carries a code only of some faults.
  if (error.name === 'HTTPParserError') return PARSER
  if ('code' in error && typeof error.code === 'string') return error.code
  return error instanceof AggregateError ? codeOf(error.errors[0]) : codeOf(error.cause)
}
