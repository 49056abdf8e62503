// One capture read and nothing more: in whichever thread.
import type { Capture } from '../model.ts'
import { readCapture } from '../pipeline/pipeline.ts'
import type { PageRead } from './messages.ts'

export function readPage(capture: Capture): PageRead {
  const { adapter, extraction } = readCapture(capture)
  return { adapter, extraction }
}
