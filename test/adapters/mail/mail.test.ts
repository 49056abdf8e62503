// Mails: who answers whom, words in all charsets, and where one message of a file ends.
import { describe, expect, it } from 'vitest'
import { mail } from '../../../src/adapters/mail/mail.ts'
import { interestIn } from '../../../src/fetch/containers/names.ts'
import { type Case, casesOf, pageOf } from '../cases.ts'
import { describeAdapter } from '../contract.ts'

describeAdapter(mail)

const CASES = new Map(casesOf('mail').map((fixture) => [fixture.name, fixture]))
const read = (name: string, body?: string) => mail.extract(pageOf(CASES.get(name) as Case, body))
const HEAD = 'From: Wren <wren@dock.example>\nMessage-ID: <a@dock.example>\nDate: Thu, 6 Mar 2014 20:01:37 +0000\n'

describe('a file of many mails', () => {
  const { posts } = read('list')

  it('names each by its Message-ID and joins it to what it answers', () => {
    expect(posts.map(({ ref, parent }) => [ref?.id, parent?.ref?.id ?? null])).toEqual([
      ['rope.1@dock.example', null],
      ['rope.2@quay.example', 'rope.1@dock.example'],
      ['rope.3@dock.example', 'rope.2@quay.example'],
    ])
    expect(posts.map(({ conversation }) => conversation)).toEqual([null, 'rope.1@dock.example', 'rope.1@dock.example'])
  })

  it('reads hidden addresses and names in other charsets', () => {
    expect(posts.map(({ author }) => [author?.id, author?.name])).toEqual([
      ['wren@dock.example', 'Wren of Dock 4'],
      ['odo@quay.example', 'Odó Faber'],
      ['wren@dock.example', 'Wren of Dock 4'],
    ])
  })

  it('takes a date for a moment only where its zone is told', () => {
    expect(posts.map(({ createdAt }) => createdAt)).toEqual([
      '2015-11-14T20:29:28.000Z',
      '2015-11-15T22:43:49.000Z',
      null,
    ])
    expect(posts[2]?.provenance.extra?.['printedDate']).toBe('Mon, 16 Nov 2015 08:00:00')
  })

  it('gives an escaped line back, and a quotation as one', () => {
    expect(posts[0]?.text).toContain('\nFrom what I hear hemp')
    expect(posts[1]?.html).toContain('<blockquote>')
  })

  it('keeps a line of a message that begins like another one', () => {
    const body = `From a@b.example  Sat Nov 14 21:29:28 2015\n${HEAD}Subject: x\n\nOne line.\nFrom here on Sat it was 2015\n`
    expect(read('list', body).posts.map(({ text }) => text)).toEqual(['One line.\nFrom here on Sat it was 2015'])
  })
})

describe('a mail', () => {
  it('shows the plain form of its words, and names its files', () => {
    const { posts, notes } = read('message')
    expect(posts).toMatchObject([
      {
        title: 'Frühstück um acht',
        author: { id: 'birte@mole.example', name: 'Holm, Birte' },
        text: 'Tea is served at eight on the north mole, come in time so that we can leave with the tide. Bring your own cup, the kettle is ours. Grüße from Birte',
        provenance: { extra: { files: ['teapot.png'] } },
      },
    ])
    expect(notes.map(({ code }) => code)).toEqual(['files-attached'])
  })

  it('without a plain form is read from its page', () => {
    const body = `${HEAD}Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n\n${Buffer.from('<p>Grüße <b>alle</b></p>').toString('base64')}\n`
    expect(read('message', body).posts.map(({ text }) => text)).toEqual(['Grüße alle'])
  })

  it('cut in the middle of a part keeps what is there', () => {
    const body = `${HEAD}Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nThe first half`
    expect(read('message', body).posts.map(({ text }) => text)).toEqual(['The first half'])
  })

  it('is not seen in a text that begins with names and colons', () => {
    const recognises = (body: string) => mail.recognises(pageOf(CASES.get('message') as Case, body))
    expect(recognises('From: Wren\nTo: Odo\nRe: rope\n\nHello.')).toBe(false)
    expect(recognises('From here on\nit is prose: all of it\n\nNo mail.')).toBe(false)
  })
})

it('is read where it lies in a folder, and tables of an account’s posts are', () => {
  expect(['2015-November.mbox', 'sent/tea.eml', 'export/comments.csv'].map(interestIn)).toEqual([
    'read',
    'read',
    'read',
  ])
  expect(interestIn('export/messages.csv')).toBe('skip')
})

describe('a page of one message (Pipermail)', () => {
  const fixture = CASES.get('page') as Case
  const html = new TextDecoder().decode(fixture.body)

  it('is the mail that its own links answer, by who stands above it', () => {
    const { posts, notes } = read('page')
    expect(posts).toMatchObject([
      {
        ref: { platform: 'mail', id: '4A01.7060301@loft.example' },
        author: { id: 'ottilie@loft.example', name: 'Ottilie Marsh' },
        title: '[Bells] Where the bell went',
        createdAt: '2009-05-06T12:02:11.000Z',
        parent: null,
      },
    ])
    expect(posts[0]?.text).not.toContain('Previous message')
    expect(posts[0]?.html).toContain('<blockquote>')
    expect(notes.map(({ code }) => code)).toContain('parents-unknown')
  })

  it('keeps a clock as printed whose zone may be one of several', () => {
    const [post] = read('page', html.replace('CEST', 'BST')).posts
    expect(post).toMatchObject({
      createdAt: null,
      provenance: { extra: { printedDate: 'Wed May 6 14:02:11 BST 2009' } },
    })
  })
})

describe('a month as Pipermail lists it', () => {
  const html = `<html><body><h1>May 2009 Archives by thread</h1><ul><li><b>Sorted by:</b> <a href="date.html#start">[ date ]</a></ul>
<ul><!--0 01- --><LI><A HREF="000112.html">[Bells] Where the bell went</A><A NAME="112">&nbsp;</A><I>Ottilie Marsh</I>
<UL><!--1 01-02- --><LI><A HREF="000113.html">[Bells] Where the bell went</A><A NAME="113">&nbsp;</A><I>Odo Faber</I></UL></ul>
<p><i>This archive was generated by
     Pipermail 0.09 (Mailman edition).</i></body></html>`

  it('is no article: it leads to the file that holds the words, and lists the messages', () => {
    const page = pageOf(
      { ...(CASES.get('page') as Case), url: 'http://loft.example/pipermail/bells/2009-May/thread.html' },
      html,
    )
    expect(mail.recognises(page)).toBe(true)
    const { posts, next, notes, declared } = mail.extract(page)
    expect(posts).toEqual([])
    expect(next).toEqual(['http://loft.example/pipermail/bells/2009-May.txt.gz'])
    expect(notes.map(({ code }) => code)).toEqual(['list-page'])
    expect(declared.lists).toEqual([112, 113].map((n) => `http://loft.example/pipermail/bells/2009-May/000${n}.html`))
  })
})
