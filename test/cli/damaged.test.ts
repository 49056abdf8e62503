// Whatever page of the database is overwritten, every command says that it is damaged and what to do next; none calls
// it a fault of the program.
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import { EXIT_CODES } from '../../src/errors.ts'
import { unspoolHere } from './in-process.ts'
import { makeFolder, ROOT } from './run.ts'

const folder = makeFolder()
const whole = join(folder, 'whole')
const PAGE = join(ROOT, 'fixtures/thread-reader/whole-and-cut/page.html')
const COMMANDS = [
  ['verify'],
  ['add', PAGE],
  ['list'],
  ['search', 'lamp'],
  ['sql', '--here', 'SELECT count(*) FROM thread_text'],
  ['export', '--format', 'csv', '--to', join(folder, 'tables')],
  ['refresh'],
  ['redact', 'x:1767612520723386369', '--reason', 'asked'],
]
const PAGE_BYTES = 4096
const TOLD = new Set<number | null>([EXIT_CODES.ok.code, EXIT_CODES.integrity.code])

beforeAll(() => unspoolHere(['add', '--archive', whole, PAGE]))

/** A copy of the archive in which some bytes of a page of its database are others. */
function damagedAt(page: number): string {
  const archive = join(folder, `page-${page}`)
  cpSync(whole, archive, { recursive: true })
  const path = join(archive, 'archive.sqlite')
  const bytes = readFileSync(path)
  for (let at = page * PAGE_BYTES; at < page * PAGE_BYTES + 1000; at++) bytes[at] = (at * 7 + 13) % 251
  writeFileSync(path, bytes)
  return archive
}

it.each([1, 2, 4, 6, 9, 12, 15, 18, 21])('page %i', async (page) => {
  const archive = damagedAt(page)
  for (const command of COMMANDS) {
    const { code, err } = await unspoolHere([...command, '--archive', archive])
    expect({ command, code: TOLD.has(code) ? 'told' : code, err }).toEqual({
      command,
      code: 'told',
      err: expect.not.stringContaining('fault of the program'),
    })
    if (code === EXIT_CODES.integrity.code && command[0] !== 'sql') expect(err).toMatch(/`unspool (rebuild|recover)`/)
  }
})

it('verify of a damaged database says to make it again, not to copy files back that are whole', async () => {
  const { code, out, err } = await unspoolHere(['verify', '--archive', damagedAt(3)])
  expect(code).toBe(EXIT_CODES.integrity.code)
  expect(out).not.toContain('✗ warc/')
  expect(err).toMatch(/`unspool rebuild` makes the database again/)
})
