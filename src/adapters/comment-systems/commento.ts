// Commento (2018 to 2022, and Commento++): comments in one list, their authors in another under the keys of accounts.
import type { Author } from '../../model.ts'
import { parseUrl } from '../../url.ts'
import { timeOfText } from '../extraction/post.ts'
import { countAt, type Json, objectAt, textAt, valueAt } from '../values/json-fields.ts'
import { type Dialect, hasAll, paragraphs, told } from './dialect.ts'

/** At the top; an account that is nobody's. */
const ROOT = 'root'
const ANONYMOUS = 'anonymous'

export const commento: Dialect = {
  name: 'commento',
  site: 'Commento',
  isComment: (object) => hasAll(object, ['commentHex', 'commenterHex', 'parentHex', 'creationDate']),
  read: (comment, answer) => {
    const parent = textAt(comment, 'parentHex')
    return told(textAt(comment, 'commentHex'), {
      parent: parent === ROOT ? null : parent,
      author: authorIn(comment, answer),
      html: textAt(comment, 'html') ?? paragraphs(textAt(comment, 'markdown') ?? ''),
      createdAt: timeOfText(textAt(comment, 'creationDate')),
      page: textAt(comment, 'url') ?? textAt(comment, 'path'),
      withheld: withheldOf(comment),
      extra: { score: countAt(comment, 'score') },
    })
  },
  refOf: ({ id }) => ({ platform: 'commento', id }),
  countIn: () => null,
  isPart: () => false,
}

function authorIn(comment: Json, answer: unknown): Author | null {
  const id = textAt(comment, 'commenterHex')
  if (id === null || id === ANONYMOUS) return null
  const account = objectAt(answer, 'commenters', id) ?? objectAt(answer, 'data', 'commenters', id)
  return { id, handle: null, name: textAt(account, 'name'), url: parseUrl(textAt(account, 'link'))?.href ?? null }
}

function withheldOf(comment: Json): string | null {
  if (valueAt(comment, 'deleted') === true) return 'deleted'
  const state = textAt(comment, 'state')
  return state === null || state === 'approved' ? null : state
}
