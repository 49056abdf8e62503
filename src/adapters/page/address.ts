// Which page this is: the address somebody told, that of the original where the page is a web archive's copy, else what
// the page says itself. Ids are made of it, so that a copy and its original are one.
import type { Document } from 'domhandler'
import { attr, selectOne } from '../../markup/markup.ts'
import type { Capture } from '../../model.ts'
import { type ArchivedCopy, archivedCopy, isArchiveToday, parseUrl, resolve, urlOf } from '../../url.ts'

/** Where archive.today says in a page under a short address what it is a copy of. */
const COPY_SAID = /<link\b[^<>]{0,80}\brel=["']?(?:canonical|bookmark)["']?[^<>]{0,80}\bhref=["']?([^\s"'<>]{1,4000})/gi
/** Characters of its head that are looked at. */
const HEAD = 20_000
/** What pages name themselves by, the surest first. */
const OWN_ADDRESS = [
  ['link[rel~="canonical"][href]', 'href'],
  ['meta[property="og:url"][content]', 'content'],
] as const

/** The address that was told; null when nobody did. */
export function toldAddress({ originalUrl, finalUrl, url }: Capture): URL | null {
  return urlOf(originalUrl) ?? urlOf(finalUrl) ?? urlOf(url)
}

/** Of what the page at an archive's address is a copy; null for any other page. */
export function copyAt(told: URL | null, text: string): ArchivedCopy | null {
  if (told === null) return null
  const copy = archivedCopy(told.href)
  if (copy !== null || !isArchiveToday(told)) return copy
  const said = [...text.slice(0, HEAD).matchAll(COPY_SAID)].map(([, href]) => archivedCopy(href ?? ''))
  return said.find((one) => one !== null) ?? null
}

/** What the page says it is. A base may tell the site only, and serves where nothing else does. */
export function ownAddress(root: Document): URL | null {
  const base = parseUrl(attr(selectOne('base[href]', root), 'href'))
  const said = OWN_ADDRESS.map(([selector, name]) => parseUrl(resolve(attr(selectOne(selector, root), name), base)))
  return said.find((url) => url !== null) ?? base
}
