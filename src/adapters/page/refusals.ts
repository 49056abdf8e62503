// What an API answers in JSON when it has nothing to give: an error in words. Whoever saved such an answer saved no
// posts, and is told what the site said, and of what kind that is. Pages that stand before a page are walls.ts's
// business.
import type { Note } from '../../model.ts'
import { asObject, countAt, type Json, objectAt, objectsAt, textAt, textsAt, valueAt } from '../values/json-fields.ts'
import type { Page } from './page.ts'

/** An answer that refuses says so and little else. */
const MAX_KEYS = 8
const MAX_WORDS = 300
const SIGNS = ['error', 'errors', 'error_type', 'error_code', 'error_id', 'error_message', 'documentation_url']

/** What an error means; `site-error` also where nobody knows. */
export type RefusalCode = 'not-found' | 'not-shown' | 'login-wall' | 'blocked' | 'site-error'

export interface Refusal {
  readonly code: RefusalCode
  /** The site's own. */
  readonly words: string
}

/** Why there are no posts in an answer; null for any other value. */
export function refusalIn(value: unknown): Refusal | null {
  const words = errorSaid(value)
  return words === null ? null : { code: codeOf(asObject(value) ?? {}, words), words }
}

/** The site's words, or null for any other value. */
export function errorSaid(value: unknown): string | null {
  const object = asObject(value)
  if (object === null || Object.keys(object).length > MAX_KEYS) return null
  const isError = SIGNS.some((key) => isSaid(valueAt(object, key))) || statusIn(object) !== null
  if (!isError) return null
  const listed = objectsAt(object, 'errors').map((one) => textAt(one, 'message') ?? textAt(one, 'detail'))
  const all = [
    textAt(object, 'error_description'),
    textAt(object, 'error_message'),
    textAt(object, 'message'),
    textAt(object, 'detail'),
    textAt(object, 'errors', 'detail'),
    textAt(object, 'error', 'message'),
    ...listed,
    ...textsAt(object, 'errors'),
    textAt(object, 'error'),
    textAt(object, 'title'),
  ]
  return all.find((words) => words !== null)?.slice(0, MAX_WORDS) ?? null
}

const MESSAGES: Readonly<Record<RefusalCode, string>> = {
  'not-found': 'The site says that the post is not there, or not any more',
  'not-shown': 'The site does not show the post to this reader',
  'login-wall': 'The site shows this only after logging in',
  blocked: 'The site refuses to answer for now; try later',
  'site-error': 'The site answered with an error',
}

export function refusalNote({ capture }: Page, { code, words }: Refusal, level: Note['level'] = 'error'): Note {
  return { level, code, message: `${MESSAGES[code]}: ${words}`, input: capture.input }
}

/** By names and words, which are more exact than numbers: a private community answers 403, a banned one 404. */
const BY_NAME: readonly (readonly [RefusalCode, RegExp])[] = [
  ['blocked', /rate.?limit|too many (?:requests|times)|throttle/i],
  ['not-shown', /^(?:private|banned|quarantined|gated)$|suspended|takedown/im],
  [
    'login-wall',
    /log(?:ged)?.?in\b|not_authed|credential|requires? an? authenticat|authentication|access token|only authenticated|authenticated users|instance_is_private|^unauthorized$/im,
  ],
  [
    'not-found',
    /not.?found|could ?n[o’']t.?find|couldnt_find|\bno such\b|no_such|no_route|no status found|no user matches|invalid_id|invalid post id|does ?n[o’']t exist|unknown (?:channel|message|guild)|could not find|deleted|deactivated|\bgone\b/i,
  ],
  [
    'not-shown',
    /private|protected|not authori[sz]ed|not permitted|not allowed|permission|forbidden|missing access|\bblocked\b|invalid_access/i,
  ],
]
const BY_STATUS: Readonly<Record<number, RefusalCode>> = {
  401: 'login-wall',
  402: 'not-shown',
  403: 'not-shown',
  404: 'not-found',
  410: 'not-found',
  429: 'blocked',
  451: 'not-shown',
}
/** Twitter's (API v1.1): not authorized, protected, suspended, not found … */
const BY_NUMBER: Readonly<Record<number, RefusalCode>> = {
  34: 'not-found',
  50: 'not-found',
  63: 'not-shown',
  64: 'login-wall',
  88: 'blocked',
  89: 'login-wall',
  144: 'not-found',
  179: 'not-shown',
  215: 'login-wall',
}

/** What one error of a list means, or an answer as a whole. */
export function codeOf(error: Json, words: string): RefusalCode {
  const number = countAt(error, 'code') ?? countAt(objectsAt(error, 'errors')[0], 'code')
  const known = number === null ? undefined : BY_NUMBER[number]
  const status = statusIn(error)
  if (known !== undefined) return known
  if (status !== null && status >= 500) return 'site-error'
  const names = [
    ...['error', 'reason', 'error_type', 'error_name', 'code'].map((key) => textAt(error, key)),
    textAt(error, 'error', 'code'),
    words,
  ]
  const said = names.filter((name) => name !== null).join('\n')
  const named = BY_NAME.find(([, pattern]) => pattern.test(said))?.[0]
  return (status === 401 ? 'login-wall' : named) ?? (status === null ? undefined : BY_STATUS[status]) ?? 'site-error'
}

/** An HTTP status of failure that stands in the answer itself; null: none. */
function statusIn(object: Json): number | null {
  const places = [object, objectAt(object, 'data'), objectAt(object, 'meta')]
  const all = places.flatMap((place) => [countAt(place, 'status'), countAt(place, 'statusCode')])
  return (
    [...all, countAt(object, 'error')].find((one) => one !== null && one >= 400 && one < 600) ?? discordStatus(object)
  )
}

/** Discord's errors have five digits and stand beside their words alone: 10003, "Unknown Channel". */
function discordStatus(object: Json): number | null {
  const code = countAt(object, 'code')
  const isAlone = textAt(object, 'message') !== null && Object.keys(object).length <= 3
  if (code === null || !isAlone || code < 10_000 || code >= 60_000) return null
  return code < 20_000 ? 404 : 403
}

function isSaid(value: unknown): boolean {
  return value !== undefined && value !== null && value !== false
}

/** Of one error in a list, beside whatever else the answer holds. */
export function errorNote(page: Page, error: Json): Note {
  const words = textAt(error, 'message') ?? textAt(error, 'detail') ?? 'no words'
  return refusalNote(page, { code: codeOf(error, words), words }, 'warning')
}
