// A blog post or an essay scraped as plain text → posts: the article with its notes and quotations, and the comments
// below it.
import type { Author, Extraction, Footnote, Note, Post, Provenance } from '../../../model.ts'
import { UNKNOWN_POST } from '../../../post.ts'
import { noteOn } from '../../extraction/extraction.ts'
import { type LineRange, placeInText } from '../../extraction/place.ts'
import type { Page } from '../../page/page.ts'
import type { Clip } from '../clip/clip.ts'
import type { CommentList, ScrapedComment } from '../comments/comments.ts'
import { commentCount } from '../furniture.ts'
import { isBlank, type Line, paragraphsOf, textOf } from '../lines.ts'
import { droppedNote, printed, READER } from '../reader.ts'
import type { TextReading } from '../reading.ts'
import { readArticle, type ScrapedArticle } from './article.ts'
import type { ScrapedNote } from './footnotes.ts'
import { articleHtml } from './html.ts'
import { findQuotes, type QuoteRun } from './quotes.ts'

const ARTICLE_KEY = 'article'

export function extractArticle(page: Page, reading: TextReading): Extraction {
  const { lines, comments, clip } = reading
  const article = withClip(readArticle(lines.slice(0, comments?.start)), lines, clip)
  const quotes = findQuotes(article.paragraphs.map(textOf))
  const posts = (comments?.comments ?? []).map((comment, i) => commentPost(page, comment, i))
  return {
    posts: [{ ...articlePost(page, article, quotes, authorOf(article, posts)), url: clip?.url ?? null }, ...posts],
    scrapes: [],
    blocks: [],
    next: [],
    notes: [...quotesNote(page, article, quotes), ...footNote(page, lines, comments)],
    declared: { title: article.title, site: article.site, replies: comments?.declared ?? null },
  }
}

/** What a clip's head says goes before what the text looks like; a line taken for its title is then one of the text. */
function withClip(article: ScrapedArticle, lines: readonly Line[], clip: Clip | null): ScrapedArticle {
  if (clip === null) return article
  const { title, author, published } = clip
  const line = lines.find(({ text: words }) => words === article.title)
  const isOther = title !== null && line !== undefined && article.title !== title
  return {
    ...article,
    title: title ?? article.title,
    author: author ?? article.author,
    printedDate: article.printedDate ?? published,
    paragraphs: isOther ? [[line], ...article.paragraphs] : article.paragraphs,
  }
}

/** The byline or signature; else the one name the page flags as the post's author among the comments. */
function authorOf(article: ScrapedArticle, comments: readonly Post[]): Author | null {
  if (article.author !== null) return article.author
  const flagged = new Set(comments.filter((post) => post.isPostAuthor).map((post) => post.author?.name))
  const [name, ...others] = flagged
  return name == null || others.length > 0 ? null : { id: null, handle: null, name, url: null }
}

function articlePost(page: Page, article: ScrapedArticle, quotes: readonly QuoteRun[], author: Author | null): Post {
  const paragraphs = article.paragraphs.map(textOf)
  const labels = article.notes.map((note) => note.label)
  const numbers = [...article.paragraphs.flat(), ...article.notes.flatMap((note) => note.lines)].map(
    (line) => line.number,
  )
  return {
    ...UNKNOWN_POST,
    platform: READER.name,
    key: ARTICLE_KEY,
    kind: 'article',
    author,
    title: article.title,
    text: paragraphs.join('\n\n'),
    html: paragraphs.length === 0 ? null : articleHtml(paragraphs, labels, quotes),
    media: article.paragraphs.flat().flatMap(({ shown }) => shown?.media ?? []),
    footnotes: article.notes.map(footnoteOf),
    index: 0,
    provenance: placeInText(page, READER, rangeOf(numbers), printed(article.printedDate)),
  }
}

function footnoteOf(note: ScrapedNote): Footnote {
  return {
    label: note.label,
    text: textOf(note.lines),
    html: articleHtml(paragraphsOf(note.lines).map(textOf), [], []),
  }
}

function commentPost(page: Page, comment: ScrapedComment, index: number): Post {
  const { header, body, parent, p, say } = comment
  const end = body.findLast((line) => !isBlank(line)) ?? header
  return {
    ...UNKNOWN_POST,
    platform: READER.name,
    key: commentKey(index),
    kind: 'comment',
    author: { id: null, handle: null, name: comment.name, url: null },
    isPostAuthor: comment.isPostAuthor,
    text: textOf(body),
    html: null,
    parent: { ref: null, key: parent === null ? ARTICLE_KEY : commentKey(parent), basis: 'layout', p, say },
    index: index + 1,
    provenance: placeInText(page, READER, { line: header.number, endLine: end.number }, extraOf(comment)),
  }
}

function extraOf({ printedDate, beside }: ScrapedComment): Provenance['extra'] {
  return beside == null ? printed(printedDate) : { ...printed(printedDate), besideName: beside }
}

function commentKey(index: number): string {
  return `comment-${index + 1}`
}

/** By reduction: a text may have more lines than a call takes arguments. */
function rangeOf(numbers: readonly number[]): LineRange {
  const within = (pick: (a: number, b: number) => number) =>
    numbers.length === 0 ? null : numbers.reduce((a, b) => pick(a, b))
  return { line: within(Math.min), endLine: within(Math.max) }
}

function quotesNote(page: Page, article: ScrapedArticle, quotes: readonly QuoteRun[]): readonly Note[] {
  if (quotes.length === 0) return []
  const places = quotes.map((run) => `line ${article.paragraphs[run.start]?.[0]?.number} (p ${run.p.toFixed(2)})`)
  const message = `Quotations were told by their wording, as the text marks none: ${places.join(', ')}.`
  return [noteOn(page, 'info', 'quotes-inferred', message)]
}

/** What stands between the heading of the comments and the first of them, and below the last. */
function footNote(page: Page, lines: readonly Line[], list: CommentList | null): readonly Note[] {
  const first = list?.comments[0]?.header
  const above = list === null || first === undefined ? [] : lines.slice(list.start, lines.indexOf(first))
  const below = lines.slice(list?.end ?? lines.length)
  const dropped = [...above.filter(({ text }) => commentCount(text) === null), ...below]
  return droppedNote(
    page,
    dropped.filter((line) => !isBlank(line)).map((line) => line.number),
  )
}
