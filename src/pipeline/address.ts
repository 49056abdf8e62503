// A post or page by its address, or by the id that its platform gives it: what a person has at hand.
import { locateUrl } from '../adapters/index.ts'
import { listPlatforms } from '../adapters/platforms.ts'
import type { ArchiveReader } from '../archive/reader.ts'
import { UsageError } from '../errors.ts'
import { urlOf } from '../url.ts'

const WEB = /^https?:\/\//i
/** As a platform has it, without the platform before it. */
const BARE = /^[\w-]{3,100}$/
/** `x-graphql` reads posts of `x`. */
const DIALECT = /-.*$/

/**
 * The id of what a person calls so: what a web address is of, else the first post of the page that was read there; the
 * one post that has this id on its platform; anything else as given. Throws UsageError for an id of several platforms.
 */
export function idOfName(reader: ArchiveReader, given: string): string {
  const url = WEB.test(given) ? urlOf(given) : null
  if (url === null) return BARE.test(given) ? idOfBare(reader, given) : given
  url.hash = ''
  return reader.findByAddress([...new Set([given, url.href])], namesOf(given)) ?? given
}

function idOfBare(reader: ArchiveReader, given: string): string {
  const [id, ...others] = reader.findNamed(withPlatforms([given]))
  if (others.length > 0)
    throw new UsageError(`${given} is a post of several platforms: ${[id, ...others].join(', ')}; give one of these`)
  return id ?? given
}

/** Ids that a post at this address may have: nobody tells which platform a mirror shows. */
function namesOf(url: string): readonly string[] {
  const located = locateUrl(url)
  return withPlatforms(located?.kind === 'post' ? [located.id, url] : [url])
}

function withPlatforms(ids: readonly string[]): readonly string[] {
  const adapters = listPlatforms().map(({ name }) => name)
  const platforms = new Set([...adapters, ...adapters.map((name) => name.replace(DIALECT, ''))])
  return [...platforms].flatMap((platform) => ids.map((id) => `${platform}:${id}`))
}
