// Pages that stand where a post should be: shells that only a script fills, login walls, checks for robots. They are told
// by what they show, and are never stored as if they were the post.
import type { Document } from 'domhandler'
import { attr, select, selectOne, textOf } from '../markup.ts'
import type { Note } from '../model.ts'
import type { Page } from './page.ts'

/** Characters of text below which a page with scripts shows nothing by itself. */
const SHELL_TEXT = 200
const MOUNTS = '#root, #app, #__next, #__nuxt, #main, [data-reactroot], [ng-app], #content, #thread'
const NEEDS_SCRIPT =
  /\b(enable|requires?|turn on|activate|aktiviere\w*|active[zr]?|activar?)\b.{0,40}\bjavascript\b|\bjavascript\b.{0,40}\b(required|disabled|not (enabled|available)|deaktiviert|desactivado)\b/i
const ROBOT_CHECK =
  /\b(checking (if|your browser|that) .{0,40}(secure|browser|human)|verify(ing)? (that )?you are (a )?human|just a moment\.{0,3}$|attention required! \| cloudflare|ddos protection by|making sure you('|’)re not a bot|please complete the captcha)/i
const LOGIN =
  /\b(log ?in|sign ?in|sign up|anmelden|iniciar sesión)\b.{0,60}\b(to (continue|view|read|see|access)|required|um fortzufahren)\b/i

/** Whether the page has scripts and almost no text of its own: a browser must run it first. */
export function looksLikeScriptShell(page: Page): boolean {
  if (page.kind !== 'html') return false
  const { root } = page.html()
  const scripts = select('script', root).filter((script) => !isData(attr(script, 'type')))
  if (scripts.length === 0) return false
  const text = visibleText(root)
  return (
    text.length < SHELL_TEXT && (text === '' || selectOne(MOUNTS, root) !== null || NEEDS_SCRIPT.test(allText(root)))
  )
}

/** Why this page is not the post, as notes; none when it may be one. */
export function wallNotes(page: Page): Note[] {
  if (page.kind !== 'html') return []
  const text = allText(page.html().root).slice(0, 4 * SHELL_TEXT)
  const input = page.capture.input
  if (ROBOT_CHECK.test(text))
    return [wall('anti-bot', 'The site asks whether a robot is reading; the post is not on this page.', input)]
  if (looksLikeScriptShell(page))
    return [wall('script-shell', 'This page is empty until its script runs. Read it with a browser.', input)]
  if (text.length < 4 * SHELL_TEXT && LOGIN.test(text))
    return [wall('login-wall', 'The site shows this only after logging in.', input)]
  return []
}

function wall(code: string, message: string, input: string): Note {
  return { level: 'warning', code, message, input }
}

function isData(type: string | null): boolean {
  return type !== null && (type.includes('json') || type.includes('template'))
}

function visibleText(root: Document): string {
  return textOf(selectOne('body', root) ?? root) ?? ''
}

function allText(root: Document): string {
  const hidden = select('noscript', root).map((element) =>
    element.children.map((node) => ('data' in node ? node.data : '')).join(''),
  )
  return [textOf(selectOne('title', root)) ?? '', visibleText(root), ...hidden].join('\n')
}
