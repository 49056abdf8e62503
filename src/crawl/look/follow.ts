// Which URLs a page leads to, within what its source wants. Pure: whether they are new, the frontier knows.
import type { FrontierKind, FrontierRow } from '../../archive/crawl/frontier.ts'
import type { Extraction } from '../../model.ts'
import { pageUrl } from '../addresses.ts'
import type { Source } from '../sources/sources.ts'

export interface FoundLink {
  readonly url: string
  readonly kind: FrontierKind
}

/**
 * More of the page itself, then the pages it lists. An item lists none: the posts of a thread have addresses of their
 * own, and all of them are here already.
 */
export function linksOf(
  row: FrontierRow,
  source: Source,
  extraction: Extraction,
  locate: (url: string) => string,
): FoundLink[] {
  const isList = (row.kind === 'source' || row.kind === 'more') && source.follow.includes('items')
  const mayGoOn = source.follow.includes('parts') && (row.kind !== 'item' || extraction.declared.lists === undefined)
  const parts = mayGoOn ? extraction.next : []
  const asItem = (url: string) => ({ url: locate(url), kind: 'item' }) as const
  const links = [
    // They are among what would complete a feed, too; but each is looked at again in its own time, not with the feed.
    ...(isList ? (extraction.declared.lists ?? []) : []).map(asItem),
    ...parts.map((url) => ({ url, kind: isList ? 'more' : 'part' }) as const),
    ...(isList ? listed(extraction) : []).map(asItem),
  ]
  const seen = new Set([row.url])
  return links.flatMap(({ url: given, kind }) => {
    const url = pageUrl(given)
    if (url === null || seen.has(url)) return []
    seen.add(url)
    return [{ url, kind }]
  })
}

function listed({ posts, blocks }: Extraction): readonly string[] {
  const urls = [...blocks.map(({ url }) => url), ...posts.map(({ url }) => url)]
  return urls.filter((url) => url !== null)
}
