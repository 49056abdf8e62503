// Talk pages of MediaWiki (Wikipedia, Fandom and other wikis), and its other pages that people sign: each signed turn
// is a post. Who answers whom is told by how far a turn is set in; a heading opens a conversation.
import { type ChildNode, Element } from 'domhandler'
import { attr, selectOne } from '../../markup/markup.ts'
import type { Extraction, Note, Parent, Post } from '../../model.ts'
import { bodyFromNodes } from '../../text/body.ts'
import { percentDecoded } from '../../url.ts'
import type { Adapter } from '../adapter.ts'
import { zoneNotes } from '../article/blog-article.ts'
import { metaOf } from '../article/metadata/metadata.ts'
import { titleOf } from '../article/metadata/title.ts'
import { makeExtraction, noteOn } from '../extraction/extraction.ts'
import { placeInHtml } from '../extraction/place.ts'
import { makePost } from '../extraction/post.ts'
import type { Page } from '../page/page.ts'
import { type Line, type Section, sectionsIn } from './lines.ts'
import { type Signature, signatureIn } from './signature.ts'

const READER = { name: 'mediawiki', version: 1 } as const
/** Signed turns that make a page a discussion where its name does not. */
const [ON_TALK, ELSEWHERE] = [1, 2]
const TALK = /(?:^|\s)ns-(?:talk|\d*[13579])(?:\s|$)/
const [SET_IN_P, SAME_P] = [0.9, 0.7]
const FOLDER = /^\/(?:wiki\/)?/
const PAGE_NAME = /"wgPageName":"((?:[^"\\]|\\.){1,300})"/

export const mediawiki: Adapter = {
  ...READER,
  generic: false,
  traits: ['mixed'],
  examples: [],
  locate: () => null,

  recognises(page: Page): boolean {
    if (page.kind !== 'html' || !page.text.includes('mediawiki')) return false
    const { root } = page.html()
    const isTalk = TALK.test(attr(selectOne('body', root), 'class') ?? '')
    const wanted = isTalk ? ON_TALK : ELSEWHERE
    let signed = 0
    for (const { lines } of sectionsIn(root))
      for (const { nodes } of lines) {
        if (signatureIn(nodes, page.url) !== null) signed += 1
        if (signed >= wanted) return true
      }
    return false
  },

  extract(page: Page): Extraction {
    if (page.kind !== 'html') return makeExtraction({})
    const { root } = page.html()
    const place = { page, name: nameOf(page), seen: new Map<string, number>() }
    const posts: Post[] = []
    const times: Signature['time'][] = []
    let [topic, unsigned]: [Post | null, number] = [null, 0]
    for (const section of sectionsIn(root)) {
      const turns = turnsIn(section, page.url)
      if (section.depth <= 2) topic = null
      const answered: { readonly level: number; readonly post: Post }[] = []
      for (const [at, turn] of turns.entries()) {
        const post: Post = postOf(place, turn, {
          section,
          isFirst: at === 0,
          parent: parentOf(turn, answered, topic),
          topic,
          index: posts.length,
        })
        posts.push(post)
        topic ??= post
        while ((answered.at(-1)?.level ?? -1) >= turn.level) answered.pop()
        answered.push({ level: turn.level, post })
        if (turn.signature === null) unsigned += 1
        else times.push(turn.signature.time)
      }
    }
    return makeExtraction({
      posts,
      notes: [...unsignedNotes(page, unsigned), ...zoneNotes(page, times)],
      declared: { title: headOf(page), site: metaOf(root, 'og:site_name'), replies: null },
    })
  },
}

/** What one writer wrote at one time. */
interface Turn {
  readonly lines: readonly Line[]
  /** Null where it was left out. */
  readonly signature: Signature | null
  readonly level: number
}

/** A turn goes on until it is signed; what is left below the last signature is nobody's that is told. */
function turnsIn({ lines }: Section, base: URL | null): readonly Turn[] {
  const turns: Turn[] = []
  let open: Line[] = []
  for (const line of lines) {
    const signature = signatureIn(line.nodes, base)
    open.push(line)
    if (signature === null) continue
    turns.push({ lines: open, signature, level: open[0]?.level ?? 0 })
    open = []
  }
  return open.length === 0 ? turns : [...turns, { lines: open, signature: null, level: open[0]?.level ?? 0 }]
}

