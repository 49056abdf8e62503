// The boundaries of real text scrapes beside the repository (`../shared`). Skipped where that folder is absent.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Post, Provenance, ScrapeLine } from '../../src/model.ts'
import { acceptMarkers } from '../../src/unroll/markers/acceptance/families.ts'
import { stripMarker } from '../../src/unroll/markers/strip.ts'
import { segmentScrapes } from '../../src/unroll/segment/segment.ts'

const SEEDS = join(import.meta.dirname, '../../../shared/seeds')

interface Truth {
  readonly chrome_lines: readonly { readonly lines: readonly [number, number] }[]
  readonly posts: readonly { readonly text_lines: readonly [number, number]; readonly marker_number: number | null }[]
}

const NOWHERE: Omit<Provenance, 'line' | 'endLine'> = {
  input: 'seed',
  capture: null,
  capturedAt: null,
  adapter: 'text',
  adapterVersion: 1,
  selector: null,
  path: null,
  extra: null,
}

function cutLines(lines: readonly ScrapeLine[]): readonly Post[] {
  const scrape = { author: null, lines, provenance: { ...NOWHERE, line: null, endLine: null } }
  const declared = { title: null, site: null, replies: null }
  return segmentScrapes({ posts: [], scrapes: [scrape], blocks: [], next: [], notes: [], declared }).posts
}

describe.skipIf(!existsSync(SEEDS))('the thread page scrape', () => {
  const name = existsSync(SEEDS) ? readdirSync(SEEDS).find((file) => /^001_.*txt$/.test(file)) : undefined
  const source = name === undefined ? [] : readFileSync(join(SEEDS, name), 'utf8').split('\n')
  const truth: Truth =
    name === undefined
      ? { chrome_lines: [], posts: [] }
      : JSON.parse(readFileSync(join(SEEDS, '001-truth.json'), 'utf8'))
  const isChrome = (line: number) => truth.chrome_lines.some(({ lines: [from, to] }) => line >= from && line <= to)
  const lines = source
    .map((text, at) => ({ text, line: at + 1, block: null, cutBefore: isChrome(at) }))
    .filter(({ line }) => !isChrome(line))
  const posts = cutLines(lines)

  it('gives each post its lines', () => {
    expect(posts.map(({ provenance }) => [provenance.line, provenance.endLine])).toEqual(
      truth.posts.map((post) => post.text_lines),
    )
  })

  it('gives each post its number and its text without marker', () => {
    const accepted = acceptMarkers(posts.map(({ text, index }) => ({ text, author: '', createdAt: null, index })))
    expect(accepted.map(({ marker }) => marker?.number ?? null)).toEqual(truth.posts.map((post) => post.marker_number))
    expect(posts.map(({ text }, at) => stripMarker(text, accepted[at]?.marker ?? null).text)).toEqual(
      truth.posts.map(({ text_lines: [from, to] }) => source.slice(from - 1, to).join('\n')),
    )
  })

  it('is about as sure as people are of the two doubtful places', () => {
    const at = (line: number) => posts.find(({ provenance }) => provenance.line === line)?.boundary
    console.log(`line 46: ${JSON.stringify(at(46))}\nline 59: ${JSON.stringify(at(59))}`)
    expect(at(46)?.p).toBeCloseTo(0.88, 1)
    expect(at(46)?.alternatives[0]?.say).toMatch(/^two posts/)
    expect(at(59)?.p).toBeCloseTo(0.95, 1)
  })
})
