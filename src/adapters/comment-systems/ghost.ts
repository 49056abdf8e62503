// Ghost (5, 2022 to now): what the site answers its own script about the comments of members below a post.
import { timeOfText } from '../extraction/post.ts'
import { countAt, listAt, objectAt, textAt } from '../values/json-fields.ts'
import { type Dialect, hasAll, told, withheldBy } from './dialect.ts'

const POST = /\/comments\/post\/([\da-f]{24})\b/

export const ghostComments: Dialect = {
  name: 'ghost-comments',
  site: 'Ghost',
  isComment: (object) =>
    hasAll(object, ['id', 'status', 'created_at']) &&
    // A deleted one has neither words nor member, and where nulls are left out not even their keys.
    (hasAll(object, ['html', 'member']) || textAt(object, 'status') === 'deleted') &&
    ['liked', 'replies', 'edited_at', 'post_id'].some((key) => Object.hasOwn(object, key)),
  read: (comment) => {
    const [id, name] = [textAt(comment, 'member', 'uuid'), textAt(comment, 'member', 'name')]
    const author = { id: id ?? textAt(comment, 'member', 'id'), handle: null, name, url: null }
    return told(textAt(comment, 'id'), {
      // An answer to an answer names it; else it is nested in what it answers.
      parent: textAt(comment, 'in_reply_to_id') ?? textAt(comment, 'parent_id') ?? undefined,
      author: objectAt(comment, 'member') === null ? null : author,
      html: textAt(comment, 'html') ?? '',
      createdAt: timeOfText(textAt(comment, 'created_at')),
      editedAt: timeOfText(textAt(comment, 'edited_at')),
      page: textAt(comment, 'post', 'url') ?? textAt(comment, 'post_id'),
      withheld: withheldBy(textAt(comment, 'status')),
    })
  },
  refOf: ({ id }) => ({ platform: 'ghost-comments', id }),
  // The total counts those at the top.
  countIn: (value, comments) => {
    const total = countAt(value, 'meta', 'pagination', 'total')
    if (total === null || countAt(value, 'meta', 'pagination', 'pages') !== 1) return null
    return comments.reduce((sum, comment) => sum + (countAt(comment, 'count', 'replies') ?? 0), total)
  },
  isPart: (holder) => {
    const isPaged = Object.hasOwn(holder, 'comments') && countAt(holder, 'meta', 'pagination', 'next') !== null
    const replies = Object.hasOwn(holder, 'member') ? countAt(holder, 'count', 'replies') : null
    return isPaged || (replies ?? 0) > listAt(holder, 'replies').length
  },
  pageIn: (url) => POST.exec(url.pathname)?.[1] ?? null,
}
