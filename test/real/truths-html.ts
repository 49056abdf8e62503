// What the markup of a real page says of its tree, read with cheerio and by counting tags: the second opinion on HTML
// adapters.
import { type CheerioAPI, load } from 'cheerio'

type Parents = ReadonlyMap<string, string | null>

const ITEM = /(?:^|\s)depth-(\d+)(?:\s|$)/
const PING = /(?:^|\s)(?:pingback|trackback)(?:\s|$)/
const ITEM_ID = /(?:^|-)comment-(\d+)$/

/**
 * WordPress prints each comment's depth as a class and nests answers in their parents' elements. Pings are kept apart.
 */
export function truthOfWordpress(html: string): Parents {
  if (!html.includes('depth-1')) return new Map()
  const $ = load(html)
  // A widget of the newest comments of all pages is drawn by the same theme: it stands aside.
  $('aside, .widget, .miniature').remove()
  const items = $('[class*="depth-"]').filter((_, item) => ITEM.test(item.attribs['class'] ?? ''))
  const own = items.toArray().map((item) => [item, commentId($, item)] as const)
  return new Map(
    own.flatMap(([item, id]): [string, string | null][] => {
      if (id === null || PING.test(item.attribs['class'] ?? '')) return []
      const above = $(item)
        .parents()
        .toArray()
        .find((one) => ITEM.test(one.attribs['class'] ?? ''))
      return [[id, above === undefined ? null : commentId($, above)]]
    }),
  )
}

function commentId(
  $: CheerioAPI,
  item: Parameters<CheerioAPI>[0] & { attribs: Record<string, string> },
): string | null {
  const own = ITEM_ID.exec(item.attribs['id'] ?? '')?.[1]
  if (own !== undefined) return own
  const inside = $(item).find('[id*="comment-"]').toArray()
  for (const one of inside) {
    const id = ITEM_ID.exec(one.attribs['id'] ?? '')?.[1]
    if (id !== undefined) return id
  }
  return null
}

/** Blogger: the comment whose list item is open is the parent. */
export function truthOfBlogger(html: string): Parents {
  const truth = new Map<string, string | null>()
  const open: (string | null)[] = []
  for (const [tag] of html.matchAll(/<li\b[^>]*>|<\/li>|<div[^>]* id="c\d{5,}"[^>]*>/g)) {
    const id = /\bid="c(\d{5,})"/.exec(tag)?.[1] ?? null
    if (tag === '</li>') open.pop()
    else if (tag.startsWith('<li')) open.push(id)
    else open[open.length - 1] = id
    if (id !== null && !truth.has(id)) truth.set(id, open.slice(0, -1).findLast((outer) => outer !== null) ?? null)
  }
  return truth
}

/** New Reddit (2019) draws a line for each comment above. */
export function truthOfNewReddit(html: string): Parents {
  if (!html.includes('threadline')) return new Map()
  const $ = load(html)
  const pairs = $('[id^="t1_"]')
    .toArray()
    .flatMap((comment): [string, string][] => {
      const lines = $(comment).find('i.threadline').toArray()
      const names = lines.flatMap((line) => /t1_\w+/.exec($(line).parent().attr('class') ?? '')?.[0] ?? [])
      const id = comment.attribs['id'] ?? ''
      const above = names.filter((name) => name !== id).at(-1)
      return /^t1_[a-z0-9]+$/.test(id) && above !== undefined ? [[id, above]] : []
    })
  return new Map(pairs)
}

/** X's pages of 2026: `isPartOf` names the parent of a post that is no citation. */
export function truthOfMicrodata(html: string): Parents {
  const pairs = html.split('<article').flatMap((article, at): [string, string | null][] => {
    const own = article.match(/data-tweet-id="(\d+)"/)?.[1]
    if (at === 0 || own === undefined || article.includes('itemProp="citation"')) return []
    return [
      [own, article.match(/<meta content="https:\/\/x\.com\/\w+\/status\/(\d+)" itemProp="isPartOf"/)?.[1] ?? null],
    ]
  })
  return new Map(pairs)
}

const END_OF_POST = /<sup class="tw-permalink"/
/** One collector put threads into a page of his own, below words of his own. */
const START_OF_THREAD = /<div id=container>/
const START_OF_POST = /<div[^>]*\bid="tweet_\d+"[^>]*>/

/**
 * The words between Thread Reader's own marks, or null where there are none. Previews and embeds are no words of the
 * post.
 */
export function truthOfThreadReader(html: string): readonly string[] | null {
  const isOld = START_OF_POST.test(html)
  if (!isOld && !END_OF_POST.test(html)) return null
  const start = html.search(START_OF_THREAD)
  const thread = start === -1 ? html : html.slice(start)
  const pieces = isOld ? html.split(START_OF_POST).slice(1) : thread.split(END_OF_POST)
  const words = pieces.map((piece) => {
    const $ = load(piece.split(isOld ? END_OF_POST : '\u0000')[0] ?? '')
    $('style, blockquote, .entity-url-preview, .entity-embed, .entity-url, script').remove()
    return $.text()
  })
  // Behind the last mark: nothing, or a post that lost its mark.
  return words.filter((said, at) => at < words.length - 1 || /\p{L}/u.test(said))
}
