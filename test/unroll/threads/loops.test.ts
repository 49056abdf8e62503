// No thread is before itself, whatever was linked to whatever.
import { expect, it } from 'vitest'
import type { Link } from '../../../src/model.ts'
import { NONE } from '../../../src/unroll/solve/bag.ts'
import { openLoops } from '../../../src/unroll/threads/loops.ts'

const link = (basis: Link['basis'], p: number): Link => ({ basis, p, evidence: [] })

it('takes back the weakest link by which a thread goes on from its own side chain', () => {
  const next = Int32Array.from([1, NONE, 3, 0])
  const links = new Map([
    [1, link('declared', 1)],
    [2, link('declared', 1)],
    [3, link('inferred', 0.8)],
    [0, link('inferred', 0.9)],
  ])
  openLoops(new Map([[0, [2]]]), { next, links, acceptances: [] })
  expect([...next]).toEqual([1, NONE, NONE, 0])
  expect([...links.keys()]).toEqual([1, 2, 0])
})

it('leaves side chains alone that lead nowhere', () => {
  const next = Int32Array.from([1, NONE, 3, NONE])
  openLoops(new Map([[0, [2]]]), { next, links: new Map(), acceptances: [] })
  expect([...next]).toEqual([1, NONE, 3, NONE])
})
