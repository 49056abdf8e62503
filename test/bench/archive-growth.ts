// `npm run bench:growth -- [POSTS]`: whether storing slows down as an archive grows, and how long searches take then.
// Three million posts (the usual number) take a quarter of an hour and 6 GB beside the repository.
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { createMeter, fillArchive, type Meter, storedSeconds } from './archive-fill.ts'
import { atShare, timeSearches } from './archive-search.ts'
import { POSTS } from './made-pages.ts'

const USUAL_POSTS = 3_000_000
/** Posts at which something is told; the stretch before each is this share of it. */
const MARKS = [100_000, 300_000, 1_000_000, 3_000_000]
const STRETCH = 0.2

const [posts = USUAL_POSTS] = process.argv.slice(2).map(Number)
const root = mkdtempSync(join('dist', 'bench-'))
try {
  console.log('posts        µs a post (CPU, storing)    the same / at 100,000    bytes a post')
  const meter = createMeter()
  const tell = createTeller(meter)
  fillArchive(root, Math.ceil(posts / POSTS), meter, (pages) => tell(pages * POSTS))
  const { times, unranked } = timeSearches(root, posts)
  console.log(
    `search, ms of CPU, ${times.length} of them (${unranked} not ranked): median ${atShare(times, 0.5).toFixed(1)}, 95th of 100 ${atShare(times, 0.95).toFixed(1)}`,
  )
} finally {
  rmSync(root, { recursive: true, force: true })
}

/** To be called after each batch. */
function createTeller(meter: Meter): (done: number) => void {
  const left = MARKS.filter((mark) => mark <= posts)
  let [from, before, first] = [0, 0, 0]
  return (done) => {
    const [mark] = left
    if (mark === undefined) return
    if (done < mark * (1 - STRETCH)) [from, before] = [done, storedSeconds(meter)]
    if (done < mark) return
    const each = ((storedSeconds(meter) - before) / (done - from)) * 1e6
    if (first === 0) first = each
    const bytes = statSync(join(root, 'archive.sqlite')).size / done
    const cells = [each.toFixed(1), (each / first).toFixed(2), bytes.toFixed(0)]
    console.log(`${String(done).padEnd(12)} ${cells.map((cell) => cell.padEnd(24)).join(' ')}`)
    left.shift()
  }
}
