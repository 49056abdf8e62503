// A page that a browser saved "complete": its pictures lie in a folder beside it, and the markup names them by their
// place there (`./Title_files/a.jpg`). Read against the page's own address that gives addresses that never were. Media
// and pictures in a text are places beside the page again, as of files in an account's export.
import type { Extraction, Media, Post } from '../../model.ts'
import { percentDecoded } from '../../url.ts'
import { noteOn } from '../extraction/extraction.ts'
import type { Page } from './page.ts'

/** Chromium's and Internet Explorer's mark; where it may stand, in characters. */
const MARK = /<!--\s*saved from url=\(\d{4,}\)/i
const HEAD = 8192
/** What every such folder's name ends with. */
const ENDING = '_files/'
/** These folders are flat; those that programs lay beside pages of a site (`index_files/figure-html/1.png`) are not. */
const BESIDE = /\bsrc\s*=\s*["'](?:\.\/)?([^"'/:?#<>]{1,300}_files)\/[^"'/<>]{1,300}["']/gi
/** The last name in a path, without its ending. */
const STEM = /([^/\\]+)\.x?html?$/i
/** Of the HTML of posts, which is ours. */
const SOURCE = /\bsrc="([^"]+)"/g
/** The folder and the file at the end of an address. */
const PLACE = /^https?:\/\/[^?#]*?\/([^/?#]+_files)\/([^/?#]+)$/

/** The same extraction, with such media at their places, and a remark on how many pictures are meant. */
export function asFilesBeside(page: Page, extraction: Extraction): Extraction {
  const folders = foldersOf(page)
  if (folders.size === 0) return extraction
  const place = (url: string): string => {
    const [, folder = '', name = ''] = PLACE.exec(url) ?? []
    return folders.has(percentDecoded(folder)) ? `${percentDecoded(folder)}/${percentDecoded(name)}` : url
  }
  let count = 0
  const turned = (url: string): string => {
    const at = place(url)
    if (at !== url) count += 1
    return at
  }
  const turn = (media: Media): Media => ({
    ...media,
    url: turned(media.url),
    poster: media.poster === null ? null : place(media.poster),
  })
  const inText = (attribute: string, url: string): string => {
    const at = turned(url)
    return at === url ? attribute : `src="${encodeURI(at).replaceAll('&', '&amp;')}"`
  }
  const posts = extraction.posts.map(
    (post): Post => ({ ...post, html: post.html?.replace(SOURCE, inText) ?? null, media: post.media.map(turn) }),
  )
  const files = count === 1 ? '1 picture or film is a file' : `${count} pictures or films are files`
  const message = `${files} beside this page, named by the place there; the address on the web is not known.`
  const notes = count === 0 ? [] : [noteOn(page, 'info', 'files-beside', message)]
  return { ...extraction, posts, notes: [...extraction.notes, ...notes] }
}

/** Firefox leaves no mark, but calls the folder as the page. */
function foldersOf({ kind, text, capture }: Page): ReadonlySet<string> {
  if (kind !== 'html' || capture.method !== 'file' || !text.includes(ENDING)) return new Set()
  const named = [...text.matchAll(BESIDE)].map(([, folder = '']) => percentDecoded(folder))
  const own = `${STEM.exec(capture.input)?.[1] ?? ''}${ENDING.slice(0, -1)}`
  return new Set(MARK.test(text.slice(0, HEAD)) ? named : named.filter((name) => name === own))
}
