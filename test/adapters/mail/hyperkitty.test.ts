// Threads of HyperKitty: each message a post of its own, below what it answers, named by its Message-ID.
import { describe, expect, it } from 'vitest'
import { mail } from '../../../src/adapters/mail/mail.ts'
import { type Case, casesOf, pageOf } from '../cases.ts'

const fixture = casesOf('mail').find(({ name }) => name === 'hyperkitty') as Case
const html = new TextDecoder().decode(fixture.body)
const read = (change: (page: string) => string = (page) => page) => mail.extract(pageOf(fixture, change(html)))
const codes = ({ notes }: ReturnType<typeof read>) => notes.map(({ code }) => code)

describe('a thread', () => {
  it('hangs each message below what it is drawn under, by the names that files of the list have', () => {
    expect(read().posts.map(({ ref, author, parent }) => [ref?.id, author?.name, parent?.ref?.id])).toEqual([
      ['20210504.rope@post.example', 'Ottilie Brandt', undefined],
      ['20210504.hemp@post.example', 'Per Vik', '20210504.rope@post.example'],
      ['20210504.forty@post.example', 'Ottilie Brandt', '20210504.hemp@post.example'],
      ['20210505.rot@post.example', 'Ida Holm', '20210504.rope@post.example'],
    ])
  })

  it('is the same where answers are set in by a margin, as until 2016', () => {
    const older = read((page) =>
      page.replace(/ indent-(\d)"/g, (_, level) => `"${level === '0' ? '' : ` style="margin-left:${level * 2}em;"`}`),
    )
    expect(older.posts.map(({ parent }) => parent?.ref?.id)).toEqual(read().posts.map(({ parent }) => parent?.ref?.id))
  })

  it('tells the senders’ clocks, and that they have no zone', () => {
    const { posts, notes } = read((page) => page.replaceAll('3:02 p.m.', '3 p.m.'))
    expect(posts[1]?.createdAt).toBe('2021-05-04T15:00:00.000Z')
    expect(notes.map(({ code }) => code)).toEqual(['zone-unknown'])
  })

  it('says what it cannot know: whom answers by date answer, and answers that a script fetches', () => {
    const byDate = read((page) => page.replace('?sort=date', '?sort=thread'))
    expect(byDate.posts.every(({ parent }) => parent === null)).toBe(true)
    expect(byDate.posts.map(({ conversation }) => conversation)).toEqual(Array(4).fill('20210504.rope@post.example'))
    expect(codes(byDate)).toContain('parents-unknown')
    const loading = read((page) =>
      page.replace(/<div class="replies">.*$/s, '<div class="replies"><img class="ajaxloader"></div>'),
    )
    expect(loading.posts).toHaveLength(1)
    expect(codes(loading)).toContain('replies-elsewhere')
  })

  it('goes by HyperKitty’s own name of a message where no link bears its Message-ID', () => {
    const { posts } = read((page) => page.replace(/href="mailto:[^"]*"/g, 'href="#"'))
    expect(posts[1]?.ref?.id).toBe('BBCDEFGHIJKLMNOPQRSTUVWXYZ234567')
  })
})
