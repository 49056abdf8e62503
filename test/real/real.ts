// `npm run real [-- KIND… | articles …] [--faults N] [--worst N]`: every capture beside the repository, one row a kind.
// Exits with 1 when a target fails: a throw, a file neither read nor refused by name, a page two adapters claim, a
// declared parent not met, a marked-off post with other words, a count that is off without a word. `articles` measures
// what articles.ts says.
import { parseArgs } from 'node:util'
import { kindsOfCaptures } from './captures.ts'
import { measure, type Row } from './measure.ts'

const HEADINGS =
  'kind files (truth) read refused posts parents:right wrong missed order marks counts:met said off unexplained notes'.split(
    ' ',
  )
const USUAL_FAULTS = 10
const NOTES_SHOWN = 6
const NUMBER_WIDTH = 9

if (process.argv[2] === 'articles') await import('./articles.ts')
else run()

function run(): void {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { faults: { type: 'string' }, worst: { type: 'string' } },
  })
  const kinds = positionals.length === 0 ? kindsOfCaptures() : positionals
  if (kinds.length === 0) console.log('There is no ../shared/real beside the repository: nothing to measure.')
  printCells(HEADINGS)
  const rows = kinds.map((kind) => {
    const row = measure(kind)
    printCells(cellsOf(row))
    printWorst(row, Number(values.worst ?? 0))
    return row
  })
  const faults = rows.flatMap((row) => row.faults)
  for (const fault of faults.slice(0, Number(values.faults ?? USUAL_FAULTS))) console.log(`FAULT ${fault}`)
  console.log(faults.length === 0 ? 'Every target is met.' : `${faults.length} faults.`)
  process.exitCode = faults.length === 0 ? 0 : 1
}

function cellsOf(row: Row): string[] {
  const { parents, order, marks, counts, letters } = row
  const numbers = [
    row.files,
    row.truths,
    row.read,
    row.refused,
    row.posts,
    parents.right,
    parents.wrong,
    parents.missed,
  ]
  const share = letters.total === 0 ? '-' : `${((100 * letters.lost) / letters.total).toFixed(1)}%`
  const met = [counts.met, counts.said, counts.off].map(String)
  return [row.kind, ...numbers.map(String), partOf(order), partOf(marks), ...met, share, notesOf(row)]
}

function partOf([right, of]: readonly [number, number]): string {
  return of === 0 ? '-' : `${right}/${of}`
}

function notesOf({ notes }: Row): string {
  const sorted = [...notes].sort(([, one], [, other]) => other - one)
  const shown = sorted.slice(0, NOTES_SHOWN).map(([code, n]) => `${code} ${n}`)
  return [...shown, ...(sorted.length > NOTES_SHOWN ? [`and ${sorted.length - NOTES_SHOWN} more`] : [])].join(', ')
}

function printCells(cells: readonly string[]): void {
  const padded = cells.map((cell, i) =>
    cell.padEnd(i === 0 ? 19 : Math.max(NUMBER_WIDTH, (HEADINGS[i] ?? '').length + 1)),
  )
  console.log(padded.join('').trimEnd())
}

function printWorst({ worst }: Row, shown: number): void {
  for (const { name, lost, total, pieces } of worst.slice(0, shown)) {
    console.log(`    ${lost} of ${total}: ${name}`)
    for (const piece of pieces) console.log(`        | ${piece.slice(0, 150)}`)
  }
}
