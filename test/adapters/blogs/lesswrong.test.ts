import { describe, expect, it } from 'vitest'
import { lesswrong } from '../../../src/adapters/blogs/lesswrong.ts'
import { type Case, casesOf, pageOf } from '../cases.ts'
import { describeAdapter } from '../contract.ts'

describeAdapter(lesswrong)

describe('a ForumMagnum page', () => {
  const { posts, declared, notes } = lesswrong.extract(
    pageOf(casesOf('lesswrong').find(({ name }) => name === 'nested') as Case),
  )

  it('takes the tree from the nesting, and says so', () => {
    expect(posts.map(({ ref, parent }) => [ref?.id.split('-')[1], parent?.ref?.id.split('-')[1], parent?.p])).toEqual([
      ['kQp3Zx7LmN2vB8cTa', undefined, undefined],
      ['Ay7uRtQz9WkXe3bNm', 'kQp3Zx7LmN2vB8cTa', 0.99],
      ['Bc4sFhJk2LpVd8gYt', 'Ay7uRtQz9WkXe3bNm', 0.99],
      ['Cd9wMnXq5RsTf2hZu', 'Bc4sFhJk2LpVd8gYt', 0.99],
      ['De6yPvBo1GjKa4lWs', 'Cd9wMnXq5RsTf2hZu', 0.99],
      ['Ef3tLzCx8NhUi7mQr', 'Ay7uRtQz9WkXe3bNm', 0.99],
      ['Fg1rKxDw6MjVo5nPe', 'kQp3Zx7LmN2vB8cTa', 0.99],
    ])
  })

  it('knows the author in the comments, times exactly, and a deleted comment as a place', () => {
    expect(posts.filter(({ isPostAuthor }) => isPostAuthor).map(({ author }) => author?.handle)).toEqual(['inga-holm'])
    expect(posts[1]?.createdAt).toBe('2023-02-11T10:00:00.120Z')
    expect(posts[5]?.text).toBe('')
    expect(notes.map(({ code }) => code)).toEqual(['withheld'])
    expect(declared.replies).toBe(6)
  })

  it('ties the footnote', () => {
    expect(posts[0]?.footnotes).toMatchObject([{ label: '1', text: 'A finding of my sister, who counts gulls.' }])
  })
})
