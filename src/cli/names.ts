// What a person calls a post or thread by: an id as it is given, or the web address of it.
import type { ArchiveReader } from '../archive/reader.ts'

const WEB = /^https?:\/\//i

/** See `idOfName`; a whole id needs none of what that loads. */
export async function readName(reader: ArchiveReader, given: string): Promise<string> {
  if (given.includes(':') && !WEB.test(given)) return given
  const { idOfName } = await import('../pipeline/address.ts')
  return idOfName(reader, given)
}
