// What joins the posts of one page to each other and to those of other pages, kept when the posts are gone. It joins no
// pages: neighbourhoods.ts does.
import type { Extraction } from '../model.ts'
import { accountOf, isRow, type Joining } from '../post.ts'
import { unite } from './joins.ts'
import { createNameReader, createNameTable, firstOf, listNames, MOST_NAMES, readPostNames } from './shared-names.ts'

/** All of it can be sent to a thread. */
export interface PageNames {
  /** Whether posts of different names may be told apart at all. */
  readonly isSplittable: boolean
  /** Whether its posts are rows that speak of each other by id alone: JSONL, an export. */
  readonly isLoose: boolean
  /** Of each post an earlier one that shares a name with it, or itself (joins.ts). */
  readonly above: Int32Array
  /** Its names, each once, as numbers (shared-names.ts), and the first post that bears each. */
  readonly names: Float64Array
  readonly bearers: Int32Array
  /** The authors of posts behind the wall of the page (walls.ts), and of the others, as numbers. */
  readonly walled: Float64Array
  readonly open: Float64Array
}

interface NameCollector {
  add(post: Joining): void
  take(): PageNames
}

/** No author's name; it fits no text's hash (shared-names.ts). */
const NOBODY = 2 ** 53
const NONE = -1

export function readNames(page: Extraction): PageNames {
  const collector = collectNames(isOfPosts(page), page.blocks.length === 0)
  for (const post of page.posts) collector.add(post)
  return collector.take()
}

/** Posts may come one by one and be gone before the next; absent: nothing but posts is on their page. */
export function collectNames(isOfPosts = true, isBare = true): NameCollector {
  const table = createNameTable()
  const reader = createNameReader()
  const names = new Float64Array(MOST_NAMES)
  const above: number[] = []
  const authors = collectAuthors()
  let [isSplittable, isLoose, nameless] = [isOfPosts, isBare, NONE]
  return {
    add: (post) => {
      const at = above.push(above.length) - 1
      const count = readPostNames(reader, post, names)
      for (let k = 0; k < count; k++) joinFirst(above, firstOf(table, names[k]!, at), at)
      const isNameless = accountOf(post.author) === null
      if (isNameless) nameless = nameless === NONE ? at : joinFirst(above, nameless, at)
      authors.add(isNameless ? NOBODY : names[0]!, isWalled(post))
      isSplittable &&= isNamed(post)
      isLoose &&= isRow(post)
    },
    take: () => ({
      isSplittable,
      isLoose,
      above: Int32Array.from(above),
      ...listNames(table),
      ...authors.take(),
    }),
  }
}

function joinFirst(above: number[], first: number, at: number): number {
  if (first !== at) unite(above, first, at)
  return first
}

/** Authors in front of walls and behind; posts of one author stand together, as a rule. */
function collectAuthors() {
  const [walled, open] = [createNameTable(), createNameTable()]
  let [lastName, lastWall] = [Number.NaN, false]
  return {
    add: (name: number, wall: boolean): void => {
      if (name === lastName && wall === lastWall) return
      lastName = name
      lastWall = wall
      firstOf(wall ? walled : open, name, 0)
    },
    take: () => ({ walled: listNames(walled).names, open: listNames(open).names }),
  }
}

/** Lines of text are no posts yet; a told tree joins what it names. */
function isOfPosts({ scrapes, declared }: Extraction): boolean {
  return scrapes.length === 0 && declared.tree === undefined
}

/** A text without handle and id may be a copy of anybody's. */
function isNamed({ kind, ref, author }: Joining): boolean {
  return ref !== null || (author?.handle ?? (kind === 'post' ? null : author)) !== null
}

function isWalled({ ref, createdAt, block }: Joining): boolean {
  return block !== null || (ref === null && createdAt === null)
}
