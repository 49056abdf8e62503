// Figures on real posts beside the repository (`../shared`), printed for people. Skipped where that folder is absent.
import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { countListed, readMarkerCases, scoreAlone, scoreInDocuments } from '../bench/marker-cases.ts'
import { listStrips } from '../bench/strips.ts'
import { REAL } from './files.ts'

const cases = readMarkerCases()
const numbered = cases.filter((one) => one.n !== null)

describe.skipIf(cases.length === 0)('hostile marker cases', () => {
  it('finds the marker among the candidates of one post', () => {
    const listed = countListed(cases)
    const { right, believed, wanted } = scoreAlone(cases)
    console.log(
      `one post at a time: listed ${listed}/${numbered.length}; prior >= 0.5: P ${(right / believed).toFixed(3)} R ${(right / wanted).toFixed(3)}`,
    )
    expect(listed / numbered.length).toBeGreaterThanOrEqual(0.95)
  })

  it.each([true, false])('accepts them in a document and leaves the others (times: %s)', (timed) => {
    const { right, believed, wanted, tell } = scoreInDocuments(cases, timed)
    console.log(
      `document pass: P ${(right / believed).toFixed(3)} R ${(right / wanted).toFixed(3)}\n${tell.join('\n')}`,
    )
    expect(right / believed).toBeGreaterThanOrEqual(0.97)
  })
})

describe.skipIf(!existsSync(REAL))('texts outside threads', () => {
  it.each(listStrips())('loses fewer than one marker in a thousand of $outside $kind', ({ outside, strips }) => {
    for (const { where, marker, why } of strips) console.log(`${where}: ${marker} (${why})`)
    expect(strips.length).toBeLessThan(outside / 1000)
  })
})
