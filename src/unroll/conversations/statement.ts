// One line a person reads of a conversation: how many replies are here, of how many, and what is cut. It knows what
// pages say of themselves, by their notes, and nothing of trees.
import type { Completeness, Extraction, MergedPost, Provenance } from '../../model.ts'
import { isOneDiscussion } from '../../post.ts'
import { sayUnread } from '../threads/statement.ts'

/** Remarks of adapters that the article's own words go on elsewhere, by code. */
const ARTICLE_CUTS: ReadonlyMap<string, string> = new Map([
  ['paywall', 'the article is cut by a paywall'],
  ['cut-preview', 'only a preview of the article is here'],
])

/** The remark that the bytes ended early; whatever stands on the page may be cut. */
const PAGE_CUT = 'truncated'

/** Remarks that there are more replies than the page shows. */
const REPLY_CUTS: ReadonlySet<string> = new Set([
  'comments-cut',
  'more',
  'more-pages',
  'continues-deeper',
  'posts-elsewhere',
  'replies-elsewhere',
  'replies-missing',
])

/** Remarks that posts may stand on the page in a layout that its reader does not know. */
const DRIFTS: ReadonlySet<string> = new Set(['layout-unknown', 'words-unread'])

/** Remarks that replies, if there are any, have a page of their own. */
const OTHER_PAGES: ReadonlySet<string> = new Set(['list-page', 'comments-elsewhere'])

/** What pages say of the conversations on them; each page is read once, when it is first asked for. */
export interface PageReader {
  /** The page at this position among the extractions. */
  at(extraction: number): PageFacts
  /** What is cut of the words of this post, as the page of its best sighting says. */
  cutsOf(root: MergedPost): readonly string[]
  /** Further pages of these pages that nobody read; those of lists lead to other things and are not counted. */
  countUnread(pages: ReadonlySet<number>): number
}

interface PageFacts {
  readonly codes: ReadonlySet<string>
  /** Whether the page shows one conversation, so that its remarks are about that one. */
  readonly isAboutOne: boolean
  readonly unread: readonly string[]
}

export function createPageReader(extractions: readonly Extraction[]): PageReader {
  const facts = new Map<number, PageFacts>()
  let sightings: ReadonlyMap<Provenance, number> | null = null
  const at = (extraction: number): PageFacts => {
    const known = facts.get(extraction) ?? readFacts(extractions[extraction])
    facts.set(extraction, known)
    return known
  }
  const cutsOf = ({ kind, provenance }: MergedPost): readonly string[] => {
    sightings ??= indexSightings(extractions)
    const page = at(sightings.get(provenance) ?? -1)
    if (kind !== 'article' || !page.isAboutOne) return []
    return [...sayPage(provenance), ...[...page.codes].flatMap((code) => ARTICLE_CUTS.get(code) ?? [])]
  }
  const hasUnread = extractions.some(({ unread = [] }) => unread.length > 0)
  const countUnread = (pages: ReadonlySet<number>): number =>
    hasUnread ? new Set([...pages].flatMap((page) => at(page).unread)).size : 0
  return { at, cutsOf, countUnread }
}

/** Of an article on several pages. */
function sayPage({ extra }: Provenance): readonly string[] {
  const [at, of] = [extra?.['articlePage'], extra?.['articlePages']]
  return typeof at === 'number' && typeof of === 'number' ? [`page ${at} of ${of} of the article`] : []
}

/** Whether this is a page of an article behind its first. */
export function isLaterPage(root: MergedPost | null): boolean {
  const at = root?.provenance.extra?.['articlePage']
  return typeof at === 'number' && at > 1
}

function indexSightings(extractions: readonly Extraction[]): ReadonlyMap<Provenance, number> {
  return new Map(extractions.flatMap(({ posts }, at) => posts.map(({ provenance }) => [provenance, at] as const)))
}

function readFacts(page: Extraction | undefined): PageFacts {
  const posts = page?.posts ?? []
  const isAboutOne = isOneDiscussion(posts)
  return {
    codes: new Set(page?.notes.map(({ code }) => code)),
    isAboutOne,
    unread: isAboutOne || posts.length === 1 ? unreadOf(page) : [],
  }
}

