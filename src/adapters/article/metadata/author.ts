// Who wrote an article, as its page says: JSON-LD, the head, the usual classes of themes, a line with "by". Names of
// sites, dates and roles are no names.
import type { Document, Element, ParentNode } from 'domhandler'
import { attr, closest, hasAncestor, select, selectOne, shortTextOf, textOf } from '../../../markup/markup.ts'
import type { Author } from '../../../model.ts'
import { resolve } from '../../../url.ts'
import { bareSite, isSiteName } from '../site-name.ts'
import type { Lines } from './lines.ts'

const MAX_NAME = 80
/** Characters of a text in which a name is looked for: with "by" before it and a role behind it none is longer. */
const MAX_SAID = 1_000
/** Pieces of text behind the title among which a byline is believed. */
const LINES = 40
const LINES_BEFORE = 4
const NAMES =
  '.node__submitted [property~="schema:name"], .author .fn, .author.fn, .vcard .fn, [itemprop~="author"] [itemprop~="name"], a[rel~="author"], .entry-author, .post-author a, .post-author, .byline .author, .byline a, .author-name, .author a, [itemprop~="author"], .author, address.author'
/** Names of accounts: where a person's is said, that one is better. */
const ACCOUNTS = '.entry-poster .ljuser, .submitted .username, .node__submitted .username'
const LOOSE_NAMES =
  '.postauthor, .entry-author-link, .identity_link_1, .user[rel], .byline, [class*="byline"] a, [class*="author-name"], [class*="author_name"], [class*="authorname"], [class*="byline"], [class*="author"] a, [class*="author"], [class*="autor"], [class*="redakteur"], [rel~="author"], a[href*="/author/"]'
/** Lines below or above an article that tell of it in a sentence. */
const SENTENCES =
  '.postmetadata, .postmeta, .posted, .submitted, .node__submitted, .post-footers, .post-footer, .entry-meta, .post-meta, .post-info, .pubdata, .byline'
const MAX_SENTENCE = 400
/** `Tue, 03/04/2014 - 08:00 — Ann` */
const DASHED = /\d:\d\d\s*[—–]\s+(\p{Lu}[^—–]{1,60})$/u
/** Where a name ended with a word that goes on: `Ann Lee and is filed under`. */
const LOOSE_END = /(?:\s+(?:und|and|y|et|e|de|del|van|von|der|la|&))+$/u
const META =
  'meta[name="author"], meta[property="author"], meta[name="dc.creator"], meta[name="DC.creator"], meta[name="dcterms.creator"], meta[name="parsely-author"], meta[name="sailthru.author"], meta[name="byl"], meta[property="article:author"], meta[name="article:author"], meta[property="og:article:author"], meta[name="citation_author"], meta[itemprop="author"]'
const OUTSIDE =
  '#comments, .comments-area, .commentlist, .comment-list, .comment, #respond, aside, body > footer, body > .footer, #footer, .site-footer, nav, .widget:not(.Blog), .sidebar:not(body), [class*="comment"]:not(body), [class*="kommentar"]:not(body), [class*="related"]:not(body), [class*="teaser"]:not(body)'
const BY =
  /^\W{0,3}(?:by|von|por|par|di|da|door|av|af|autor(?:in|en)?|author|text|words|written by|posted by|published by|veröffentlicht von|geschrieben von|eingestellt von|gepostet von|postado por|publicad[oa]s? por|pubblicato da|geplaatst door|lagt inn av|upplagd av|indsendt af|diposting oleh|gönderen|bejegyezte|wysłane przez|автор|ein (?:beitrag|artikel|kommentar|gastbeitrag) von|escrito por|publié par|(?:story|article|report) by|reporter|redaktion|verfasst von|przez)\s*[:|]?\s+/iu
const BYLINE =
  /(?:^|[\d.:]\s+|\d\s?[ap]\.?m\.?\s+|\b(?:[Ss]ubmitted|[Bb]eitrag|[Aa]rtikel|[Pp]osted|[Ww]ritten|[Pp]ublished|[Gg]eschrieben|[Vv]eröffentlicht|[Ee]scrito|[Pp]ublicado)\s+)\W{0,3}(?:[Bb]y|BY|[Vv]on|VON|[Pp]ar|[Pp]or|[Dd]i|[Dd]oor|Av|(?:Author|Autor(?:in)?|Auteur|Text|Words|Redakteur|Reporter|Journalist)(?=\s*:))(?:\s*:\s*|\s+)(\p{Lu}[\p{L}.'’-]+(?:\s+(?:und|and|y|et|e|de|del|van|von|der|la|&|\p{Lu}[\p{L}.'’-]*)){0,6})/u
