// What Reddit's pages of 2018–2023 carry for their script (`window.___r`): writers and exact times, which the drawn
// page leaves out or prints as "6 years ago".
import type { Document } from 'domhandler'
import { select } from '../../markup/markup.ts'
import { timeOfSeconds } from '../extraction/post.ts'
import { parseJson } from '../page/json.ts'
import { asObject, type Json, objectAt } from '../values/json-fields.ts'
import type { Row } from './html.ts'
import { userOf } from './names.ts'

const CARRIED = /^\s*window\.___r\s*=\s*/
const END = /;?\s*$/
/** Seconds have ten digits until 2286; submissions have milliseconds. */
const MILLISECONDS = 100_000_000_000

/** The rows with what the page's data knows of them besides. */
export function withCarried(rows: readonly Row[], root: Document): readonly Row[] {
  const models = modelsIn(root)
  return models.length === 0
    ? rows
    : rows.map((row) => withModel(row, asObject(models.find((all) => Object.hasOwn(all, row.name))?.[row.name])))
}

function modelsIn(root: Document): readonly Json[] {
  const texts = select('script', root).flatMap(({ children: [first] }) =>
    first !== undefined && 'data' in first && CARRIED.test(first.data) ? [first.data] : [],
  )
  const data = asObject(parseJson((texts[0] ?? '').replace(CARRIED, '').replace(END, '')).value)
  const models = ['posts', 'comments'].map((kind) => objectAt(data, kind, 'models'))
  return models.filter((all) => all !== null)
}

function withModel(row: Row, model: Json | null): Row {
  if (model === null || row.withheld !== null) return row
  const { author, created } = model
  const seconds = typeof created === 'number' && created > MILLISECONDS ? created / 1000 : created
  return {
    ...row,
    author: row.author ?? (typeof author === 'string' ? userOf(author) : null),
    createdAt: row.createdAt ?? timeOfSeconds(seconds),
  }
}
