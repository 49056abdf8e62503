// A numbered thread or two in a timeline do not make threads of what stands around them.
import { describe, expect, it } from 'vitest'
import { sha256 } from '../../../src/fixity.ts'
import { holdsSingles, isTimelineOf } from '../../../src/unroll/solve/singles.ts'
import { unroll } from '../../../src/unroll/unroll.ts'
import { extractionOf, postOf } from '../../fit/tangle.ts'

const SURE = 0.95
const START = Date.UTC(2026, 2, 1)
const HOUR = 3600

const COUNT = ['The kiln is cold', 'The kiln is lit', 'The kiln is full', 'The kiln is opened']
const SINGLES = [
  'Rain again, and the market is closed',
  'Somebody left a bicycle in my yard',
  'New shoes. They squeak.',
  'My neighbour sings at night, and not badly',
  'Elections are on Sunday, do go',
]
const ANSWERS = ['@anna That is the blue one', '@ben Tomorrow at nine', '@carla Thank you, it was a pleasure']

const looks = (text: string, seconds: number | null, number: number | null = null) => ({
  text,
  time: seconds === null ? null : START + seconds * 1000,
  acceptance: { marker: number === null ? null : { number } },
})

const count = COUNT.map((text, k) => looks(text, k * 60, k + 1))
const spread = (texts: readonly string[], step: number) => texts.map((text, k) => looks(text, (k + 1) * step))

/** Texts of the threads found in dated posts that nothing else orders, and how sure each link between bare posts is. */
function unrollDated(posts: readonly (readonly [text: string, seconds: number])[]) {
  const given = posts.map(([text, seconds], at) =>
    postOf({ author: 'ada', text, createdAt: new Date(START + seconds * 1000).toISOString() }, at, 'bag'),
  )
  const { threads } = unroll([extractionOf(given)], { order: 'none', digest: sha256 })
  return threads.filter((thread) => thread.posts.length > 1).map((thread) => thread.posts)
}

const numbered = COUNT.map((text, k) => [`${k + 1}/4 ${text}`, 10 * HOUR + k * 60] as const)

describe('posts of which nothing says that they make threads', () => {
  it('are a timeline where those without a number often answer somebody, however many others are numbered', () => {
    expect(isTimelineOf([...count, ...spread([...ANSWERS, ...SINGLES], 60)])).toBe(true)
    expect(isTimelineOf([...count, ...spread(SINGLES, 60)])).toBe(false)
    expect(isTimelineOf([...count, ...spread(SINGLES, 60), looks(ANSWERS[0] ?? '', 9)])).toBe(false)
    expect(isTimelineOf([...count, ...spread(ANSWERS, 60), looks('When was this?', null)])).toBe(false)
  })

  it('are singles where they stand hours from any other, and none where they follow each other', () => {
    expect(holdsSingles([...count, ...spread(SINGLES, 5 * HOUR)])).toBe(true)
    expect(holdsSingles([...count, ...spread(SINGLES, 300)])).toBe(false)
    expect(holdsSingles([...count, ...SINGLES.map((text) => looks(text, null))])).toBe(false)
    expect(holdsSingles(SINGLES.map((text) => looks(text, null)))).toBe(true)
  })

  it('are joined to nothing where they answer others, and the count beside them is found', () => {
    const around = [...ANSWERS, ...SINGLES].map((text, k) => [text, k * 20 * HOUR] as const)
    const [thread, ...others] = unrollDated([...around, ...numbered])
    expect(others).toEqual([])
    expect(thread?.map(({ post }) => post.text)).toEqual(numbered.map(([text]) => text))
  })

  it('are never surely joined where they stand hours apart', () => {
    const around = SINGLES.map((text, k) => [text, k * 5 * HOUR] as const)
    const links = unrollDated([...around, ...numbered]).flatMap((posts) => posts.slice(1))
    const bare = links.filter(({ number }) => number === null)
    expect(bare.filter(({ link }) => (link?.p ?? 0) >= SURE)).toEqual([])
    expect(links.length - bare.length).toBe(COUNT.length - 1)
  })
})
