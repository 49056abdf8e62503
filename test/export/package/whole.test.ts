// Bags and crates: what is promised of every file holds, also for tools that are not ours; and whole or not at all.
import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { SqliteDatabase } from '../../../src/archive/database/sqlite.ts'
import { openFolder } from '../../../src/export/package/folder-sink.ts'
import { textPart } from '../../../src/export/package/part.ts'
import { writeTogether } from '../../../src/export/package/whole-file.ts'
import { openZip } from '../../../src/export/package/zip-sink.ts'
import { unspoolHere } from '../../cli/in-process.ts'
import { makeFolder } from '../../cli/run.ts'
import { type Exported, openExports, sha256 } from './open.ts'

let exported: Exported

beforeAll(async () => {
  exported = openExports()
  for (const [format, name] of [
    ['bagit', 'bag'],
    ['folder', 'crate'],
  ] as const)
    expect(await exported.run(format, name)).toMatchObject({ code: 0, err: '' })
})

function filesOf(dir: string): string[] {
  const paths = readdirSync(dir, { recursive: true, encoding: 'utf8' })
  return paths.filter((path) => statSync(join(dir, path)).isFile()).sort()
}

describe('a bag', () => {
  const read = (name: string): string => readFileSync(join(exported.folder, 'bag', name), 'utf8')

  it('is declared as RFC 8493 says, and counts its payload', () => {
    expect(read('bagit.txt')).toBe('BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n')
    const payload = filesOf(join(exported.folder, 'bag/data'))
    const bytes = payload.reduce((sum, path) => sum + statSync(join(exported.folder, 'bag/data', path)).size, 0)
    expect(read('bag-info.txt')).toContain(`Payload-Oxum: ${bytes}.${payload.length}\n`)
    expect(read('bag-info.txt')).toMatch(/^Bagging-Date: \d{4}-\d\d-\d\d$/m)
  })

  it.each(['sha256', 'sha512'])('is proven by %ssum, file by file', (algorithm) => {
    const check = (list: string): string[] =>
      execFileSync(`${algorithm}sum`, ['-c', '--strict', list], { cwd: join(exported.folder, 'bag'), encoding: 'utf8' })
        .split('\n')
        .slice(0, -1)
    const proven = check(`manifest-${algorithm}.txt`)
    expect(proven.sort()).toEqual(filesOf(join(exported.folder, 'bag/data')).map((path) => `data/${path}: OK`))
    const tags = ['bag-info.txt', 'bagit.txt', 'manifest-sha256.txt', 'manifest-sha512.txt']
    expect(check(`tagmanifest-${algorithm}.txt`).sort()).toEqual(tags.map((name) => `${name}: OK`))
  })

  it('holds an archive that opens and verifies', async () => {
    const data = join(exported.folder, 'bag/data')
    const { code, out } = await unspoolHere(['verify', '--archive', data])
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining('all as written') })
  })
})

describe('a crate', () => {
  interface Entity {
    readonly '@id': string
    readonly '@type': string
    readonly hasPart?: readonly { readonly '@id': string }[]
    readonly contentSize?: string
    readonly sha256?: string
  }
  const document = () => JSON.parse(readFileSync(join(exported.folder, 'crate/ro-crate-metadata.json'), 'utf8'))
  const graph = (): Entity[] => document()['@graph']

  it('describes itself as RO-Crate 1.1 asks', () => {
    const byId = new Map(graph().map((entity) => [entity['@id'], entity]))
    expect(byId.get('ro-crate-metadata.json')).toMatchObject({
      about: { '@id': './' },
      conformsTo: { '@id': 'https://w3id.org/ro/crate/1.1' },
    })
    for (const property of ['name', 'description', 'datePublished']) expect(byId.get('./')).toHaveProperty(property)
    expect(byId.get('#rights')).toMatchObject({ description: expect.stringContaining('no rights') })
    expect(byId.get('./')).toMatchObject({ license: { '@id': '#rights' } })
    expect(document()['@context']).toEqual([
      'https://w3id.org/ro/crate/1.1/context',
      { sha256: 'http://schema.org/sha256' }, // no term of RO-Crate 1.1
    ])
    const parts = graph().flatMap(({ hasPart = [] }) => hasPart.map((part) => part['@id']))
    expect(parts.filter((id) => !byId.has(id))).toEqual([])
    expect(byId.size).toBe(graph().length)
  })

  it('tells size and hash of its files, and no other files are there but those of described folders', () => {
    const dir = join(exported.folder, 'crate')
    const files = graph().filter((entity) => entity['@type'] === 'File')
    for (const file of files) {
      const body = readFileSync(join(dir, decodeURI(file['@id'])))
      expect([file['@id'], file.contentSize, file.sha256]).toEqual([file['@id'], String(body.length), sha256(body)])
    }
    const described = new Set(files.map((file) => decodeURI(file['@id'])))
    const rest = filesOf(dir).filter((path) => !described.has(path) && path !== 'ro-crate-metadata.json')
    expect(rest.length).toBeGreaterThan(5)
    expect(rest.filter((path) => !path.startsWith('markdown/'))).toEqual([])
  })

  it('has the database as it was, with no log beside it', () => {
    const count = (path: string): unknown => {
      const db = new SqliteDatabase(path, { readonly: true })
      const found = db
        .prepare('SELECT (SELECT count(*) FROM post_versions), (SELECT count(*) FROM threads)')
        .raw()
        .get()
      db.close()
      return found
    }
    expect(count(join(exported.folder, 'crate/archive.sqlite'))).toEqual(
      count(join(exported.archive, 'archive.sqlite')),
    )
    expect(filesOf(join(exported.folder, 'crate'))).not.toContain('archive.sqlite-wal')
  })
})

