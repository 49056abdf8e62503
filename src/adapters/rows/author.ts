// Whose a row is, where several fields tell it: a handle, the name that is shown beside it, the number behind it.
import { asObject, type Json, textAt } from '../values/json-fields.ts'
import { literalOf } from '../values/literals.ts'
import type { Fields } from './fields.ts'

const SPACE = /\s/
const NUMBER = /^x?\d+$/
/** R's programs write it before ids so that nobody takes them for numbers. */
const BEFORE_NUMBER = /^x(?=\d)/
const AUTHOR: Readonly<Record<string, readonly string[]>> = {
  id: ['id', 'id_str', 'user_id', 'userId', 'pk', 'fid', 'value', 'uid', 'mid'],
  handle: [
    'handle',
    'username',
    'screen_name',
    'screenName',
    'userName',
    'login',
    'acct',
    'unique_id',
    'uniqueId',
    'uname',
    'alias',
  ],
  name: [
    'displayName',
    'display_name',
    'displayname',
    'full_name',
    'fullName',
    'real_name',
    'nickname',
    'nick',
    'name',
  ],
  url: ['html_url', 'profile_url', 'profileUrl', 'url', 'link'],
}

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

/** A column of ids holds a number, if not a name; programs write the whole account into one cell. */
export function asAccount(name: string, value: string, isId: RegExp): unknown {
  if (isId.test(name) && NUMBER.test(value)) return { id: value.replace(BEFORE_NUMBER, '') }
  const fields = asObject(literalOf(value))
  return fields === null ? value : accountOf(fields)
}

/** Beside a shown name, `name` is the account's own, of its host where one is named. */
export function accountOf(fields: Json): Json {
  const keys = Object.entries(AUTHOR).map(
    ([field, names]) => [field, names.find((one) => fields[one] != null)] as const,
  )
  const account = Object.fromEntries(keys.flatMap(([field, key]) => (key === undefined ? [] : [[field, fields[key]]])))
  const [own, host] = [textAt(fields, 'name'), textAt(fields, 'host')]
  const isShown = own !== null && !SPACE.test(own) && account['handle'] === undefined && account['name'] !== own
  return isShown ? { ...account, handle: host === null ? own : `${own}@${host}` } : account
}