interface Place {
  readonly page: Page
  /** Host and title of the page, or null. */
  readonly name: string | null
  /** How often a writer signed at one minute. */
  readonly seen: Map<string, number>
}

interface Around {
  readonly section: Section
  readonly isFirst: boolean
  readonly parent: Parent | null
  readonly topic: Post | null
  readonly index: number
}

function postOf({ page, name, seen }: Place, turn: Turn, around: Around): Post {
  const { section, isFirst, parent, topic, index } = around
  const [first] = turn.lines
  const id = turn.signature === null || name === null ? null : idOf(turn.signature, name, seen)
  const anchor = section.anchor === null ? '' : `#${section.anchor}`
  return makePost({
    key: `turn-${index + 1}`,
    ref: id === null ? null : { platform: READER.name, id },
    kind: topic === null ? 'post' : 'comment',
    platform: READER.name,
    author: turn.signature?.author ?? null,
    title: isFirst ? section.title : null,
    ...bodyFromNodes(
      turn.lines.map((line, at) => blockOf(line, turn, at)),
      page.url,
    ),
    createdAt: turn.signature?.time.iso ?? null,
    url: page.url === null ? null : `${page.url.href.split('#', 1)[0]}${anchor}`,
    parent,
    conversation: topic === null ? id : topic.conversation,
    index,
    provenance: placeInHtml(page, READER, commonOf(turn.lines) ?? first?.element ?? null, null),
  })
}

/** Lines of one list are one place; others are named by their first. */
function commonOf(lines: readonly Line[]): Element | null {
  const [first] = lines
  if (first === undefined || lines.length === 1) return first?.element ?? null
  const parent = first.element.parent
  return parent instanceof Element ? parent : first.element
}

/** Each line is a paragraph, the last without its signature. */
function blockOf(line: Line, { lines, signature }: Turn, at: number): ChildNode {
  const isLast = at === lines.length - 1 && signature !== null
  const nodes = isLast ? signature.words : line.nodes
  const [only] = nodes
  const isBlock = nodes.length === 1 && only instanceof Element && only.name !== 'a'
  return isBlock ? (only as Element) : copied(nodes)
}

/** The page's own tree is not changed by hanging its nodes elsewhere. */
function copied(nodes: readonly ChildNode[]): Element {
  const paragraph = new Element('p', {})
  paragraph.children = [...nodes]
  return paragraph
}

/** One writer's words of one minute; a second turn within it is counted. */
function idOf({ author, time }: Signature, page: string, seen: Map<string, number>): string {
  const id = `${page}#c-${author.handle}-${time.iso.slice(0, 'yyyy-mm-ddThh:mm'.length)}`
  const count = (seen.get(id) ?? 0) + 1
  seen.set(id, count)
  return count === 1 ? id : `${id}-${count}`
}

function parentOf(
  { level }: Turn,
  answered: readonly { readonly level: number; readonly post: Post }[],
  topic: Post | null,
): Parent | null {
  const above = answered.findLast((one) => one.level < level)?.post ?? null
  const post = above ?? topic
  if (post === null) return null
  const [p, say] = above === null ? [SAME_P, 'stands below what opens the topic'] : [SET_IN_P, 'is set in below it']
  return { ref: post.ref, key: post.key, basis: 'layout', p, say }
}

function nameOf(page: Page): string | null {
  if (page.url === null) return null
  const title = PAGE_NAME.exec(page.text)?.[1] ?? page.url.searchParams.get('title') ?? page.url.pathname
  return `${page.url.host}/${percentDecoded(title).replace(FOLDER, '')}`
}

function headOf(page: Page): string | null {
  const { root } = page.html()
  return titleOf(root, { site: null, host: page.url?.hostname ?? null, headline: null })
}

function unsignedNotes(page: Page, count: number): readonly Note[] {
  const message = `${count} turns are not signed; whose they are, and when they were written, is not told.`
  return count === 0 ? [] : [noteOn(page, 'info', 'unsigned', message)]
}
