// Lists that are packed for themselves (`sitemap.xml.gz`): read as far as they go, and what does not unpack is said.
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { readCapture } from '../../src/pipeline/pipeline.ts'
import { makeCapture } from '../archive/samples.ts'

const place = (at: number) => `<url><loc>http://mill.example/${at * 7919}</loc></url>`
const SITEMAP = `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${Array.from({ length: 400 }, (_, at) => place(at)).join('\n')}</urlset>`

function read(body: Uint8Array) {
  const served = { method: 'http', status: 200, url: 'http://mill.example/sitemap.xml.gz' } as const
  const { extraction } = readCapture({ ...makeCapture(''), ...served, body, mediaType: 'application/gzip' })
  const { blocks, declared, notes } = extraction
  return { named: blocks.length + (declared.lists?.length ?? 0), told: notes.filter(({ code }) => code === 'packed') }
}

describe('a packed list', () => {
  it('is read whole, and nothing is said', () => {
    expect(read(gzipSync(SITEMAP))).toEqual({ named: 400, told: [] })
  })

  it('that was cut is read as far as it goes, and that is said', () => {
    const packed = gzipSync(SITEMAP)
    const { named, told } = read(packed.subarray(0, packed.length / 2))
    expect(named).toBeGreaterThan(50)
    expect(named).toBeLessThan(400)
    expect(told).toMatchObject([{ level: 'warning', message: expect.stringContaining('ends before it is whole') }])
  })

  it('that does not unpack is said', () => {
    const broken = Buffer.from(gzipSync(SITEMAP))
    broken.fill(0xff, 20, 60)
    expect(read(broken).told).toMatchObject([{ level: 'warning', message: expect.stringContaining('broken') }])
    expect(read(gzipSync(Buffer.alloc(60 * 1024 * 1024))).told).toMatchObject([
      { level: 'warning', message: expect.stringContaining('more than is unpacked') },
    ])
  })
})
