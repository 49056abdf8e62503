// Who sent a mail: `Name <address>`, `address (Name)`, or an address alone; archives on the web write ` at ` for its
// sign.
import type { Author } from '../../model.ts'

const IN_ANGLES = /^(.*)<([^<>]{1,300})>[^<>]*$/
const WITH_REMARK = /^([^()]{1,300})\((.{1,300})\)\s*$/
const AT = /(?<!\s)\s+at\s+/i
const QUOTES = /^"(.*)"$/
const ESCAPED = /\\(["\\])/g
const ADDRESS = /^\S+@[^\s@]+$/

export function authorOf(from: string | null): Author | null {
  if (from === null) return null
  const [, named, inAngles] = IN_ANGLES.exec(from.trim()) ?? []
  const [, before, remark] = WITH_REMARK.exec(from.trim()) ?? []
  const written = (inAngles ?? before ?? from).trim().replace(AT, '@')
  const address = ADDRESS.test(written) ? written.toLowerCase() : null
  const name = unquoted(named ?? remark ?? '')
  if (address === null && name === '') return { id: null, handle: null, name: from.trim(), url: null }
  return { id: address, handle: null, name: name === '' ? address : name, url: null }
}

function unquoted(name: string): string {
  return (QUOTES.exec(name.trim())?.[1] ?? name.trim()).replace(ESCAPED, '$1')
}
