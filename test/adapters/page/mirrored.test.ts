// Pages as HTTrack keeps them: links to other sites leave the site.
import { describe, expect, it } from 'vitest'
import { readPage } from '../../../src/adapters/page/page.ts'
import { attr, select } from '../../../src/markup/markup.ts'
import { resolve } from '../../../src/url.ts'

const MARK = "<!-- Mirrored from geese.example/a/lodge.html by HTTrack Website Copier/3.x [XR&CO'2014], -->"

function linkOf(mark: string, href: string): string | null {
  const told = { digest: '', input: '', finalUrl: null, originalUrl: null, capturedAt: '2026-01-02T03:04:05.000Z' }
  const rest = { capturedAtBasis: 'observed', method: 'file', status: null, mediaType: null, truncated: null } as const
  const body = new TextEncoder().encode(`<!DOCTYPE html><html>${mark}<body><a href="${href}">x</a>`)
  const url = 'http://geese.example/a/lodge.html'
  const page = readPage({ ...told, ...rest, url, headers: [], redactedHeaders: [], body })
  return resolve(attr(select('a', page.html().root)[0]!, 'href'), page.url)
}

describe('a link of a page that HTTrack keeps', () => {
  it.each([
    ['../../swans.example/b/c.html', 'http://swans.example/b/c.html'],
    ['../../img.swans.example/goose.jpg', 'http://img.swans.example/goose.jpg'],
    ['../weir.html', 'http://geese.example/weir.html'],
    ['../v1.2/weir.html', 'http://geese.example/v1.2/weir.html'],
    ['https://swans.example/', 'https://swans.example/'],
  ])('%s leads to %s', (href, leads) => {
    expect(linkOf(MARK, href)).toBe(leads)
  })

  it('of any other page stays on its site', () => {
    expect(linkOf('', '../../swans.example/b')).toBe('http://geese.example/swans.example/b')
  })
})
