// The letters and digits of a text, by which a title, a name or a site is known again however a page sets it.

const SIGNS = /[^\p{L}\p{N}]+/gu
/** Letters that are enough to know a host by part of its name. */
const MIN_IN_HOST = 4

/** In lower case, one blank for all that is neither letter nor digit. */
export function bare(text: string): string {
  return text.replace(SIGNS, ' ').trim().toLowerCase()
}

/** What a site is called, bare; empty where nobody says. */
export interface SiteName {
  readonly words: string
  /** Its host's name in one word. */
  readonly host: string
}

export function bareSite(site: string | null, host: string | null): SiteName {
  return { words: bare(site ?? ''), host: inOneWord(bare(host ?? '')) }
}

/** Whether a text is nothing but the site's name, or part of its host's. */
export function isSiteName(text: string, site: SiteName): boolean {
  const words = bare(text)
  if (words === '') return false
  const together = inOneWord(words)
  return words === site.words || (together.length >= MIN_IN_HOST && site.host.includes(together))
}

function inOneWord(words: string): string {
  return words.replaceAll(' ', '')
}
