// Laws over all fixtures: a file that ends early says so, and of JSON what stands whole before its end is still read.
import { describe, expect, it } from 'vitest'
import type { Extraction } from '../../src/model.ts'
import { allCases, type Case, extractPage, pageOf } from './cases.ts'

const SHARES = [0.5, 0.8, 0.97]
const ALL = allCases().filter(({ browser }) => !browser)
const MARKUP = ALL.filter(({ kind }) => kind === 'html' || kind === 'xml')
const LISTS = ALL.filter(({ kind }) => kind === 'json' || kind === 'jsonl')

function read(fixture: Case, share = 1): Extraction {
  return extractPage(pageOf(fixture, fixture.body.subarray(0, Math.floor(fixture.body.length * share))))
}

function codesOf({ notes }: Extraction): readonly string[] {
  return notes.map(({ code }) => code)
}

function named(fixtures: readonly Case[]) {
  return fixtures.map((fixture) => [`${fixture.platform}/${fixture.name}`, fixture] as const)
}

/** Posts of the cut that the whole has not, or has by somebody else, or below another of the posts read. */
function invented(cut: Extraction, whole: Extraction) {
  const known = new Map(whole.posts.map((post) => [post.ref?.id, post]))
  const here = new Set(cut.posts.map(({ ref }) => ref?.id))
  return cut.posts.filter(({ ref, author, parent }) => {
    const own = known.get(ref?.id)
    const isOther = author !== null && author.handle !== null && author.handle !== own?.author?.handle
    const above = parent?.ref?.id
    return ref !== null && (own === undefined || isOther || (here.has(above) && above !== own.parent?.ref?.id))
  })
}

describe('a page or feed', () => {
  it.each(named(MARKUP))('says that it ends early: %s', (_, fixture) => {
    expect(codesOf(read(fixture))).not.toContain('cut')
    // Between two elements of its body a page may end as well as be cut.
    expect(SHARES.some((share) => codesOf(read(fixture, share)).includes('cut'))).toBe(true)
  })
})

describe('an answer in JSON', () => {
  it.each(named(LISTS))('gives what stands whole before its end, and says that it ends early: %s', (_, fixture) => {
    const whole = read(fixture)
    expect(codesOf(whole)).not.toContain('cut')
    for (const share of SHARES) {
      const cut = read(fixture, share)
      expect(cut.notes.filter(({ level }) => level !== 'info').map(({ code }) => code)).not.toEqual([])
      expect(invented(cut, whole)).toEqual([])
    }
  })

  const rows = (count: number) =>
    Array.from({ length: count }, (_, i) => ({ id: `${i}`, author: 'a', text: `Post ${i}.` }))
  const jsonOf = (value: unknown): Case => ({
    ...(LISTS[0] as Case),
    url: null,
    headers: [],
    body: bytes(JSON.stringify(value)),
  })
  const bytes = (text: string) => new TextEncoder().encode(text)

  it('loses only the item in the middle of which it ends', () => {
    expect(read(jsonOf({ meta: { pages: [{ n: 1 }] }, posts: rows(40) }), 0.99).posts).toHaveLength(39)
    expect(read(jsonOf(rows(40)), 0.5).posts).toHaveLength(20)
  })

  it('is refused where it is not cut but broken', () => {
    const broken = { ...jsonOf([]), body: bytes('[{"text":"One."},{"text":"Two."}}') }
    expect(codesOf(read(broken))).toContain('json-broken')
  })
})
