// One page of Markdown: its blocks in reading order, the footnotes that close it, and above them front matter or, among
// other sections, a heading and a byline.
import type { FootnoteDefinition, Heading, Paragraph, PhrasingContent, RootContent } from 'mdast'
import type { Author, MergedPost } from '../../model.ts'
import { VERSION } from '../../version.ts'
import { nameAuthor, sayTime } from '../remarks.ts'
import { type FrontMatterValue, printFrontMatter } from './front-matter.ts'
import { toTail } from './post-blocks.ts'
import { cleanLine, cleanText, toInline } from './prose.ts'
import { toLink } from './rich.ts'
import { printMarkdown } from './syntax.ts'
import { shortTitle } from './title.ts'

const SPACES = /\s+/g

export interface PageOptions {
  /** False prints a section with a heading and a byline instead, to stand among others. */
  readonly frontMatter?: boolean
  readonly version?: string
}

/** Blocks in reading order, and the footnotes that close the file. */
export interface MarkdownPage {
  readonly blocks: RootContent[]
  readonly footnotes: FootnoteDefinition[]
}

export function createPage(): MarkdownPage {
  return { blocks: [], footnotes: [] }
}

export function add(
  page: MarkdownPage,
  { blocks, footnotes }: { blocks: readonly RootContent[]; footnotes: readonly FootnoteDefinition[] },
): void {
  for (const block of blocks) page.blocks.push(block)
  for (const footnote of footnotes) page.footnotes.push(footnote)
}

export function addQuietLines(page: MarkdownPage, lines: readonly string[] = []): void {
  for (const words of lines) page.blocks.push(toQuietLine(words))
}

/** What stands on a page, without anything above it. */
export function printBlocks({ blocks, footnotes }: MarkdownPage): string {
  return printMarkdown({ type: 'root', children: [...blocks, ...footnotes] })
}

/** What front matter or byline say. */
export interface Facts {
  readonly id: string
  readonly kind: string
  readonly title: string | null
  /** Where it is more than the title's words. */
  readonly heading?: Heading
  /** For a title when there is none. */
  readonly text: string
  readonly author: Author | null
  readonly url: string | null
  readonly platform: string | null
  readonly published: string | null
  readonly completeness: string
  readonly statement: string
  /** Whether the page says the statement itself. */
  readonly isSaidBelow: boolean
  readonly count: number
  readonly extra: Readonly<Record<string, FrontMatterValue>>
}

export function printPage(
  page: MarkdownPage,
  posts: readonly MergedPost[],
  facts: Facts,
  options: PageOptions,
): string {
  const { frontMatter = true, version = VERSION } = options
  const title = facts.title ?? (frontMatter ? null : (shortTitle(facts.text) ?? nameWordless(facts)))
  const heading = title === null ? [] : [facts.heading ?? toHeading(1, title)]
  const head = frontMatter ? heading : [...heading, ...toByline(facts)]
  const body = printBlocks({ ...page, blocks: [...head, ...page.blocks] })
  return frontMatter ? `${printFrontMatter(toFrontMatter(facts, posts, version))}\n${body}` : body
}

/** Among other sections even a picture without words needs a heading. */
function nameWordless({ author, published, id }: Facts): string {
  const facts = [nameAuthor(author), published === null ? null : sayTime(published)].filter((fact) => fact !== null)
  return facts.length === 0 ? id : facts.join(', ')
}

function toFrontMatter(facts: Facts, posts: readonly MergedPost[], version: string): Record<string, FrontMatterValue> {
  const sources = posts.flatMap((post) => post.sources)
  return {
    title: facts.title ?? shortTitle(facts.text),
    author: facts.author?.name ?? null,
    handle: facts.author?.handle ?? null,
    url: facts.url,
    published: facts.published,
    archived: sources.reduce<string | null>((first, { capturedAt }) => earlier(first, capturedAt), null),
    platform: facts.platform,
    kind: facts.kind,
    posts: facts.count,
    ...facts.extra,
    completeness: facts.completeness,
    statement: facts.statement,
    sources: [...new Set(sources.map(({ input }) => input))],
    captures: [...new Set(sources.flatMap(({ capture }) => capture ?? []))],
    id: facts.id,
    unspool: version,
  }
}

/** The first capture: it stays the same when the page is looked at again. */
function earlier(left: string | null, right: string | null): string | null {
  if (left === null || right === null) return left ?? right
  return right < left ? right : left
}

/** A discussion says below its own heading how much of it is here; of a root that is not, nothing else is known. */
function toByline({ author, published, url, statement, isSaidBelow }: Facts): Paragraph[] {
  if (isSaidBelow && author === null && published === null && url === null) return []
  const name = cleanLine(nameAuthor(author) ?? 'Unknown author')
  const link = toLink(author?.url ?? null, [{ type: 'text', value: name }])
  const children: PhrasingContent[] = [
    link ?? { type: 'text', value: name },
    ...toTail(url, published),
    ...(isSaidBelow ? [] : [{ type: 'text', value: ` · ${statement}` } as const]),
  ]
  return [{ type: 'paragraph', children: [{ type: 'emphasis', children }] }]
}

export function toHeading(depth: 1 | 2, words: string, more: readonly PhrasingContent[] = []): Heading {
  const text = cleanText(words).replace(SPACES, ' ')
  return {
    type: 'heading',
    depth,
    children: [{ type: 'text', value: more.length === 0 ? text.trim() : text }, ...more],
  }
}

export function toQuietLine(words: string, sign = '⋯ '): Paragraph {
  return { type: 'paragraph', children: [{ type: 'emphasis', children: toInline(`${sign}${cleanLine(words)}`) }] }
}
