// URLs: one spelling for one page, hosts by whole labels, links against their base.

import { describe, expect, it } from 'vitest'
import { archivedCopy, canonicalUrl, hostIs, parseUrl, resolve, urlOf } from '../src/url.ts'
import fc from './laws.ts'

describe('canonicalUrl', () => {
  it.each([
    ['HTTP://Mill.Example:80/Rye?utm_source=x&flour=2#top', 'http://mill.example/Rye?flour=2'],
    ['https://x.com/miller/status/17?s=20&t=abc', 'https://x.com/miller/status/17'],
    ['https://mill.example/?t=abc', 'https://mill.example/?t=abc'],
    ['https://mill.example/rye/#comment-12', 'https://mill.example/rye/#comment-12'],
    ['https://mill.example/#!/rye', 'https://mill.example/#!/rye'],
    ['https://miller:secret@mill.example/', 'https://mill.example/'],
    ['https://mill.example/rye;jsessionid=A1B2.n3/oat?PHPSESSID=k2&page=2', 'https://mill.example/rye/oat?page=2'],
    [
      'https://mill.example/viewtopic.php?t=9&sid=0123456789abcdef0123456789abcdef',
      'https://mill.example/viewtopic.php?t=9',
    ],
    ['https://mill.example/story?sid=24/03/11/1942', 'https://mill.example/story?sid=24/03/11/1942'],
    ['https://mill.example/?s=rye', 'https://mill.example/?s=rye'],
  ])('%s → %s', (from, to) => expect(canonicalUrl(from)).toBe(to))

  it('is the same when done twice', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (url) => {
        const once = canonicalUrl(url)
        expect(canonicalUrl(once ?? '')).toBe(once)
      }),
    )
  })

  it.each(['', 'rye', 'javascript:x()', 'file:///etc/passwd', 'http://', 'at://did/x'])('names no page: %s', (text) => {
    expect(canonicalUrl(text)).toBeNull()
  })
})

describe('hostIs', () => {
  it('matches whole labels only', () => {
    const is = (url: string, domain: string) => hostIs(new URL(url), domain)
    expect(is('http://x.com/', 'x.com')).toBe(true)
    expect(is('http://mobile.x.com./', 'x.com')).toBe(true)
    expect(is('http://notx.com/', 'x.com')).toBe(false)
    expect(is('http://x.com.evil.example/', 'x.com')).toBe(false)
    expect(is('http://evil.example/x.com', 'x.com')).toBe(false)
  })
})

describe('resolve', () => {
  it('gives links a browser may follow, and nothing that runs', () => {
    const base = parseUrl('http://mill.example/a/b')
    expect(resolve('../c', base)).toBe('http://mill.example/c')
    expect(resolve('//oats.example/', base)).toBe('http://oats.example/')
    expect(resolve('mailto:a@mill.example', base)).toBe('mailto:a@mill.example')
    for (const bad of ['javascript:x()', ' JAVA\tSCRIPT:x()', 'data:text/html,x', 'blob:http://a/1', '', 'http://'])
      expect(resolve(bad, base)).toBeNull()
    expect(resolve('../c', null)).toBeNull()
  })
})

describe('archivedCopy', () => {
  it.each([
    [
      'https://web.archive.org/web/20190102030405/http://mill.example/rye?x=1',
      'http://mill.example/rye?x=1',
      '2019-01-02T03:04:05.000Z',
    ],
    [
      'http://web.archive.org/web/20190102030405id_/https:/mill.example/rye',
      'https://mill.example/rye',
      '2019-01-02T03:04:05.000Z',
    ],
    ['https://web.archive.org/web/2019/mill.example/', 'http://mill.example/', null],
    [
      'https://archive.ph/20190102030405/https://mill.example/rye',
      'https://mill.example/rye',
      '2019-01-02T03:04:05.000Z',
    ],
    [
      'https://archive.today/2019.01.02-030405/http://mill.example/',
      'http://mill.example/',
      '2019-01-02T03:04:05.000Z',
    ],
    ['https://archive.is/newest/http://mill.example/', 'http://mill.example/', null],
  ])('%s', (url, original, capturedAt) => expect(archivedCopy(url)).toMatchObject({ original, capturedAt }))

  it.each([
    ['http://web.archive.org/web/2019id_/https:/mill.example/rye', 'http://web.archive.org/web/2019id_/'],
    ['https://archive.ph/newest/mill.example/?x=1#y', 'https://archive.ph/newest/'],
  ])('names the place of copies: %s', (url, prefix) => expect(archivedCopy(url)?.prefix).toBe(prefix))

  it.each([
    'https://archive.ph/AbCdE',
    'https://web.archive.org/details/x',
    'https://mill.example/web/20190102030405/http://a.example/',
    'x',
  ])('is no copy: %s', (url) => expect(archivedCopy(url)).toBeNull())
})

describe('urlOf', () => {
  it('is null for Latin-1 that is no address, however often it is asked', () => {
    const mangled = Buffer.from('http://127。0。0。1/').toString('latin1')
    const wrong = Array.from({ length: 20_000 }, () => urlOf(mangled)).filter((url) => url !== null)
    expect(wrong).toEqual([])
  })

  it('gives an absolute address the same meaning on every page', () => {
    const start = fc.constantFrom('http://', 'HTTPS://', 'http:/', 'http:', 'https:', '//', '/', '?', 'mailto:')
    const rest = fc.array(fc.constantFrom('rye', '.', '..', '/', '\\', '?', '#', '@', ':', '%41', ' ', 'ü', '\t'), {
      maxLength: 8,
    })
    const base = fc.constantFrom('http://mill.example/a/b?c#d', 'https://mill.example/', 'mailto:m@mill.example')
    fc.assert(
      fc.property(start, rest, base, (scheme, parts, page) => {
        const [text, on] = [scheme + parts.join(''), new URL(page)]
        expect(urlOf(text, on)?.href ?? null).toBe(hrefOf(text, on))
      }),
    )
  })
})

function hrefOf(text: string, base: URL): string | null {
  try {
    return new URL(text, base).href
  } catch {
    return null
  }
}
