// Pages out of web archives read as the pages they are copies of.
import { describe, expect, it } from 'vitest'
import { type Page, readPage } from '../../../src/adapters/page/page.ts'
import { readPosts } from '../../../src/adapters/reading.ts'
import { attr, select, textOf } from '../../../src/markup/markup.ts'

const SIGN = '<script>__wm.wombat("http://geese.example/","20210304050607","https://web.archive.org/")</script>'
const LINKS = [
  ['https://web.archive.org/web/20210304050607/https://swans.example/a', 'https://swans.example/a'],
  ['/web/20210304050607im_/http://geese.example/goose.jpg', 'http://geese.example/goose.jpg'],
  ['//web.archive.org/web/20210304/https://swans.example/b?u=/web/1/', 'https://swans.example/b?u=/web/1/'],
  ['https://web.archive.org/web/20210304050607/mailto:goose@geese.example', 'mailto:goose@geese.example'],
  ['/a.jpg 1x, /web/20210304050607im_/https://geese.example/b.jpg 2x', '/a.jpg 1x, https://geese.example/b.jpg 2x'],
  [
    'https://geese.example/web/20210304050607/https://x.example/',
    'https://geese.example/web/20210304050607/https://x.example/',
  ],
  ['/web/about', '/web/about'],
  ['https://archive.ph/o/AbCdE/https://swans.example/c', 'https://swans.example/c'],
  [
    'https://web.archive.org/web/20210304050607/https://web.archive.org/web/2011/https://swans.example/d',
    'https://web.archive.org/web/2011/https://swans.example/d',
  ],
  ['https://archive.ph/AbCdE', 'https://archive.ph/AbCdE'],
] as const

function read(html: string, url: string | null): Page {
  const told = { digest: '', input: '', finalUrl: null, originalUrl: null, capturedAt: '2026-01-02T03:04:05.000Z' }
  const body = new TextEncoder().encode(html)
  const rest = { capturedAtBasis: 'observed', method: 'file', status: null, mediaType: null, truncated: null } as const
  return readPage({ ...told, ...rest, url, headers: [], redactedHeaders: [], body })
}

function linksOf(html: string, url: string | null): readonly (string | null)[] {
  return select('a', read(html, url).html().root).map((link) => attr(link, 'href'))
}

describe('a page as a web archive plays it back', () => {
  const links = LINKS.map(([written]) => `<a href="${written}">x</a>`).join('')

  it('has the links that it had', () => {
    expect(linksOf(`<html>${SIGN}${links}`, null)).toEqual(LINKS.map(([, meant]) => meant))
  })

  it('has them also where it was asked of the archive itself', () => {
    const asked = 'https://web.archive.org/web/20210304050607/http://geese.example/'
    expect(linksOf(`<html>${links}`, asked)).toEqual(LINKS.map(([, meant]) => meant))
  })

  it('leads on inside of the archive where it was asked of it', () => {
    const feed = '<feed xmlns="http://www.w3.org/2005/Atom"><link rel="next" href="/feed?p=2"/><entry/></feed>'
    const asked = 'https://web.archive.org/web/20210304050607/http://geese.example/feed'
    const next = ['https://web.archive.org/web/20210304050607/http://geese.example/feed?p=2']
    expect(readPosts(read(feed, asked)).extraction.next).toEqual(next)
  })

  it.each([
    '<link rel="canonical" href="https://archive.ph/2021.03.04-050607/https://geese.example/post/7">',
    '<link rel="bookmark" href="http://archive.today/20210304050607/https://geese.example/post/7"/>',
  ])('is what its short address stands for: %s', (said) => {
    const page = read(`<html><head>${said}</head>`, 'https://archive.ph/AbCdE')
    expect(page.url?.href).toBe('https://geese.example/post/7')
    expect(page.copy?.capturedAt).toBe('2021-03-04T05:06:07.000Z')
    expect(read('<html><head></head>', 'https://archive.ph/AbCdE').url?.href).toBe('https://archive.ph/AbCdE')
  })

  it("is without the archive's bar, whose dates are not the page's", () => {
    const bar = '<div id="wm-ipp-base"><div id="wm-ipp">36 captures <div>04 Mar 2021</div></div></div>'
    const words = '<article><h1>Geese</h1><p>The geese came back a week before the ice broke, and stood.</p></article>'
    const page = read(`<html><head>${SIGN}</head><body>${bar}${words}`, null)
    expect(textOf(page.html().root)).not.toContain('2021')
    expect(readPosts(page).extraction.posts.map(({ text, createdAt }) => [text, createdAt])).toEqual([
      ['The geese came back a week before the ice broke, and stood.', null],
    ])
  })

  it('is no other page, though it speaks of the archive', () => {
    expect(linksOf(`<html><p>web.archive.org</p>${links}`, null)).toEqual(LINKS.map(([written]) => written))
  })
})
