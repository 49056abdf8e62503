// Talk pages: each signed turn is its writer's, at its time, below what it is set in under.
import { describe, expect, it } from 'vitest'
import { mediawiki } from '../../../src/adapters/mediawiki/talk.ts'
import { unrollTogether } from '../../../src/pipeline/pipeline.ts'
import { type Case, casesOf, pageOf } from '../cases.ts'
import { describeAdapter } from '../contract.ts'

describeAdapter(mediawiki)

const fixture = casesOf('mediawiki')[0] as Case
const html = new TextDecoder().decode(fixture.body)
const read = (change: (page: string) => string = (page) => page) => mediawiki.extract(pageOf(fixture, change(html)))

/** The page with one turn, signed as given. */
function turn(signature: string) {
  const words = '<p>Agreed, <a href="/wiki/User:Ida">Ida</a>, and thanks. '
  return read((page) => page.replace(/<table[\s\S]*<\/dl>\n<h2>/, `${words}${signature}</p><h2>`)).posts[0]
}

describe('a talk page', () => {
  it('gives each turn to who signed it, below what it is set in under', () => {
    const { posts, notes } = read()
    const nameOf = (key: string | null | undefined) => posts.find((post) => post.key === key)?.author?.handle
    expect(posts.map(({ author, createdAt, parent }) => [author?.handle, createdAt, nameOf(parent?.key)])).toEqual([
      ['Ottilie', '2021-05-04T10:12:00.000Z', undefined],
      ['Per Vik', '2021-05-04T11:40:00.000Z', 'Ottilie'],
      ['Ottilie', '2021-05-05T08:00:00.000Z', 'Per Vik'],
      ['203.0.113.9', '2021-05-06T09:15:00.000Z', 'Ottilie'],
      ['Bo Lind', '2021-05-04T10:30:00.000Z', 'Ottilie'],
      [undefined, null, 'Bo Lind'],
      ['Per Vik', '2021-05-07T12:00:00.000Z', undefined],
    ])
    expect(notes.map(({ code }) => code)).toEqual(['unsigned'])
  })

  it('keeps the lines of one turn together, and boxes, contents and signatures out', () => {
    const texts = read().posts.map(({ text }) => text)
    expect(texts[4]).toBe('Both units, please:\n\ndegrees Celsius for the text,\n\nFahrenheit in brackets.')
    expect(texts.join()).not.toMatch(/scope|1 Temperature|\(UTC\)|talk|reply/)
  })

  it('is one conversation a heading', () => {
    const { conversations } = unrollTogether([read()])
    expect(conversations.map(({ root, replies }) => [root?.title, replies.length])).toEqual([['Temperature', 5]])
  })

  it.each([
    [
      '<a href="/wiki/Benutzerin:Ann_Lee">Ann</a> (<a href="/wiki/Benutzerin_Diskussion:Ann_Lee">Diskussion</a>) 10:12, 4. Mai 2021 (CEST)',
      '08:12',
    ],
    ['<small><a href="/wiki/Utilisateur:Ann_Lee">Ann</a></small> 4 mai 2021 à 10:12 (CEST)', '08:12'],
    ['<a href="/wiki/%E5%88%A9%E7%94%A8%E8%80%85:Ann_Lee">Ann</a> 2021年5月4日 (火) 10:12 (UTC)', '10:12'],
    ['— <a href="/wiki/User:Ann_Lee"><i>Ann</i></a> 10:12, 4 May 2021 (UTC)', '10:12'],
  ])('is signed in any language: %s', (signature, clock) => {
    const post = turn(signature)
    expect([post?.author?.handle, post?.createdAt]).toEqual(['Ann Lee', `2021-05-04T${clock}:00.000Z`])
    expect(post?.text).toBe('Agreed, Ida, and thanks.')
  })

  it('is left to other readers where nobody signed', () => {
    expect(mediawiki.recognises(pageOf(fixture, html.replaceAll('(UTC)', '').replaceAll('(CEST)', '')))).toBe(false)
  })
})
