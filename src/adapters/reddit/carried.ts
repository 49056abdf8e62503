// What Reddit's pages of 2018–2023 carry for their script (`window.___r`): writers, exact times and whom a comment
// answers, which the drawn page leaves out or prints as "6 years ago" and as a level.
import type { Parent } from '../../model.ts'
import { timeOfSeconds } from '../extraction/post.ts'
import type { Page } from '../page/page.ts'
import { scriptStates } from '../rows/script-states.ts'
import { asObject, type Json, objectAt } from '../values/json-fields.ts'
import type { Row } from './html.ts'
import { declaredParent, nameOf, userOf } from './names.ts'

const MAY_HOLD = /"models"/
/** Seconds have ten digits until 2286; submissions have milliseconds. */
const MILLISECONDS = 100_000_000_000

/** The rows with what the page's data knows of them besides. */
export function withCarried(rows: readonly Row[], page: Page): readonly Row[] {
  const models = modelsIn(page)
  return models.length === 0
    ? rows
    : rows.map((row) => withModel(row, asObject(models.find((all) => Object.hasOwn(all, row.name))?.[row.name])))
}

function modelsIn(page: Page): readonly Json[] {
  const data = [...scriptStates(page, MAY_HOLD)].map(({ value }) => value)
  const models = data.flatMap((value) => ['posts', 'comments'].map((kind) => objectAt(value, kind, 'models')))
  return models.filter((all) => all !== null)
}

function withModel(row: Row, model: Json | null): Row {
  if (model === null) return row
  if (row.withheld !== null) return { ...row, parent: parentIn(model['parentId']) ?? row.parent }
  const { author, created, parentId } = model
  const seconds = typeof created === 'number' && created > MILLISECONDS ? created / 1000 : created
  return {
    ...row,
    author: row.author ?? (typeof author === 'string' ? userOf(author) : null),
    createdAt: row.createdAt ?? timeOfSeconds(seconds),
    parent: parentIn(parentId) ?? row.parent,
  }
}

function parentIn(id: unknown): Parent | null {
  return declaredParent(typeof id === 'string' ? nameOf(id) : null, "its parentId in the page's data")
}
