// Who may belong together at all, and in which order posts and threads stand before anything is inferred.
import { describe, expect, it } from 'vitest'
import { sha256 } from '../../../src/fixity.ts'
import type { Block, Extraction, PageOrder, Unrolled } from '../../../src/model.ts'
import { unroll } from '../../../src/unroll/unroll.ts'
import { declared, makePage, makePost, type Sketch } from '../arbitrary.ts'

const at = (second: number): string => new Date(1_600_000_000_000 + second * 1000).toISOString()
const pageOf = (sketches: readonly Sketch[], extra: Partial<Extraction> = {}) => makePage(sketches.map(makePost), extra)
const read = (pages: readonly Extraction[], order: PageOrder = 'page'): Unrolled =>
  unroll(pages, { order, digest: sha256 })
/** The first words of each thread's posts. */
const threadsOf = ({ threads }: Unrolled): string[] =>
  threads.map(({ posts }) => posts.map(({ post }) => post.text.split(' ')[0]).join(' '))

const BLOCK: Block = { key: 'rows', kind: 'thread', title: null, url: null, author: null, declaredTotal: null }

describe('nameless posts', () => {
  const [one, two] = [[{ text: 'Kiln is lit 1/3' }, { text: 'Clay is wet 2/3' }], [{ text: 'Glaze is dry 3/3' }]].map(
    (list) => pageOf(list.map((sketch) => ({ ...sketch, author: null }))),
  ) as [Extraction, Extraction]

  it('of two inputs are strangers to each other, of one they are not', () => {
    expect(threadsOf(read([one, two]))).toEqual(['Kiln Clay', 'Glaze'])
    const all = pageOf(
      ['Kiln is lit 1/3', 'Clay is wet 2/3', 'Glaze is dry 3/3'].map((text) => ({ text, author: null })),
    )
    expect(threadsOf(read([all]))).toEqual(['Kiln Clay Glaze'])
  })

  it('follow each other by declaration on one page', () => {
    const sketches = [
      { text: 'Kiln is lit', author: null, id: '11' },
      { text: 'Clay is wet', author: null, id: '12', parent: declared('11') },
    ]
    const { threads } = read([pageOf(sketches)])
    expect(threads.map(({ posts }) => posts.map(({ link }) => link?.basis ?? null))).toEqual([[null, 'declared']])
  })
})

describe('what is given', () => {
  it('leaves alone a post of which its page says nothing, where it names parents of other posts of its author', () => {
    const sketches = [
      { text: 'Kiln is lit 1/3', id: '11', createdAt: at(0) },
      { text: 'Clay is wet 2/3', id: '12', createdAt: at(60), parent: declared('11') },
      { text: 'Glaze is dry 3/3', id: '13', createdAt: at(120) },
    ]
    expect(threadsOf(read([pageOf(sketches)]))).toEqual(['Kiln Clay', 'Glaze'])
    const silent = sketches.map(({ parent: _, ...rest }: Sketch) => rest)
    expect(threadsOf(read([pageOf(silent)]))).toEqual(['Kiln Clay Glaze'])
  })

  it('joins what stands in one block that is a thread, and not in one that is a list', () => {
    const sketches = ['Boats leave.', 'Bread cools.'].map((text) => ({ text, block: 'rows' }))
    const basisIn = (kind: Block['kind']) =>
      read([pageOf(sketches, { blocks: [{ ...BLOCK, kind }] })]).threads.flatMap(({ posts }) =>
        posts.flatMap(({ link }) => link?.basis ?? []),
      )
    expect(basisIn('thread')).toEqual(['layout'])
    expect(basisIn('list')).not.toContain('layout')
  })

  it('joins nobody to another author in a block', () => {
    const sketches = [
      { text: 'Boats leave.', author: 'ada', block: 'rows' },
      { text: 'Which boats?', author: 'ben', block: 'rows' },
      { text: 'Bread cools.', author: 'ada', block: 'rows' },
    ]
    expect(threadsOf(read([pageOf(sketches, { blocks: [BLOCK] })]))).toEqual(['Boats Bread', 'Which'])
  })
})

describe('order before inference', () => {
  it('is that of a page sorted by time, from whichever end, where a clock of seconds leaves ties', () => {
    const rising = ['Kiln is lit', 'Clay is wet', 'Glaze is dry', 'Wheel is oiled'].map((text, k) => ({
      text: `${k + 1}/ ${text}`,
      createdAt: at(Math.floor(k / 2)),
    }))
    for (const sketches of [rising, rising.toReversed()])
      expect(threadsOf(read([pageOf(sketches)]))).toEqual(['1/ 2/ 3/ 4/'])
  })

  it('puts nobody else’s words into a thread that passes them on', () => {
    const sketches = [
      { text: 'Kiln is lit 1/3', createdAt: at(0) },
      { text: 'RT @ben: Clay is wet 2/3', createdAt: at(10) },
      { text: 'Glaze is dry 3/3', createdAt: at(20) },
    ]
    expect(threadsOf(read([pageOf(sketches)]))[0]).toBe('Kiln Glaze')
  })

  it('takes `3/9` for a number beside accepted ones of its kind, though its neighbours are lost', () => {
    const sketches = ['1/9 Kiln is lit', '2/9 Clay is wet', 'Glaze is dry', '7/9 Wheel is oiled'].map((text) => ({
      text,
    }))
    const numbers = read([pageOf(sketches)], 'none').threads.flatMap(({ posts }) => posts.map(({ number }) => number))
    expect(numbers).toContain(7)
  })
})

describe('the order of threads', () => {
  const early = { text: 'Kiln is lit', id: '11', createdAt: at(0) }
  const late = { text: 'Boats leave', id: '12', createdAt: at(90_000), author: 'ben' }

  it('is that of the inputs and their pages, and of time where a page’s order means nothing', () => {
    expect(threadsOf(read([pageOf([late, early])]))).toEqual(['Boats', 'Kiln'])
    expect(threadsOf(read([pageOf([late]), pageOf([early])]))).toEqual(['Boats', 'Kiln'])
    expect(threadsOf(read([pageOf([late, early])], 'none'))).toEqual(['Kiln', 'Boats'])
    expect(threadsOf(read([pageOf([late, early], { order: 'none' })]))).toEqual(['Kiln', 'Boats'])
    expect(threadsOf(read([pageOf([late]), pageOf([early])], 'none'))).toEqual(['Kiln', 'Boats'])
  })

  it('is that of ids where times are equal or unknown, whatever the order of the input', () => {
    for (const createdAt of [at(0), null]) {
      const sketches = [
        { ...late, createdAt },
        { ...early, createdAt },
      ]
      for (const list of [sketches, sketches.toReversed()])
        expect(threadsOf(read([pageOf(list)], 'none'))).toEqual(['Kiln', 'Boats'])
    }
  })
})
