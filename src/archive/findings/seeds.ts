// Which posts of the findings new readings touch at once: those they show again, those by the same authors or with the same
// words, those they replace, and those on pages that waited for them.
import type { Database } from 'better-sqlite3'
import type { Extraction, Post, Scrape } from '../../model.ts'
import { namesOf } from './accounts.ts'
import type { Pages } from './pages.ts'
import { conversationId, idOf, type Names, type Relations } from './relations.ts'

export interface Seeds {
  /** Posts whose authors' threads are to be made anew. */
  readonly own: readonly number[]
  /** Posts whose reply trees are to be looked at. */
  readonly trees: readonly number[]
}

/** Text lines joined to find the post that begins with the first of them: a fingerprint looks no further. */
const LINES_JOINED = 6
const NOTHING: Seeds = { own: [], trees: [] }

export function createSeeker(db: Database, relations: Relations): (fresh: readonly number[], pages: Pages) => Seeds {
  const hasFindings = db.prepare('SELECT 1 FROM posts LIMIT 1')
  const superseded = db.prepare<[string], number>(SUPERSEDED).pluck()
  const waiting = db.prepare<[string], number>(WAITING).pluck()
  return (fresh, pages) => {
    // A rebuild begins without findings: what all its posts would ask for is a thirtieth of its work.
    if (fresh.length === 0 || hasFindings.get() === undefined) return NOTHING
    const read = fresh.map((key) => pages.read(key).extraction)
    const old = pages.postsOn(superseded.all(JSON.stringify(fresh)))
    const shown = [...relations.called(listIds(read)), ...alikeTo(read, relations), ...old]
    const walled = pages.of(new Set(shown)).filter((key) => pages.read(key).extraction.blocks.length > 0)
    return {
      own: [
        ...shown,
        ...pages.postsOn([...walled, ...waiting.all(JSON.stringify(fresh))]),
        ...relations.by(namesOf(listAuthors(read))),
      ],
      trees: relations.inTreesOf(namesIn(read.flatMap(({ posts }) => posts))),
    }
  }
}

/** Ids of the posts shown, and of those that a reply tree names. */
function listIds(read: readonly Extraction[]): readonly string[] {
  const ids = read.flatMap(({ posts, declared }) => [
    ...posts.flatMap(({ ref }) => (ref === null ? [] : idOf(ref))),
    ...(declared.tree ?? []).flatMap(({ post, parent }) => (parent === null ? idOf(post) : [idOf(post), idOf(parent)])),
  ])
  return [...new Set(ids)]
}

/** Nobody is asked for by his comments: who wrote them decides no thread. */
function listAuthors(read: readonly Extraction[]) {
  return read.flatMap(({ posts, scrapes }) =>
    [...posts.filter(({ kind }) => kind === 'post'), ...scrapes].map(({ author }) => author),
  )
}

/** A post that a platform names can be a copy of an unnamed one only. */
function alikeTo(read: readonly Extraction[], { alike }: Relations): readonly number[] {
  const posts = read.flatMap((page) => page.posts.filter(({ kind }) => kind === 'post'))
  const [named, unnamed] = [posts.filter(({ ref }) => ref !== null), posts.filter(({ ref }) => ref === null)]
  const lines = read.flatMap(({ scrapes }) => scrapes.flatMap(beginningsIn))
  return [...alike(named.map(textOf), 'unnamed'), ...alike([...unnamed.map(textOf), ...lines], 'all')]
}

export function textOf({ text }: Pick<Post, 'text'>): string {
  return text
}

/** Any line may begin a post: its words alone, and its words with those that follow. */
function beginningsIn({ lines }: Scrape): readonly string[] {
  const texts = lines.map(textOf)
  return texts.flatMap((text, index) => [text, texts.slice(index, index + LINES_JOINED).join('\n')])
}

/** What relates posts to others of their reply trees. */
export function namesIn(posts: readonly Post[]): Names {
  const [ids, conversations] = [new Set<string>(), new Set<string>()]
  for (const { ref, parent, platform, conversation } of posts) {
    for (const one of [ref, parent?.ref ?? null]) if (one !== null) ids.add(idOf(one))
    if (ref !== null) conversations.add(ref.id)
    if (conversation === null) continue
    conversations.add(conversation)
    ids.add(conversationId(platform, conversation))
  }
  return { ids: [...ids], conversations: [...conversations] }
}

/** Older readings of the captures that were read anew. */
const SUPERSEDED = `
  SELECT old.key FROM json_each(?) AS fresh JOIN extractions AS e ON e.key = fresh.value
  JOIN extractions AS old ON old.capture_key = e.capture_key AND old.key < e.key`

/** Pages that name one of these as a further page: what they lack is told in what is found on them. */
const WAITING = `
  WITH addresses AS (
    SELECT DISTINCT c.final_url AS url FROM json_each(?) AS fresh JOIN extractions AS e ON e.key = fresh.value
    JOIN captures AS c ON c.key = e.capture_key WHERE c.final_url IS NOT NULL)
  SELECT DISTINCT e.key FROM extractions AS e, json_each(e.next) AS further
  WHERE e.next <> '[]' AND substr(further.value, 1, instr(further.value || '#', '#') - 1) IN (SELECT url FROM addresses)`