const ROLE =
  /\s*(?:[|•·–—/]|,\s|\(|\s-\s|\b(?:am|on|vom|updated|published|um|at|in|le|el|für)\b(?=\s+[\p{L}\d])|\d{1,2}[./]\d|\b(?:19|20)\d\d\b).*$/iu
const NO_NAME =
  /^(?:admin|administrator|redaktion|editor|staff|author|autor|guest|gast|unknown|anonymous|webmaster|beitrag|datum:?|online|null|undefined|root|user|profile|all posts|view all|more|by|von)$|:\/\/|@|https?:|\d{3,}/i
/** What a link beside the name does: `Send an e-mail to the author`, `View all posts by …`, `Alle Beiträge`. */
const INVITATION =
  /^(?:send|write|e-?mail|mail|contact|follow|subscribe|view|see|read|meet|about|more|all|über|mehr|alle|kontakt|contacter|écrire|contactar|enviar|ver)\b.*(?<!\p{L})(?:author|writer|e-?mail|posts?|articles?|stories|profile|autor(?:in|s)?|auteur|beiträge|artikel|correo|artículos)(?!\p{L})/iu

const CALLED = '[class*="author"]'
const SIGNATURES = [BYLINE, DASHED]

interface SaidAuthor {
  readonly linked: string | null
  readonly site: string | null
  readonly host: string | null
  readonly base: URL | null
  readonly lines: Lines
  /** What is not the article's: its readers' comments, whose names are theirs. */
  readonly outside: ReadonlySet<Element>
}

/** The first name said; a name that is only the site's is taken last. */
export function authorOf(root: Document, said: SaidAuthor): Author | null {
  const site = bareSite(said.site, said.host)
  let first: Author | null = null
  for (const author of namesIn(root, said)) {
    if (!isSiteName(author.name ?? '', site)) return author
    first ??= author
  }
  return first
}

/** The surest first, each looked for only when it is asked for. */
function* namesIn(root: Document, said: SaidAuthor): Generator<Author> {
  yield* shownNames(root, NAMES, said)
  yield* named(said.linked)
  for (const meta of select(META, root)) yield* named(attr(meta, 'content'))
  yield* shownNames(root, LOOSE_NAMES, said)
  for (const line of [...said.lines.after.slice(0, LINES), ...said.lines.before.slice(0, LINES_BEFORE)])
    yield* named(signedIn(line, BYLINE))
  for (const element of select(SENTENCES, root))
    if (closest(element, OUTSIDE) === null && !isOneOf(element, said.outside))
      yield* SIGNATURES.flatMap((pattern) => named(signedIn(shortTextOf(element, MAX_SENTENCE) ?? '', pattern)))
  yield* shownNames(root, ACCOUNTS, said)
}

function signedIn(text: string, pattern: RegExp): string | null {
  return pattern.exec(text)?.[1]?.replace(LOOSE_END, '') ?? null
}

function shownNames(root: Document, selectors: string, { base, outside }: SaidAuthor): Author[] {
  for (const selector of selectors.split(', ')) {
    const found = select(selector, root).find(
      (element) =>
        closest(element, OUTSIDE) === null &&
        !isOneOf(element, outside) &&
        nameFrom(saidIn(element)) !== null &&
        !isInEntry(element),
    )
    if (found !== undefined) return named(saidIn(found), resolve(attr(linkOf(found), 'href'), base))
  }
  return []
}

/** Some software calls the whole entry after its author: then its links are no names. */
function isInEntry(element: Element): boolean {
  const box = closest(element, CALLED)
  return box !== null && shortTextOf(box, MAX_SENTENCE) === null
}

/** What an element shows, or says without showing it (`meta` in microdata). */
function saidIn(element: Element): string | null {
  return textOf(element) ?? attr(element, 'content')
}

function isOneOf(element: Element, boxes: ReadonlySet<ParentNode>): boolean {
  return boxes.has(element) || hasAncestor(element, (ancestor) => boxes.has(ancestor))
}

function linkOf(element: Element): Element | null {
  return element.name === 'a' ? element : selectOne('a', element)
}

export function named(text: string | null, url: string | null = null): Author[] {
  const name = nameFrom(text)
  return name === null ? [] : [{ id: null, handle: null, name, url }]
}

function nameFrom(text: string | null): string | null {
  if (NO_NAME.test(text ?? '') || INVITATION.test((text ?? '').trim())) return null
  const name = (text ?? '').slice(0, MAX_SAID).replace(BY, '').replace(ROLE, '').replace(EDGES, '')
  return name.length < 2 || name.length > MAX_NAME || NO_NAME.test(name) ? null : name
}

const EDGES = /^[\s:,;.|–—-]+|[\s:,;|–—-]+$/g
