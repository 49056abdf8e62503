// Errors are for what stopped us, named by consequence. Absence, drift and refusal at one URL are values (see Note).

/** The exit codes, in one place: the table in src/cli/README.md is generated from this list. */
export const EXIT_CODES = {
  ok: { code: 0, say: 'done; a list or search that is empty says so on stderr' },
  internal: { code: 1, say: 'a fault of the program; please report it' },
  usage: {
    code: 2,
    say: 'the command line or an input path is wrong, or there is more than unroll can hold; nothing was done',
  },
  partial: {
    code: 3,
    say: 'some inputs, or parts of one, could not be read or hold nothing readable; the rest was; stderr names them',
  },
  notUnderstood: { code: 4, say: 'nothing readable was found in the inputs; bytes that reached the archive are kept' },
  refused: {
    code: 5,
    say: 'the site refused (robots.txt, a wall, a private page, 401, 403, 451) or the address is not allowed',
  },
  transient: { code: 6, say: 'the network or site failed for now; stderr says what may help' },
  locked: { code: 7, say: 'another command is writing to this archive' },
  integrity: {
    code: 8,
    say: 'the archive is damaged, not an archive, or made by a newer version; nothing was changed',
  },
  storage: { code: 9, say: 'the disk is full or cannot be written; what was acknowledged is safe' },
  nothingDue: { code: 10, say: 'crawl: nothing is due yet; nothing was fetched' },
  rateLimited: {
    code: 11,
    say: 'crawl: a site asked for a longer pause than a run waits; the rest was done, it goes on next time',
  },
  diskFloor: {
    code: 12,
    say: 'crawl: too little room is left on the disk; nothing more was fetched, all that was is safe',
  },
  interrupted: {
    code: 130,
    say: 'stopped before its end by Ctrl-C or SIGTERM; what was acknowledged is safe (a watch ends with 0)',
  },
} as const

export type ExitName = keyof typeof EXIT_CODES

/** Code of the note on a page that only says that the site refuses for now. */
export const BLOCKED = 'blocked'

/** Codes of the notes on what a site shows in place of a page: it refused, whatever its status says. */
export const REFUSAL_NOTES: ReadonlySet<string> = new Set([
  'login-wall',
  'age-gate',
  'anti-bot',
  BLOCKED,
  'consent-wall',
  'not-shown',
])

/** Code of the note on a page or answer that only says that there is no such post, whatever its status says. */
export const NOT_FOUND = 'not-found'

/** Code of the note on a site in trouble, which says nothing of the post. */
export const SITE_ERROR = 'site-error'

/** Code of the note on a page that only its script can fill. */
export const SCRIPT_SHELL = 'script-shell'

/** Codes of the notes on what a file, folder or container holds and nobody could read. */
export const LOSS_NOTES: ReadonlySet<string> = new Set([
  'cut',
  'cut-container',
  'damaged-member',
  'encrypted-member',
  'items-left',
  'nested-container',
  'too-deep',
  'too-many-members',
  'unreadable',
])

/** Whether a note says that a page is not what was asked for; so does the view `shown_instead`. */
export function isInstead(code: string): boolean {
  return REFUSAL_NOTES.has(code) || code === SCRIPT_SHELL || code === NOT_FOUND || code === SITE_ERROR
}

/** Base of all errors a person may see. The message says what, where, and what to do next. */
export abstract class UnspoolError extends Error {
  abstract override readonly name: string
  abstract readonly exit: ExitName
  /** Of an Error, JSON would leave the message out. */
  toJSON(): { readonly name: string; readonly exit: ExitName; readonly message: string } {
    return { name: this.name, exit: this.exit, message: this.message }
  }
}

/** Nothing was done: the call was wrong. */
export class UsageError extends UnspoolError {
  override readonly name = 'UsageError'
  readonly exit = 'usage'
}

/** There is more than memory holds at once; nothing was done, and nothing of it is told in part. */
export class TooLargeError extends UnspoolError {
  override readonly name = 'TooLargeError'
  readonly exit = 'usage'
}

/** Try again after the pause. */
export class TransientFetchError extends UnspoolError {
  override readonly name = 'TransientFetchError'
  readonly exit = 'transient'
  readonly retryAfterMs: number | null
  constructor(message: string, options: ErrorOptions & { retryAfterMs?: number | null } = {}) {
    super(message, options)
    this.retryAfterMs = options.retryAfterMs ?? null
  }
}

/** Refused by robots, a wall, a status or our own guard: recorded, not retried. */
export class RefusedError extends UnspoolError {
  override readonly name = 'RefusedError'
  readonly exit = 'refused'
}

/** The capture is kept; nothing in it was understood. It can be read again later. */
export class NotUnderstoodError extends UnspoolError {
  override readonly name = 'NotUnderstoodError'
  readonly exit = 'notUnderstood'
}

/** Stop and change nothing. */
export class IntegrityError extends UnspoolError {
  override readonly name = 'IntegrityError'
  readonly exit = 'integrity'
}

/** Another writer holds the archive. */
export class LockedError extends UnspoolError {
  override readonly name = 'LockedError'
  readonly exit = 'locked'
}

/** The disk is full or cannot be written. */
export class StorageError extends UnspoolError {
  override readonly name = 'StorageError'
  readonly exit = 'storage'
}
