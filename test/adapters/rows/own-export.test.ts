// Findings that come back as an input are not taken for somebody's rows without a word.

import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { unspoolHere } from '../../cli/in-process.ts'
import { makeFolder, writeInto } from '../../cli/run.ts'

const folder = makeFolder()
const archive = join(folder, 'archive')
const rows = ['The lamp is lit. 1/3', 'The oil is low. 2/3'].map((text, at) =>
  JSON.stringify({ author: 'orla', id: `${at}`, text }),
)

describe('an export of findings, read again', () => {
  it.each([
    ['jsonl', 'out.jsonl', 'out.jsonl'],
    ['csv', 'tables', 'tables/posts.csv'],
  ])('as %s says that only its posts are read', async (format, to, file) => {
    await unspoolHere(['add', '--archive', archive, writeInto(folder, 'posts.jsonl', rows.join('\n'))])
    await unspoolHere(['export', '--archive', archive, '--format', format, '--to', join(folder, to)])
    const { out } = await unspoolHere(['unroll', '--format', 'json', join(folder, file)])
    expect(out).toContain('The oil is low.')
    expect(JSON.parse(out).notes.map(({ code }: { code: string }) => code)).toContain('own-export')
  })

  it.each(['wacz', 'bagit', 'folder'])('is whole again out of %s', async (format) => {
    const [whole, again] = [join(folder, `export-${format}`), join(folder, `again-${format}`)]
    const list = async (from: string) => (await unspoolHere(['list', '--archive', from])).out
    await unspoolHere(['export', '--archive', archive, '--format', format, '--to', whole])
    const { code, out, err } = await unspoolHere(['add', '--archive', again, whole])
    expect(code).toBe(0)
    if (format !== 'wacz') expect(out + err).toContain('only warc/ was read')
    expect(await list(again)).toBe(await list(archive))
  })

  it('is silent on rows of anybody else', async () => {
    const { out } = await unspoolHere(['unroll', '--format', 'json', writeInto(folder, 'posts.jsonl', rows.join('\n'))])
    expect(JSON.parse(out).notes.map(({ code }: { code: string }) => code)).not.toContain('own-export')
  })
})
