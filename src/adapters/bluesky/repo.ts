// An account's repository as a CAR file, the way Bluesky exports it (Settings, Account, Export my data) and every
// server gives it (com.atproto.sync.getRepo): the account's own posts, without anybody's answers. Likes and follows are
// counted, not kept.
import type { Extraction, Note } from '../../model.ts'
import type { Adapter } from '../adapter.ts'
import type { Page } from '../page/page.ts'
import { textAt } from '../values/json-fields.ts'
import { isCar, type Repo, type RepoRecord, readRepo } from './car.ts'
import { POST_COLLECTION } from './names.ts'
import { postOf, type Seen } from './post.ts'

const NAME = 'bluesky-repo'
const VERSION = 1
const POST_KEY = `${POST_COLLECTION}/`

export const blueskyRepo: Adapter = {
  name: NAME,
  version: VERSION,
  generic: false,
  examples: [],
  locate: () => null,
  recognises: (page) => isCar(page.capture.body),
  extract: extractRepo,
}

function extractRepo(page: Page): Extraction {
  const repo = readRepo(page.capture.body)
  const seen = repo.records.filter(isPost).map((record) => seenOf(record, repo.did))
  const present = new Set(seen.flatMap(({ uri }) => uri ?? []))
  const { input, digest, capturedAt } = page.capture
  const reader = { adapter: NAME, adapterVersion: VERSION, selector: null, path: null, line: null, endLine: null }
  const provenance = { input, capture: digest, capturedAt, ...reader, extra: null }
  return {
    posts: seen.map((one, index) => postOf(one, index, present, provenance)),
    scrapes: [],
    blocks: [],
    next: [],
    notes: notesOn(page, repo, seen),
    declared: { title: null, site: 'Bluesky', replies: null },
  }
}

function isPost({ value }: RepoRecord): boolean {
  return textAt(value, '$type') === POST_COLLECTION && typeof value['text'] === 'string'
}

/** The key in the repository and the CID find the record again; a binary file has no lines and no pointers. */
function seenOf({ key, cid, value }: RepoRecord, did: string | null): Seen {
  const uri = key === null || did === null ? null : `at://${did}/${key}`
  return { uri, record: value, view: null, path: null, block: null, marks: { record: key, cid } }
}

function notesOn(page: Page, repo: Repo, seen: readonly Seen[]): readonly Note[] {
  const note = (level: Note['level'], code: string, message: string): Note => {
    return { level, code, message, input: page.capture.input }
  }
  const others = repo.records.length - seen.length
  const lost = repo.missing.filter((key) => key.startsWith(POST_KEY)).length
  const nameless = seen.filter(({ uri }) => uri === null).length
  const kept = `Records of other kinds (likes, follows, reposts, lists), left alone: ${others}.`
  return [
    ...(repo.isCut ? [note('warning', 'cut', 'The file ends early; the records up to there were read.')] : []),
    ...(repo.unread === 0 ? [] : [note('warning', 'block-unread', `Blocks that could not be read: ${repo.unread}.`)]),
    ...(lost === 0 ? [] : [note('warning', 'records-missing', `Posts that are named and not in the file: ${lost}.`)]),
    ...(nameless === 0
      ? []
      : [note('warning', 'no-id', `Posts without the names the file should give them: ${nameless}.`)]),
    ...(others === 0 ? [] : [note('info', 'other-records', kept)]),
    ...(seen.length === 0 ? [note('error', 'no-post', 'This part of a Bluesky repository holds no post.')] : []),
  ]
}
