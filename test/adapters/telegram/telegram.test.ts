import { describe, expect, it } from 'vitest'
import { telegram } from '../../../src/adapters/telegram/telegram.ts'
import { type Case, casesOf, pageOf } from '../cases.ts'
import { describeAdapter } from '../contract.ts'

describeAdapter(telegram)

const CHANNEL = casesOf('telegram').find(({ name }) => name === 'channel') as Case

describe('a channel', () => {
  const { posts, next, notes, blocks, declared } = telegram.extract(pageOf(CHANNEL))
  const byKey = new Map(posts.map((post) => [post.key, post]))
  const extraOf = (key: string) => byKey.get(key)?.provenance.extra

  it('reads the messages in page order, with the channel as their author', () => {
    expect(posts.map(({ ref }) => ref?.id)).toEqual(
      [118, 121, 122, 123, 124, 125].map((number) => `harbournews/${number}`),
    )
    expect(posts[0]).toMatchObject({
      kind: 'post',
      author: { handle: 'harbournews', name: 'Harbour News', url: 'https://t.me/harbournews' },
      createdAt: '2025-05-01T04:00:00.000Z',
      url: 'https://t.me/harbournews/118',
      text: 'The new crane, day one.\n\nIt squeaks. More: https://crane.example/day1',
    })
    expect(blocks).toMatchObject([{ key: 'harbournews', kind: 'list', title: 'Harbour News' }])
    expect(declared.title).toBe('Harbour News')
  })

  it('declares what a message answers, without the words it repeats', () => {
    expect(
      posts.filter(({ parent }) => parent !== null).map(({ key, parent }) => [key, parent?.key, parent?.basis]),
    ).toEqual([['harbournews/121', 'harbournews/118', 'declared']])
    expect(byKey.get('harbournews/121')?.text).toBe('It has stopped squeaking.')
    expect(extraOf('harbournews/121')).toMatchObject({ edited: true })
  })

  it('finds pictures in backgrounds, films with their still, files by name', () => {
    const media = posts.flatMap((post) => post.media.map(({ kind, url, poster, alt }) => [kind, url, poster ?? alt]))
    expect(media).toEqual([
      ['image', 'https://cdn.example/a.jpg', null],
      ['image', 'https://cdn.example/b.jpg', null],
      ['video', 'https://cdn.example/film.mp4', 'https://cdn.example/still.jpg'],
      ['file', 'https://t.me/harbournews/124', 'crane-manual.pdf'],
    ])
  })

  it('keeps forwards and signatures as data, previews of messages as quotes, of pages as remarks', () => {
    expect(extraOf('harbournews/122')).toMatchObject({
      forwardedFrom: 'Tide table',
      forwardedUrl: 'https://t.me/tidetable/9',
      signed: 'Lena',
    })
    expect(byKey.get('harbournews/123')?.quotes).toMatchObject([
      { ref: { id: 'tidetable/12' }, text: 'Low water 05:20.' },
    ])
    expect(extraOf('harbournews/118')).toMatchObject({
      preview: { url: 'https://crane.example/day1', title: 'Day one' },
    })
  })

  it('shows a poll as its question and options', () => {
    expect(byKey.get('harbournews/125')?.text.split(/\n+/)).toEqual(['Name for the crane?', 'Gerda', 'Number Two'])
  })

  it('leaves service messages out, says what is not shown, and names the older page', () => {
    expect(notes.map(({ code }) => code)).toEqual(['service-messages', 'not-shown'])
    expect(next).toEqual(['http://tg.harbour.example/s/harbournews?before=118'])
  })

  it('refuses names that are none', () => {
    const body = new TextDecoder()
      .decode(CHANNEL.body)
      .replaceAll('data-post="harbournews/', 'data-post="../harbournews/')
    expect(telegram.recognises(pageOf(CHANNEL, body))).toBe(false)
    expect(telegram.extract(pageOf(CHANNEL, body)).posts).toEqual([])
  })
})

describe('the widget of a discussion', () => {
  const WIDGET = casesOf('telegram').find(({ name }) => name === 'discussion') as Case
  const { posts, notes, declared } = telegram.extract(pageOf(WIDGET))

  it('reads each comment once, below the message or the comment that it answers', () => {
    expect(posts.map(({ key, kind, parent, conversation }) => [key, kind, parent?.ref?.id, conversation])).toEqual([
      ['harbournews/120?comment=58', 'comment', 'harbournews/120', 'harbournews/120'],
      ['harbournews/120?comment=61', 'comment', 'harbournews/120?comment=58', 'harbournews/120'],
      ['harbournews/120?comment=64', 'comment', 'harbournews/120', 'harbournews/120'],
    ])
    expect(posts[1]).toMatchObject({
      author: { handle: 'bramsails', name: 'Bram', url: 'https://t.me/bramsails' },
      createdAt: '2024-03-04T09:02:00.000Z',
      text: 'From nine it is open.',
    })
    expect(posts[2]).toMatchObject({ author: { handle: null, name: 'Cole' }, media: [{ kind: 'image' }] })
  })

  it('says how many there are and how many are behind a click', () => {
    expect(declared.replies).toBe(12)
    expect(notes).toMatchObject([{ code: 'more-elsewhere' }])
  })

  it('places no answer whose comment has no number', () => {
    const body = new TextDecoder().decode(WIDGET.body).replace('data-reply-to="58"', 'data-reply-to="../x"')
    expect(telegram.extract(pageOf(WIDGET, body)).posts[1]?.parent).toBeNull()
  })
})
