// A writer that is going to be killed: appends captures for ever and says each one's id and digest once it is
// acknowledged.
import { openArchiveWriter } from '../../src/archive/writer.ts'
import { ADAPTER, makeCapture, makeExtraction, makePost } from './samples.ts'

const [dir = '', seed = ''] = process.argv.slice(2)
const writer = openArchiveWriter(dir, { now: () => new Date(), version: '0.1.0' })
const run = writer.beginRun({ command: 'add', options: { seed } })
process.stdout.write('open\n')
for (let round = 0; ; round++) {
  const text = `round ${round % 7 === 6 ? 0 : round} of ${seed}: ${'words and more words '.repeat(round % 50)}`
  const capture = makeCapture(text)
  const { id, digest } = writer.appendCapture(capture, run)
  process.stdout.write(`capture ${id} ${digest}\n`)
  writer.storeExtraction(id, makeExtraction([makePost(1 + (round % 3), capture, { text })]), ADAPTER)
  process.stdout.write(`extraction ${id}\n`)
}