describe('an export', () => {
  it('replaces an earlier one, and nothing else', async () => {
    expect(await exported.run('folder', 'crate')).toMatchObject({ code: 0 })
    const mine = join(exported.folder, 'mine')
    mkdirSync(mine)
    writeFileSync(join(mine, 'letter.txt'), 'dear reader')
    const { code, err } = await exported.run('bagit', 'mine')
    expect({ code, err }).toMatchObject({ code: 2, err: expect.stringContaining('holds other files') })
    expect(readdirSync(mine)).toEqual(['letter.txt'])
    expect(readdirSync(exported.folder).sort()).toEqual(['archive', 'bag', 'crate', 'mine'])
  })

  it('touches nothing of its neighbours, and takes a folder with a slash behind its name', async () => {
    const dir = join(exported.folder, 'beside')
    for (const name of ['threads.old', 'threads.part']) mkdirSync(join(dir, name), { recursive: true })
    const mine = ['threads.old/letter.txt', 'threads.part/letter.txt', 'threads.sqlite', 'threads.jsonl.part']
    for (const name of mine) writeFileSync(join(dir, name), 'dear reader')
    for (const turn of [1, 2]) expect([turn, (await exported.run('folder', 'beside/threads/')).err]).toEqual([turn, ''])
    expect(await exported.run('jsonl', 'beside/threads.jsonl')).toMatchObject({ code: 0 })
    expect(filesOf(dir).filter((path) => !path.startsWith('threads/'))).toEqual([...mine, 'threads.jsonl'].sort())
    rmSync(dir, { recursive: true })
  })

  it('that is stopped leaves what was there', async () => {
    const stop = new AbortController()
    stop.abort()
    const before = filesOf(join(exported.folder, 'bag'))
    const args = ['export', '--archive', exported.archive, '--format', 'bagit', '--to', join(exported.folder, 'bag')]
    expect(await unspoolHere(args, { signal: stop.signal })).toMatchObject({ code: 130 })
    expect(filesOf(join(exported.folder, 'bag'))).toEqual(before)
    expect(readdirSync(exported.folder).sort()).toEqual(['archive', 'bag', 'crate', 'mine'])
  })

  it('says in JSON what it wrote', async () => {
    const { out } = await exported.run('jsonl', 'threads.jsonl', '--json')
    const body = readFileSync(join(exported.folder, 'threads.jsonl'))
    expect(JSON.parse(out)).toEqual({
      to: join(exported.folder, 'threads.jsonl'),
      format: 'jsonl',
      bytes: body.length,
      files: [{ path: 'threads.jsonl', bytes: body.length, sha256: sha256(body) }],
    })
    const kinds = body
      .toString()
      .split('\n')
      .slice(0, -1)
      .map((line) => Object.keys(JSON.parse(line))[0])
    expect(new Set(kinds)).toEqual(new Set(['thread', 'conversation']))
  })
})

describe('a part that breaks', () => {
  const broken = {
    ...textPart('b.txt', 'text/plain', 'broken', ''),
    pieces: function* () {
      yield 'half'
      throw new Error('the source broke')
    },
  }

  it.each([
    ['a ZIP file', (target: string) => openZip(target, new Date(0))],
    ['a folder', (target: string) => openFolder(target, 'mark')],
  ])('leaves nothing of %s', async (_, open) => {
    const dir = makeFolder()
    const sink = open(join(dir, 'target'))
    await sink.add(textPart('a.txt', 'text/plain', 'whole', 'a'))
    await expect(sink.add(broken)).rejects.toThrow('the source broke')
    sink.discard()
    expect(readdirSync(dir)).toEqual([])
  })

  it('leaves nothing of a file, and of the files it belongs to what was there before', () => {
    const dir = makeFolder()
    const [a, b] = [join(dir, 'a.txt'), join(dir, 'b.txt')]
    const part = (text: string) => textPart('', 'text/plain', 'whole', text)
    expect(() => writeTogether([[b, broken]])).toThrow('the source broke')
    expect(readdirSync(dir)).toEqual([])
    writeTogether([
      [a, part('of yesterday')],
      [b, part('of yesterday')],
    ])
    expect(() =>
      writeTogether([
        [a, part('of today')],
        [b, broken],
      ]),
    ).toThrow('the source broke')
    expect(readdirSync(dir)).toEqual(['a.txt', 'b.txt'])
    expect([a, b].map((path) => readFileSync(path, 'utf8'))).toEqual(['of yesterday', 'of yesterday'])
  })
})
