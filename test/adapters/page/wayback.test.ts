// Pages saved out of the Wayback Machine read as the pages they are copies of.
import { describe, expect, it } from 'vitest'
import { readPage } from '../../../src/adapters/page/page.ts'
import { attr, select } from '../../../src/markup/markup.ts'

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
] as const

function linksOf(html: string, url: string | null): readonly (string | null)[] {
  const told = { digest: '', input: '', finalUrl: null, originalUrl: null, capturedAt: '2026-01-02T03:04:05.000Z' }
  const body = new TextEncoder().encode(html)
  const rest = { capturedAtBasis: 'observed', method: 'file', status: null, mediaType: null, truncated: null } as const
  const page = readPage({ ...told, ...rest, url, headers: [], redactedHeaders: [], body })
  return select('a', page.html().root).map((link) => attr(link, 'href'))
}

describe('a page as the Wayback Machine plays it back', () => {
  const links = LINKS.map(([written]) => `<a href="${written}">x</a>`).join('')

  it('has the links that it had', () => {
    expect(linksOf(`<html>${SIGN}${links}`, null)).toEqual(LINKS.map(([, meant]) => meant))
  })

  it('keeps them where it was asked of the archive itself, which leads on inside', () => {
    const asked = 'https://web.archive.org/web/20210304050607/http://geese.example/'
    expect(linksOf(`<html>${SIGN}${links}`, asked)).toEqual(LINKS.map(([written]) => written))
  })

  it('is no other page, though it speaks of the archive', () => {
    expect(linksOf(`<html><p>web.archive.org</p>${links}`, null)).toEqual(LINKS.map(([written]) => written))
  })
})
