// Judges the engine on real archives beside the repository, when they are there: declared replies, whole timelines,
// markers. `tsx test/bench/real.ts`.
import { existsSync } from 'node:fs'
import { addScores, sayScore, scoreDeclared } from '../real/declared-score.ts'
import { groupSets, readDeclaredSets } from '../real/declared-sets.ts'
import { REAL } from '../real/files.ts'
import { printMarkers } from './markers.ts'
import { printTimelines } from './timelines.ts'

function run(): void {
  for (const [kind, sets] of groupSets(readDeclaredSets()))
    console.log(`${kind}: ${sayScore(addScores(sets.map(scoreDeclared)))}`)
  printTimelines()
  printMarkers()
}

if (existsSync(REAL)) run()
else console.log('no real archives beside the repository: nothing judged')
