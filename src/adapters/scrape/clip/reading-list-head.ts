// The head that Readwise and its kin write above what somebody marked or saved: a title, `## Metadata` with a list of
// fields, then a heading for the words. Gives the fields by their names in small letters, and how many lines it takes.
import { isBlank, type Line } from '../lines.ts'

/** Longest head, in lines. */
const MAX_LINES = 40
const METADATA = /^#{1,3} Metadata$/i
const FIELD = /^[-*] (?:\*\*)?([A-Z][\w ]{0,30}?)(?:\*\*)?: (\S.*)$/s
const HEADING = /^#{1,3} \S/
const LINK_ONLY = /^\[\[[^[\]]{1,300}\]\]$/

export interface ListedHead {
  readonly length: number
  readonly fields: ReadonlyMap<string, string>
}

/** Null where the lines have no such head. */
export function readListedHead(lines: readonly Line[]): ListedHead | null {
  const top = lines.slice(0, MAX_LINES)
  const start = top.findIndex(({ text }) => METADATA.test(text))
  if (start === -1) return null
  const below = top.slice(start + 1)
  const heading = below.findIndex(({ text }) => HEADING.test(text))
  const end = heading === -1 ? below.findLastIndex(({ text }) => FIELD.test(text)) : heading
  const fields = below.slice(0, end + 1).flatMap(({ text }) => {
    const [, name, value] = FIELD.exec(text) ?? []
    return name === undefined || value === undefined ? [] : [[name.toLowerCase(), value] as const]
  })
  const link = below.findIndex((line, at) => at > end && !isBlank(line))
  const isLink = LINK_ONLY.test(below[link]?.text ?? '')
  return fields.length === 0 ? null : { length: start + 1 + (isLink ? link : end) + 1, fields: new Map(fields) }
}
