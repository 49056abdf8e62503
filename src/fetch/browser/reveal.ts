// Gets out of a page what it shows only on request: presses what unfolds, scrolls step by step, and keeps the document
// each time something that was shown is taken away again (X and Bluesky draw only what is on the screen). Within
// bounds.
import type { Page } from 'puppeteer-core'
import type { World } from './page-world.ts'
import { isNetworkIdle } from './settle.ts'

export interface RevealLimits {
  /** For all of it. */
  readonly revealMs: number
  readonly clicks: number
  readonly scrolls: number
  /** Documents kept on the way. */
  readonly snapshots: number
}

/** Enough for some thousands of replies; a feed without end stops here. */
export const REVEAL_LIMITS: RevealLimits = { revealMs: 90_000, clicks: 200, scrolls: 300, snapshots: 60 }

/** Rest after a step, and the longest wait for it. */
const STEP_QUIET_MS = 120
const STEP_TIMEOUT_MS = 3_000
/** Rest at the end, where a list may still be about to grow. */
const END_QUIET_MS = 500
/** Buttons pressed before looking what came of it. */
const PRESSED_AT_ONCE = 5
/** More of the page than that is no list any more (characters, all documents kept on the way together). */
const SNAPSHOTS_LIMIT = 100 * 1024 * 1024

/** Why it stopped before the end: for want of time, or by another bound; null: it came to the end. */
type Cut = 'time' | 'length' | null

interface Stage {
  readonly page: Page
  readonly world: World
  readonly limits: RevealLimits
  /** Takes a document as it was before something of it went away. */
  keep(html: string): void
  /** Called before anything is touched: from here on the page may break. */
  remember(): Promise<void>
}

interface Course extends Stage {
  readonly until: number
  readonly place: string
  clicks: number
  scrolls: number
  snapshots: number
  characters: number
  /** A press led elsewhere: no more of them. */
  hasStrayed: boolean
}

/** Resolves with the page unfolded, at its end. Rejects when it hangs or is gone. */
export async function reveal(stage: Stage): Promise<Cut> {
  const { world, limits } = stage
  if (!(await world.call<boolean>('hasScripts'))) return null
  await stage.remember()
  await world.call('look')
  const counts = { clicks: 0, scrolls: 0, snapshots: 0, characters: 0, hasStrayed: false }
  const course = { ...stage, ...counts, until: Date.now() + limits.revealMs, place: await world.call<string>('place') }
  if (!(await mayHoldMore(course))) return null
  await collect(course)
  await world.call('rewind')
  await rest(course, STEP_QUIET_MS)
  await collect(course)
  return goThrough(course)
}

/** A quick look over the whole page: most pages neither unfold nor answer to scrolling, and are done with it. */
async function mayHoldMore(course: Course): Promise<boolean> {
  const { page, world } = course
  if ((await world.call<number>('countButtons')) > 0) return true
  let asked = 0
  const count = () => asked++
  page.on('request', count)
  await world.call('sweep')
  page.off('request', count)
  return asked > 0 || (await world.call<boolean>('hasChanged'))
}

/** Down the page; at each place everything is unfolded before the next step. */
async function goThrough(course: Course): Promise<Cut> {
  for (;;) {
    const cut = boundOf(course)
    if (cut !== null) return cut
    if ((await press(course)) || (await step(course))) continue
    if (!(await growsAtEnd(course))) return null
  }
}

function boundOf({ until, clicks, scrolls, snapshots, characters, limits }: Course): Cut {
  if (Date.now() >= until) return 'time'
  const isOver = clicks >= limits.clicks || scrolls >= limits.scrolls || snapshots >= limits.snapshots
  return isOver || characters >= SNAPSHOTS_LIMIT ? 'length' : null
}

async function press(course: Course): Promise<boolean> {
  const { world, limits } = course
  if (course.hasStrayed) return false
  const most = Math.min(PRESSED_AT_ONCE, limits.clicks - course.clicks)
  const pressed = await world.call<number>('press', most)
  if (pressed === 0) return false
  course.clicks += pressed
  await rest(course, STEP_QUIET_MS)
  if ((await world.call<string>('place')) !== course.place) await comeBack(course)
  await collect(course)
  return true
}

/** The page swapped itself for another one without leaving: what is recorded must be the page that was asked for. */
async function comeBack(course: Course): Promise<void> {
  course.hasStrayed = true
  await course.world.call('goBack')
  await rest(course, END_QUIET_MS)
}

async function step(course: Course): Promise<boolean> {
  if (!(await course.world.call<boolean>('scroll', 1))) return false
  course.scrolls++
  await rest(course, STEP_QUIET_MS)
  await collect(course)
  return true
}

/** Whether waiting at the end brings another step or something to press. */
async function growsAtEnd(course: Course): Promise<boolean> {
  const { world } = course
  const before = await world.call<number>('height')
  await rest(course, END_QUIET_MS)
  await collect(course)
  const grew = (await world.call<number>('height')) > before
  return grew || (!course.hasStrayed && (await world.call<number>('countButtons')) > 0)
}

async function collect(course: Course): Promise<void> {
  const html = await course.world.call<string | null>('look')
  if (html === null) return
  course.snapshots++
  course.characters += html.length
  course.keep(html)
}

async function rest({ page, until }: Course, quietMs: number): Promise<void> {
  const timeout = Math.min(STEP_TIMEOUT_MS, until - Date.now())
  if (timeout > 0) await isNetworkIdle(page, quietMs, timeout)
}
