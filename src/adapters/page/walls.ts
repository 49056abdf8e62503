// Pages that stand where a post should be: shells that only a script fills, login walls, checks for robots. They are
// told by what they show, and are never stored as if they were the post.
import { type Document, isText } from 'domhandler'
import { attr, select, selectOne, textOf, walk } from '../../markup/markup.ts'
import type { Note } from '../../model.ts'
import { isLogin, urlOf } from '../../url.ts'
import type { Page } from './page.ts'

/** Characters of text below which a page with scripts shows nothing by itself. */
const SHELL_TEXT = 200
const MOUNTS = '#root, #app, #__next, #__nuxt, #main, [data-reactroot], [ng-app], #content, #thread'
const NEEDS_SCRIPT =
  /\b(enable|requires?|turn on|activate|aktiviere\w*|active[zr]?|activar?)\b.{0,40}\bjavascript\b|\bjavascript\b.{0,40}\b(required|disabled|not (enabled|available)|deaktiviert|desactivado)\b/i
/** A wall says little: longer pages are about walls, not behind one. In characters. */
const WALL_TEXT = 2_000

/** Characters beside the form of a page that is there to log in: a greeting, a slogan, a footer. */
const BESIDE_FORM = 300

/** Elements whose text nobody reads; that of noscript is read where no script runs. */
const UNSEEN: ReadonlySet<string> = new Set(['script', 'style', 'template'])

type Wall = readonly [code: string, pattern: RegExp, message: string]
const LOGIN_WALL: Wall = [
  'login-wall',
  /\b(log ?in|sign ?in|sign up|anmelden|iniciar sesión)\b.{0,60}\b(to (continue|view|read|see|access)|required|um fortzufahren)\b/i,
  'The site shows this only after logging in.',
]
/** The first that fits names the wall. */
const WALLS: readonly Wall[] = [
  [
    'anti-bot',
    /\b(checking (if|your browser|that) .{0,40}(secure|browser|human)|verify(ing)? (that )?you are (a )?human|just a moment\.{3}|attention required! \| cloudflare|ddos protection by|making sure you('|’)re not a bot|complete the captcha)/i,
    'The site asks whether a robot is reading; the post is not on this page.',
  ],
  [
    'blocked',
    /\b(request|access|ip|you) (has|have|is|was|were) (been )?(blocked|denied)\b|\b(access denied|too many requests|rate limit(ed)? exceeded|unusual traffic)\b/i,
    'The site refuses to show this page for now. Try later, or save the page in a browser.',
  ],
  [
    'age-gate',
    /\bmust be (at least )?(18|eighteen|21)\b|\bare you (over|at least) (18|eighteen|21)\b/i,
    "The site asks for the reader's age; the post is not on this page.",
  ],
  LOGIN_WALL,
]

/** Whether the page has scripts and almost no text of its own: a browser must run it first. */
export function looksLikeScriptShell(page: Page): boolean {
  if (page.kind !== 'html') return false
  const { root } = page.html()
  const scripts = select('script', root).filter((script) => !isData(attr(script, 'type')))
  if (scripts.length === 0) return false
  const text = visibleText(root)
  if (text.length >= SHELL_TEXT) return false
  // In a browser the script has run: what is short then is short.
  const mayFill = page.capture.method !== 'browser' && selectOne(MOUNTS, root) !== null
  return text === '' || mayFill || NEEDS_SCRIPT.test(allText(root))
}

/** Of a page as it was served, and as a browser has it in the end. */
const SHELLS = {
  served: 'This page is empty until its script runs. Read it with a browser.',
  browsed:
    'This page stayed empty when its script had run. It may want a log-in (--profile): save it in a browser, and give the file.',
} as const

/** Why this page is not the post, as notes; none when it may be one. */
export function wallNotes(page: Page): Note[] {
  if (page.kind !== 'html') return []
  const input = page.capture.input
  const { root } = page.html()
  const length = allText(root).length
  const wall = (length > WALL_TEXT ? undefined : wallIn(spacedText(root))) ?? loginIn(page, length)
  if (wall !== undefined) return [wallNote(page, wall)]
  const message = SHELLS[page.capture.method === 'browser' ? 'browsed' : 'served']
  return looksLikeScriptShell(page) ? [{ level: 'warning', code: 'script-shell', message, input }] : []
}

/** Of a page that only leads to a log-in. */
export function loginNote(page: Page): Note {
  return wallNote(page, LOGIN_WALL)
}

function wallNote({ capture }: Page, [code, , message]: Wall): Note {
  return { level: 'warning', code, message, input: capture.input }
}

/** A page that only asks for a password, or another address than was asked for, whose words are those of a log-in. */
function loginIn({ capture, html }: Page, length: number) {
  const { root } = html()
  const isAsking = selectOne('input[type="password" i]', root) !== null
  const isSentThere = isLogin(urlOf(capture.finalUrl)) && !isLogin(urlOf(capture.url))
  // Some software puts the whole page into one form.
  const isShort = length <= WALL_TEXT
  const isWall = isSentThere ? isAsking || isShort : isAsking && isShort && textBesideForms(root) <= BESIDE_FORM
  return isWall ? LOGIN_WALL : undefined
}

/** In characters. */
function textBesideForms(root: Document): number {
  const outside = [...walk(root, ({ name }) => UNSEEN.has(name) || name === 'form' || name === 'title')]
  return outside.filter(isText).reduce((sum, { data }) => sum + data.trim().length, 0)
}

function wallIn(text: string) {
  return WALLS.find(([, pattern]) => pattern.test(text))
}

function isData(type: string | null): boolean {
  return type !== null && (type.includes('json') || type.includes('template'))
}

function visibleText(root: Document): string {
  return textOf(selectOne('body', root) ?? root) ?? ''
}

function allText(root: Document): string {
  const hidden = select('noscript', root).flatMap((element) =>
    [...walk(element)].filter(isText).map(({ data }) => data),
  )
  return [textOf(selectOne('title', root)) ?? '', visibleText(root), ...hidden].join('\n')
}

/** The same with the words of neighbouring elements apart: "Log in" in one and "to continue" in the next. */
function spacedText(root: Document): string {
  const texts = [...walk(root, ({ name }) => UNSEEN.has(name))].filter(isText).map(({ data }) => data.trim())
  return texts.filter((text) => text !== '').join(' ')
}
