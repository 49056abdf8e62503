// Pages that show the beginning of an article and sell the rest. What was read of them is a part, and that is said; the
// box that says so on the page is furniture, and leaves the text.
import { type Element, isTag, isText } from 'domhandler'
import { attr, hasClass, shortTextOf, walk } from '../../markup/markup.ts'
import type { Note } from '../../model.ts'
import { noteOn } from '../extraction/extraction.ts'
import type { Page } from '../page/page.ts'

/** Characters of what says so. */
const [MIN_SAID, MAX_SAID] = [12, 220]
/** Most pages hold none of these and are not looked at further. */
const MAYBE =
  /subscri|members?\b|full (?:story|article|post)|(?:continue|keep) reading|in (?:the |our )?app\b|free articles?|abonn|weiterlesen|suscri|assinante/i
const PIECE = '(?:article|story|post|content|piece|newsletter|entry)'
const READERS = '(?:paid |paying )?(?:subscribers?|members?|patrons|supporters)'
const PROMPT = new RegExp(
  `^\\W*(?:${[
    `(?:(?:the rest of|the full version of) )?(?:this|the) (?:full )?${PIECE} is (?:available |reserved |exclusively |exclusive )*(?:for|to) (?:our |\\w+ )?${READERS}(?: only)?`,
    `the author made this story available to (?:\\w+ )?members only`,
    `(?:${READERS}|member|subscriber)[- ]only (?:${PIECE}|content)`,
    `(?:please )?(?:subscribe|sign up|register|log in|sign in|become a (?:paid )?(?:member|subscriber)|create an? (?:free )?account|upgrade|start (?:your|a) free trial|join)(?: now| here| today)?(?: (?:or|and) (?:subscribe|sign up|register|log in|sign in))? to (?:continue reading|keep reading|read (?:the (?:full|whole|rest)|on|this (?:article|story|post))|unlock|get access to the rest).{0,80}`,
    `to (?:continue|keep) reading(?: this ${PIECE})?,? (?:please )?(?:subscribe|register|sign (?:in|up)|log ?in|become|open|download|start|join|choose).{0,80}`,
    `(?:continue|keep) reading (?:this ${PIECE} )?(?:in|with) (?:the|our|a) (?:app|.{0,20}(?:subscription|membership|free trial|account)).{0,40}`,
    `you(?:[’']ve| have) (?:reached|read|used) (?:your|all|the) .{0,30}(?:free|monthly|article).{0,30}(?:limit|articles?|stories).{0,40}`,
    `(?:weiterlesen|jetzt weiterlesen|lesen sie weiter) mit .{1,40}|(?:dieser (?:artikel|beitrag)|dieser inhalt) ist (?:nur )?(?:für|unseren) .{0,20}abonnent.{0,40}|sie möchten (?:weiterlesen|den artikel lesen).{0,40}`,
    `(?:(?:la suite de )?cet article|la suite|ce contenu|il vous reste .{1,40}) (?:est )?(?:réservée?s?|à découvrir).{0,40}|(?:este|esta) (?:contenido|artículo|noticia) (?:es|está) .{0,20}(?:exclusiv|suscript|reservad).{0,60}|(?:conteúdo|matéria) exclusiv[oa] para assinantes`,
    `(?:dit artikel|deze tekst) is (?:alleen|exclusief) voor (?:abonnees|leden).{0,40}|questo articolo è riservato agli abbonati.{0,40}`,
  ].join('|')})[\\s.!…:»→]*(?:[.!?:]\\s.{0,200})?$`,
)
/** schema.org's own sign. */
const NOT_FREE = /"isAccessibleForFree"\s*:\s*(?:false|"false"|"no"|"https?:\/\/schema\.org\/False")/i
const BLOCKS: ReadonlySet<string> = new Set(['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6'])
/** Menus ask everybody, and comments and quotations only speak of it. */
const FRAMES: ReadonlySet<string> = new Set(['script', 'style', 'template', 'noscript', 'nav', 'footer', 'blockquote'])
const COMMENTS = ['comment', 'comments', 'comment-list', 'comments-area', 'comment-content']

/** That only the beginning was read, or that it may be; none for other pages. */
export function paywallNotes(page: Page): Note[] {
  const isMarked = NOT_FREE.test(page.text)
  if (!isMarked && !MAYBE.test(page.text)) return []
  const said = promptIn(page)
  if (said !== null)
    return [noteOn(page, 'warning', 'paywall', `Perhaps only the beginning was read; the page says: ${said}`)]
  const message = 'The page is marked as one for subscribers; whether all of it is here is not known.'
  return isMarked ? [noteOn(page, 'info', 'paywall', message)] : []
}

/** In one text, or in a paragraph with links in it. */
function promptIn(page: Page): string | null {
  const { root } = page.html()
  for (const node of walk(root, isElsewhere)) {
    const isBlock = isTag(node) && BLOCKS.has(node.name)
    const text = isText(node) ? node.data.trim() : isBlock ? (shortTextOf(node, MAX_SAID) ?? '') : ''
    if (text.length > MIN_SAID && text.length <= MAX_SAID && PROMPT.test(text.toLowerCase())) return text
  }
  return null
}

function isElsewhere(element: Element): boolean {
  return (
    FRAMES.has(element.name) || attr(element, 'id') === 'comments' || COMMENTS.some((name) => hasClass(element, name))
  )
}
