// Laws over all fixtures: a page is the same page, and its posts the same posts, wherever a copy of it is read.
import { describe, expect, it } from 'vitest'
import { readPage } from '../../src/adapters/page/page.ts'
import { readPosts } from '../../src/adapters/reading.ts'
import type { Capture, Extraction } from '../../src/model.ts'
import { allCases, type Case, captureOf } from './cases.ts'

const WAYBACK = 'https://web.archive.org/web/20240102030405'
const ARCHIVES = [`${WAYBACK}/`, `${WAYBACK}id_/`, 'https://archive.ph/2024.01.02-030405/']
/** What leads away from a page, as the Wayback Machine turns it. */
const LINK = /\b(href|src|action|content)="(https?:\/\/[^"]+)"/g
const OWN_LINK = /\b(href|src|action)="(\/(?!\/)[^"]*)"/g
const CANONICAL = /<link\b[^>]*\brel="canonical"[^>]*\bhref="http/
const HEAD = /<head\b[^>]*>|(?=<title>)/i

const onTheWeb = allCases().filter(({ url, browser }) => url !== null && !browser)
const pages = onTheWeb.filter(({ kind }) => kind === 'html')
const nameOf = ({ platform, name }: Case) => `${platform}/${name}`

function read(fixture: Case, told: Partial<Capture>): Extraction {
  return readPosts(readPage({ ...captureOf(fixture), ...told })).extraction
}

/** Who wrote what, under which name, below what: all that may not depend on where a copy lies. */
function identitiesOf({ posts }: Extraction) {
  return posts.map(({ ref, parent, conversation, author, url, text, quotes, media }) => ({
    ref,
    parent: parent?.ref ?? null,
    conversation,
    author,
    url,
    text,
    quotes: quotes.map((quote) => [quote.ref, quote.url]),
    media: media.map((one) => one.url),
  }))
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

/** The page as the Wayback Machine serves it: each link leads into it. */
function playedBack({ body, url }: Case): Uint8Array {
  const { origin } = new URL(url ?? '')
  const text = new TextDecoder().decode(body)
  const turned = text.replace(LINK, `$1="${WAYBACK}/$2"`).replace(OWN_LINK, `$1="/web/20240102030405/${origin}$2"`)
  return bytes(turned)
}

/** The page with a canonical link, which most have. */
function namedByItself({ body, url }: Case): Uint8Array {
  const text = new TextDecoder().decode(body)
  return CANONICAL.test(text) ? body : bytes(text.replace(HEAD, `$&<link rel="canonical" href="${url}">`))
}

describe('a copy in a web archive', () => {
  for (const archive of ARCHIVES)
    it.each(onTheWeb.map((fixture) => [nameOf(fixture), fixture] as const))(`${archive}: %s`, (_, fixture) => {
      const address = `${archive}${fixture.url}`
      const [own, copy] = [read(fixture, {}), read(fixture, { url: address, finalUrl: address })]
      expect(identitiesOf(copy)).toEqual(identitiesOf(own))
      expect(copy.declared.site).toBe(own.declared.site)
      expect(copy.next).toEqual(own.next.map((url) => `${archive}${url}`))
    })

  it.each(pages.map((fixture) => [nameOf(fixture), fixture] as const))('with its links turned: %s', (_, fixture) => {
    const address = `${WAYBACK}/${fixture.url}`
    const copy = read(fixture, { url: address, finalUrl: address, body: playedBack(fixture) })
    expect(identitiesOf(copy)).toEqual(identitiesOf(read(fixture, {})))
  })
})

describe('a page saved without its address', () => {
  it.each(pages.map((fixture) => [nameOf(fixture), fixture] as const))('is what it says it is: %s', (_, fixture) => {
    const saved = read(fixture, { url: null, finalUrl: null, body: namedByItself(fixture) })
    const names = (read: Extraction) =>
      identitiesOf(read).map(({ ref, parent, conversation }) => [ref, parent, conversation])
    expect(names(saved)).toEqual(names(read(fixture, {})))
  })
})
