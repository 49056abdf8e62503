// Streams of BuddyPress: every entry of the page is a post of its own, with its comments below it.
import { describe, expect, it } from 'vitest'
import { buddypress } from '../../../src/adapters/forums/buddypress.ts'
import { unrollTogether } from '../../../src/pipeline/pipeline.ts'
import { type Case, casesOf, pageOf } from '../cases.ts'
import { describeAdapter } from '../contract.ts'

describeAdapter(buddypress)

const fixture = casesOf('buddypress')[0] as Case
const read = buddypress.extract(pageOf(fixture))

describe('a stream', () => {
  it('holds every entry, with its writer, time and comments', () => {
    expect(
      read.posts.map(({ ref, author, createdAt, parent }) => [ref?.id, author?.handle, createdAt, parent?.key]),
    ).toEqual([
      ['potters.example/activity-412', 'ottilie', '2021-05-04T10:12:00.000Z', undefined],
      ['potters.example/activity-413', 'per', '2021-05-04T11:00:00.000Z', 'activity-412'],
      ['potters.example/activity-414', 'ottilie', '2021-05-04T12:00:00.000Z', 'acomment-413'],
      ['potters.example/activity-410', 'bo', '2021-05-03T10:12:00.000Z', undefined],
    ])
  })

  it('leads on to what is older, and counts what has no words', () => {
    expect(read.next).toEqual(['http://potters.example/activity/?acpage=2'])
    expect(read.notes.find(({ code }) => code === 'entries-without-words')?.message).toMatch(/^1 entries/)
  })

  it('is one conversation an entry', () => {
    const { conversations, threads } = unrollTogether([read])
    expect(conversations.map(({ id, replies }) => [id, replies.length])).toEqual([
      ['buddypress:potters.example/activity-412', 2],
    ])
    expect(threads.map(({ id }) => id)).toContain('buddypress:potters.example/activity-410')
  })
})
