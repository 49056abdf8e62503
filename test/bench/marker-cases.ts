// The hostile marker cases beside the repository: each alone, and in documents built around them. For the bench and for
// people.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { acceptMarkers } from '../../src/unroll/markers/acceptance/families.ts'
import type { NumberedText } from '../../src/unroll/markers/acceptance/members.ts'
import { findMarkers } from '../../src/unroll/markers/candidates/candidates.ts'
import { TANGLE } from '../fit/tangle.ts'

export interface MarkerCase {
  readonly text: string
  readonly n: number | null
  readonly total: number | null
}

/** Counts over all cases; `tell` names each case that came out wrong. */
export interface MarkerScore {
  /** Numbered cases, those found, and all that were believed. */
  readonly wanted: number
  readonly right: number
  readonly believed: number
  readonly tell: readonly string[]
}

const FILLERS = ['The bridge was built twice.', 'Nobody had asked the ferryman.', 'So the town paid for it again.']
const MINUTE_MS = 60_000
const START_MS = Date.UTC(2026, 0, 5)

export function readMarkerCases(): readonly MarkerCase[] {
  const path = join(TANGLE, 'marker-cases.json')
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as MarkerCase[]) : []
}

/** How many numbered cases have their marker among the candidates of the one post. */
export function countListed(cases: readonly MarkerCase[]): number {
  return cases.filter((one) => one.n !== null && findMarkers(one.text).some((found) => isRight(one, found))).length
}

/** One post at a time: the likeliest candidate, believed from one half on. */
export function scoreAlone(cases: readonly MarkerCase[]): MarkerScore {
  const believed = cases.map((one) =>
    findMarkers(one.text).find((found) => found.number !== null && found.prior >= 0.5),
  )
  return {
    wanted: cases.filter((one) => one.n !== null).length,
    right: cases.filter((one, index) => one.n !== null && isRight(one, believed[index] ?? null)).length,
    believed: believed.filter((found) => found !== undefined).length,
    tell: [],
  }
}

/**
 * After the document pass: numbered cases between their neighbours, the others among them and in a document of their
 * own.
 */
export function scoreInDocuments(cases: readonly MarkerCase[], timed: boolean): MarkerScore {
  let [believed, right, wanted] = [0, 0, 0]
  const tell = new Set<string>()
  for (const posts of documentsOf(cases, timed)) {
    const found = acceptMarkers(posts)
    posts.forEach((post, index) => {
      const one = cases.find((each) => each.text === post.text)
      const marker = found[index]?.marker ?? null
      if (one === undefined) return
      if (one.n !== null) wanted++
      if (one.n !== null && marker === null) tell.add(`missed: ${post.text}`)
      if (marker === null || marker.number === null) return
      believed++
      if (isRight(one, marker)) right++
      else tell.add(`wrong: ${post.text} (${found[index]?.why()})`)
    })
  }
  return { wanted, right, believed, tell: [...tell] }
}

function documentsOf(cases: readonly MarkerCase[], timed: boolean): readonly (readonly NumberedText[])[] {
  const plain = cases.filter((one) => one.n === null)
  const threads = cases
    .filter((one) => one.n !== null)
    .map((one, index) => documentAround(one, `thread${index}`, timed))
  const mixed = threads.map((thread, index) => {
    const text = plain[index % plain.length]?.text ?? ''
    return [...thread, { text, author: `thread${index}`, createdAt: timed ? at(4) : null, index: 3 }]
  })
  const singles = plain.map(({ text }, index) => ({
    text,
    author: 'single',
    createdAt: timed ? at(index * 700) : null,
    index,
  }))
  return [...mixed, singles]
}

/** The case between its neighbours of the same form, as one author writes them minutes apart. */
function documentAround(one: MarkerCase, author: string, timed: boolean): readonly NumberedText[] {
  const marker = findMarkers(one.text).find((found) => found.number === one.n && found.total === one.total)
  if (marker === undefined) return []
  const own = one.text.slice(marker.start, marker.end)
  const texts = [-1, 0, 1].map((step, at) => {
    if (step === 0) return one.text
    const next = renumber(own, (one.n ?? 0) + step)
    return marker.place === 'head' ? `${next} ${FILLERS[at]}` : `${FILLERS[at]} ${next}`
  })
  return texts.map((text, index) => ({ text, author, createdAt: timed ? at(index) : null, index }))
}

/** The marker's text with another number in its first run of digits; other scripts keep their form. */
function renumber(own: string, number: number): string {
  const digits = /\p{Nd}+/u.exec(own)?.[0] ?? ''
  const han = /[一二三]/u.exec(own)?.[0]
  if (han !== undefined) return own.replace(han, '〇一二三四五'[number] ?? '')
  if (digits === '') return String.fromCodePoint((own.codePointAt(0) ?? 0) + 1)
  const zero = (digits.codePointAt(0) ?? 0) - Number(findMarkers(`${digits}/`)[0]?.number ?? 0)
  const ascii = /\d/.test(digits)
  const written = [...String(number)].map((d) => (ascii ? d : String.fromCodePoint(zero + Number(d)))).join('')
  return own.replace(digits, written)
}

function at(index: number): string {
  return new Date(START_MS + index * 3 * MINUTE_MS).toISOString()
}

function isRight(one: MarkerCase, found: { number: number | null; total: number | null } | null): boolean {
  return found !== null && found.number === one.n && found.total === one.total
}
