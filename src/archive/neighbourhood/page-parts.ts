// What of a page that was unrolled before is needed again: rows that speak of each other by id alone can be told apart,
// any other page counts as a whole; of a reply tree the posts that are told of now.
import type { Extraction, Post } from '../../model.ts'
import { isRow } from '../../post.ts'
import { identityOf } from '../facts/sightings/names-seen.ts'
import { idOf } from './relations.ts'

export interface Page {
  readonly extraction: Extraction
  /** Keys of its sightings, in the order of its posts. */
  readonly sightings: readonly number[]
}

/** What pages are needed for. */
export interface Needed {
  /** Keys of the sightings of posts that are needed. */
  readonly sightings: ReadonlySet<number>
  /** Ids of posts, here or not, whose reply trees are needed whole. */
  readonly told: ReadonlySet<string>
}

export function cutPage(page: Page, { sightings, told }: Needed): Extraction {
  return cutTree(cutPosts(page, sightings), told)
}

function cutPosts({ extraction, sightings }: Page, wanted: ReadonlySet<number>): Extraction {
  if (!isLoose(extraction)) return extraction
  const posts = extraction.posts.filter((_, at) => wanted.has(sightings[at]!))
  return posts.length === extraction.posts.length ? extraction : { ...extraction, posts }
}

/** A tree of which posts were left out would tell of posts that are not here, and are. */
function cutTree(extraction: Extraction, told: ReadonlySet<string>): Extraction {
  const { tree, ...declared } = extraction.declared
  if (tree === undefined) return extraction
  const kept = tree.filter(({ post }) => told.has(idOf(post)))
  return { ...extraction, declared: kept.length === 0 ? declared : { ...declared, tree: kept } }
}

/** Whether nothing but ids and authors relates the posts of a page: JSON lines, an export. */
function isLoose(extraction: Extraction): boolean {
  return extraction.blocks.length === 0 && !isBare(extraction) && extraction.posts.every(isRow)
}

/** Whether a page has texts without a name: whose they are is told by the copies among them, or by the page alone. */
export function isBare({ posts, scrapes }: Extraction): boolean {
  return scrapes.length > 0 || posts.some(isNameless)
}

/** Whether no row of an author leads to it, or to a text without an id only a name that many have. */
function isNameless({ kind, ref, author }: Post): boolean {
  return kind === 'post' && (author === null || identityOf(author) === null || (ref === null && author.handle === null))
}
