// A file as a capture: its date, its whole or its cut bytes, and names that are no file.
import { once } from 'node:events'
import { utimesSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { UsageError } from '../../src/errors.ts'
import { createFileFetcher } from '../../src/fetch/file.ts'
import { makeFolder } from '../folder.ts'

const never = new AbortController().signal
const now = () => new Date('2026-01-02T03:04:05.678Z')
const fetcher = () => createFileFetcher({ now, limitBytes: 100 })

const dir = makeFolder()

function save(name: string, body: string | Uint8Array): string {
  writeFileSync(join(dir, name), body)
  return join(dir, name)
}

describe('a file', () => {
  it('is a capture with the date of the file', async () => {
    const path = save('page.HTML', '<p>hi</p>')
    utimesSync(path, new Date('2020-05-06T07:08:09Z'), new Date('2020-05-06T07:08:09Z'))
    const [capture] = await fetcher().fetch(path, never)
    expect(capture).toMatchObject({
      input: path,
      url: null,
      method: 'file',
      status: null,
      capturedAt: '2020-05-06T07:08:09.000Z',
      capturedAtBasis: 'file-mtime',
      mediaType: 'text/html',
      truncated: null,
    })
    expect(Buffer.from(capture!.body).toString()).toBe('<p>hi</p>')
  })

  it('of a later date than now does not give its date', async () => {
    const path = save('future.txt', 'x')
    utimesSync(path, new Date('2031-01-01T00:00:00Z'), new Date('2031-01-01T00:00:00Z'))
    expect((await fetcher().fetch(path, never))[0]).toMatchObject({ capturedAtBasis: 'observed' })
  })

  it('of the beginning of time, as a file system without dates gives it, does not give its date', async () => {
    const path = save('epoch.txt', 'x')
    utimesSync(path, new Date(0), new Date(0))
    expect((await fetcher().fetch(path, never))[0]).toMatchObject({
      capturedAt: now().toISOString(),
      capturedAtBasis: 'observed',
    })
  })

  it('that is empty, binary or of unknown ending is whole', async () => {
    const bytes = Uint8Array.from([0, 255, 254, 0])
    expect((await fetcher().fetch(save('empty', ''), never))[0]!.body.length).toBe(0)
    const [capture] = await fetcher().fetch(save('odd.bin', bytes), never)
    expect([...capture!.body]).toEqual([...bytes])
    expect(capture!.mediaType).toBeNull()
  })

  it('over the limit is cut and says so', async () => {
    const [capture] = await fetcher().fetch(save('long.txt', 'x'.repeat(101)), never)
    expect(capture).toMatchObject({ truncated: 'length' })
    expect(capture!.body.length).toBe(100)
    expect((await fetcher().fetch(save('fits.txt', 'x'.repeat(100)), never))[0]!.truncated).toBeNull()
  })

  it.each([
    ['missing.html', 'no such file'],
    ['.', 'is a folder'],
    ['page.HTML/inside', 'no such file'],
    ['nul\0.txt', 'NUL'],
    ['x'.repeat(300), 'too long'],
  ])('%s is a mistake of the call', async (name, message) => {
    const attempt = fetcher().fetch(`${dir}/${name}`, never)
    await expect(attempt).rejects.toThrow(UsageError)
    await expect(attempt).rejects.toThrow(message)
  })

  it.each([
    ['www.gauges.example', 'give https://www.gauges.example'],
    ['gauges.example/2026/needle?x=1', 'give https://gauges.example/2026/needle?x=1'],
    ['https:/gauges.example/needle', 'give https://gauges.example/needle'],
    ['needle.html', 'check the path'],
    ['saved/needle.html', 'check the path'],
  ])('%s that is no file is told as what it looks like: %s', async (path, words) => {
    await expect(fetcher().fetch(path, never)).rejects.toThrow(words)
  })

  it('that the system will not open is a mistake of the call', async () => {
    const socket = createServer().listen(join(dir, 'socket'))
    await once(socket, 'listening')
    await expect(fetcher().fetch(join(dir, 'socket'), never)).rejects.toThrow(UsageError)
    socket.close()
  })
})
