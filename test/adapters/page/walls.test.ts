import { describe, expect, it } from 'vitest'
import { looksLikeScriptShell, wallNotes } from '../../../src/adapters/page/walls.ts'
import { type Case, casesOf, pageOf } from '../cases.ts'

const SHELL = casesOf('thread-reader').find(({ name }) => name === 'script-only') as Case
const codesOf = (html: string) =>
  wallNotes(pageOf(SHELL, `<!doctype html><html><body>${html}</body></html>`)).map(({ code }) => code)

describe('walls', () => {
  it.each([
    ['anti-bot', '<title>Just a moment...</title><p>Checking if the site connection is secure</p>'],
    ['blocked', '<h1>Hello there</h1><p>Your request has been blocked by our filter.</p>'],
    ['age-gate', '<h2>Grown-ups only</h2><p>You must be at least eighteen to see the mill at night.</p>'],
    ['login-wall', '<p>Log in to continue reading this post.</p>'],
    ['login-wall', '<div><a href="/login">Log in</a></div><div>to continue reading</div>'],
    ['login-wall', '<h1>Willkommen</h1><form><input name="name"><input type="password"><button>Weiter</button></form>'],
    ['script-shell', '<div id="root"></div><script src="/app.js"></script>'],
    ['script-shell', '<noscript><p>Please enable JavaScript.</p></noscript><script>start()</script><p>Loading</p>'],
  ])('tells %s', (code, html) => expect(codesOf(html)).toEqual([code]))

  it.each([
    ['a short post', '<p>The mill is open on Sunday.</p>'],
    [
      'an article about walls',
      `<p>${'They ask you to verify you are human, and the miller asks why. '.repeat(60)}</p>`,
    ],
    ['a page with text and scripts', `<script>count()</script><p>${'Rye needs time. '.repeat(20)}</p>`],
    ['a page beside a log-in', `<form><input type="password"></form><p>${'Rye needs time. '.repeat(30)}</p>`],
    ['a page inside one form', `<form><input type="password"><p>${'Rye needs time. '.repeat(200)}</p></form>`],
    ['a page whose only script is data', '<script type="application/ld+json">{}</script><div id="root"></div>'],
  ])('sees none in %s', (_, html) => expect(codesOf(html)).toEqual([]))

  it('tells a log-in by the address a page was sent to', () => {
    const page = pageOf(SHELL, '<!doctype html><body><h1>Good to see you</h1><form><input name="mail"></form></body>')
    const codesAt = (finalUrl: string) =>
      wallNotes({ ...page, capture: { ...page.capture, finalUrl } }).map(({ code }) => code)
    expect(codesAt('https://mill.example/accounts/login/?next=/rye')).toEqual(['login-wall'])
    expect(codesAt('https://mill.example/rye')).toEqual([])
  })

  it('takes a short page for itself once its script has run', () => {
    const page = pageOf(
      SHELL,
      '<!doctype html><body><div id="root"><p>The mill is open.</p></div><script src="a.js"></script>',
    )
    const codesBy = (method: 'http' | 'browser') =>
      wallNotes({ ...page, capture: { ...page.capture, method } }).map(({ code }) => code)
    expect(codesBy('http')).toEqual(['script-shell'])
    expect(codesBy('browser')).toEqual([])
  })

  it('takes the fixture for a shell until its script ran', () => {
    expect(looksLikeScriptShell(pageOf(SHELL))).toBe(true)
  })
})
