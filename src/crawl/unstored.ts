// What was read and waits to be stored. Many readings go into the archive at once, before they are unrolled: the indexes they share
// are written once. Nothing is lost with it: a capture whose reading never came into the archive is read again by the next run.
import type { NewReading } from '../archive/facts/extraction-store.ts'
import type { ArchiveWriter } from '../archive/writer.ts'
import type { Tally } from './tally.ts'

/** Posts, and readings, that are stored however long it is to the next unrolling. */
const MOST_POSTS = 1500
const MOST_READINGS = 200

export interface Unstored {
  /** Takes a reading in; stores all when there are many. */
  add(reading: NewReading): void
  /** Stores what waits, and counts it. Throws what the archive throws. */
  store(): void
}

export function createUnstored(writer: Pick<ArchiveWriter, 'storeExtractions'>, tally: Tally): Unstored {
  let waiting: NewReading[] = []
  let posts = 0
  const store = (): void => {
    const readings = waiting
    waiting = []
    posts = 0
    if (readings.length === 0) return
    for (const { newPosts, newVersions } of writer.storeExtractions(readings)) {
      tally.posts.new += newPosts
      tally.posts.changed += newVersions
    }
  }
  return {
    add: (reading) => {
      waiting.push(reading)
      posts += reading.extraction.posts.length
      if (posts >= MOST_POSTS || waiting.length >= MOST_READINGS) store()
    },
    store,
  }
}
