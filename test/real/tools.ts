// The tools of the field that a person may have installed, and one archive of everything an archive can hold to give
// them.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { unspoolHere } from '../cli/in-process.ts'
import { ROOT } from '../cli/run.ts'
import { httpAnswer, makeWarc } from '../fetch/containers/makers.ts'

/** A folder with a `node_modules` of npm tools that are no dependencies of ours. */
const TOOLS = process.env['UNSPOOL_TOOLS'] ?? ''

export function npmTool(name: string): string {
  return join(TOOLS, 'node_modules/.bin', name)
}

export function hasNpmTool(name: string): boolean {
  return TOOLS !== '' && existsSync(npmTool(name))
}

export function hasCommand(name: string): boolean {
  return spawnSync(name, ['--version']).status === 0
}

/** Runs a tool to its end; what it says on standard error is part of the answer when it fails. */
export function runTool(command: string, args: readonly string[], input = ''): string {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', input, maxBuffer: 1 << 28 })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${status} ${stderr}`)
  return stdout
}

export function warcsOf(archive: string): string[] {
  const folder = join(archive, 'warc')
  return readdirSync(folder).map((name) => join(folder, name))
}

export async function askArchive<T>(archive: string, sql: string): Promise<readonly T[]> {
  const { out } = await unspoolHere(['sql', '--here', '--json', '--archive', archive, sql])
  return JSON.parse(out) as T[]
}

/**
 * Adds to an archive what the researcher's has not: imported records, revisits of them, a redaction, a rewritten file.
 */
export async function addEverything(archive: string, folder: string, write: (name: string, body: Buffer) => string) {
  const page = readFileSync(join(ROOT, 'fixtures/thread-reader/whole-and-cut/page.html'))
  const id = '<urn:uuid:11111111-1111-4111-8111-111111111111>'
  const records = makeWarc([
    { url: 'http://elsewhere.example/t', block: httpAnswer(page), fields: { 'WARC-Record-ID': id } },
    {
      type: 'revisit',
      url: 'http://elsewhere.example/t',
      block: '',
      date: '2024-01-01T00:00:00Z',
      fields: { 'WARC-Refers-To': id },
    },
    { type: 'resource', url: 'urn:pageinfo:http://elsewhere.example/t', block: '{}', contentType: 'application/json' },
  ])
  const inputs = [write('elsewhere.warc.gz', records), join(ROOT, 'fixtures/discourse')]
  const said = [
    await unspoolHere(['add', '--archive', archive, ...inputs]),
    await unspoolHere(['verify', '--archive', archive, '--make-key']),
    await unspoolHere(['redact', '--archive', archive, 'x:1767613082760130563', '--reason', 'asked for']),
    await unspoolHere(['export', '--archive', archive, '--format', 'csv', '--to', join(folder, 'csv')]),
    await unspoolHere(['export', '--archive', archive, '--format', 'folder', '--to', join(folder, 'crate')]),
  ]
  const wrong = said.find(({ code }) => code !== 0)
  if (wrong !== undefined) throw new Error(`${wrong.code}: ${wrong.err}`)
}
