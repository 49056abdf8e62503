// One HTTP answer in a file, with its head: as curl prints it, redirects and interim answers before it.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { containerKind } from '../../../../src/fetch/containers/sniff.ts'
import { makeFolder } from '../../../cli/run.ts'
import { openAll } from '../makers.ts'

const folder = makeFolder()
const HEAD = 'HTTP/1.1 200 OK\r\nDate: Wed, 09 Dec 2015 03:29:14 GMT\r\nContent-Type: text/html; charset=utf-8\r\n'
const PAGE = '<!doctype html><title>T</title><p>Tar.</p>'

async function open(name: string, body: string | Buffer) {
  const path = join(folder, name)
  writeFileSync(path, body)
  return { path, ...(await openAll([path])) }
}

const textOf = (capture: { readonly body: Uint8Array } | undefined) => Buffer.from(capture?.body ?? []).toString()

describe('an HTTP answer in a file', () => {
  it('is the capture of its body, with status, type and time of its head', async () => {
    const { path, captures } = await open('answer.txt', `${HEAD}\r\n${PAGE}`)
    expect(captures).toMatchObject([
      { input: path, url: null, status: 200, mediaType: 'text/html', capturedAt: '2015-12-09T03:29:14.000Z' },
    ])
    expect(textOf(captures[0])).toBe(PAGE)
  })

  it('ends its head’s lines as it likes, and may have been packed', async () => {
    const plain = await open('plain', `${HEAD.replaceAll('\r', '')}\n${PAGE}`)
    expect(textOf(plain.captures[0])).toBe(PAGE)
    const packed = Buffer.concat([Buffer.from(`${HEAD}Content-Encoding: gzip\r\n\r\n`), gzipSync(PAGE)])
    expect(textOf((await open('packed', packed)).captures[0])).toBe(PAGE)
  })

  it('is the last where redirects stand before it', async () => {
    const moved = 'HTTP/1.1 301 Moved Permanently\r\nLocation: https://rope.example/\r\n\r\n'
    const { captures } = await open('moved', `${moved}HTTP/2 200 \r\ncontent-type: text/html\r\n\r\n${PAGE}`)
    expect(captures.map(({ status }) => status)).toEqual([200])
    expect(textOf(captures[0])).toBe(PAGE)
  })

  it.each([
    ['words about it', 'HTTP/1.1 200 OK is what it said, and no more.'],
    ['a status line alone', 'HTTP/1.1 200 OK'],
    ['a request', 'GET / HTTP/1.1\r\nHost: rope.example\r\n\r\n'],
  ])('is not %s', (_, text) => {
    expect(containerKind(Buffer.from(text), 'notes.txt')).toBeNull()
  })
})
