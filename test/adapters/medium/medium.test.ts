// Medium: one tree out of three forms of its data; what is only begun or stands elsewhere is said.
import { describe, expect, it } from 'vitest'
import { medium } from '../../../src/adapters/medium/medium.ts'
import { type Case, casesOf, pageOf } from '../cases.ts'
import { describeAdapter } from '../contract.ts'

describeAdapter(medium)

const CASES = new Map(casesOf('medium').map((fixture) => [fixture.name, fixture]))
const read = (name: string, body?: string) => medium.extract(pageOf(CASES.get(name) as Case, body))
const tree = (name: string) =>
  read(name).posts.map(({ key, parent }) => [key, parent?.ref?.id ?? null, parent?.key ?? null])
const codes = (name: string) => read(name).notes.map(({ code }) => code)

describe('the data of a page', () => {
  it('gives responses by what they name, or by the list they stand in', () => {
    expect(tree('page')).toEqual([
      ['0a1b2c3d4e5f', null, null],
      ['1111aaaa2222', '0a1b2c3d4e5f', '0a1b2c3d4e5f'],
      ['3333bbbb4444', '1111aaaa2222', '1111aaaa2222'],
    ])
    expect(new Set(read('page').posts.map(({ conversation }) => conversation)).size).toBe(1)
  })

  it('says how many responses there are, that more follow, and that other stories were left out', () => {
    expect(read('page').declared.replies).toBe(3)
    expect(codes('page')).toEqual(['comments-cut', 'suggested'])
  })

  it('keeps a story that must be paid for as far as it goes, and says so', () => {
    const { text } = pageOf(CASES.get('page') as Case)
    const locked = read('page', text.replace('"isLockedPreviewOnly": false', '"isLockedPreviewOnly": true'))
    expect(locked.posts.map(({ key }) => key)).toEqual(read('page').posts.map(({ key }) => key))
    expect(locked.notes.map(({ code }) => code)).toEqual(['cut-text', 'comments-cut', 'suggested'])
  })

  it('gives words, marks, pictures, lists and what frames show', () => {
    const [story] = read('page').posts
    expect(story).toMatchObject({
      title: 'Why the tide table lies',
      author: { handle: 'inesholt', name: 'Ines Holt' },
      createdAt: '2024-01-01T10:00:00.000Z',
      editedAt: '2024-01-02T10:00:00.000Z',
    })
    expect(story?.html).toContain('<a href="https://medium.com/u/66aa55bb44cc">It</a> is printed in <em>March</em>')
    expect(story?.html).toContain('<figcaption>A table, wet.</figcaption>')
    expect(story?.html).toContain('<ul><li>wind</li><li>ice</li></ul>')
    expect(story?.html).toContain('https://films.example/tide')
    expect(story?.text).not.toContain('Why the tide table lies')
  })
})

describe('an answer', () => {
  it('to a question for responses names the story that is not here', () => {
    expect(tree('responses')).toEqual([
      ['1111aaaa2222', '0a1b2c3d4e5f', null],
      ['3333bbbb4444', '1111aaaa2222', '1111aaaa2222'],
      ['7777dddd8888', '0a1b2c3d4e5f', null],
    ])
    expect(read('responses').declared.replies).toBe(3)
  })

  it('to ?format=json is read behind its guard, with overlapping marks', () => {
    const { text } = pageOf(CASES.get('format-json') as Case)
    const [story] = read('format-json', `])}while(1);</x>${text}`).posts
    expect(story).toMatchObject({ ref: { platform: 'medium', id: 'ab12cd34ef56' }, author: { handle: 'orla' } })
    expect(story?.html).toContain('<strong>leaked</strong>')
    expect(story?.text).toContain('- vinegar\n- patience')
    expect(read('format-json').declared.replies).toBe(2)
  })

  it('of first lines alone gives them and says so', () => {
    const posts = ['9999eeee0001', '9999eeee0002'].map((id) => ({
      id,
      title: `Lamp ${id.at(-1)}`,
      creatorId: 'u1',
      firstPublishedAt: 1704000000000,
      previewContent: { isFullContent: id.endsWith('1'), bodyModel: { paragraphs: [{ type: 1, text: 'It is out.' }] } },
    }))
    const extraction = read('format-json', JSON.stringify({ payload: { references: { Post: posts } } }))
    expect(extraction.posts.map(({ key, text }) => [key, text])).toEqual(posts.map(({ id }) => [id, 'It is out.']))
    expect(extraction.notes.map(({ message }) => message)).toEqual(['Only the beginning is here: 9999eeee0002.'])
  })
})
