// What of a page its reader did not find where the platform puts it: layouts change, themes rename, and a reader that
// finds one post of ten must not pass for one that found all. It reads no post: it compares what was read with the
// page.
import { type Element, isTag, isText, type ParentNode } from 'domhandler'
import { bareRun } from '../../bare.ts'
import { attr, selectOne, textOf, walk } from '../../markup/markup.ts'
import type { Extraction, Note, Post } from '../../model.ts'
import type { Adapter, PageTrait } from '../adapter.ts'
import { noteOn } from '../extraction/extraction.ts'
import type { Page } from './page.ts'

/** Characters from which on a run of text is prose, and no label. */
const MIN_PROSE = 40
/** Prose in no post from which on something was missed: so many runs and characters, and more of it than in posts. */
const MIN_RUNS = 2
const MIN_UNREAD = 160
/** Letters by which a run of prose is found again among the lines of posts. */
const START = 16
/** Runs that are looked at: enough to tell which part of a page was read. */
const MAX_RUNS = 2_000
/** What tells of other things, is asked or is not shown. */
const FURNITURE = new Set(
  'a script style noscript template head nav footer aside form button select option textarea svg iframe object dialog'.split(
    ' ',
  ),
)
/** Elements within a line. */
const INLINE = new Set(
  'span b i em strong u s small sub sup code font abbr cite q mark wbr time bdi ins del kbd'.split(' '),
)
/** Of lists and clocks, which one of page and post may lack. */
const NUMBERS = /\p{N}+/gu
/** Whom a post answers, which not every page prints as a part of it. */
const NAMES = /^(?:\s*@\S+)+/
/** What is laid over a page, or stands beside its matter. */
const ROLES = new Set([
  'dialog',
  'alertdialog',
  'alert',
  'banner',
  'navigation',
  'complementary',
  'contentinfo',
  'search',
])
const FORUMS =
  'phpBB|vBulletin|XenForo|Simple Machines|SMF|MyBB|MyBulletinBoard|Discuz!|FluxBB|PunBB|NodeBB|Flarum|Vanilla|Invision|IP\\.Board|Discourse|WoltLab|Burning Board|YaBB|UBB\\.threads|Phorum|JForum|Kunena|bbPress|HyperKitty'
const SPACES = /\s+/g
const GENERATOR = new RegExp(`^\\s*(${FORUMS})(?![a-z])`, 'i')
/** `Powered by <a href="…">phpBB</a>` */
const POWERED = new RegExp(
  `(?:powered by|forum software(?: by)?|community software by|running)[^<]{0,40}(?:<[^<>]{0,200}>\\s{0,20}){0,4}(${FORUMS})(?![a-z])`,
  'i',
)

/** Sites by the name at the end of their titles: `A story | Hacker News`; `How to write on Twitter` is an article. */
const SITE =
  /(?:^|[|·–—:/-]\s|@[\w-]{1,40} on (?=Tumblr))(Hacker News|Lobsters|Thread Reader App|Thread Reader|Reddit|Stack Overflow|Stack Exchange|Twitter|X|Mastodon|Bluesky|nitter|Telegram|LessWrong|Lemmy|Tumblr|Threads|LinkedIn)\s*$/i

/** What was read, and by whom. */
export interface ReadSoFar {
  readonly reader: PageReader
  readonly extraction: Extraction
  /** The platform of a post that the page's address names. */
  readonly located: string | null
}

type PageReader = Pick<Adapter, 'name' | 'generic' | 'traits'>

/** None where all was read as it should be. */
export function driftNotes(page: Page, read: ReadSoFar): Note[] {
  const { reader, extraction } = read
  const { posts, notes } = extraction
  if (hasTrait(reader, 'any-site')) return unknownLayout(page, read)
  if (posts.length === 0) return unreadPosts(page, read)
  if (reader.generic || hasTrait(reader, 'mixed') || isList(notes)) return []
  const drawn = page.kind === 'html' ? [...unreadWords(page, posts), ...unreadFields(page, reader, posts)] : []
  return [...drawn, ...wordlessPosts(page, posts)]
}

function hasTrait({ traits = [] }: PageReader, trait: PageTrait): boolean {
  return traits.includes(trait)
}

function isList(notes: readonly Note[]): boolean {
  return notes.some(({ code }) => code === 'list-page')
}

/** Of a page that a reader knew for its own, and found nothing on. */
function unreadPosts(page: Page, { reader, extraction }: ReadSoFar): Note[] {
  const { scrapes, next, notes, declared } = extraction
  const isSaid = scrapes.length + next.length + (declared.tree?.length ?? 0) > 0
  if (reader.generic || isSaid || notes.length > 0 || page.notes.length > 0) return []
  const message = `This looks like ${reader.name}, but nothing in it stands where that puts posts.`
  return [noteOn(page, 'warning', 'posts-unread', message)]
}