/** Preview cards lead to other threads. */
function unreadOf(page: Extraction | undefined): readonly string[] {
  const cards = new Set(page?.blocks.flatMap(({ kind, url }) => (kind === 'card' ? [url] : [])))
  return page?.unread?.filter((url) => !cards.has(url)) ?? []
}

interface Counted {
  /** Replies that are here, and how many the page says there are. */
  readonly here: number
  readonly declared: number | null
  /** Distinct posts that are replied to and not here. */
  readonly absent: number
  readonly root: MergedPost | null
  /** Every page the conversation stands on. */
  readonly pages: ReadonlySet<number>
}

/** `complete` needs a number to reach and not to pass, a root, no hole and nothing cut. */
export function judgeReplies(
  counted: Counted,
  reader: PageReader,
): { readonly completeness: Completeness; readonly statement: string } {
  const { here, declared, absent, root } = counted
  const hasMore = lacksReplies(counted, reader)
  const cuts = root === null ? [] : reader.cutsOf(root)
  const isCut = [...counted.pages].some((page) => reader.at(page).codes.has(PAGE_CUT))
  const lacks = [
    ...(absent > 0 ? [sayAbsent(absent)] : []),
    ...(root === null ? ['the post that opens it is not here'] : []),
    ...cuts,
    ...(isCut ? ['the page was cut before its end'] : []),
  ]
  const isDrifted = hasDrifted(counted, reader)
  const isShort = hasMore || (declared !== null && here < declared)
  const completeness =
    lacks.length > 0 || isShort ? 'partial' : declared === here && !isDrifted ? 'complete' : 'unknown'
  const unread = completeness === 'complete' ? [] : sayUnread(reader.countUnread(counted.pages))
  const drift = isDrifted ? ['the page has a layout that is not known'] : []
  const parts = [sayReplies(counted, hasMore, reader), ...lacks, ...drift, ...unread]
  return { completeness, statement: parts.join('; ') }
}

/** Where all the comments that a page speaks of were read, its layout is known well enough. */
function hasDrifted({ here, declared, pages }: Counted, reader: PageReader): boolean {
  if (here > 0 && here === declared) return false
  return [...pages].some((page) => [...reader.at(page).codes].some((code) => DRIFTS.has(code)))
}

/** A remark of one page counts only while no other page may have filled it. */
function lacksReplies({ pages }: Counted, reader: PageReader): boolean {
  const page = solePage(pages, reader)
  return page?.isAboutOne === true && [...page.codes].some((code) => REPLY_CUTS.has(code))
}

function solePage(pages: ReadonlySet<number>, reader: PageReader): PageFacts | null {
  const [first] = pages
  return first === undefined || pages.size > 1 ? null : reader.at(first)
}

function sayReplies(counted: Counted, hasMore: boolean, reader: PageReader): string {
  const { here, declared, pages, root } = counted
  if (declared !== null && here < declared)
    return `${here} of ${declared} comments; ${declared - here} not on this page`
  if (hasMore && here > 0) return `${sayCount(here)}; more are not on this page`
  // It was counted earlier, or counts something else.
  if (declared !== null && here > declared) return `${sayCount(here)}; the page speaks of ${declared}`
  if (declared !== null)
    return here === 0 ? 'no comments' : declared === 1 ? 'its only comment' : `all ${declared} comments`
  if (here > 0) return `${sayCount(here)}; how many there are is not said`
  if (hasDrifted(counted, reader)) return 'no replies were read'
  if (isLaterPage(root)) return 'the comments stand below another page of the article'
  return hasMore || isElsewhere(pages, reader) ? 'no replies on this page' : 'no replies here, and none are spoken of'
}

/** Lists print counts of replies and none of the replies. */
function isElsewhere(pages: ReadonlySet<number>, reader: PageReader): boolean {
  const page = solePage(pages, reader)
  return page !== null && (!page.isAboutOne || [...page.codes].some((code) => OTHER_PAGES.has(code)))
}

function sayCount(here: number): string {
  return here === 1 ? '1 reply' : `${here} replies`
}

function sayAbsent(count: number): string {
  return count === 1 ? '1 post that is replied to is not here' : `${count} posts that are replied to are not here`
}
