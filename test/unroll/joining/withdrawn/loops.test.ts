// No thread is before itself, whatever was linked to whatever.
import { expect, it } from 'vitest'
import type { Link } from '../../../../src/model.ts'
import { openLoops } from '../../../../src/unroll/joining/withdrawn/loops.ts'
import { NONE } from '../../../../src/unroll/solve/bag.ts'

const link = (basis: Link['basis'], p: number): Link => ({ basis, p, evidence: [] })

it('takes back the weakest link by which a thread goes on from its own side chain', () => {
  const next = Int32Array.from([1, NONE, 3, 0])
  const links = [link('inferred', 0.9), link('declared', 1), link('declared', 1), link('inferred', 0.8)]
  openLoops(new Map([[0, [2]]]), { next, links, acceptances: [] })
  expect([...next]).toEqual([1, NONE, NONE, 0])
  expect(links.map((one) => one?.p ?? null)).toEqual([0.9, 1, 1, null])
})

it('leaves side chains alone that lead nowhere', () => {
  const next = Int32Array.from([1, NONE, 3, NONE])
  openLoops(new Map([[0, [2]]]), { next, links: [], acceptances: [] })
  expect([...next]).toEqual([1, NONE, 3, NONE])
})
