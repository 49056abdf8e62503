// What a site is called, and whether a text says nothing else.
import { bare, bareRun } from '../../bare.ts'

/** Letters that are enough to know a host by part of its name. */
const MIN_IN_HOST = 4

/** What a site is called, bare; empty where nobody says. */
export interface SiteName {
  readonly words: string
  /** Its host's name in one word. */
  readonly host: string
}

export function bareSite(site: string | null, host: string | null): SiteName {
  return { words: bare(site ?? ''), host: bareRun(host ?? '') }
}

/** Whether a text is nothing but the site's name, or part of its host's. */
export function isSiteName(text: string, site: SiteName): boolean {
  const words = bare(text)
  if (words === '') return false
  const together = bareRun(text)
  return words === site.words || (together.length >= MIN_IN_HOST && site.host.includes(together))
}
