// The driver of SQLite: which of its two releases runs where, and that it does not end a process that did its work.
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { expect, it } from 'vitest'
import { chooseDriver } from '../../../src/archive/database/sqlite.ts'

const SOURCE = pathToFileURL(`${import.meta.dirname}/../../../src/archive/database/sqlite.ts`).href

/** Leaves statements to collections that come while no JavaScript runs. */
const FORGETTING = `
  import { SqliteDatabase } from '${SOURCE}'
  const db = new SqliteDatabase(':memory:')
  for (let round = 0; round < 50; round++) {
    for (let n = 0; n < 2000; n++) db.prepare('SELECT ' + n)
    await new Promise((resolve) => setTimeout(resolve, 1))
  }`

it('is the older release where the newer one would end the process', () => {
  expect(chooseDriver(9)).toBe(createRequire(import.meta.url)('better-sqlite3'))
})

it('outlives the statements it forgets', () => {
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--max-semi-space-size=1', '--import', 'tsx', '--input-type=module', '--eval', FORGETTING],
    { encoding: 'utf8' },
  )
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
})
