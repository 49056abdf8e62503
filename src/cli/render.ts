// Findings in the format a person chose. Each exporter is loaded only when it is asked for.
import type { Unrolled } from '../model.ts'
import type { Format } from './options.ts'

/** Pieces of the document, to be written in order. */
export async function renderUnrolled(
  unrolled: Unrolled,
  { format, raw }: { readonly format: Format; readonly raw: boolean },
): Promise<Iterable<string>> {
  if (format === 'json') return (await import('../export/json/json.ts')).jsonChunks(unrolled, { raw })
  if (format === 'jsonl') return (await import('../export/json/json.ts')).jsonLines(unrolled, { raw })
  if (format === 'text') return (await import('../export/text.ts')).textChunks(unrolled, { raw })
  return (await import('../export/markdown/markdown.ts')).markdownChunks(unrolled, { raw })
}
