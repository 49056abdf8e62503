// `npm run torture -- captures`: what the contract does to every fixture, done to one capture of each kind and reader.
// Takes minutes, so it runs only when asked for, where captures lie beside the repository.
import { extname } from 'node:path'
import { describe, expect, it } from 'vitest'
import { adapterFor } from '../../src/adapters/index.ts'
import type { Extraction } from '../../src/model.ts'
import { unrollTogether } from '../../src/pipeline/pipeline.ts'
import { type Case, extractPage, pageOf } from '../adapters/cases.ts'
import { expectHarmless, hostileBodies } from '../adapters/hostile.ts'
import { capturesOf, kindsOfCaptures, type RealCapture } from './captures.ts'

const CUTS = 40
/** Larger captures say the same more slowly. */
const MAX_BYTES = 400_000
/** Each hostile body, on a busy machine. */
const TIMEOUT_MS = 600_000
const isAsked = process.env['TORTURE'] === 'captures'

describe.skipIf(!isAsked)('hostile variants of captures', () => {
  for (const kind of isAsked ? kindsOfCaptures() : [])
    for (const [reader, capture] of samplesOf(kind))
      it(
        `${kind}, as ${reader}`,
        () => {
          const one = caseOf(capture)
          for (let i = 0; i < CUTS; i += 1)
            expectSound(extractPage(pageOf(one, one.body.subarray(0, Math.floor((one.body.length * i) / CUTS)))))
          for (const [name, body] of hostileBodies(one)) {
            const extraction = extractPage(pageOf(one, body))
            expectSound(extraction)
            if (/circle|own parent|id the same|deep, but read/.test(name)) unrollTogether([extraction])
          }
        },
        TIMEOUT_MS,
      )
})

/** The first capture of moderate size that each adapter reads. */
function samplesOf(kind: string): Map<string, RealCapture> {
  const samples = new Map<string, RealCapture>()
  for (const capture of capturesOf(kind)) {
    const reader = adapterFor(capture.page)?.name ?? 'nobody'
    const isFit = !capture.isTruth && capture.page.capture.body.length < MAX_BYTES
    if (isFit && !samples.has(reader)) samples.set(reader, capture)
    if (samples.size > 2) break
  }
  return samples
}

function caseOf({ name, page }: RealCapture): Case {
  const { capturedAt, url, body } = page.capture
  const kind = page.kind === 'text' ? (extname(name) === '.js' ? 'js' : 'txt') : page.kind
  return { platform: 'real', name, folder: '', url, capturedAt, headers: [], browser: false, kind, body }
}

function expectSound(extraction: Extraction): void {
  for (const { text } of extraction.posts) expect(typeof text).toBe('string')
  expectHarmless(extraction)
}
