// `npm run bench`: how long the whole process takes, against an empty Node process in the same run.
import { join } from 'node:path'
import { printTimings, timeSideBySide } from './side-by-side.ts'

const ROUNDS = 25
const root = join(import.meta.dirname, '../..')
const bin = join(root, 'dist/bin.js')
const page = join(root, 'fixtures/thread-reader/whole-and-cut/page.html')

const timings = timeSideBySide(
  [
    { name: 'node -e 0', argv: ['node', '-e', '0'] },
    { name: 'unspool --version          (goal ≤ 1.5×)', argv: ['node', bin, '--version'] },
    { name: 'unspool unroll page.html   (goal ≤ 4×)', argv: ['node', bin, 'unroll', page] },
    { name: 'unspool unroll --format json page.html', argv: ['node', bin, 'unroll', '--format', 'json', page] },
  ],
  ROUNDS,
)
printTimings(timings)
