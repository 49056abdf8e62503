// One capture read and nothing more: in whichever thread.
import type { Capture } from '../model.ts'
import type { Reading } from '../pipeline/inputs.ts'
import { readCapture } from '../pipeline/pipeline.ts'

/** A capture as read, without the capture. */
export type PageRead = Pick<Reading, 'adapter' | 'extraction'>

export function readPage(capture: Capture): PageRead {
  const { adapter, extraction } = readCapture(capture)
  return { adapter, extraction }
}
