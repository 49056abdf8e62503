// Lengths of time as people write them in the sources file: `30m`, `6h`, `7 d`. Pure.

const UNITS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 }
const DURATION = /^(\d{1,6}(?:\.\d{1,3})?)\s*([smhdw])$/

/** Milliseconds, or null when it is no length of time. */
export function parseDuration(text: string): number | null {
  const [, number, unit = ''] = DURATION.exec(text.trim()) ?? []
  return number === undefined ? null : Math.round(Number(number) * (UNITS[unit] ?? 0))
}

/** `90000` → `90 s`, `7200000` → `2 h`: the largest unit that needs no more than one digit behind the point. */
export function sayDuration(ms: number): string {
  for (const unit of ['d', 'h', 'm'])
    if (ms >= (UNITS[unit] ?? 0))
      return `${Math.round((ms / (UNITS[unit] ?? 1)) * 10) / 10} ${unit === 'm' ? 'min' : unit}`
  return `${Math.round(ms / 100) / 10} s`
}
