// What accepted numbers say of a step, as the bags of numbered threads taught it: few posts of a timeline bear one, too
// few to learn it there again. It reads no text.
import { WEIGHTS } from '../evidence/weights/weights.ts'
import { type Bag, NONE } from '../solve/bag.ts'

/** Log-odds that j carries on the count of i; 0 where numbers say nothing. */
export function weighCount(bag: Bag, i: number, j: number): number {
  const [a = NONE, b = NONE] = [bag.number[i], bag.number[j]]
  if (a !== NONE && b !== NONE && bag.form[i] === bag.form[j]) return weighRun(bag, i, j, b - a)
  return (b === 1 ? -weightOf('head-one') : 0) - (a !== NONE && a === bag.total[i] ? weightOf('tail-full') : 0)
}

function weighRun({ total, number }: Bag, i: number, j: number, rise: number): number {
  if (rise < 1)
    return weightOf(rise === 0 ? 'run-repeat' : 'long-bridge-falls') - (number[j] === 1 ? weightOf('head-one') : 0)
  if (total[i] !== total[j]) return 0
  return rise === 1 ? weightOf('run-exact') : weightOf(rise === 2 ? 'run-lacks-one' : 'run-lacks-few')
}

function weightOf(signal: string): number {
  return WEIGHTS[signal] ?? 0
}
