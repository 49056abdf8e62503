// A post of which nothing is known: what an adapter or the engine starts from where a source tells little. And what of a post
// tells which others it belongs with.
import type { Post } from './model.ts'

/** Every field that may be unknown, unknown; words and their form are said by whoever has them. */
export const UNKNOWN_POST: Omit<Post, 'key' | 'kind' | 'platform' | 'text' | 'html' | 'provenance'> = {
  ref: null,
  author: null,
  isPostAuthor: false,
  title: null,
  createdAt: null,
  editedAt: null,
  url: null,
  lang: null,
  parent: null,
  conversation: null,
  media: [],
  quotes: [],
  footnotes: [],
  block: null,
  index: 0,
  boundary: null,
}

/** What joins a post to others; its words and all that is only kept are no part of it. */
export type Joining = Pick<
  Post,
  'kind' | 'platform' | 'ref' | 'author' | 'createdAt' | 'parent' | 'conversation' | 'block'
>
