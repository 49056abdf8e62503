// The one way to a temporary folder in tests: it is gone when what asked for it is over. All of them stand in the one
// folder of the run (scratch.ts), so that nothing is left of a test that is killed either.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, onTestFinished, TestRunner } from 'vitest'

/** A new folder, removed after the test that asks for it, or after the tests of the file or suite that does. */
export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'unspool-'))
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  // Vitest drops an afterAll that is said inside a test.
  if (TestRunner.getCurrentTest() === undefined) afterAll(remove)
  else onTestFinished(remove)
  return folder
}
