// Of which discussion a page says how many comments there are. A count bears no name: where several discussions stand
// on the page it may be of any of them, and taken for that of each it would call all but one wanting.
import type { Extraction, Post } from '../../model.ts'
import { noteOn } from '../extraction/extraction.ts'
import type { Page } from '../page/page.ts'

/** With a count only where it is clear of what. Asked of whole pages: later looks keep some of their posts only. */
export function withClearCount(page: Page, extraction: Extraction): Extraction {
  const { posts, notes, declared } = extraction
  const several = declared.replies === null ? 0 : openersIn(posts).size
  if (several < 2) return extraction
  const message = `The page says that there are ${declared.replies} comments, and ${several} discussions stand on it: of which it speaks is not said, so how many each has is not known.`
  const note = noteOn(page, 'info', 'count-unclear', message)
  return { ...extraction, declared: { ...declared, replies: null }, notes: [...notes, note] }
}

/** The articles, where there are any: other posts beside one are shown in it. Else the posts that answer none. */
function openersIn(posts: readonly Post[]): ReadonlySet<string> {
  const articles = posts.filter(({ kind }) => kind === 'article')
  const openers =
    articles.length > 0 ? articles : posts.filter(({ kind, parent }) => kind === 'post' && parent === null)
  return new Set(openers.map(({ conversation, key }) => conversation ?? key))
}
