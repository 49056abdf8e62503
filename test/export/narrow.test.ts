// A part of an archive: chosen by what opens a thread or discussion, and named as in the whole.
import { beforeAll, describe, expect, it } from 'vitest'
import { openArchiveReader } from '../../src/archive/reader.ts'
import { ANYTHING, type ExportItem, isWanted, isWantedOpening } from '../../src/export/narrow.ts'
import { planExport } from '../../src/export/plan.ts'
import { readCapture, unrollTogether } from '../../src/pipeline/pipeline.ts'
import { captureOf, casesOf } from '../adapters/cases.ts'
import { fillResearchArchive } from '../archive/research.ts'
import { makeFolder } from '../cli/run.ts'

const CASES = ['thread-reader/whole-and-cut', 'wordpress/footnotes-and-comments', 'mastodon/context']
const { threads, conversations } = unrollTogether(
  CASES.map((name) => {
    const [platform = '', own = ''] = name.split('/')
    return readCapture(captureOf(casesOf(platform).find((one) => one.name === own)!)).extraction
  }),
)
const ITEMS = [
  ...threads.map((thread) => ({ thread, conversation: null })),
  ...conversations.map((conversation) => ({ thread: null, conversation })),
]
const dir = makeFolder()
beforeAll(() => fillResearchArchive(dir))

const openings = (wish: Partial<typeof ANYTHING>) =>
  ITEMS.filter((item) => isWanted(item, { ...ANYTHING, ...wish })).map(
    ({ thread, conversation }) => thread?.posts[0]?.post ?? conversation?.root ?? null,
  )

describe('what is wanted', () => {
  it('is everything, unless something is asked for', () => {
    expect(openings({})).toHaveLength(ITEMS.length)
  })

  it('is of an author by handle or name, whatever the case', () => {
    const all = openings({ authors: ['@LampRoomNotes'] })
    expect(all.length).toBeGreaterThan(1)
    expect(new Set(all.map((post) => post?.author?.handle))).toEqual(new Set(['lamproomnotes']))
    expect(openings({ authors: ['nobody'] })).toEqual([])
  })

  it('is of a platform or a host', () => {
    expect(openings({ site: 'gauges.example' }).map((post) => post?.platform)).toEqual(['wordpress'])
    expect(new Set(openings({ site: 'mastodon' }).map((post) => post?.platform))).toEqual(new Set(['mastodon']))
  })

  it('is of a time; what has none is left out', () => {
    const times = openings({ since: '2024-01-01T00:00:00.000Z', until: '2024-03-31T23:59:59.999Z' })
    expect(times.length).toBeGreaterThan(0)
    for (const post of times) expect(post?.createdAt).toMatch(/^2024-0[123]-/)
    const [first] = times
    const moment = first?.createdAt ?? ''
    expect(openings({ since: moment, until: moment })).toContain(first)
  })
})

it.each([
  { authors: ['@LampRoomNotes'] },
  { site: 'gauges.example' },
  { since: '2024-01-01T00:00:00.000Z', until: '2024-03-31T23:59:59.999Z' },
  { authors: ['nobody'] },
  {},
])('is found in an archive by first posts as among all that is in it: %j', (part) => {
  const wish = { ...ANYTHING, ...part }
  const idOf = ({ thread, conversation }: ExportItem) => [thread?.id, conversation?.id]
  const reader = openArchiveReader(dir)
  const found = [...reader.findings((opening) => isWantedOpening(opening, wish))].map(idOf)
  expect(found).toEqual([...reader.findings()].filter((item) => isWanted(item, wish)).map(idOf))
  expect(found.length > 0).toBe(part.authors?.[0] !== 'nobody')
  reader.close()
})

it('a file has one name, whatever is written beside it', () => {
  const whole = new Map([...planExport(ITEMS)].map(({ path, content }) => [path, content]))
  const part = [...planExport(ITEMS, { ...ANYTHING, site: 'mastodon' })]
  expect(part.length).toBeGreaterThan(0)
  expect(part.length).toBeLessThan(whole.size)
  for (const { path, content } of part) expect(whole.get(path)).toBe(content)
})
