// The index of a WACZ: sorted by bytes, whatever is sorted at once.

import { expect, it } from 'vitest'
import { cdxjLines, type IndexedCapture } from '../../../src/export/package/cdxj.ts'
import fc from '../../laws.ts'

const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'z', '%', 'é', '�', '😀'), maxLength: 4 })

function captureOf(path: string, offset: number): IndexedCapture {
  const warc = { file: 'one.warc.gz', offset, length: 9 }
  const facts = { capturedAt: '2026-01-02T03:04:05.000Z', status: 200, mediaType: 'text/html', digest: 'sha256:0' }
  return { url: `http://threads.example/?${path}`, ...facts, isRevisit: false, warc }
}

it('has each capture once, in the order of its bytes, however few lines are sorted at once', () => {
  fc.assert(
    fc.property(fc.array(letters, { maxLength: 30 }), fc.integer({ min: 1, max: 9 }), (paths, most) => {
      const captures = paths.map(captureOf)
      const lines = [...cdxjLines(() => captures, most)]
      const sorted = [...lines].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
      expect(lines).toEqual(sorted)
      expect(lines).toHaveLength(captures.length)
      expect(lines).toEqual([...cdxjLines(() => captures)])
    }),
  )
})

it('leaves out what has no address of the web', () => {
  expect([...cdxjLines(() => [{ ...captureOf('a', 0), url: 'urn:x-unspool:notes.txt' }])]).toEqual([])
})
