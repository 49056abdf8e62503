// What a Markdown clip shows besides its words: pictures, and quoted posts that stand in it as HTML. No other HTML is
// read.
import { parseHtml, selectOne } from '../../../markup/markup.ts'
import type { Media, Quote } from '../../../model.ts'
import { bodyFromNodes } from '../../../text/body.ts'
import { parseUrl } from '../../../url.ts'
import { embeddedPost } from '../../x/embed.ts'
import { isBlank, type Line, type Shown } from '../lines.ts'

/** Longest quoted post, in lines. */
const MAX_LINES = 400
const QUOTE_START = /^<blockquote\b/i
const QUOTE_END = /<\/blockquote>\s*$/i
/** With the address that it links to, where it does. */
const IMAGE = /!\[([^[\]]{0,2000})\]\(([^()\s]{1,4000})(?:\s+"[^"]{0,500}")?\)(?:\]\(([^()\s]{1,4000})\))?/g
const PICTURE = /^https?:\/\/pbs\.twimg\.com\/media\/|\.(?:avif|gif|jpe?g|png|webp)(?:[:?#]|$)/i
/** Faces beside posts; what stands for pictures that were not loaded yet, buttons, and emoji. */
const FACE = /\bprofile (?:photo|picture)\b/i
const OWN_PICTURE = /^https?:\/\/(?:threadreaderapp\.com\/|(?:[\w-]+\.)?twimg\.com\/emoji\/)/i

interface Embed {
  /** Lines it takes. */
  readonly length: number
  readonly shown: Shown
  /** For where nothing stands above it to show it with. */
  readonly words: string
}

/** The quoted post that begins at a line, or null. Without its end tag it ends at the first blank line. */
export function readEmbed(lines: readonly Line[], at: number): Embed | null {
  if (!QUOTE_START.test(lines[at]?.text ?? '')) return null
  const ahead = lines.slice(at, at + MAX_LINES)
  const end = ahead.findIndex(({ text }) => QUOTE_END.test(text))
  const blank = ahead.findIndex(isBlank)
  const length = end >= 0 ? end + 1 : blank > 0 ? blank : ahead.length
  const quote = readQuote(ahead.slice(0, length).map(({ text }) => text))
  return { length, shown: { media: [], quotes: [quote] }, words: `> ${quote.text ?? quote.url ?? ''}` }
}

function readQuote(lines: readonly string[]): Quote {
  const { root } = parseHtml(lines.join('\n'))
  const embed = selectOne('blockquote', root)
  const post = embed === null ? null : embeddedPost(embed)
  return post ?? { ref: null, author: null, text: bodyFromNodes(root.children, null).text, url: null, createdAt: null }
}

/** Pictures with an address that leads somewhere: a path in the clipper's own folders does not. */
export function picturesIn(text: string): readonly Media[] {
  return Array.from(text.matchAll(IMAGE), ([, alt = '', src = '', target = '']): Media | null => {
    const url = PICTURE.test(target) ? target : src
    if (parseUrl(url) === null || FACE.test(alt) || OWN_PICTURE.test(url)) return null
    return { kind: 'image', url, alt: alt === '' ? null : alt, width: null, height: null, poster: null }
  }).filter((picture) => picture !== null)
}
