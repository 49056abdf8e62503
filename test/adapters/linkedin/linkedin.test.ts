// LinkedIn without a login: the post by its JSON-LD, its links by the page, the comments that are shown and how many
// there are.
import { describe, expect, it } from 'vitest'
import { linkedin } from '../../../src/adapters/linkedin/linkedin.ts'
import { unrollTogether } from '../../../src/pipeline/pipeline.ts'
import { type Case, casesOf, pageOf } from '../cases.ts'
import { describeAdapter } from '../contract.ts'

describeAdapter(linkedin)

const fixture = casesOf('linkedin')[0] as Case
const html = new TextDecoder().decode(fixture.body)
const { posts, notes, declared } = linkedin.extract(pageOf(fixture))

describe('the page of a post', () => {
  it('is the post, without what stands around it', () => {
    expect(posts[0]).toMatchObject({
      ref: { platform: 'linkedin', id: 'urn:li:activity:7170000000000000001' },
      author: { handle: 'ropekeeper', name: 'Birte Holm' },
      createdAt: '2024-03-01T09:00:00.000Z',
      editedAt: '2024-03-01T09:30:00.000Z',
      provenance: { path: '', extra: { likes: 44 } },
    })
    expect(posts[0]?.html).toContain('href="http://ropes.example/promise"')
    expect(posts[0]?.text).not.toMatch(/Keeper of ropes|Sign in|different promise/)
    expect(posts[0]?.quotes).toMatchObject([{ text: 'How promises are laid', url: 'http://ropes.example/laid' }])
  })

  it('has its first comments with their times, and says how many there are', () => {
    expect(posts.slice(1).map(({ text, createdAt, parent }) => [text, createdAt, parent?.key])).toEqual([
      ['By the promise, and who measures it?', '2024-03-01T10:00:00.000Z', posts[0]?.key],
      ['The boat does.', '2024-03-01T11:00:00.000Z', posts[0]?.key],
    ])
    expect(posts[2]?.author).toMatchObject({ handle: null, name: 'LinkedIn Member' })
    expect(declared.replies).toBe(9)
    expect(notes.map(({ code }) => code)).toEqual(['comments-cut'])
    const [conversation] = unrollTogether([linkedin.extract(pageOf(fixture))]).conversations
    expect(conversation?.completeness).toBe('partial')
  })

  it('takes the whole words of the JSON-LD where the page shows fewer', () => {
    const cut = html.replace(/(commentary">We stopped)[^<]*<br>[\s\S]*?<\/p>/, '$1 …</p>')
    expect(linkedin.extract(pageOf(fixture, cut)).posts[0]?.text).toContain('it lasts longer')
  })

  it('is nobody’s without its JSON-LD, and not of another site', () => {
    expect(linkedin.recognises(pageOf(fixture, html.replace('SocialMediaPosting', 'WebPage')))).toBe(false)
    expect(
      linkedin.recognises(
        pageOf(fixture, html.replace(/"@id": "https:\/\/www\.linkedin\.com/, '"@id": "https://a.example')),
      ),
    ).toBe(false)
  })
})
