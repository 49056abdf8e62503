import { describe, expect, it, vi } from 'vitest'
import { limitNext, MAX_NEXT, withheldNotes } from '../../../src/adapters/extraction/extraction.ts'
import { knownOf, placeInJson } from '../../../src/adapters/extraction/place.ts'
import {
  authorOf,
  bodyWithLink,
  listPosts,
  makePost,
  timeOfSeconds,
  timeOfText,
} from '../../../src/adapters/extraction/post.ts'
import { type Case, pageOf } from '../cases.ts'

const PAGE = pageOf({
  platform: 'none',
  name: 'none',
  folder: '',
  url: null,
  capturedAt: '2026-01-01T00:00:00.000Z',
  headers: [],
  browser: false,
  kind: 'json',
  body: new TextEncoder().encode('{}'),
} satisfies Case)
const READER = { name: 'none', version: 1 }

function post(key: string, above: string | null = null, withheld: string | null = null) {
  return makePost({
    key,
    kind: 'comment',
    platform: 'none',
    text: key,
    html: null,
    parent: above === null ? null : { ref: null, key: above, basis: 'declared', p: 1, say: '' },
    provenance: placeInJson(PAGE, READER, '', knownOf({ withheld })),
  })
}

describe('an account', () => {
  it('has a handle without the blanks that a page sets around it, or is none', () => {
    expect(authorOf(' ida\u00a0', null)?.handle).toBe('ida')
    expect([authorOf(' ', null), authorOf(null, null)]).toEqual([null, null])
  })
})

describe('a written time', () => {
  it.each([
    ['2024-01-02', '2024-01-02T00:00:00.000Z'],
    ['2024-01-02 9:05', '2024-01-02T09:05:00.000Z'],
    ['2024-01-02 10:00:00+00', '2024-01-02T10:00:00.000Z'],
    ['2024-01-02 10:00:00-03:30', '2024-01-02T13:30:00.000Z'],
    ['2024-01-02 10:00:00 UTC', '2024-01-02T10:00:00.000Z'],
    ['Tue, 02 Jan 2024 10:00:00 GMT', '2024-01-02T10:00:00.000Z'],
    ['Tue Jan 02 2024 10:00:00 GMT+0200 (EET)', '2024-01-02T08:00:00.000Z'],
    ['Jan 2, 2024', '2024-01-02T00:00:00.000Z'],
    ['Jan 2, 2024 10:00', '2024-01-02T10:00:00.000Z'],
    ['2024/01/02', '2024-01-02T00:00:00.000Z'],
  ])('%s is the same moment on every machine', (written, iso) => {
    for (const zone of ['UTC', 'America/St_Johns', 'Pacific/Auckland']) {
      vi.stubEnv('TZ', zone)
      expect([zone, timeOfText(written)]).toEqual([zone, iso])
    }
    vi.unstubAllEnvs()
  })
})

describe('a clock that was never set', () => {
  it.each([
    '1970-01-01T00:00:00Z',
    '1969-12-31T19:00:00-05:00',
    'Thu, 01 Jan 1970 00:00:00 GMT',
    '0001-01-01T00:00:00Z',
    '0000-00-00 00:00:00',
  ])('says nothing: %s', (written) => expect(timeOfText(written)).toBeNull())

  it.each([0, 7, -1, 1_709_283_600_125, Number.NaN])('nor does a count of %s seconds', (seconds) =>
    expect(timeOfSeconds(seconds)).toBeNull(),
  )

  it('and nobody loses a time long before the web', () => {
    expect(timeOfText('1943-05-01T08:00:00Z')).toBe('1943-05-01T08:00:00.000Z')
    expect(timeOfText('1971-11-03')).toBe('1971-11-03T00:00:00.000Z')
  })
})

describe('listPosts', () => {
  it('keeps the first of a key and counts in page order', () => {
    const posts = listPosts([post('a'), post('b'), post('a')])
    expect(posts.map(({ key, index }) => [key, index])).toEqual([
      ['a', 0],
      ['b', 1],
    ])
  })

  it('lets no parent point at a key that is not here, unless it has a name elsewhere', () => {
    const named = {
      ...post('c'),
      parent: { ref: { platform: 'none', id: '9' }, key: '9', basis: 'declared', p: 1, say: '' } as const,
    }
    const posts = listPosts([post('a'), post('b', 'x'), named, post('d', 'a')])
    expect(posts.map(({ parent }) => parent && [parent.ref?.id ?? null, parent.key])).toEqual([
      null,
      null,
      ['9', null],
      [null, 'a'],
    ])
  })
})

describe('times', () => {
  it('reads seconds, offsets, and clocks without an offset as UTC', () => {
    for (const written of [1700000000.5, '1700000000.5'])
      expect(timeOfSeconds(written)).toBe('2023-11-14T22:13:20.500Z')
    expect(timeOfText('2013-02-04T15:26:26.278-05:00')).toBe('2013-02-04T20:26:26.278Z')
    expect(timeOfText('2023-10-24T08:55:00')).toBe('2023-10-24T08:55:00.000Z')
    expect(timeOfText('2024-08-01T10:00:00.123456Z')).toBe('2024-08-01T10:00:00.123Z')
  })

  it('takes what is no time for none', () => {
    for (const wrong of [null, 'x', false, Number.NaN, Number.POSITIVE_INFINITY, 1e18, {}])
      expect(timeOfSeconds(wrong)).toBeNull()
    for (const wrong of [null, '', 'yesterday', '99:99', '3 hours ago', '5', 'posted in 12', '2024-02-31'])
      expect(timeOfText(wrong)).toBeNull()
    // Text is sorted as text: a year of five digits would come first.
    for (const far of [1e12, -1e12]) expect(timeOfSeconds(far)).toBeNull()
  })
})

describe('what is left out', () => {
  it('says once for each reason how many posts have no words, and names a few', () => {
    const posts = Array.from({ length: 7 }, (_, i) => post(`p${i}`, null, i === 0 ? 'removed' : 'deleted'))
    const notes = withheldNotes(PAGE, [...posts, post('q')])
    expect(notes.map(({ message }) => message.split('.')[0])).toEqual([
      'Without words because removed at the source: 1 (p0)',
      'Without words because deleted at the source: 6 (p1, p2, p3, p4, p5 and 1 more)',
    ])
  })

  it('names each URL once and not endlessly many', () => {
    const urls = Array.from({ length: MAX_NEXT + 5 }, (_, i) => `https://a.example/${i}`)
    const { next, notes } = limitNext(PAGE, [...urls, ...urls])
    expect(next).toEqual(urls.slice(0, MAX_NEXT))
    expect(notes.map(({ code }) => code)).toEqual(['next-cut'])
    expect(limitNext(PAGE, urls.slice(0, 3)).notes).toEqual([])
  })
})

describe('bodyWithLink', () => {
  it('puts the link first, and only one that leads to the web', () => {
    expect(bodyWithLink('https://a.example/?x=1&y="', '<p>Words.</p>', null)).toEqual({
      text: 'https://a.example/?x=1&y=%22\n\nWords.',
      html: '<p><a href="https://a.example/?x=1&#x26;y=%22">https://a.example/?x=1&#x26;y=%22</a></p><p>Words.</p>',
    })
    for (const link of [null, '', 'javascript:alert(1)', '/item?id=1'])
      expect(bodyWithLink(link, '', null)).toEqual({ text: '', html: null })
  })
})
