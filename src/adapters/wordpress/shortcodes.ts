// Shortcodes that WordPress stores in the words of a post and draws when it prints them: pictures with their captions,
// galleries, code, and what is embedded. Those of plugins nobody here knows stay as they are written.
import { parseUrl } from '../../url.ts'

/** A bracket ends it, and so nothing is looked at twice. */
const OPENING = /\[(\[?)([a-z]\w{1,30})(?![\w-])([^[\]]{0,2000})\](?!\()/gi
const ATTRIBUTE = /(?<![\w-])([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+))/g
const BETWEEN_IDS = /[\s,]+/
const FIRST_WORD = /^[\s=]*["']?([^\s"']+)/
const PICTURE = /^\s*(?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*<\/a>)?/i
const TAGS = /</g
/** Different names looked for at their ends: more than a blog has. */
const MAX_NAMES = 50
const SLASH_END = /\/\s*$/
/** What SyntaxHighlighter and CodeColorer call themselves and the languages they draw. */
const CODE =
  /^(?:source(?:code)?|code|cc\w{0,12}|php|html|xml|css|js|javascript|python|ruby|java|sql|bash|shell|perl|csharp|cpp)$/i
const CAPTION = /^(?:wp_)?caption$/
const EMBED = /^(?:embed|audio|video)$/
/** The pages of films and posts that are named by number or address. */
const FILMS: ReadonlyMap<string, string> = new Map([
  ['youtube', 'https://www.youtube.com/watch?v='],
  ['vimeo', 'https://vimeo.com/'],
  ['dailymotion', 'https://www.dailymotion.com/video/'],
  ['wpvideo', 'https://videopress.com/v/'],
  ['videopress', 'https://videopress.com/v/'],
  ['tweet', 'https://twitter.com/i/web/status/'],
  ['gist', 'https://gist.github.com/'],
  ['instagram', 'https://www.instagram.com/p/'],
])
/** Where sounds and films of one's own name their file. */
const FILES = ['src', 'url', 'mp3', 'ogg', 'wav', 'm4a', 'mp4', 'm4v', 'webm', 'ogv', 'flv']

/** The addresses of pictures by their numbers, or of all that belong to the post where none are named. */
export type Pictures = (ids: readonly string[] | null) => readonly string[]

interface Shortcode {
  readonly name: string
  /** What stands in the brackets behind the name. */
  readonly said: string
  /** What stands between the brackets and those that close them; null where nothing closes them. */
  readonly content: string | null
}

/** The text with the shortcodes known here drawn as HTML. Linear in its length. */
export function drawShortcodes(text: string, pictures: Pictures): string {
  const closings = new Closings(text)
  const parts: string[] = []
  let at = 0
  for (const match of text.matchAll(OPENING)) {
    if (match.index < at) continue
    const [all, doubled = '', name = '', said = ''] = match
    if (!isKnown(name.toLowerCase())) continue
    const end = match.index + all.length
    const closing = SLASH_END.test(said) ? null : closings.behind(name, end)
    const shortcode = {
      name: name.toLowerCase(),
      said,
      content: closing === null ? null : text.slice(end, closing),
    }
    // `[[gallery]]` is how one writes of a shortcode.
    const drawn = doubled === '[' ? null : draw(shortcode, pictures)
    if (drawn === null) continue
    parts.push(text.slice(at, match.index), drawn.html)
    at = drawn.isWhole && closing !== null ? closing + `[/${name}]`.length : end
  }
  return [...parts, text.slice(at)].join('')
}

/** Where each name is closed, looked for forwards only: a text may open a thousand that nothing closes. */
class Closings {
  private readonly next = new Map<string, number>()
  private readonly text: string

  constructor(text: string) {
    this.text = text.toLowerCase()
  }

  behind(name: string, from: number): number | null {
    const key = `[/${name.toLowerCase()}]`
    const known = this.next.get(key)
    if (known === undefined && this.next.size >= MAX_NAMES) return null
    if (known === undefined || (known !== -1 && known < from)) this.next.set(key, this.text.indexOf(key, from))
    const found = this.next.get(key) ?? -1
    return found === -1 ? null : found
  }
}

function isKnown(name: string): boolean {
  return name === 'gallery' || CAPTION.test(name) || CODE.test(name) || EMBED.test(name) || FILMS.has(name)
}

interface Drawn {
  readonly html: string
  /** Whether what stands up to the closing brackets is in it. */
  readonly isWhole: boolean
}

function draw({ name, said, content }: Shortcode, pictures: Pictures): Drawn | null {
  const attributes = attributesOf(said)
  if (name === 'gallery') return gallery(attributes, pictures)
  if (CAPTION.test(name)) return content === null ? null : whole(captioned(content, attributes))
  if (CODE.test(name)) return content === null ? null : whole(code(content))
  const inside = urlOf(content?.trim())
  const url = inside ?? (EMBED.test(name) ? fileOf(said, attributes) : pageOf(FILMS.get(name) ?? '', said, attributes))
  if (url === null) return null
  const html = `\n\n<p><a href="${url}">${url}</a></p>\n\n`
  return { html, isWhole: inside !== null || EMBED.test(name) }
}

function whole(html: string): Drawn {
  return { html, isWhole: true }
}

/** The words stand behind the picture, or in the brackets, as they did until 2012. */
function captioned(content: string, attributes: ReadonlyMap<string, string>): string {
  const said = attributes.get('caption')
  const picture = said === undefined ? (PICTURE.exec(content)?.[0] ?? '') : content
  const words = said ?? content.slice(picture.length).trim()
  return `\n\n<figure>${picture.trim()}<figcaption>${words}</figcaption></figure>\n\n`
}

function gallery(attributes: ReadonlyMap<string, string>, pictures: Pictures): Drawn | null {
  const ids = attributes.get('ids') ?? attributes.get('include')
  const urls = pictures(ids === undefined ? null : ids.split(BETWEEN_IDS))
  const drawn = urls.map((url) => `<img src="${url}">`).join(' ')
  return urls.length === 0 ? null : { html: `\n\n<p>${drawn}</p>\n\n`, isWhole: false }
}

/** Stored as it is typed, or with its signs written for HTML already. */
function code(content: string): string {
  return `

<pre><code>${content.trim().replace(TAGS, '&lt;')}</code></pre>

`
}

function fileOf(said: string, attributes: ReadonlyMap<string, string>): string | null {
  const named = FILES.map((key) => urlOf(attributes.get(key))).find((url) => url !== null)
  return named ?? urlOf(FIRST_WORD.exec(said)?.[1])
}

function pageOf(site: string, said: string, attributes: ReadonlyMap<string, string>): string | null {
  const named = attributes.get('url') ?? attributes.get('id') ?? FIRST_WORD.exec(said)?.[1]
  return named === undefined ? null : (urlOf(named) ?? urlOf(`${site}${named}`))
}

/** As an attribute of HTML may hold it. */
function urlOf(text: string | undefined): string | null {
  const url = parseUrl(text ?? null)
  return url === null ? null : url.href.replaceAll('&', '&amp;').replaceAll('"', '%22')
}

function attributesOf(said: string): ReadonlyMap<string, string> {
  const found = [...said.matchAll(ATTRIBUTE)]
  return new Map(
    found.map(([, name = '', double, single, bare]) => [name.toLowerCase(), double ?? single ?? bare ?? '']),
  )
}
