// Who wrote a comment of unknown software, when, and where it can be linked to: what is printed around its words. The
// words are comment.ts's business.
import { type Element, isTag, isText, type ParentNode, type Text } from 'domhandler'
import { attr, closest, matches, select, shortTextOf, textOf } from '../../markup/markup.ts'
import type { Author } from '../../model.ts'
import { resolve } from '../../url.ts'
import { isLabel } from '../article/furniture/phrases.ts'
import { type PrintedTime, readDate, readStamp, type SlashOrder } from '../values/dates.ts'
import { saysWhen } from './boxes.ts'

/** Characters of a name, and of what is printed around a date. */
const MAX_NAME = 60
const MAX_DATE = 120
/** Of a line that says who wrote, and what: a name stands near its start. */
const MAX_LINE = 300
const MAX_LABEL = 40
/** Nodes of a button, and buttons in a row. */
const MAX_BUTTON_PIECES = 3
const MAX_BUTTONS = 6
const COUNTS = /\(\d*\)/g
const SPACES = /\s+/
const NAMES =
  '.ljuser, [itemprop~="author"] [itemprop~="name"], [itemprop~="creator"] [itemprop~="name"], [class*="fullname" i], [class*="full-name" i], [class*="displayname" i], [class*="display-name" i], .author, .comment-author, .username, .user-name, .user, .name, .nick, .autor, .fn, cite, [itemprop~="author"], [itemprop~="creator"], [class*="author" i], [class*="username" i], [class*="user-name" i], [class*="autor" i], [class*="nick" i], [class*="poster" i], [class*="-user" i], [class*="usuario" i], [class*="benutzer" i], [class*="commentor" i], [class*="commenter" i], [class*="name" i], [rel~="author"], a[href*="user"], a[href*="profil"], a[href*="member"]'.split(
    ', ',
  )
const OWN_NAME = '[itemprop~="name"], .p-name, .fn, cite, a, b, strong'
/** Without a date beside it only what stands out is a name. */
const BOLD_NAMES = 'b, strong, dt'
const LOOSE_NAMES = 'h3, h4, h5, b, strong, small, a, span, dt'
const TIMES =
  'time, [datetime], [property~="dc:date"][content], [itemprop~="dateCreated"], [itemprop~="datePublished"], [itemprop~="commentTime"], [class*="date" i], [class*="time" i], [class*="datum" i], [class*="fecha" i], [class*="meta" i], [class*="info" i], [class*="submitted" i], [class*="permalink" i]'
