// A post or page by its address: what a person has at hand is a link, not an id.
import { locateUrl } from '../adapters/index.ts'
import { listPlatforms } from '../adapters/platforms.ts'
import type { ArchiveReader } from '../archive/reader.ts'
import { urlOf } from '../url.ts'

const WEB = /^https?:\/\//i
/** `x-graphql` reads posts of `x`. */
const DIALECT = /-.*$/

/**
 * What a web address names in the archive: the post it is of, else the first one of the page that was read there.
 * Anything else as given.
 */
export function idOfAddress(reader: ArchiveReader, given: string): string {
  const url = WEB.test(given) ? urlOf(given) : null
  if (url === null) return given
  url.hash = ''
  return reader.findByAddress([...new Set([given, url.href])], namesOf(given)) ?? given
}

/** Ids that a post at this address may have: nobody tells which platform a mirror shows. */
function namesOf(url: string): readonly string[] {
  const located = locateUrl(url)
  const ids = located?.kind === 'post' ? [located.id, url] : [url]
  const adapters = listPlatforms().map(({ name }) => name)
  const platforms = new Set([...adapters, ...adapters.map((name) => name.replace(DIALECT, ''))])
  return [...platforms].flatMap((platform) => ids.map((id) => `${platform}:${id}`))
}
