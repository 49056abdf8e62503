// A first look at a capture: by which names and ids it belongs together with others. Nothing that is read is kept.
import { adapterFor } from '../adapters/index.ts'
import { readPage } from '../adapters/page.ts'
import type { Capture } from '../model.ts'
import { collectNames, type PageNames, readNames } from '../unroll/neighbourhoods.ts'
import { readCapture } from './pipeline.ts'

/** The names that `readCapture` would find in these captures of one file. */
export function lookAt(captures: readonly Capture[]): PageNames {
  const names = captures.length === 1 ? lookAtPosts(captures[0] as Capture) : null
  // Where one reader finds no post another may.
  if (names !== null && names.posts > 0) return names
  return readNames(captures.map((capture) => readCapture(capture).extraction))
}

function lookAtPosts(capture: Capture): PageNames | null {
  const page = readPage(capture)
  const adapter = adapterFor(page)
  if (adapter?.eachPost === undefined) return null
  const collector = collectNames()
  adapter.eachPost(page, collector.add)
  return collector.take()
}
