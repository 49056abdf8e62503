// File names for exported threads: date, author, slug, id. Safe on Windows, macOS and Linux, the same for the same
// thread. The way back is the `id` in the file's front matter; a name is for people.
import type { Author } from '../model.ts'

/** Longest name in UTF-8 bytes before a twin number; with it, within 120, which leaves room in a path of 255. */
const NAME_BYTES = 112
const AUTHOR_BYTES = 24
const ID_BYTES = 32
const EXTENSION = '.md'

/** UTF-16 units of a text that are looked at for a slug. */
const SLUG_SOURCE = 300

/** An id that lower case and one hyphen keep apart from every other such id. */
const PLAIN_ID = /^[a-z0-9]{1,16}:[a-z0-9]{1,24}$/

/** All that a name may not be made of. Marks stay: Indic and Thai words need them. */
const NOT_WORD = /[^\p{L}\p{N}\p{M}]+/gu
const OUTER_HYPHENS = /^-+|-+$/g

const HASH_RADIX = 36

export interface Nameable {
  readonly id: string
  readonly author: Author | null
  readonly title: string | null
  /** First words when there is no title. */
  readonly text: string
  readonly published: string | null
}

/** `2026-01-02-ada-why-bridges-hum-x-1740000000000000001.md` */
export function nameFile({ id, author, title, text, published }: Nameable): string {
  const start = [
    published?.slice(0, 'yyyy-mm-dd'.length) ?? 'undated',
    cut(slug(author?.handle ?? author?.name ?? ''), AUTHOR_BYTES),
  ]
  const end = nameId(id)
  const room = NAME_BYTES - byteLength([...start, '', end].join('-') + EXTENSION)
  return `${[...start, cut(slug(title ?? text), room), end].map(slug).filter(Boolean).join('-')}${EXTENSION}`
}

/**
 * Gives each name once, whatever a file system makes of case and accents. Later twins get `-2`, `-3` before the
 * extension.
 */
export function createNamer(): (item: Nameable) => string {
  const taken = new Set<string>()
  return (item) => {
    const name = nameFile(item)
    const stem = name.slice(0, -EXTENSION.length)
    let free = name
    for (let twin = 2; taken.has(fold(free)); twin++) free = `${stem}-${twin}${EXTENSION}`
    taken.add(fold(free))
    return free
  }
}

function fold(name: string): string {
  return name.normalize('NFKD').toLowerCase()
}

/** `x:17` → `x-17`; ids that this would blur (case, length, other signs) end in a hash of the whole id. */
function nameId(id: string): string {
  if (PLAIN_ID.test(id)) return id.replace(':', '-')
  return [cut(slug(id), ID_BYTES), hash(id)].filter(Boolean).join('-')
}

function slug(text: string): string {
  return text
    .slice(0, SLUG_SOURCE)
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFKC')
    .replace(NOT_WORD, '-')
    .replace(OUTER_HYPHENS, '')
}

/** Cuts at a hyphen if there is one in the second half, never inside a character. */
function cut(words: string, bytes: number): string {
  if (byteLength(words) <= bytes) return words
  let kept = ''
  let size = 0
  for (const character of words) {
    size += byteLength(character)
    if (size > bytes) break
    kept += character
  }
  const hyphen = kept.lastIndexOf('-')
  return hyphen > kept.length / 2 ? kept.slice(0, hyphen) : kept
}

function byteLength(text: string): number {
  return Buffer.byteLength(text)
}

/** Two 32-bit FNV-1a sums of UTF-16 units, in base 36: names apart, not fixity. */
function hash(text: string): string {
  const parts = [0x811c9dc5, 0x1000193].map((seed) => {
    let sum = seed
    for (let index = 0; index < text.length; index++) sum = Math.imul(sum ^ text.charCodeAt(index), 0x01000193)
    return (sum >>> 0).toString(HASH_RADIX).padStart(7, '0')
  })
  return parts.join('')
}
