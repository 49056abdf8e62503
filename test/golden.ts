// `npm run golden`: writes what is expected of every fixture (posts.json, thread.md) and the generated parts of the
// READMEs, from what the program does now.
// A person reads the difference before it is committed; no test ever writes a golden file.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildProgram } from '../src/cli/program.ts'
import { allCases, extractPage, pageOf } from './adapters/cases.ts'
import { unrollToMarkdown } from './adapters/unrolling.ts'
import { fillParts, generatedParts } from './cli-reference.ts'

const { stdin, stdout, stderr } = process
const io = { stdin, stdout, stderr, env: {}, now: () => new Date(0), signal: new AbortController().signal }
for (const [file, parts] of Object.entries(generatedParts(buildProgram(io, () => undefined)))) {
  const path = join(import.meta.dirname, '..', file)
  write(path, fillParts(readFileSync(path, 'utf8'), parts))
}

for (const fixture of allCases().filter(({ browser }) => !browser)) {
  const extraction = extractPage(pageOf(fixture))
  write(join(fixture.folder, 'posts.json'), `${JSON.stringify(extraction, null, 2)}\n`)
  write(join(fixture.folder, 'thread.md'), await unrollToMarkdown(extraction))
}

function write(path: string, content: string): void {
  const before = existsSync(path) ? readFileSync(path, 'utf8') : null
  if (before === content) return
  writeFileSync(path, content)
  console.log(`${before === null ? 'new    ' : 'changed'} ${path}`)
}
