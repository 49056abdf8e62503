// A command that is going to be killed, or to meet a bad disk: does one deed to an archive and says what is
// acknowledged. What stops it is told, and gives the exit code, as the program does.
import { reportError } from '../../../src/cli/io.ts'
import { DEEDS } from './deeds.ts'

const [what = '', dir = '', seed = '', ...rest] = process.argv.slice(2)
const say = (line: string): void => void process.stdout.write(`${line}\n`)

say('open')
try {
  const code = await DEEDS[what]!({ dir, seed, rest, say })
  process.exitCode = typeof code === 'number' ? code : 0
} catch (error) {
  process.exitCode = reportError(process, error)
}
