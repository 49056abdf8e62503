// Thread Reader pages whose tags were taken off by a pattern: what is left of them still tells the posts apart.
import { describe, expect, it } from 'vitest'
import { linesOf } from '../../../../src/adapters/scrape/lines.ts'
import { text } from '../../../../src/adapters/scrape/text.ts'
import { readTorn } from '../../../../src/adapters/scrape/thread/torn-tags.ts'
import { unrollTogether } from '../../../../src/pipeline/pipeline.ts'
import { casesOf, pageOf } from '../../cases.ts'

const torn = (id: string, words = '') =>
  `thread#showTweet" data-screenname="saltmill" data-tweet="${id}" dir="auto">${words}`
const PAGE = [
  'Thread by @saltmill on Thread Reader App – Thread Reader App',
  'share-email#click" href="mailto:?subject=Thread&body=Salt%20mills"',
  'data-category="sharebuttons" data-action="share-by-email" data-label="">',
  'twitter-profile#error" >',
  'Mill & Salt',
  'Subscribe',
  '@saltmill',
  'Mar 4 •',
  '3 tweets • 2 min read •',
  torn('1896000000000000001'),
  'A mill is two stones.',
  '• One lies still.',
  torn('1896000000100000001', 'The other turns.'),
  torn('1896000000200000001'),
  'Salt eats both.',
  '• • •',
  'Keep Current with',
  'Mill & Salt',
  'More from @saltmill',
  'link#goto" >',
  'Mill & Salt',
  '@saltmill',
  'Jan 2',
  'Pepper is kinder.',
  'Read 4 tweets',
]
const [fixture] = casesOf('text')
const extraction = text.extract(pageOf(fixture!, new TextEncoder().encode(PAGE.join('\n'))))

describe('readTorn', () => {
  it('tells posts apart by what is left of their tags', () => {
    expect(extraction.posts.map(({ ref, text: words }) => [ref?.id, words])).toEqual([
      ['1896000000000000001', 'A mill is two stones.\n• One lies still.'],
      ['1896000000100000001', 'The other turns.'],
      ['1896000000200000001', 'Salt eats both.'],
    ])
    expect(extraction.posts[0]?.author).toMatchObject({ handle: 'saltmill', name: 'Mill & Salt' })
  })

  it('holds the thread to the count that the page declares', () => {
    const [thread] = unrollTogether([extraction]).threads
    expect(thread).toMatchObject({ completeness: 'complete', declaredTotal: 3 })
  })

  it('keeps the other threads that the page shows apart, without the rest of its tags', () => {
    expect(extraction.scrapes.flatMap(({ lines }) => lines.map((line) => line.text))).toEqual(['Pepper is kinder.'])
    expect(extraction.notes.filter(({ code }) => code === 'only-cards')).toEqual([])
  })

  it('is null for a text that has no such line', () => {
    expect(readTorn(linesOf('A mill is two stones.\ndata-tweet is an attribute.'))).toBeNull()
  })
})
