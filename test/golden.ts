// `npm run golden`: writes what is expected of every fixture, posts.json and thread.md, from what the program does now.
// A person reads the difference before it is committed; no test ever writes a golden file.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { extractPage } from '../src/adapters/index.ts'
import { allCases, pageOf } from './adapters/cases.ts'
import { unrollToMarkdown } from './adapters/unrolling.ts'

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
