// YouTube's Data API (v3): its answers to `commentThreads` and `comments`, as researchers' programs keep them. Of the
// answers to a comment the first few come with it.
import type { Author } from '../../model.ts'
import { parseUrl } from '../../url.ts'
import { timeOfText } from '../extraction/post.ts'
import { countAt, type Json, objectAt, objectsAt, textAt } from '../values/json-fields.ts'
import { type Dialect, later, paragraphs, told } from './dialect.ts'

const COMMENT = 'youtube#comment'
const THREAD = 'youtube#commentThread'
const LIST = /^youtube#comment(?:Thread)?ListResponse$/

export const youtube: Dialect = {
  name: 'youtube',
  site: 'YouTube',
  isComment: (object) => object['kind'] === COMMENT && objectAt(object, 'snippet') !== null,
  read: (comment) => {
    const [id, snippet] = [textAt(comment, 'id'), objectAt(comment, 'snippet')]
    const [video, channel] = [textAt(snippet, 'videoId'), textAt(snippet, 'channelId')]
    const createdAt = timeOfText(textAt(snippet, 'publishedAt'))
    const author = authorIn(snippet)
    return told(id, {
      // An answer's id begins with that of the comment it answers.
      parent: textAt(snippet, 'parentId') ?? above(id),
      author,
      // What is shown has links written out by the site; what was typed is there as well, for its owner always.
      html: textAt(snippet, 'textDisplay') ?? paragraphs(textAt(snippet, 'textOriginal') ?? ''),
      createdAt,
      editedAt: later(timeOfText(textAt(snippet, 'updatedAt')), createdAt),
      url: video === null || id === null ? null : `https://www.youtube.com/watch?v=${video}&lc=${id}`,
      page: video,
      isPageAuthor: channel !== null && author?.id === channel,
      extra: { likes: countAt(snippet, 'likeCount') },
    })
  },
  refOf: ({ id }) => ({ platform: 'youtube', id }),
  countIn: (value) => (textAt(value, 'nextPageToken') === null ? countThreads(objectsAt(value, 'items')) : null),
  isPart: (holder) => {
    if (holder['kind'] === THREAD) return countReplies(holder) > objectsAt(holder, 'replies', 'comments').length
    return LIST.test(textAt(holder, 'kind') ?? '') && textAt(holder, 'nextPageToken') !== null
  },
}

function authorIn(snippet: Json | null): Author | null {
  const [name, id] = [textAt(snippet, 'authorDisplayName'), textAt(snippet, 'authorChannelId', 'value')]
  if (name === null && id === null) return null
  const handle = name?.startsWith('@') === true ? name.slice(1) : null
  const url = parseUrl(textAt(snippet, 'authorChannelUrl'))?.href ?? null
  return { id, handle, name: handle === null ? name : null, url }
}

function above(id: string | null): string | null {
  const dot = id?.indexOf('.') ?? -1
  return dot > 0 ? (id?.slice(0, dot) ?? null) : null
}

/** Threads with all their answers; null for a list of answers alone, which counts nothing. */
function countThreads(items: readonly Json[]): number | null {
  const threads = items.filter((item) => item['kind'] === THREAD)
  return threads.length === 0 ? null : threads.reduce((sum, thread) => sum + 1 + countReplies(thread), 0)
}

function countReplies(thread: Json): number {
  return countAt(thread, 'snippet', 'totalReplyCount') ?? 0
}
