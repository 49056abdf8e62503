// The comment systems whose answers are known: Isso, Remark42, Coral (and Talk before it), Hyvor Talk, PeerTube,
// Disqus, and those in files of their own.
// Comments of GitHub-based ones (Giscus, Utterances) are GitHub's; Disqus has its own reader.
import type { Author } from '../../model.ts'
import { parseUrl } from '../../url.ts'
import { authorOf, timeOfSeconds, timeOfText } from '../extraction/post.ts'
import { PLATFORM as FEDIVERSE } from '../mastodon/names.ts'
import { countAt, idAt, type Json, objectAt, objectsAt, textAt, valueAt } from '../values/json-fields.ts'
import { commento } from './commento.ts'
import { cusdis } from './cusdis.ts'
import { type Dialect, hasAll, later, paragraphs, told, withheldBy } from './dialect.ts'
import { ghostComments } from './ghost.ts'
import { youtube } from './youtube.ts'

/** Nobody's any more, whatever a system prints in place of the name. */
export const DELETED = 'deleted'
/** Isso's comments are removed, and kept only while they are answered. */
const ISSO_DELETED = 4
const ZONED = /(?:Z|[+-]\d\d:?\d\d)$/i
const CORAL_SIGNS = [
  'editing',
  'actionCounts',
  'action_summaries',
  'replyCount',
  'replies',
  'revision',
  'deleted',
  'permalink',
  'parent',
]

const isso: Dialect = {
  name: 'isso',
  site: 'Isso',
  isComment: (object) => hasAll(object, ['id', 'text', 'created', 'mode', 'hash', 'likes']),
  read: (comment) => {
    const id = idAt(comment, 'id')
    const website = parseUrl(textAt(comment, 'website'))?.href ?? null
    const name = textAt(comment, 'author')
    return told(id, {
      parent: idAt(comment, 'parent'),
      author: name === null && website === null ? null : { id: null, handle: null, name, url: website },
      html: textAt(comment, 'text') ?? '',
      createdAt: timeOfSeconds(valueAt(comment, 'created')),
      editedAt: timeOfSeconds(valueAt(comment, 'modified')),
      page: textAt(comment, 'uri'),
      withheld: valueAt(comment, 'mode') === ISSO_DELETED ? DELETED : null,
    })
  },
  // Numbered within one site.
  refOf: ({ id }, host) => (host === null ? null : { platform: 'isso', id: `${host}/${id}` }),
  // Those at the top in the answer, all others in what they answer.
  countIn: (value, comments) => sumOf([value, ...comments], 'total_replies'),
  isPart: (holder) => (countAt(holder, 'hidden_replies') ?? 0) > 0,
}

const remark42: Dialect = {
  name: 'remark42',
  site: 'Remark42',
  isComment: (object) => hasAll(object, ['id', 'pid', 'text', 'user', 'locator', 'time']),
  read: (comment) =>
    told(textAt(comment, 'id'), {
      parent: textAt(comment, 'pid'),
      author: accountOf(objectAt(comment, 'user'), 'id', 'name'),
      html: textAt(comment, 'text') ?? '',
      createdAt: timeOfText(textAt(comment, 'time')),
      editedAt: timeOfText(textAt(comment, 'edit', 'time')),
      page: textAt(comment, 'locator', 'url'),
      withheld: valueAt(comment, 'delete') === true ? DELETED : null,
      extra: { pinned: valueAt(comment, 'pin') === true, score: countAt(comment, 'score') },
    }),
  refOf: ({ id }) => ({ platform: 'remark42', id }),
  countIn: (value) => countAt(value, 'info', 'count'),
  isPart: (holder) => (countAt(holder, 'count_left') ?? 0) > 0,
}

const coral: Dialect = {
  name: 'coral',
  site: 'Coral',
  isComment: (object) => {
    // A deleted one has neither words nor writer, and where nulls are left out not even their keys.
    const isDeleted = valueAt(object, 'deleted') === true
    const isWritten = textAt(object, 'id') !== null && (Object.hasOwn(object, 'body') || isDeleted)
    const isSigned = hasAll(object, ['createdAt', 'author']) || hasAll(object, ['created_at', 'user'])
    return (
      isWritten &&
      (isSigned || (isDeleted && Object.hasOwn(object, 'createdAt'))) &&
      CORAL_SIGNS.filter((key) => Object.hasOwn(object, key)).length > 1
    )
  },
  read: (comment) => {
    const isDeleted = valueAt(comment, 'deleted') === true || textAt(comment, 'body') === null
    return told(textAt(comment, 'id'), {
      // A comment may name what it answers, or say that it answers none; in older answers it is only nested.
      parent: valueAt(comment, 'parent') === undefined ? undefined : textAt(comment, 'parent', 'id'),
      author: accountOf(objectAt(comment, 'author') ?? objectAt(comment, 'user'), 'id', 'username'),
      html: textAt(comment, 'body') ?? '',
      createdAt: timeOfText(textAt(comment, 'createdAt') ?? textAt(comment, 'created_at')),
      url: parseUrl(textAt(comment, 'permalink'))?.href ?? null,
      page: textAt(comment, 'story', 'url'),
      withheld: isDeleted ? DELETED : null,
      // When it was edited is not told.
      extra: { edited: valueAt(comment, 'editing', 'edited') === true },
    })
  },
  refOf: ({ id }) => ({ platform: 'coral', id }),
  countIn: (value) =>
    countAt(value, 'data', 'story', 'commentCounts', 'totalPublished') ??
    countAt(value, 'data', 'asset', 'totalCommentCount'),
  isPart: (holder) => {
    // Answers that were counted and not asked for are none that are not there.
    const isUnasked = valueAt(holder, 'replies') === null && (countAt(holder, 'replyCount') ?? 0) > 0
    return isUnasked || [valueAt(holder, 'pageInfo', 'hasNextPage'), valueAt(holder, 'hasNextPage')].includes(true)
  },
}

