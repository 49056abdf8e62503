// Which posts of the findings new readings touch at once: those they show again, those by the same authors or with the
// same words, those they replace, and those on pages that waited for them.
import type { Database } from 'better-sqlite3'
import type { Author, Extraction, Post, Scrape } from '../../model.ts'
import { namesOf } from './author-names.ts'
import type { Pages } from './pages.ts'
import { conversationId, idOf, type Names, type Relations } from './relations.ts'

export interface Seeds {
  /** Posts whose authors' threads are to be made anew. */
  readonly own: readonly number[]
  /** Posts whose reply trees are to be looked at. */
  readonly trees: readonly number[]
}

interface Sought extends Seeds {
  /** Ids of the posts that the readings show or tell of. */
  readonly shown: readonly string[]
}

/** Text lines joined to find the post that begins with the first of them: a fingerprint looks no further. */
const LINES_JOINED = 6
const NOTHING: Sought = { own: [], trees: [], shown: [] }

export function createSeeker(db: Database, relations: Relations): (fresh: readonly number[], pages: Pages) => Sought {
  const hasFindings = db.prepare('SELECT 1 FROM posts LIMIT 1')
  const superseded = db.prepare<[string], number>(SUPERSEDED).pluck()
  const waiting = db.prepare<[string], number>(WAITING).pluck()
  return (fresh, pages) => {
    // A rebuild begins without findings: what all its posts would ask for is a thirtieth of its work.
    if (fresh.length === 0 || (hasFindings.get() === undefined && !relations.isAnyTold())) return NOTHING
    const read = pages.outermost(fresh).map((key) => pages.read(key).extraction)
    const signs = signsOf(read)
    const old = pages.postsOn(superseded.all(JSON.stringify(fresh)))
    const shown = [...relations.called([...signs.ids]), ...alikeTo(signs, relations), ...old]
    const walled = pages.blocked(pages.of(new Set(shown)))
    return {
      own: [
        ...shown,
        ...pages.postsOn([...walled, ...waiting.all(JSON.stringify(fresh))]),
        ...relations.by(namesOf(signs.authors)),
      ],
      trees: relations.inTreesOf(withTold(namesIn(read), signs)),
      shown: [...signs.ids],
    }
  }
}

/** What relates whatever was read to posts by others than its own reply trees. */
interface Signs {
  /** Of the posts shown, and of those that a reply tree names. */
  readonly ids: Set<string>
  /** Nobody is asked for by his comments: who wrote them decides no thread. */
  readonly authors: (Author | null)[]
  /** Texts of posts that a platform names: they can be copies of unnamed ones only. */
  readonly named: string[]
  readonly unnamed: string[]
}

/** A tree that names a post again may be the rest of another's, whose posts are here and name nobody. */
function withTold({ ids, conversations }: Names, signs: Signs): Names {
  return { ids: [...new Set([...ids, ...signs.ids])], conversations }
}

/** In one passage: of a large page each costs. */
function signsOf(read: readonly Extraction[]): Signs {
  const signs: Signs = { ids: new Set(), authors: [], named: [], unnamed: [] }
  for (const { posts, scrapes, declared } of read) {
    for (const post of posts) addPost(post, signs)
    for (const scrape of scrapes) {
      signs.authors.push(scrape.author)
      for (const beginning of beginningsIn(scrape)) signs.unnamed.push(beginning)
    }
    for (const { post, parent } of declared.tree ?? [])
      for (const ref of [post, parent]) if (ref !== null) signs.ids.add(idOf(ref))
  }
  return signs
}

function addPost({ ref, kind, author, text }: Post, { ids, authors, named, unnamed }: Signs): void {
  if (ref !== null) ids.add(idOf(ref))
  if (kind !== 'post') return
  authors.push(author)
  if (ref === null) unnamed.push(text)
  else named.push(text)
}

function alikeTo({ named, unnamed }: Signs, { alike }: Relations): readonly number[] {
  return [...alike(named, 'unnamed'), ...alike(unnamed, 'all')]
}

export function textOf({ text }: Pick<Post, 'text'>): string {
  return text
}

/** Any line may begin a post: its words alone, and its words with those that follow. */
function beginningsIn({ lines }: Scrape): readonly string[] {
  const texts = lines.map(textOf)
  return texts.flatMap((text, index) => [text, texts.slice(index, index + LINES_JOINED).join('\n')])
}

type Related = Pick<Post, 'ref' | 'parent' | 'platform' | 'conversation'>

/** What relates posts to others of their reply trees. */
export function namesIn(pages: readonly { readonly posts: readonly Related[] }[]): Names {
  const [ids, conversations] = [new Set<string>(), new Set<string>()]
  for (const { posts } of pages)
    for (const { ref, parent, platform, conversation } of posts) {
      if (ref !== null) conversations.add(ref.id)
      if (ref !== null) ids.add(idOf(ref))
      if (parent !== null && parent.ref !== null) {
        ids.add(idOf(parent.ref))
        // Comments may name as their conversation what this one answers, and nobody has it.
        conversations.add(parent.ref.id)
      }
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
  SELECT DISTINCT waiting.key FROM json_each(?) AS fresh CROSS JOIN extractions AS e ON e.key = fresh.value
  CROSS JOIN captures AS c ON c.key = e.capture_key CROSS JOIN further_pages AS w ON w.url = c.final_url
  CROSS JOIN extractions AS waiting ON waiting.reading_key = w.reading_key`
