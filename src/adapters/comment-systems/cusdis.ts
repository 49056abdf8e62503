// Cusdis (2021 to now): what its open API answers for a page. Answers stand in their comment, page by page.
import { timeOfText } from '../extraction/post.ts'
import { countAt, objectAt, textAt, valueAt } from '../values/json-fields.ts'
import { type Dialect, hasAll, later, paragraphs, told } from './dialect.ts'

export const cusdis: Dialect = {
  name: 'cusdis',
  site: 'Cusdis',
  isComment: (object) => hasAll(object, ['id', 'by_nickname', 'content', 'createdAt']),
  read: (comment) => {
    const [name, createdAt] = [textAt(comment, 'by_nickname'), timeOfText(textAt(comment, 'createdAt'))]
    return told(textAt(comment, 'id'), {
      parent: textAt(comment, 'parentId'),
      author: name === null ? null : { id: null, handle: null, name, url: null },
      html: textAt(comment, 'parsedContent') ?? paragraphs(textAt(comment, 'content') ?? ''),
      createdAt,
      editedAt: later(timeOfText(textAt(comment, 'updatedAt')), createdAt),
      withheld: valueAt(comment, 'deletedAt') == null ? null : 'deleted',
      page: textAt(comment, 'pageId'),
      // The site's owner answers as a moderator.
      isPageAuthor: textAt(comment, 'moderatorId') !== null,
    })
  },
  pageIn: (url) => url.searchParams.get('pageId'),
  refOf: ({ id }) => ({ platform: 'cusdis', id }),
  countIn: (value, comments) => {
    const lists = [objectAt(value, 'data') ?? value, ...comments.map((comment) => objectAt(comment, 'replies'))]
    const counts = lists.map((list) => countAt(list, 'commentCount')).filter((count) => count !== null)
    return counts.length === 0 ? null : counts.reduce((sum, count) => sum + count, 0)
  },
  isPart: (holder) => countAt(holder, 'commentCount') !== null && (countAt(holder, 'pageCount') ?? 1) > 1,
}
