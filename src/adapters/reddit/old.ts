// old.reddit.com: every thing carries its facts as data attributes, and every list of answers the name of what it
// answers.
import { type Document, type Element, isTag } from 'domhandler'
import { attr, closest, hasClass, select, selectOne, textOf } from '../../markup/markup.ts'
import type { Parent } from '../../model.ts'
import { parseUrl } from '../../url.ts'
import { timeOfSeconds, timeOfText } from '../extraction/post.ts'
import type { Row, Rows } from './html.ts'
import { declaredParent, isSubmission, nameInPath, nameOf, submissionInPath, userOf } from './names.ts'

const THINGS = 'div.thing[data-fullname], div.thing[data-permalink]'
const MORE_COUNT = /\(\s*([\d,]{1,9})\s+repl/
const LIST_OF = /^siteTable_(t[13]_[a-z0-9]{1,13})$/
/** Where words stand; savers that clean up leave one of the two. */
const WORDS = ['.usertext-body .md', '.md', '.usertext-body']
/** Alone: people begin comments so too. */
const WITHHELD = /^\[\s?(deleted|removed)(?: by [^\]]{1,40})?\s?\]$/i
const COMMAS = /,/g

export function isOldReddit(root: Document): boolean {
  return selectOne(THINGS, root) !== null
}

export function readOldReddit(root: Document): Rows {
  const things = select(THINGS, root)
  const stubs = things.filter((thing) => hasClass(thing, 'morechildren'))
  const own = things.filter((thing) => !hasClass(thing, 'morechildren') && !hasClass(thing, 'promoted'))
  const submission = own.find((thing) => isSubmission(nameOfThing(thing) ?? ''))
  return {
    rows: own.flatMap(rowOf),
    left: stubs.reduce((sum, stub) => sum + countIn(stub), 0),
    deeper: select('.deepthread a', root).flatMap((link) => attr(link, 'href') ?? []),
    declaredReplies: numberOf(attr(submission ?? null, 'data-comments-count')),
    site: siteOf(submission ?? null),
  }
}

function rowOf(thing: Element): Row[] {
  const name = nameOfThing(thing)
  const entry = thing.children.filter(isTag).find((child) => hasClass(child, 'entry')) ?? null
  if (name === null || entry === null) return []
  const words = WORDS.map((selector) => selectOne(selector, entry)).find((element) => element !== null) ?? null
  const isDeleted = hasClass(thing, 'deleted') || WITHHELD.test(textOf(words) ?? '')
  return [
    {
      element: thing,
      name,
      title: isSubmission(name) ? textOf(selectOne('a.title', thing)) : null,
      author: userOf(
        attr(thing, 'data-author') ?? textOf(selectOne('a.author', entry)),
        attr(thing, 'data-author-fullname'),
      ),
      isPostAuthor: selectOne('.tagline a.author.submitter', entry) !== null && !isSubmission(name),
      createdAt: timeIn(thing, entry),
      editedAt: timeOfText(attr(selectOne('time.edited-timestamp', entry), 'datetime')),
      words: words?.children ?? null,
      link: linkOf(thing, name),
      permalink: attr(thing, 'data-permalink'),
      parent: parentOf(thing, entry),
      withheld: isDeleted ? (WITHHELD.exec(textOf(words) ?? '')?.[1]?.toLowerCase() ?? 'deleted') : null,
    },
  ]
}

function siteOf(submission: Element | null): string | null {
  const name = attr(submission, 'data-subreddit')
  return attr(submission, 'data-subreddit-prefixed') ?? (name === null ? null : `r/${name}`)
}

/** Savers that keep few attributes keep the address. */
function nameOfThing(thing: Element): string | null {
  return nameOf(attr(thing, 'data-fullname')) ?? nameInPath(attr(thing, 'data-permalink'))
}

function timeIn(thing: Element, entry: Element): string | null {
  const written = attr(selectOne('.tagline time:not(.edited-timestamp)', entry), 'datetime')
  return timeOfText(written) ?? timeOfSeconds((numberOf(attr(thing, 'data-timestamp')) ?? Number.NaN) / 1000)
}

/** A text submission links to itself by a path. */
function linkOf(thing: Element, name: string): string | null {
  const url = parseUrl(attr(thing, 'data-url'))
  return isSubmission(name) && !hasClass(thing, 'self') ? (url?.href ?? null) : null
}

function parentOf(thing: Element, entry: Element): Parent | null {
  const list = closest(thing, '.sitetable')
  const listed = LIST_OF.exec(attr(list, 'id') ?? '')?.[1] ?? null
  if (listed !== null) return declaredParent(listed, 'stands in the list of answers to its parent')
  const link = attr(selectOne('a[data-event-action="parent"]', entry), 'href')
  if (link?.startsWith('#')) return declaredParent(nameOf(`t1_${link.slice(1)}`), 'its link to its parent')
  const around = list === null ? null : closest(list, '.thing.comment')
  if (around !== null) return declaredParent(nameOfThing(around), 'stands below its parent')
  const isTop = closest(thing, '.commentarea') !== null
  return declaredParent(
    isTop ? submissionInPath(attr(thing, 'data-permalink')) : null,
    'stands at the top below the submission in its address',
  )
}

function countIn(stub: Element): number {
  return numberOf(MORE_COUNT.exec(textOf(stub) ?? '')?.[1] ?? null) ?? 1
}

function numberOf(text: string | null): number | null {
  const count = Number(text?.replace(COMMAS, '') ?? Number.NaN)
  return Number.isSafeInteger(count) && count >= 0 ? count : null
}
