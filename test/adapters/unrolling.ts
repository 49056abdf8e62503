// The last promise of the contract joins two stages, so it is filled in where they meet.
import { markdownChunks } from '../../src/export/markdown/markdown.ts'
import type { Extraction } from '../../src/model.ts'
import { unrollTogether } from '../../src/pipeline/pipeline.ts'
import { htmlToMdast } from '../../src/text/markdown.ts'

/** Stands in the front matter instead of the program's version, so that a release changes no golden file. */
const VERSION_IN_GOLDEN = 'golden'

/** What `unspool unroll` would print of one extraction. */
export async function unrollToMarkdown(extraction: Extraction): Promise<string> {
  const unrolled = unrollTogether([extraction])
  return [...(await markdownChunks(unrolled, { readHtml: htmlToMdast, version: VERSION_IN_GOLDEN }))].join('')
}
