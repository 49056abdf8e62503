// Whose a row is, where several fields tell it: a handle, the name that is shown beside it, the number behind it.
import { asObject } from '../values/json-fields.ts'
import type { Fields } from './posts.ts'

const SPACE = /\s/
const NUMBER = /^x?\d+$/
/** R's programs write it before ids so that nobody takes them for numbers. */
const BEFORE_NUMBER = /^x(?=\d)/

/** The row with one author for all that its fields say of it. */
export function withAuthor({ authorName, authorId, ...row }: Fields): Fields {
  const { author } = row
  if (author === undefined) return row
  const name = authorName ?? null
  const id = typeof authorId === 'string' ? authorId.replace(BEFORE_NUMBER, '') : (authorId ?? null)
  const told = { ...(name === null ? {} : { name }), ...(id === null ? {} : { id }) }
  const fields = asObject(author)
  if (fields !== null) return { ...row, author: { ...told, ...fields } }
  if (typeof author !== 'string' || Object.keys(told).length === 0) return row
  return { ...row, author: { ...told, [SPACE.test(author.trim()) ? 'name' : 'handle']: author } }
}

/** A column of ids holds a number, if not a name. */
export function asAccount(name: string, value: string, isId: RegExp): unknown {
  return isId.test(name) && NUMBER.test(value) ? { id: value.replace(BEFORE_NUMBER, '') } : value
}
