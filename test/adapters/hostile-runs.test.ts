// Runs of one sign, 200,000 long, each where a pattern once went over it again for each of its signs: a name, a date, a
// head, a label. Read at once, or not before the test is given up.
import { describe, expect, it } from 'vitest'
import { printMarkdown } from '../../src/export/markdown/syntax.ts'
import { htmlToMdast } from '../../src/text/markdown.ts'
import { type Case, casesOf, extractPage, pageOf } from './cases.ts'
import { unrollToMarkdown } from './unrolling.ts'

const LONG = 200_000
const run = (signs: string) => signs.repeat(Math.ceil(LONG / signs.length))
const words = 'The miller knows when it was milled, and nobody asks him. '.repeat(20)

const fixture = (platform: string, name: string) => casesOf(platform).find((one) => one.name === name) as Case
const bodyOf = (platform: string, name: string) => new TextDecoder().decode(fixture(platform, name).body)

/** Posts of a page of no known address. */
function read(kind: 'html' | 'text' | 'jsonl' | 'xml', body: string): number {
  const blank = { html: fixture('article', 'plain'), text: fixture('text', 'thread-scrape') }
  const one = kind === 'html' ? blank.html : { ...blank.text, kind: kind === 'text' ? 'txt' : kind }
  return extractPage(pageOf({ ...one, url: null, headers: [] }, body)).posts.length
}

/** Posts of a fixture in which some place was made long. */
function readChanged(platform: string, name: string, place: RegExp, long: string): number {
  const body = bodyOf(platform, name)
  const changed = body.replace(place, (found) => found + long)
  expect(changed.length).toBeGreaterThan(body.length)
  return extractPage(pageOf(fixture(platform, name), changed)).posts.length
}

describe('a run of one sign is gone over once', () => {
  it.each([
    ['behind a number', `1/3\n${words}\n\n1/3 ${run(':')}x\nhello\n\n2/3\nhello there\n`],
    ['behind the clock of a log', `2024-01-01 10:00 Ann: hello\n2024-01-01 10:00${run(' ')}x\n`],
    ['behind a handle', `Ann Lee @ann${run(' ')}x\nhello\n`],
    ['behind a handle, with dots', `Ann Lee @ann${run(' ·')}x\nhello\n`],
  ])('in a pasted text, %s', (_, body) => {
    expect(read('text', body)).toBeGreaterThan(0)
  })

  it.each([
    ['x-mobile', 'timeline', /class="dir-ltr"[^>]*>/, `${run(' ')}x`],
    ['mediawiki', 'talk', /<p>[^<]*(?=<)/, ` x${run('~')}x `],
    ['matrix', 'element-export', /"formatted_body":\s*"/, run('<mx-reply>')],
    ['comment-systems', 'remark42', /"time":\s*"/, run('2024 0:00')],
    ['x-scraper', 'lines', /"date":\s*"/, run('0:00')],
    ['video', 'youtube', /"extractor_key":\s*"/, `a${run(':')}\\n`],
    ['article', 'readers', /<b class="autor">/, run(' wrote')],
    ['json-rows', 'comments', /"body_html":\s*"/, run('<p')],
    ['json-rows', 'nested', /"created_at":\s*"/, run('00:00')],
  ])('in a field of %s', (platform, name, place, long) => {
    expect(readChanged(platform, name, place, long)).toBeGreaterThan(0)
  })

  it('in the names of mails', () => {
    const mail = (from: string) => `From: ${from}\nTo: bo@b.example\nSubject: flour\nMessage-ID: <a@b>\n\nhello\n`
    expect(read('text', mail(`a${run(' ')}b`))).toBe(1)
    expect(read('text', mail(`${run('@')} b`))).toBe(1)
  })

  it('in where a page sends on', () => {
    const page = `<html><head><meta http-equiv="refresh" content="0${run(' ')}=''"></head><body></body></html>`
    expect(read('html', page)).toBe(0)
  })

  it('in a feed of Bluesky', () => {
    const item = `<link>https://bsky.app/profile/ann.example/post/3kabcdefghi2x</link><guid isPermaLink="false">at://did:plc:abcdefghijklmnopqrstuvwx/app.bsky.feed.post/3kabcdefghi2x</guid>`
    const feed = `<?xml version="1.0"?><rss version="2.0"><channel><title>@ann.example - Ann</title><link>https://bsky.app/profile/ann.example</link><item>${item}<description>hello${run('\n')}x</description></item></channel></rss>`
    expect(read('xml', feed)).toBe(1)
  })

  it('in what is printed as Markdown', async () => {
    const page = `<html><body><article><h1>Flour</h1><p>${words}</p><p>a ${run('_')}!</p></article></body></html>`
    const one = { ...fixture('article', 'plain'), url: null, headers: [] }
    expect(await unrollToMarkdown(extractPage(pageOf(one, page)))).toContain('The miller knows')
  })

  it.each([
    ['without words', run('<b></b>'), 'a !'],
    ['of blanks', run('<i> </i>'), 'a !'],
    ['without words in each other', `${'<b>'.repeat(100)}${run('<i></i>')}${'</b>'.repeat(100)}`, 'a !'],
    ['with words', '<i>b</i><i></i> ', 'a *b* !'],
  ])('in a body with elements %s', (_, long, printed) => {
    const children = [...htmlToMdast(`<p>a ${long}!</p>`)]
    expect(printMarkdown({ type: 'root', children }).trim()).toBe(printed)
  })

  it('in what links to posts are called, whose signs are many words at once', () => {
    const card = (id: number, label: string) =>
      `<div class="card"><p>${words.slice(0, 100)}</p><a href="https://x.com/ann/status/${id}">${label}</a></div>`
    for (const label of [
      `${'!'.repeat(60)}b`,
      `${'1'.repeat(60)}b`,
      `${'#1'.repeat(30)}b`,
      `${'permalink'.repeat(7)}b`,
    ]) {
      const cards = [1, 2, 3].map((last) => card(1_740_000_000_000_000 + last, label))
      expect(read('html', `<html><body>${cards.join('')}</body></html>`)).toBeGreaterThanOrEqual(0)
    }
  })
})
