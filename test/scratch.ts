// The folder that is the temporary folder of a whole run of tests: for them, the programs they start, and the browsers
// and tools that these start. It goes when the run is over, also by Ctrl-C.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'unspool-tests-'))
  chmodSync(folder, 0o711) // some tests ask as another user
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  process.env['TMPDIR'] = folder // os.tmpdir() looks here first; the tests' processes inherit it
  process.once('exit', remove)
  return remove
}
