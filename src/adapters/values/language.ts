// The language of a post as its source writes it (`en_US`, `EN`, `pt-br`) → a tag of BCP 47 in its canonical spelling.

/** Codes for words of no one language (ISO 639-2), and X's own for posts of pictures, tags or addresses alone. */
const NONE = /^(?:und|zxx|mul|mis|art|q[a-t][a-z])$/i
/** A country's name, or a word for what is not known, is no tag. */
const TAG = /^[a-z]{2,3}(?:[-_][a-z0-9]{1,8})*$/i
const UNDERSCORE = /_/g

/** The tag, or null where nothing or no language is named. */
export function languageOf(written: unknown): string | null {
  if (typeof written !== 'string') return null
  const tag = written.trim()
  if (!TAG.test(tag) || NONE.test(tag)) return null
  try {
    return Intl.getCanonicalLocales(tag.replace(UNDERSCORE, '-'))[0] ?? null
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}
