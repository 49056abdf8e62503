// One message of a list as Pipermail (Mailman 2) shows it: its page names the message in the links that answer it, and
// does not say what it answers.
import { attr, rawTextOf, select, selectOne, textOf } from '../../markup/markup.ts'
import type { Extraction, Post } from '../../model.ts'
import { percentDecoded } from '../../url.ts'
import { makeExtraction, noteOn } from '../extraction/extraction.ts'
import { knownOf, placeInHtml, type Reader } from '../extraction/place.ts'
import { makePost, timeOfText } from '../extraction/post.ts'
import type { Page } from '../page/page.ts'
import { authorOf } from './addresses.ts'
import { bodyOfText } from './body.ts'

/** It writes this before the words of every message; savers leave comments out. */
const SIGN = '<!--beginarticle-->'
const SENDER = 'body > b + a[href*="In-Reply-To=" i]'
const WORDS = 'body > pre'
const ANSWERING = /[?&]In-Reply-To=(?:%3C|<)([^&]{1,1000}?)(?:%3E|>)(?:&|$)/i
/** `Wed May  6 14:02:11 CEST 2009` */
const DATE = /^\p{L}{3} (\p{L}{3}) +(\d{1,2}) ([\d:]{8}) ([A-Z]{3,4}) (\d{4})$/u
/** Names of zones that mean one, and that `Date` does not know. */
const ZONES: Readonly<Record<string, string>> = {
  CET: '+0100',
  CEST: '+0200',
  EET: '+0200',
  EEST: '+0300',
  JST: '+0900',
}
const KNOWN = /^(?:UTC|GMT|[ECMP][SD]T)$/

export function isPipermail(page: Page): boolean {
  if (page.kind !== 'html' || !(page.text.includes(SIGN) || page.text.includes('In-Reply-To='))) return false
  const { root } = page.html()
  return selectOne(WORDS, root) !== null && (page.text.includes(SIGN) || selectOne(SENDER, root) !== null)
}

export function readPipermail(page: Page, reader: Reader): Extraction {
  const post = messageOf(page, reader)
  const message = 'A page of one message does not say what it answers; the files of the list by month do.'
  return makeExtraction({
    posts: [post],
    notes: [noteOn(page, 'info', 'parents-unknown', message)],
    declared: { title: post.title, site: 'Mail', replies: null },
  })
}

function messageOf(page: Page, reader: Reader): Post {
  const { root } = page.html()
  const words = selectOne(WORDS, root)
  const sender = selectOne('body > a[href^="mailto:" i]', root)
  const address = textOf(sender)
  const name = textOf(selectOne('body > b', root))
  const id = idIn([sender, ...select('link[href^="mailto:" i]', root)].map((link) => attr(link, 'href') ?? ''))
  const date = textOf(selectOne('body > i', root))
  const createdAt = timeOf(date)
  const subject = textOf(selectOne('body > h1', root))
  return makePost({
    key: id ?? 'message',
    ref: id === null ? null : { platform: reader.name, id },
    kind: 'post',
    platform: reader.name,
    author: authorOf(name === null ? address : `${name} <${address ?? ''}>`),
    title: subject,
    ...bodyOfText(words === null ? '' : rawTextOf(words)),
    createdAt,
    url: page.url?.href ?? null,
    provenance: placeInHtml(page, reader, words, knownOf({ subject, printedDate: createdAt === null ? date : null })),
  })
}

function idIn(addresses: readonly string[]): string | null {
  const found = addresses.map((href) => ANSWERING.exec(href)?.[1]).find((id) => id !== undefined)
  return found === undefined ? null : percentDecoded(found)
}

function timeOf(date: string | null): string | null {
  const [, month, day, clock, zone = '', year] = DATE.exec((date ?? '').trim()) ?? []
  const known = ZONES[zone] ?? (KNOWN.test(zone) ? zone : null)
  return known === null ? null : timeOfText(`${day} ${month} ${year} ${clock} ${known}`)
}
