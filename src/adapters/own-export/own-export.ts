// What `--format json` and `--format jsonl` print, come back: every post once, under its own id, where it stood.
// Threads are runs of posts whose links have the ground and the probability that the export gives them; replies have
// the parents it names. Its remarks are remarks again.
import type { Extraction, Note, Post } from '../../model.ts'
import { bodyFromHtml } from '../../text/body.ts'
import type { Adapter } from '../adapter.ts'
import { makeExtraction, noteOn } from '../extraction/extraction.ts'
import { knownOf, placeInJson } from '../extraction/place.ts'
import { listPosts, makePost } from '../extraction/post.ts'
import type { Page } from '../page/page.ts'
import { countAt, objectsAt, textAt } from '../values/json-fields.ts'
import { type Draft, draftAll } from './drafts.ts'
import { boundaryIn, footnotesIn, mediaIn, quotesIn, refOfId, urlIn } from './fields.ts'
import { type Finding, type Findings, isOwnExport, listFindings, stringAt } from './findings.ts'
import { withTakenOut } from './taken-out.ts'

const READER = { name: 'own-export', version: 1 }
const MAX_NOTES = 50
const MAX_LACKS = 20
const MAX_MESSAGE = 1000
const ADVICE =
  'Their threads are as they were linked then; what is gone are the pages they were read from, times of editing, which absent posts were answered, and how many replies were promised where it holds several discussions; posts without an id are named by their words anew. To bring an archive over whole, use a WACZ, BagIt or backup of it, or merge.'

export const ownExport: Adapter = {
  ...READER,
  generic: false,
  examples: [],
  locate: () => null,
  recognises: isOwnExport,
  extract: extractExport,
  traits: ['timeless'],
}

function extractExport(page: Page): Extraction {
  const findings = listFindings(page)
  const { posts: drafts, blocks } = draftAll(findings)
  const posts = listPosts(drafts.map((draft) => toPost(page, draft)))
  return makeExtraction({
    posts,
    blocks,
    notes:
      posts.length === 0
        ? keptNotes(page, findings)
        : [...remarks(page, posts, findings), ...lackNotes(page, findings), ...keptNotes(page, findings)],
    declared: declaredIn(findings),
  })
}

function toPost(page: Page, draft: Draft): Post {
  const { id, kind, platform, from, author, createdAt, title, isPostAuthor, parent, conversation, block } = draft
  const { value, path, line } = from
  const body = draft.html === null ? null : bodyFromHtml(draft.html, null)
  const shown = stringAt(value, 'text') ?? body?.text ?? ''
  const number = countAt(value, 'number')
  const extra = knownOf({ number, sources: value['sources'] })
  return makePost({
    key: id,
    ref: refOfId(id),
    kind,
    platform,
    author,
    isPostAuthor,
    title,
    text: draft.whole ?? withTakenOut(shown, body?.text ?? '', number),
    html: body?.html ?? null,
    createdAt,
    url: urlIn(value),
    parent,
    // A comment that names its discussion answers in it: one that opens it may not.
    conversation: kind === 'comment' && parent === null && conversation === refOfId(id)?.id ? null : conversation,
    media: mediaIn(value),
    quotes: quotesIn(value),
    footnotes: footnotesIn(value),
    block,
    boundary: boundaryIn(value),
    provenance: { ...placeInJson(page, READER, path, extra), line, endLine: line },
  })
}

/** What a page says of its discussion is kept where there is one: of several, nobody could say whose it is. */
function declaredIn({ conversations }: Findings): Extraction['declared'] {
  const [only] = conversations.length === 1 ? conversations : []
  const sites = new Set(conversations.map(({ value }) => textAt(value, 'site')))
  const [site] = sites.size === 1 ? sites : []
  const replies = only === undefined ? null : countAt(only.value, 'declaredReplies')
  return { title: only === undefined ? null : textAt(only.value, 'title'), site: site ?? null, replies }
}

function remarks(page: Page, posts: readonly Post[], { strange }: Findings): readonly Note[] {
  const unnumbered = posts.filter(isUnnumbered).length
  const numbers =
    unnumbered === 0
      ? ''
      : ` Of ${unnumbered} the author’s number was taken out, and no markup has it: what their numbers told of gaps is not known (--raw keeps numbers).`
  const message = `An export of findings that Unspool wrote: ${posts.length} posts.${numbers} ${ADVICE}`
  const others = `Line ${strange[0]} ${strange.length > 1 ? `and ${strange.length - 1} more are` : 'is'} no finding of an export and was not read: cut off, or put there by somebody else.`
  return [
    noteOn(page, 'info', 'own-export', message),
    ...(strange.length === 0 ? [] : [noteOn(page, 'warning', 'bad-row', others)]),
  ]
}

function isUnnumbered({ text, provenance }: Post): boolean {
  const number = provenance.extra?.['number']
  return typeof number === 'number' && !text.includes(String(number))
}

/** What was known to be missing though no number told it: who answered what, of which only the reason was exported. */
function lackNotes(page: Page, { threads }: Findings): readonly Note[] {
  const lacks = threads.flatMap(({ value }) =>
    objectsAt(value, 'gaps')
      .filter((gap) => gap['count'] === null)
      .map((gap) => `${textAt(value, 'id') ?? '?'} (${textAt(gap, 'reason')?.slice(0, MAX_MESSAGE) ?? '?'})`),
  )
  if (lacks.length === 0) return []
  const [shown, rest] = [lacks.slice(0, MAX_LACKS).join(', '), lacks.length - MAX_LACKS]
  const message = `Threads that lacked posts when they were exported, though their numbers do not tell: ${shown}${rest > 0 ? ` and ${rest} more` : ''}.`
  return [noteOn(page, 'warning', 'exported-gaps', message)]
}

/** Under a code of their own: what was said of a page then is not true of this one. */
function keptNotes(page: Page, { notes }: Findings): readonly Note[] {
  const kept = notes.slice(0, MAX_NOTES).map((note) => keptNote(page, note))
  const more = `${notes.length - MAX_NOTES} more remarks stand in the export.`
  return notes.length > MAX_NOTES ? [...kept, noteOn(page, 'info', 'exported-note', more)] : kept
}

function keptNote(page: Page, { value }: Finding): Note {
  const [code, message, input] = ['code', 'message', 'input'].map((key) => textAt(value, key)?.slice(0, MAX_MESSAGE))
  const said = `Remarked when it was exported${input === undefined ? '' : `, of ${input}`}: ${message ?? ''} (${code ?? '?'})`
  return noteOn(page, value['level'] === 'info' ? 'info' : 'warning', 'exported-note', said)
}