const HEADINGS = new Set(['h3', 'h4', 'h5'])
/** Elements that a date may consist of. */
const MAX_PIECES = 8
const PRESSED =
  /^[^\p{L}\p{N}]*(?:reply|thread|parent|quote|like|likes|dislike|report|report (?:comment|abuse)|flag|share|permalink|link|edit|delete|more|show more|antworten|zitieren|melden|als spam melden!?|kommentar melden|permanenter link|gefällt mir|bewerten|répondre|signaler|alerter|responder|denunciar|valorar|positivo|negativo|citar mensaje|reportar|citar|rispondi|segnala|reageer|odpowiedz|zgłoś|ответить|цитировать|пожаловаться|返信|返信する|通報|いいね|回复|回覆|回應|举报|檢舉|赞|답글|신고|공감|支持|反对|引用|编辑|削除|編集|up|down|\d+|\d+ ?p(?:ts?|oints?)?|#?\d+ ?[楼樓층]|#\d+|reply #\d+|kommentar #?\d+|comment #?\d+)[^\p{L}\p{N}]*$/iu
const SIGNED =
  /(?:^(?:#\d+\s)?|[|·•,–—-]\s*)(?:posted by|written by|submitted by|comment by|comentario de|kommentar von|geschrieben von|verfasst von|eingesendet von|publicado por|enviado por|écrit par|posté par|par|by|von|por|di|door|przez|name|autor|author|benutzer|user)\s*:?\s+(.+)$/iu
/** `3 May 2011 - 10:15 — Ann (not verified)` */
const DASHED = /\d\s*[—–]\s+(\p{L}[^—–]*?)(?:\s*\([^()]*\))?$/u
/** `Tuesday 3 March 2020, 16:05 by Ann` */
const DATED_BY =
  /\d(?:\s?[ap]\.?m\.?)?,?\s+(?:by|par|por|von|di|door|av|af|przez)\s*:?\s+(\p{L}[^,|(·–—]{0,59})(?<!\s(?:zu|on|to|sur|en|bei|auf|su|à))$/iu
const NAME_END = /\s*(?:[,|(·–—]|\s-\s|\b(?:on|am|at|um|vom|le|el|del|il|den)\b|(?<![\p{L}\p{N}_.-])\d).*$/iu
/** `— Ann · 3 May 2011` */
const NAME_START = /^[\s—–|·-]+/u
/** Between a name and its date. */
const JOINT = /\s(?:on|am|at|um|le|el|il|den)\s*$/iu
const NAME_EDGES =
  /^(?:by|from:|von|par|por|kommentar von|comment by|geschrieben von|posted by)\s*:?\s+|\s*(?:says|sagt|schrieb|schreibt|wrote|a écrit|dice|dijo)?\s*[:,|@]?\s*$/giu
/** What Drupal prints behind the name of somebody without an account. */
const UNVERIFIED =
  /\s*\((?:not verified|nicht überprüft|non vérifié|no verificado|não verificado|niet gecontroleerd|non verificato|niezweryfikowany|не проверено|ej verifierad|ikke bekreftet|neověřeno|未验证|未驗證|未確認)\)\s*$/iu
/** `ann commented 3 days ago` */
const WROTE = /\s(?:commented|replied|posted|wrote)\s.*\d.*$/isu
/** What a comment's place in the page is called. */
const PLACE = /^#.*(?:comment|kommentar|coment|reply|msg|message|post)[\w-]*\d|#(?:c|t|cmt)?\d{2,}$/i
/** What was written elsewhere has its address there (microformats); so has its author's card. */
const WRITTEN_AT = 'a.u-url[href], .u-url > a[href]'
const CARD = '.h-card'
/** Characters of a place in a page. */
const MAX_PLACE = 200
const ANCHOR = /^[A-Za-z][\w-]*\d$/
const REPLY = /repl|antwort|respon/i
/** An address, or the badge of who wrote the article. */
const NO_NAME =
  /^https?:|^www\.|^\(?(?:no subject|no title|untitled|ohne titel|kein titel|sans titre|sin título|sem título|senza titolo|без темы|без названия|無題|无题|無標題|タイトルなし|무제)\)?$|^(?:url|hp|homepage|website|web|e-?mail)$|^(?:(?:post |topic )?(?:author|autor(?:in)?|auteur|op)|mod(?:erator)?|staff|owner|member|collaborator|contributor|автор|作者)$/i
const MIDNIGHT = 'T00:00:00.000Z'
const HAS_LETTER = /\p{L}/u

interface Found<T> {
  readonly value: T
  readonly element: Element
}

/** When the comment was written, and where that stands. */
export function timeIn(around: readonly Element[], order: SlashOrder): Found<PrintedTime> | null {
  const called = around.filter((inside) => matches(inside, TIMES) || readStamp(inside.attribs) !== null)
  const isExact = (element: Element) => readDate(attr(element, 'datetime') ?? attr(element, 'content')) !== null
  for (const element of [...called.filter(isExact), ...called, ...around.filter(isWhen)]) {
    const said = attr(element, 'datetime') ?? attr(element, 'content') ?? attr(element, 'title') ?? ''
    const inner = innermostDate(element)
    const stamp = readStamp(element.attribs)
    const exact = readDate(said) ?? (stamp?.hasZone === true ? stamp : null)
    const value = exact ?? printedIn(element, inner, order) ?? stamp
    if (value !== null) return { value, element: inner }
  }
  return null
}

/** What stands behind a clock is its `pm` only within its own piece; a piece may hold the day alone. */
function printedIn(element: Element, inner: Element, order: SlashOrder): PrintedTime | null {
  const time = readDate(shortTextOf(inner, MAX_DATE), order)
  return time !== null && !time.iso.endsWith(MIDNIGHT) ? time : readDate(shortTextOf(element, MAX_DATE), order)
}

/** The piece of an element that is the date itself. */
function innermostDate(element: Element): Element {
  const inner = element.children.filter(isTag).find((child) => readDate(textOf(child)) !== null)
  return inner === undefined ? element : innermostDate(inner)
}

/** A name that is called so; else one beside the date, else the first short piece of the box. */
export function authorIn(around: readonly Element[], when: Element | null, base: URL | null): Found<Author> | null {
  for (const selector of NAMES)
    for (const element of around)
      if (matches(element, selector)) {
        const value = named(nameFrom(nameIn(element)), element, around, base)
        if (value !== null) return { value, element }
      }
  const line = shortTextOf(when, MAX_DATE) ?? ''
  const dashed = nameFrom((DASHED.exec(line) ?? DATED_BY.exec(line))?.[1] ?? null)
  const beside = when === null ? null : named(dashed, when, around, base)
  if (beside !== null && when !== null) return { value: beside, element: when }
  const signed = around
    .map((element) => ({ element, name: signature(shortTextOf(element, MAX_DATE)) }))
    .find(({ name }) => name !== null)
  if (signed !== undefined) {
    const value = named(signed.name, signed.element, around, base)
    if (value !== null) return { value, element: signed.element }
  }
  return looseName(around, when, base)
}

/** The linked or marked part of a box that tells more of the commenter than the name. */
function nameIn(element: Element): string | null {
  const inside = select(OWN_NAME, element).map(textOf)
  return inside.find((text) => text !== null && HAS_LETTER.test(text)) ?? textOf(element)
}

/** `Posted by: Ann, 3 May 2011` → `Ann`. */
function signature(text: string | null): string | null {
  const rest = text === null ? undefined : SIGNED.exec(text)?.[1]
  return rest === undefined ? null : nameFrom(rest.replace(NAME_END, ''))
}

interface SignedLine {
  readonly element: Element
  readonly node: Text
  readonly name: string
  readonly time: PrintedTime | null
}

/** The last loose text among these elements that says who and when. */
export function signedLine(own: readonly Element[], order: SlashOrder): SignedLine | null {
  for (const element of own) {
    const node = element.children.findLast((child) => isText(child) && saysWhen(child.data.trim()))
    if (node === undefined || !isText(node)) continue
    const name = signature(node.data.trim())
    if (name !== null) return { element, node, name, time: readDate(node.data, order) }
  }
  return null
}

function looseName(around: readonly Element[], when: Element | null, base: URL | null): Found<Author> | null {
  for (const element of around) {
    if (element === when || !matches(element, when === null ? BOLD_NAMES : LOOSE_NAMES) || isPressed(element)) continue
    for (const text of [shortTextOf(element, MAX_LABEL), wordsBefore(element, when)]) {
      const value = text === null || isLabel(text) ? null : named(nameFrom(text), element, around, base)
      if (value !== null) return { value, element }
    }
  }
  if (when === null) return null
  const before = nameFrom(wordsBeforeDate((textOf(when) ?? '').replace(NAME_START, '')))
  const value = before === null || before.length > MAX_LABEL ? null : named(before, when, around, base)
  return value === null ? nameBeside(around, when, base) : { value, element: when }
}

/** `Ann Holm May 3, 2011`: the month is no part of the name. */
function wordsBeforeDate(line: string): string {
  const before = line.replace(NAME_END, '')
  const last = before.lastIndexOf(' ') + 1
  const isOfDate = last > 0 && readDate(line.slice(last)) !== null && readDate(line.slice(before.length)) === null
  return isOfDate ? before.slice(0, last) : before
}

/** The item of a list before or behind that of the date. */
function nameBeside(around: readonly Element[], when: Element, base: URL | null): Found<Author> | null {
  if (when.name !== 'li') return null
  const items = (when.parent?.children ?? []).filter((node) => isTag(node)).filter((node) => node !== when)
  for (const element of items.filter((item) => around.includes(item) && !isPressed(item))) {
    const text = shortTextOf(element, MAX_LABEL)
    const value = text === null || isLabel(text) ? null : named(nameFrom(text), element, around, base)
    if (value !== null) return { value, element }
  }
  return null
}

/** `<h4>Ann on <span>March 5, 9:12 am</span></h4>`: the heading's words before the date in it. */
function wordsBefore(element: Element, when: Element | null): string | null {
  const end = when === null || !HEADINGS.has(element.name) ? -1 : element.children.indexOf(childWith(element, when))
  const first = element.children.slice(0, Math.max(end, 0)).find((node) => isText(node) && HAS_LETTER.test(node.data))
  const text = first !== undefined && isText(first) ? first.data.replace(JOINT, '').trim() : ''
  return text === '' || text.length > MAX_LABEL ? null : text
}

/** The child that is the other element or holds it; the element itself where none does. */
function childWith(element: Element, inner: Element): Element {
  let at: ParentNode | null = inner
  while (at !== null && at.parent !== element) at = at.parent
  return at !== null && isTag(at) ? at : element
}

/** Several buttons beside each other: `Reply Quote`, `支持(0) 反对(0)`. */
function areButtons(text: string): boolean {
  const words = text
    .replace(COUNTS, '')
    .trim()
    .split(SPACES, MAX_BUTTONS + 1)
  return words.length <= MAX_BUTTONS && words.every((word) => PRESSED.test(word))
}

function nameFrom(text: string | null): string | null {
  const name = (text ?? '').slice(0, MAX_LINE).replace(WROTE, '').replace(UNVERIFIED, '').replace(NAME_EDGES, '')
  return name === '' ||
    name.length > MAX_NAME ||
    !HAS_LETTER.test(name) ||
    readDate(name) !== null ||
    areButtons(name) ||
    NO_NAME.test(name)
    ? null
    : name
}

function named(name: string | null, element: Element, around: readonly Element[], base: URL | null): Author | null {
  if (name === null) return null
  const inside =
    element.name === 'a' ? element : around.find(({ name: tag, parent }) => tag === 'a' && parent === element)
  const url = resolve(attr(inside ?? closest(element, 'a'), 'href'), base)
  return { id: null, handle: null, name, url: url?.startsWith('http') ? url : null }
}

/** The link the page prints to the comment, or the anchor of its box. */
export function permalinkIn(around: readonly Element[], roots: readonly Element[], base: URL | null): string | null {
  const links = around.filter(
    (element) => element.name === 'a' && leadsToComment(attr(element, 'href') ?? '') && !isReply(element),
  )
  const ids = roots.map((root) => attr(root, 'id')).filter((id) => id !== null)
  // Another comment's address is there too where an answer says what it answers.
  const link = links.find((one) => ids.some((id) => attr(one, 'href')?.endsWith(`#${id}`))) ?? links[0]
  if (link !== undefined) return resolve(attr(link, 'href'), base)
  const elsewhere = around.find((element) => matches(element, WRITTEN_AT) && closest(element, CARD) === null)
  if (elsewhere !== undefined) return resolve(attr(elsewhere, 'href'), base)
  const anchor = roots.map((root) => attr(root, 'id') ?? '').find((id) => ANCHOR.test(id))
  return anchor === undefined ? null : resolve(`#${anchor}`, base)
}

function leadsToComment(href: string): boolean {
  const place = href.includes('#') ? href.slice(href.indexOf('#')) : ''
  return place.length <= MAX_PLACE && PLACE.test(place)
}

function isReply(element: Element): boolean {
  return REPLY.test(`${element.attribs['class'] ?? ''} ${element.attribs['href'] ?? ''}`)
}

/** A date or an age, and nothing else. */
export function isWhen(element: Element): boolean {
  return element.children.length <= MAX_PIECES && saysWhen(shortTextOf(element, MAX_DATE) ?? '')
}

/** A button or a number, in whatever element. */
export function isPressed(element: Element): boolean {
  if (element.children.length > MAX_BUTTON_PIECES) return false
  return PRESSED.test(shortTextOf(element, MAX_LABEL) ?? ' ')
}