const hyvor: Dialect = {
  name: 'hyvor-talk',
  site: 'Hyvor Talk',
  isComment: (object) => hasAll(object, ['id', 'body_html', 'created_at', 'user']),
  read: (comment) =>
    told(idAt(comment, 'id'), {
      parent: idAt(comment, 'parent_id'),
      author: accountOf(objectAt(comment, 'user'), 'htid', 'username'),
      html: textAt(comment, 'body_html') ?? '',
      createdAt: timeOfSeconds(valueAt(comment, 'created_at')),
      url: parseUrl(textAt(comment, 'url'))?.href ?? null,
      page: textAt(comment, 'page', 'url'),
      withheld: withheldBy(textAt(comment, 'status')),
      extra: { edited: valueAt(comment, 'is_edited') === true },
    }),
  refOf: ({ id }) => ({ platform: 'hyvor-talk', id }),
  countIn: () => null,
  isPart: () => false,
}

const peertube: Dialect = {
  name: 'peertube',
  site: 'PeerTube',
  isComment: (object) => hasAll(object, ['id', 'url', 'text', 'threadId', 'createdAt']),
  read: (comment) => {
    const isDeleted = valueAt(comment, 'isDeleted') === true
    return told(idAt(comment, 'id'), {
      parent: idAt(comment, 'inReplyToCommentId'),
      author: fediverseAccount(objectAt(comment, 'account')),
      html: paragraphs(textAt(comment, 'text') ?? ''),
      createdAt: timeOfText(textAt(comment, 'createdAt')),
      editedAt: later(timeOfText(textAt(comment, 'updatedAt')), timeOfText(textAt(comment, 'createdAt'))),
      url: parseUrl(textAt(comment, 'url'))?.href ?? null,
      page: idAt(comment, 'videoId'),
      withheld: isDeleted ? DELETED : null,
    })
  },
  // Other servers know a comment by its address, as ActivityPub has it.
  refOf: ({ url }) => (url === null ? null : { platform: FEDIVERSE, id: url }),
  countIn: (value) => countAt(value, 'totalNotDeletedComments') ?? countAt(value, 'total'),
  // Lists of threads count the answers to each, and hold none.
  isPart: (holder) =>
    (countAt(holder, 'totalChildren') ?? 0) > objectsAt(holder, 'children').length ||
    objectsAt(holder, 'data').some((thread) => (countAt(thread, 'totalReplies') ?? 0) > 0),
}

const disqus: Dialect = {
  name: 'disqus',
  site: 'Disqus',
  isComment: (object) => hasAll(object, ['id', 'message', 'thread', 'forum', 'createdAt', 'author']),
  read: (comment) => {
    const thread = idAt(comment, 'thread') ?? idAt(comment, 'thread', 'id')
    return told(idAt(comment, 'id'), {
      parent: idAt(comment, 'parent'),
      author: disqusAccount(objectAt(comment, 'author')),
      html: textAt(comment, 'message') ?? '',
      createdAt: timeOfText(inUtc(textAt(comment, 'createdAt'))),
      page: thread === null ? null : `thread-${thread}`,
      withheld: valueAt(comment, 'isDeleted') === true ? DELETED : null,
      // When it was edited is not told.
      extra: { edited: valueAt(comment, 'isEdited') === true, score: countAt(comment, 'points') },
    })
  },
  refOf: ({ id }) => ({ platform: 'disqus', id }),
  countIn: (value) => countAt(value, 'response', 'thread', 'posts') ?? countAt(value, 'cursor', 'total'),
  isPart: (holder) => valueAt(holder, 'cursor', 'hasNext') === true && Object.hasOwn(holder, 'response'),
}

export const DIALECTS: readonly Dialect[] = [
  isso,
  remark42,
  coral,
  hyvor,
  peertube,
  disqus,
  cusdis,
  youtube,
  ghostComments,
  commento,
]

/** `name` is a key of the account's own name; a shown one may stand beside it. */
function accountOf(user: Json | null, id: string, name: string): Author | null {
  const [own, shown] = [textAt(user, name), textAt(user, 'name') ?? textAt(user, 'displayName')]
  const number = textAt(user, id)
  if (own === null && shown === null && number === null) return null
  const isShown = name === 'name'
  return { id: number, handle: isShown ? null : own, name: isShown ? own : shown, url: null }
}

function fediverseAccount(account: Json | null): Author | null {
  const [name, host] = [textAt(account, 'name'), textAt(account, 'host')]
  const handle = name === null || host === null ? name : `${name}@${host}`
  return authorOf(handle, textAt(account, 'url'), { name: textAt(account, 'displayName') })
}

/** Guests have a name only, and an address that is nobody's. */
function disqusAccount(author: Json | null): Author | null {
  const [handle, name] = [textAt(author, 'username'), textAt(author, 'name')]
  if (handle === null && name === null) return null
  const url = handle === null ? null : (parseUrl(textAt(author, 'profileUrl'))?.href ?? null)
  return { id: textAt(author, 'id'), handle, name, url }
}

/** Disqus writes times of UTC without saying so. */
function inUtc(time: string | null): string | null {
  return time === null || ZONED.test(time) ? time : `${time}Z`
}

function sumOf(holders: readonly unknown[], key: string): number | null {
  const counts = holders.map((holder) => countAt(holder, key)).filter((count) => count !== null)
  return counts.length === 0 ? null : counts.reduce((sum, count) => sum + count, 0)
}
