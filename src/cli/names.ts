// What a person calls a post or thread by: an id as it is given, or the web address of it.
import type { ArchiveReader } from '../archive/reader.ts'

const WEB = /^https?:\/\//i

/** An id as it is given, or that of what is at a web address; the address itself when nothing is known to be there. */
export async function readName(reader: ArchiveReader, given: string): Promise<string> {
  if (!WEB.test(given)) return given
  const { idOfAddress } = await import('../pipeline/address.ts')
  return idOfAddress(reader, given)
}
