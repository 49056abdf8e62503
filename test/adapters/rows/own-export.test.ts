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
  const remarksOn = async (file: string) => {
    const { out } = await unspoolHere(['unroll', '--format', 'json', file])
    expect(out).toContain('The oil is low.')
    return (JSON.parse(out).notes as { code: string; message: string }[]).filter(({ code }) => code === 'own-export')
  }
  const only = [expect.objectContaining({ message: expect.stringContaining('its threads, gaps and sources are not') })]

  it('as tables says that only its posts are read', async () => {
    await unspoolHere(['add', '--archive', archive, writeInto(folder, 'posts.jsonl', rows.join('\n'))])
    await unspoolHere(['export', '--archive', archive, '--format', 'csv', '--to', join(folder, 'tables')])
    expect(await remarksOn(join(folder, 'tables/posts.csv'))).toEqual(only)
  })

  it('of a format that is not known yet says the same', async () => {
    const threads = [{ posts: rows.map((row) => JSON.parse(row) as object) }]
    const later = writeInto(folder, 'later.json', JSON.stringify({ unspool: '9.0.0', format: 2, threads }))
    expect(await remarksOn(later)).toEqual(only)
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
