// What sites show in place of a post; and posts that only speak of such things.
import { describe, expect, it } from 'vitest'
import { absenceIn } from '../../../src/adapters/page/absence.ts'
import { insteadNotes } from '../../../src/adapters/page/instead.ts'
import { readPage } from '../../../src/adapters/page/page.ts'
import { type Case, captureOf, casesOf, extractPage, pageOf } from '../cases.ts'

const fixture = { ...(casesOf('article')[0] as Case), url: 'https://mill.example/rye' }
const codesOf = (html: string) => insteadNotes(pageOf(fixture, `<!doctype html>${html}`)).map(({ code }) => code)
const LIST = '<ul><li><a href="/a">How rye rises</a></li><li><a href="/b">The sluice in winter</a></li></ul>'
const LONG = 'The sluice was never found again, though all the village looked. '

describe('pages that only say that there is no post', () => {
  it.each([
    ['not-found', `<title>Page not found – Mill</title><body><p>Try the search.</p>${LIST}`],
    ['not-found', '<title>reddit: page not found</title><body><p>There is a duck.</p>'],
    ['not-found', '<title>Mill</title><body><h1>Oops! That page can’t be found.</h1><p>It is a pity.</p>'],
    ['not-found', "<title>Mill</title><body><div><span>Hmm...this page doesn't exist. Try another.</span></div>"],
    ['not-found', '<title>Mühle</title><body><h1>Seite nicht gefunden</h1>'],
    ['not-found', '<title>水車</title><body><h1>ページが見つかりませんでした</h1><p>移動したかもしれません。</p>'],
    ['not-found', '<title>Mill</title><body><h2>This thread has been deleted by its author</h2>'],
    [
      'not-found',
      '<title>404 Not Found</title><body><center><h1>404 Not Found</h1></center><hr><center>nginx</center>',
    ],
    ['not-found', '<body>No such item.'],
    ['not-found', '<title>Archive</title><body><h1>Hrm.</h1><p>The Wayback Machine has not archived that URL.</p>'],
    ['not-found', `<title>Mill</title><body class="error-template"><h1>Lost</h1>${`<p>${LONG}</p>`.repeat(40)}`],
    [
      'not-found',
      `<title>Mill</title><body><div class="page-not-found"><h1>Oh</h1></div>${`<p>${LONG}</p>`.repeat(40)}`,
    ],
    ['site-error', '<title>502 Bad Gateway</title><body><h1>502 Bad Gateway</h1>'],
    ['site-error', '<title>Mill</title><body><h1>Error establishing a database connection</h1>'],
    [
      'site-error',
      '<title>mill | 521: Web server is down</title><body><h1>Web server is down <i>Error code 521</i></h1>',
    ],
    ['site-error', '<title>Mill</title><body><h1>We’ll be back soon!</h1><p>The stones are being dressed.</p>'],
    ['site-error', '<title>mill.example</title><body><p>This domain is for sale.</p>'],
    ['not-shown', '<title>Mill (@mill)</title><body><div>These posts are protected</div><div>Ask the miller.</div>'],
    ['not-shown', '<title>mill: private</title><body><h1>You must be invited to visit this community</h1>'],
    ['not-shown', '<title>Mill</title><body><div><span>Account suspended</span></div><p>There are rules.</p>'],
    ['not-shown', '<title>451: Unavailable due to legal reasons</title><body><p>You are too far from the mill.</p>'],
    [
      'consent-wall',
      `<title>Mill</title><body><h1>We value your privacy</h1><p>${LONG.repeat(10)}</p><button>Agree</button>`,
    ],
    [
      'consent-wall',
      '<title>Before you continue to Mill Search</title><body><p>The mill would like to keep crumbs.</p>',
    ],
  ])('tell %s: %s', (code, html) => expect(codesOf(html)).toEqual([code]))

  it('are in doubt closed or in trouble rather than gone', () => {
    const closed = '<h1>mill.example is no longer available.</h1><p>This blog has been archived or suspended.</p>'
    expect(codesOf(`<title>Not found</title><body>${closed}`)).toEqual(['not-shown'])
    expect(codesOf('<title>Page not found</title><body><h1>Service unavailable</h1>')).toEqual(['site-error'])
  })

  const byline = '<p class="byline">Ada, <time datetime="2024-01-02">2 January</time></p>'
  it.each([
    ['a post about them', '<title>Not found: a miller’s year</title><body><p>The page is not found in any ledger.</p>'],
    ['a long post of that name', `<title>Not found</title><body><h1>Not found</h1><p>${LONG.repeat(30)}</p>`],
    [
      'a dated post',
      `<title>Page not found</title><body><article><h1>Page not found</h1>${byline}<p>${LONG}</p></article>`,
    ],
    [
      'a dated post on a wall',
      `<title>Wall</title><body><article><h1>Wall</h1>${byline}<p>Access denied, it said.</p></article>`,
    ],
    [
      'a post with an hour in its head',
      '<meta property="article:published_time" content="2024-01-02"><body><h1>Not found</h1>',
    ],
    [
      'a post of an old template',
      `<title>Site maintenance</title><body><div class="post"><h2>Site maintenance</h2><small>January 2nd, 2010 by Ada</small><p>${LONG}</p></div>`,
    ],
    ['a poem', `<title>Gone</title><body><h1>Gone</h1><p>${LONG.repeat(4)}</p>`],
    [
      'a post beside a banner',
      `<title>Rye</title><body><h1>Rye</h1><p>${LONG.repeat(50)}</p><h2>We value your privacy</h2>`,
    ],
    ['a short post', '<title>Rye</title><body><p>The mill is open on Sunday.</p>'],
  ])('are not %s', (_, html) => expect(codesOf(html)).toEqual([]))

  it('are no articles, of a known platform neither', () => {
    const body = '<h1>404 Nothing Found</h1><p>The page you requested could not be found. Refine your search.</p>'
    for (const head of ['', '<meta name="generator" content="WordPress 6.4"><link href="/wp-content/x.css">']) {
      const html = `<!doctype html><title>Page not found – Mill</title>${head}<body><div class="entry-content">${body}</div>`
      const { posts, notes } = extractPage(pageOf(fixture, html))
      expect(posts).toEqual([])
      expect(notes.map(({ code }) => code)).toEqual(['not-found'])
    }
  })

  it.each([
    ['not-found', 'No such item.'],
    ['blocked', 'Too many requests'],
  ])('may be plain text where an address answered it (%s)', (code, text) => {
    const capture = { ...captureOf(fixture, text), mediaType: 'text/plain' }
    expect(extractPage(readPage(capture))).toMatchObject({ scrapes: [], notes: [{ code }] })
    const pasted = readPage({ ...capture, url: null, finalUrl: null, method: 'file', status: null })
    expect(extractPage(pasted).scrapes).toHaveLength(1)
  })
})

it('takes words for what they are', () => {
  expect(absenceIn('This Post was deleted by the Post author. Learn more')?.code).toBe('not-found')
  expect(absenceIn('This Post is from a suspended account. Learn more')?.code).toBe('not-shown')
  expect(absenceIn('The mill is open')).toBeNull()
})
