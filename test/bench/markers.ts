// Markers: the hostile cases one at a time and in documents, and what is stripped from texts outside threads.
import { countListed, type MarkerScore, readMarkerCases, scoreAlone, scoreInDocuments } from './marker-cases.ts'
import { listStrips } from './strips.ts'

export function printMarkers(): void {
  const cases = readMarkerCases()
  console.log('marker cases: reading, precision, recall')
  console.log('candidates', '-', (countListed(cases) / cases.filter(({ n }) => n !== null).length).toFixed(3))
  for (const [name, score] of [
    ['likeliest, one post at a time', scoreAlone(cases)],
    ['documents with times', scoreInDocuments(cases, true)],
    ['documents without', scoreInDocuments(cases, false)],
  ] as const)
    console.log(name, ...sayShares(score))
  console.log('stripped outside threads: texts, strips, each with its place, marker and reason')
  for (const { kind, outside, strips } of listStrips()) {
    console.log(kind, outside, strips.length)
    for (const { where, marker, why } of strips) console.log(`  ${where}: ${marker} (${why})`)
  }
}

function sayShares({ wanted, right, believed }: MarkerScore): readonly string[] {
  return [(right / believed).toFixed(3), (right / wanted).toFixed(3)]
}