/** Of a page that a known platform made, and nobody knew. Boards and front pages are lists, a topic is none. */
function unknownLayout(page: Page, { extraction, located }: ReadSoFar): Note[] {
  const isTopic = extraction.posts.length > 0 && !isList(extraction.notes)
  if (!isTopic && (located === null || !isList(extraction.notes))) return []
  const { root } = page.html()
  const contentOf = (meta: string) => attr(selectOne(meta, root), 'content') ?? ''
  const site = contentOf('meta[property="og:site_name"]') || (textOf(selectOne('title', root)) ?? '')
  const made = GENERATOR.exec(contentOf('meta[name="generator" i]')) ?? POWERED.exec(page.text) ?? SITE.exec(site)
  const maker = located ?? made?.[1] ?? null
  const message = `This looks like a page of ${maker}, but nothing stands on it where that puts posts. It was read like a page of any site: posts of several people may stand in one, and others be missing.`
  return maker === null ? [] : [noteOn(page, 'warning', 'layout-unknown', message)]
}

/** Prose of the page that stands in no post, where that is more than the posts' own. */
function unreadWords(page: Page, posts: readonly Post[]): Note[] {
  const known = startsOf(posts)
  const runs = proseIn(page.html().root).map((run) => ({ run, isRead: known.has(startOf(run)) }))
  const unread = runs.filter(({ isRead }) => !isRead)
  const count = (some: typeof runs) => some.reduce((sum, { run }) => sum + run.length, 0)
  if (unread.length < MIN_RUNS || count(unread) < MIN_UNREAD || count(unread) * 2 <= count(runs)) return []
  const first = unread[0]?.run.slice(0, MIN_PROSE) ?? ''
  const message = `Most of the prose on this page is in no post that was read (${unread.length} pieces, the first: “${first}…”). Posts may stand there in a layout that is not known.`
  return [noteOn(page, 'warning', 'words-unread', message)]
}

/** Of what such pages print with each post; a time as it is printed is one. */
function unreadFields(page: Page, reader: PageReader, posts: readonly Post[]): Note[] {
  const lacks = (has: (post: Post) => boolean) => !posts.some(has) && posts.some(isShown)
  const message = (what: string) =>
    `No post of this page has ${what}: either the page does not print it, or in a layout that is not known.`
  return [
    ...(lacks(({ author }) => author !== null) ? [noteOn(page, 'warning', 'authors-unread', message('a writer'))] : []),
    ...(lacks(isDated) && !hasTrait(reader, 'timeless')
      ? [noteOn(page, 'warning', 'times-unread', message('a time that can be read'))]
      : []),
  ]
}

/** One among others may have been sent so. */
function wordlessPosts(page: Page, posts: readonly Post[]): Note[] {
  const shown = posts.filter(isShown)
  const count = shown.filter(isWordless).length
  const message = `${count} of ${shown.length} posts have no words: these may stand in a place that is not known.`
  return count * 2 > shown.length ? [noteOn(page, 'warning', 'posts-wordless', message)] : []
}

function isShown({ provenance }: Post): boolean {
  return provenance.extra?.['withheld'] === undefined
}

function isWordless({ text, title, media, quotes }: Post): boolean {
  return text === '' && title === null && media.length + quotes.length === 0
}

function isDated({ createdAt, provenance }: Post): boolean {
  return createdAt !== null || provenance.extra?.['printedTime'] !== undefined
}

function startOf(text: string): string {
  return bareRun(text.replace(NAMES, '').slice(0, START * 8))
    .replace(NUMBERS, '')
    .slice(0, START)
}

/** How each line of the posts begins. */
function startsOf(posts: readonly Post[]): ReadonlySet<string> {
  const texts = posts.flatMap(({ text, title, quotes, footnotes }) => [
    title ?? '',
    text,
    ...quotes.map((quote) => quote.text ?? ''),
    ...footnotes.map((footnote) => footnote.text),
  ])
  return new Set(texts.flatMap((text) => text.split('\n').map(startOf)))
}

/** Runs of text between the edges of boxes and lines, that are no labels. */
function proseIn(root: ParentNode): readonly string[] {
  const runs: string[] = []
  let [box, run]: [ParentNode | null, string] = [null, '']
  const close = () => {
    const prose = run.replace(SPACES, ' ').trim()
    if (prose.length >= MIN_PROSE && startOf(prose).length === START) runs.push(prose)
    run = ''
  }
  for (const node of walk(root, isFurniture)) {
    if (runs.length >= MAX_RUNS) return runs
    const around = isText(node) ? boxOf(node.parent) : null
    if (isTag(node) && node.name === 'br') close()
    if (!isText(node) || (around !== null && isTag(around) && isFurniture(around))) continue
    if (around !== box) close()
    box = around
    run += node.data
  }
  close()
  return runs
}

function isFurniture({ name, attribs }: Element): boolean {
  return FURNITURE.has(name) || ROLES.has(attribs['role'] ?? '')
}

function boxOf(node: ParentNode | null): ParentNode | null {
  let box = node
  while (box !== null && isTag(box) && INLINE.has(box.name)) box = box.parent
  return box
}
