// How much of an archive a verification looks at: all, what came since a date, or a share that changes with the day, so
// that in so many days everything is looked at once.

export interface VerifyScope {
  /** UTC ISO time; what was written earlier is left out. */
  readonly since: string | null
  /** One part of `of`; parts are counted from 0. */
  readonly share: { readonly part: number; readonly of: number } | null
  /** Reads every record and row, also of files whose bytes are known to be what was written. A share always does. */
  readonly isThorough?: boolean
}

export const WHOLE: VerifyScope = { since: null, share: null }

export function isWhole({ since, share }: VerifyScope): boolean {
  return since === null && share === null
}

const DAY_MS = 86_400_000
const NOT_DIGIT = /\D/g

/** The share whose turn it is on a day: the same all day, another tomorrow. */
export function shareOfDay(now: Date, of: number): NonNullable<VerifyScope['share']> {
  return { part: Math.floor(now.getTime() / DAY_MS) % of, of }
}

/** A file's name begins with the digits of the time of its run. */
export function isFileInScope({ since, share }: VerifyScope, file: { key: number; name: string }): boolean {
  const isLate = since === null || file.name >= since.replace(NOT_DIGIT, '')
  return isLate && (share === null || file.key % share.of === share.part)
}

/** For SQL: `@of` 1 and `@since` '' mean everything. */
export function scopeParameters({ since, share }: VerifyScope): Readonly<Record<string, string | number>> {
  return { since: since ?? '', part: share?.part ?? 0, of: share?.of ?? 1 }
}
