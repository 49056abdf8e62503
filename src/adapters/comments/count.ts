// How many comments a page says it has: the heading over them, else what its links and labels agree on.
import { type Document, type Element, isTag } from 'domhandler'
import { attr, closest, matches, select, shortTextOf } from '../../markup/markup.ts'
import { linkedCount } from '../article/metadata/linked-data.ts'
import { commentCount, countBesideTitle } from '../scrape/furniture.ts'
import { westernDigits } from '../values/digits.ts'
import { SIDE } from './areas.ts'

const HEADINGS = 'h1, h2, h3, h4, h5, h6, legend, [role="heading"]'
const NAMED =
  '[class*="comment" i], [id*="comment" i], a[href*="#comment" i], a[href$="#respond"], [class*="kommentar" i], [class*="discussion-meta" i], [class*="-count" i]'
/** A heading of the comments themselves may join title and count in any words. */
const TITLES = `${HEADINGS}, [class*="title" i], [id*="title" i]`
/** Systems that call nothing of theirs a comment still call their heading one (Remark42). */
const TITLED = '[class*="title" i]'
const AREA = '[class*="comment" i], [id*="comment" i]'
const COUNTED = '[data-comments-count], [data-num-comments], [data-comment-count]'
/** What only tells of other articles. */
const ELSEWHERE =
  '[class*="related" i]:not(body), [class*="teaser" i]:not(body), [class*="archive" i]:not(body), .post-preview, [class*="PostPreview"], aside'
/** Characters of a heading with the article's title in it. */
const MAX_HEADING = 300
const QUOTED_TITLE =
  /^「[^」]*」(?:への|に対する)|^[“"„«‘][^”"“»’]*[”"“»’]:?\s+|\s+(?:on|to|zu|auf|für|en|a|à|sur|su|op|till|til|na|do|на|к|о)\s+[“"„«‘].*$/u
const DIGITS = /^\d{1,6}$/
const ANSWERS =
  /^(\d{1,6}) ?(?:repl(?:y|ies)|antwort(?:en)?|réponses?|respuestas?|respostas?|rispost[ae]|odpowied(?:ź|zi)|ответ(?:а|ов)?|відповід(?:ь|і|ей)|yanıt|balasan|phản hồi|件の返信|[条條則则個个]?(?:回复|回覆)|개의 답글)$/iu
/** What may part the two counts: a dot, a line. */
const MAX_BETWEEN = 3
const SAYS_ANYTHING = /[\p{L}\p{N}]/u
/** What the page calls its article. */
const OWN_TITLES = 'h1, meta[property="og:title"]'
const MAX_TITLES = 3
const MIN_TITLE = 2
const HAS_LETTER = /\p{L}/u

/** Null where it says none, or its labels say several. */
export function declaredComments(root: Document): number | null {
  const titles = titlesOf(root)
  const headings = countsOf(select(HEADINGS, root), titles)
  if (headings[0] !== undefined) return headings[0]
  const [first, ...others] = new Set([...countsOf(select(NAMED, root), titles), ...attributes(root)])
  if (first !== undefined) return others.length === 0 ? first : null
  const [titled = null, ...more] = new Set(countsOf(select(TITLED, root), []))
  return linkedCount(root) ?? (more.length === 0 ? titled : null)
}

/** What a page calls its article; headings over comments may repeat it. */
export function titlesOf(root: Document): readonly string[] {
  const said = select(OWN_TITLES, root)
    .slice(0, MAX_TITLES)
    .map((one) => attr(one, 'content')?.trim() ?? shortTextOf(one, MAX_HEADING) ?? '')
  return said.filter((title) => title.length >= MIN_TITLE && HAS_LETTER.test(title))
}

/** The count that a heading or a label is, with or without one of the article's titles. */
export function countIn(element: Element, titles: readonly string[]): number | null {
  const text = westernDigits(shortTextOf(element, MAX_HEADING) ?? '').trim()
  const count = commentCount(text.replace(QUOTED_TITLE, '').trim())?.declared ?? null
  if (count !== null || !matches(element, TITLES) || closest(element, AREA) === null) return count
  return countBesideTitle(text) ?? countBesideTitle(withQuotes(text, titles))
}

/** `6 комментариев: Title`: many themes set no quotes around it. */
function withQuotes(text: string, titles: readonly string[]): string {
  const title = titles.map(westernDigits).find((one) => text.includes(one))
  return title === undefined ? text : text.replace(title, () => `“${title}”`)
}

function countsOf(elements: readonly Element[], titles: readonly string[]): number[] {
  return elements.filter(isOwn).flatMap((element) => {
    const count = countIn(element, titles)
    return count === null ? [] : count + answersBeside(element)
  })
}

/** `3 comments · 2 replies`, each in an element of its own: answers are counted apart (giscus). */
function answersBeside(element: Element): number {
  if (answersIn(element) !== null) return 0
  let left = MAX_BETWEEN
  for (let at = element.next; at !== null && left > 0; at = at.next) {
    if (!isTag(at)) continue
    const answers = answersIn(at)
    if (answers !== null) return answers
    if (SAYS_ANYTHING.test(shortTextOf(at, MAX_HEADING) ?? '')) return 0
    left -= 1
  }
  return 0
}

function answersIn(element: Element): number | null {
  const count = ANSWERS.exec(westernDigits(shortTextOf(element, MAX_HEADING) ?? '').trim())?.[1]
  return count === undefined ? null : Number(count)
}

function attributes(root: Document): number[] {
  const elements = select(COUNTED, root).filter(
    (element) => isOwn(element) && matches(element, '#comments, [id*="comment"]'),
  )
  const said = elements.flatMap(({ attribs }) => [
    attribs['data-comments-count'],
    attribs['data-num-comments'],
    attribs['data-comment-count'],
  ])
  return said.flatMap((value) => (value !== undefined && DIGITS.test(value) ? [Number(value)] : []))
}

function isOwn(element: Element): boolean {
  return closest(element, SIDE) === null && closest(element, ELSEWHERE) === null && attr(element, 'hidden') === null
}
