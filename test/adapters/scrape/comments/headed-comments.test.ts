// Comments that were copied as text: told by name and day, without numbers or nesting.
import { describe, expect, it } from 'vitest'
import { findHeadedComments } from '../../../../src/adapters/scrape/comments/headed-comments.ts'
import { linesOf, textOf } from '../../../../src/adapters/scrape/lines.ts'
import { chooseReading } from '../../../../src/adapters/scrape/reading.ts'

const find = (...lines: readonly string[]) => findHeadedComments(linesOf(lines.join('\n')))
const said = (list: ReturnType<typeof find>) =>
  list?.comments.map(({ name, body, parent }) => `${parent === null ? '' : `${parent} < `}${name}: ${textOf(body)}`)

describe('findHeadedComments', () => {
  it.each([
    [
      'WordPress',
      [
        'Piet says:',
        'March 3, 2024 at 9:12 am',
        'Tar.',
        'Reply',
        'Ann L. says:',
        'March 4, 2024 at 7:45 pm',
        'Rope.',
        'Reply',
      ],
    ],
    [
      'a theme with the day beside the name',
      ['Piet on March 3, 2024 at 9:12 am', 'Tar.', 'Reply', 'Ann L. on March 4, 2024', 'Rope.', 'Reply'],
    ],
    [
      'Substack',
      [
        'Piet',
        "Piet's Boats",
        'Mar 3',
        'Liked by Greta',
        'Tar.',
        'Like (3)',
        'Reply',
        'Share',
        'Ann L.',
        'Mar 4',
        'Rope.',
        'Like',
        'Reply (1)',
      ],
    ],
    [
      'Disqus',
      ['Piet', '3 years ago', 'Tar.', '2', '0', 'Reply', 'Share ›', 'Ann L.', '2 years ago edited', 'Rope.', 'Reply'],
    ],
    [
      'Hacker News',
      [
        'Piet 2 hours ago | next [–]',
        '',
        'Tar.',
        '',
        'reply',
        '',
        'Ann L. 1 hour ago | parent | prev [–]',
        '',
        'Rope.',
        '',
        'reply',
      ],
    ],
    [
      'Reddit',
      [
        'Piet',
        '•',
        '3y ago',
        'Tar.',
        'Upvote',
        '23',
        'Downvote',
        'Reply',
        'Award',
        'Ann L.',
        'OP',
        '•',
        '3y ago',
        'Rope.',
        'Upvote',
        '9',
        'Downvote',
        'Reply',
      ],
    ],
  ])('reads what %s prints', (_, lines) => {
    const list = find('The text.', '', ...lines)
    expect(said(list)).toEqual(['Piet: Tar.', 'Ann L.: Rope.'])
    expect(list?.comments.every(({ printedDate }) => printedDate !== null)).toBe(true)
  })

  it('says that nesting is lost, and follows the names that the page or the writer gives', () => {
    const disqus = ['Piet', '3 years ago', 'Tar.', 'Reply', 'Greta', 'Mod  Piet', '3 years ago', 'Rope.', 'Reply']
    const list = find(...disqus, 'Ann', '2 years ago', '@greta why?', 'Reply', 'Bo', '2 years ago', 'Oil.', 'Reply')
    expect(said(list)).toEqual(['Piet: Tar.', '0 < Greta: Rope.', '1 < Ann: @greta why?', 'Bo: Oil.'])
    expect(list?.comments.map(({ p }) => p)).toEqual([0.95, 0.85, 0.75, 0.55])
  })

  it('counts what the page withholds', () => {
    const list = find(
      'Piet',
      'Mar 3',
      'Tar.',
      'Reply',
      '1 reply by Greta',
      'Ann',
      'Mar 4',
      'Rope.',
      'Reply',
      '2 more comments...',
    )
    expect(list?.declared).toBe(5)
  })

  it('ends at the form, and leaves counts and buttons above the list to the page', () => {
    const list = find(
      'The text.',
      '12',
      'Share',
      '2 Comments',
      'Piet says:',
      'March 3, 2024',
      'Tar.',
      'Reply',
      'Leave a Reply',
      'Ann says:',
      'No.',
    )
    expect(said(list)).toEqual(['Piet: Tar.'])
    expect([list?.start, list?.end]).toEqual([1, 8])
  })

  it.each([
    ['a diary', ['Monday', 'March 3, 2024', 'We sailed.', 'Tuesday', 'March 4, 2024', 'We did not.']],
    ['a dialogue', ['Piet says:', 'No.', 'Ann says:', 'Yes.']],
    ['a byline', ['Greta Moor', 'Mar 3, 2024', 'It rained. I wrote a reply.']],
  ])('makes nothing of %s', (_, lines) => {
    expect(find(...lines)).toBeNull()
  })

  it('makes a blog post of the whole', () => {
    const text = 'Tides\n\nIt was low water.\n\n1 Comment\n\nPiet says:\nMarch 3, 2024 at 9:12 am\nTar.\n\nReply\n'
    expect(chooseReading(linesOf(text)).kind).toBe('blog')
  })
})
