// What the exports of chat programs have in common: messages of a channel, most of them words, some of them remarks of
// the program; reactions that are counted, files that are named. Knows no one program's format.
import type { Extraction, Media, Note, Parent, Post, PostRef } from '../../model.ts'
import { parseUrl } from '../../url.ts'
import { makeExtraction, noteOn, tally, withheldNotes } from '../extraction/extraction.ts'
import { knownOf } from '../extraction/place.ts'
import { listPosts } from '../extraction/post.ts'
import type { Page } from '../page/page.ts'

/** What an export says of itself, and what of it was left. */
interface Chat {
  readonly title: string | null
  readonly site: string
  /** The kinds of the items that are no messages, one each. */
  readonly remarks: readonly string[]
  readonly notes: readonly Note[]
  readonly tree?: readonly { readonly post: PostRef; readonly parent: PostRef | null }[]
}

/** The messages that have words, files or answers, and remarks on all others. */
export function chatExtraction(page: Page, found: readonly Post[], chat: Chat): Extraction {
  const answered = new Set(found.map(({ parent }) => parent?.key))
  const told = found.filter((post) => !isEmpty(post) || isWithheld(post) || answered.has(post.key))
  const posts = listPosts(told)
  return makeExtraction({
    posts,
    notes: [
      ...chat.notes,
      ...withheldNotes(page, posts),
      ...wordlessNotes(page, found.length - told.length),
      ...remarkNotes(page, chat.remarks),
    ],
    declared: {
      title: chat.title,
      site: chat.site,
      replies: null,
      ...(chat.tree === undefined || chat.tree.length === 0 ? {} : { tree: chat.tree }),
    },
  })
}

function isEmpty({ text, media, quotes }: Post): boolean {
  return text.trim() === '' && media.length === 0 && quotes.length === 0
}

function isWithheld({ provenance }: Post): boolean {
  return provenance.extra?.['withheld'] !== undefined
}

function wordlessNotes(page: Page, count: number): readonly Note[] {
  const message = `${count} messages have neither words nor files here (calls, games, what was not exported); they were left.`
  return count === 0 ? [] : [noteOn(page, 'info', 'wordless', message)]
}

function remarkNotes(page: Page, remarks: readonly string[]): readonly Note[] {
  const message = `Remarks of the program, which nobody wrote, were left: ${tally(remarks)}.`
  return remarks.length === 0 ? [] : [noteOn(page, 'info', 'remarks', message)]
}

/** A parent by the chat's own name of it. A message that names itself answers nothing. */
export function answered(ref: PostRef, key: string, own: string, say: string): Parent | null {
  return key === own ? null : { ref, key, basis: 'declared', p: 1, say }
}

const KINDS = new Set(['image', 'video', 'audio'])
const BY_NAME: readonly (readonly [kind: Media['kind'], pattern: RegExp])[] = [
  ['image', /\.(?:jpe?g|png|webp|avif|heic|bmp)$/i],
  ['gif', /\.gif$/i],
  ['video', /\.(?:mp4|mov|webm|m4v|mkv)$/i],
  ['audio', /\.(?:mp3|ogg|oga|m4a|wav|opus|flac)$/i],
]
const WINDOWS_SIGN = /\\+/g
/** Files of an export lie beside it; a name that leads out of it is none. Written on Windows, paths have its signs. */
const OWN_FILE = /^(?!.*\.\.)[^\s/:][^:\n]{0,400}$/

/** What kind of file a media type says, else a name's ending. */
export function mediaKind(type: string | null, name: string | null): Media['kind'] {
  if (type === 'image/gif') return 'gif'
  const major = type?.split('/')[0] ?? ''
  if (KINDS.has(major)) return major as Media['kind']
  return BY_NAME.find(([, pattern]) => pattern.test(name ?? ''))?.[0] ?? 'file'
}

/** An address on the web, or the path of a file that was exported along; anything else is none. */
export function addressOf(written: string | null): string | null {
  if (written === null) return null
  const path = written.replace(WINDOWS_SIGN, '/')
  return parseUrl(written)?.href ?? (OWN_FILE.test(path) ? path : null)
}

/** How often each sign was given; null when none was. */
export function reactionsOf(given: readonly (readonly [sign: string | null, count: number | null])[]) {
  return knownOf(Object.fromEntries(given.flatMap(([sign, count]) => (sign === null ? [] : [[sign, count]]))))
}
