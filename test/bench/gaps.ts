// How much of the lost posts of the tangle bags anybody could name, and how well the engine does where threads are
// already right: ceilings for the gap F1 of unroll.ts. Printed by `npm run bench:unroll`.
import { existsSync } from 'node:fs'
import { findGaps } from '../../src/unroll/gaps/gaps.ts'
import { listSteps, listStretches } from '../../src/unroll/gaps/stretches.ts'
import { type Known, knownThreads } from '../fit/losses.ts'
import { makeSample } from '../fit/samples.ts'
import { LEVELS, readTangle, TANGLE } from '../fit/tangle.ts'

const BARE = { declaredTotal: null, isPreview: false, absentParent: null }

interface Count {
  /** Places where posts were lost. */
  real: number
  /** Those in a stretch that lacks numbers: all others left no trace but the words and the pauses around them. */
  shown: number
  /** Of those, the ones whose place is open, because unnumbered posts stand beside them. */
  open: number
  /** Stretches that lack numbers and lost nothing: they look like losses. */
  alike: number
  /** Gaps the engine names on true threads, and how many of them are there. */
  named: number
  right: number
}

function countThread({ posts, lost }: Known, count: Count): void {
  count.real += lost.size
  for (const stretch of listStretches(posts).list) {
    const steps = listSteps(stretch, posts.length)
    const found = steps.filter((step) => lost.has(step)).length
    count.shown += found
    if (steps.length > 1) count.open += found
    if (found === 0) count.alike++
  }
  for (const gap of findGaps(posts, BARE)) {
    if (gap.class !== 'missing' || gap.after === null) continue
    count.named++
    if (lost.has(gap.after)) count.right++
  }
}

const percent = (hits: number, all: number): string => (all === 0 ? '-' : ((200 * hits) / all).toFixed(1))

function printCeilings(): void {
  console.log(
    'gaps: level, lost, shown by a hole in the numbers, of these at an open place, skipped numbers that look alike,',
  )
  console.log(
    '  F1 of who sees all that is shown, F1 of who takes every hole for a loss, F1 of the engine on true threads',
  )
  const bags = readTangle().map(makeSample)
  for (const level of LEVELS) {
    const count: Count = { real: 0, shown: 0, open: 0, alike: 0, named: 0, right: 0 }
    for (const sample of bags)
      if (sample.source.level === level) for (const thread of knownThreads(sample)) countThread(thread, count)
    const { real, shown, open, alike, named, right } = count
    const [seer, taker] = [percent(shown, real + shown), percent(shown, real + shown + alike)]
    console.log(level, real, shown, open, alike, seer, taker, percent(right, named + real))
  }
}

if (existsSync(TANGLE)) printCeilings()
