// What runs inside a page, in a world of its own: the page's scripts neither see nor change it, and it sees the same
// document. It scrolls, presses what unfolds, and keeps the document as it was whenever the page throws away what it
// showed. Plain JavaScript as text: it is sent to the browser as it stands.
import { ACTS, COUNTS, MARKED, UNFOLDS } from './show-more.ts'

/** Share of a screen that one step goes: lists that draw only what is seen must overlap. */
const STEP = 0.8
/** Texts shorter than this (characters) are times, counts and signs, which change all the time. */
const LEAST_TEXT = 4
/** Names of buttons are short. */
const LONGEST_NAME = 120
/** Frames that a quick look over the whole page takes at most. */
const SWEEP_FRAMES = 150
/** A part that scrolls by itself and is smaller (pixels) is a menu or a box of code. */
const LEAST_PART = 200

/** Defines `unspool`, the functions that reveal.ts calls. */
export const PAGE_SCRIPT = `globalThis.unspool ??= (() => {
  const [UNFOLDS, COUNTS, ACTS] = ${JSON.stringify([UNFOLDS, COUNTS, ACTS])}.map((source) => new RegExp(source, 'iu'))
  const PRESSABLE = 'button, [role="button"], a:not([href]), a[href^="#"], a[href^="javascript:"]'
  const MARKED = ${JSON.stringify(MARKED)}
  const UNSEEN = new Set(['SCRIPT', 'STYLE', 'NOSCRIPT', 'TEMPLATE', 'TITLE'])
  const seen = new Set(), kept = new Set(), pressed = new WeakMap()
  let now = new Set(), html = '', isDirty = true
  const watch = new MutationObserver(() => { isDirty = true })
  watch.observe(document, { childList: true, subtree: true, characterData: true })

  const listTexts = () => {
    const texts = new Set()
    const walk = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT)
    for (let node = walk.nextNode(); node !== null; node = walk.nextNode()) {
      const text = node.data.trim()
      if (text.length >= ${LEAST_TEXT} && !UNSEEN.has(node.parentElement?.tagName)) texts.add(text)
    }
    return texts
  }
  const print = () => (document.doctype === null ? '' : '<!DOCTYPE html>') + document.documentElement.outerHTML

  // The document as it was before, when something of it is gone now and is in no document kept so far; else null.
  const look = () => {
    if (!isDirty) return null
    const [before, printed] = [now, html]
    now = listTexts()
    html = print()
    isDirty = false
    for (const text of now) seen.add(text)
    if (![...before].some((text) => !now.has(text) && !kept.has(text))) return null
    for (const text of before) kept.add(text)
    return printed
  }

  const rootsBelow = (root, depth = 0) => {
    const hosts = depth > 8 ? [] : [...root.querySelectorAll('*')].filter((element) => element.shadowRoot !== null)
    return [root, ...hosts.flatMap((host) => rootsBelow(host.shadowRoot, depth + 1))]
  }
  const nameOf = (element) => (element.getAttribute('aria-label') ?? element.innerText ?? '').replace(/\\s+/g, ' ').trim()
  const isFolded = (element) => element.getAttribute('aria-expanded') === 'false'
  const unfolds = (element) => {
    const name = nameOf(element)
    if (name.length > ${LONGEST_NAME}) return false
    return element.matches(MARKED) || UNFOLDS.test(name) || (isFolded(element) && COUNTS.test(name))
  }
  const acts = (element) => {
    const marks = ['aria-label', 'title', 'data-testid', 'name'].map((name) => element.getAttribute(name) ?? '')
    return [...marks, element.innerText ?? ''].some((text) => ACTS.test(text.slice(0, 500)))
  }
  const leaves = (element) => {
    const link = element.closest('a[href]')
    if (link === null || link.protocol === 'javascript:') return false
    return link.href.split('#', 1)[0] !== location.href.split('#', 1)[0]
  }
  const isDone = (element) =>
    element.disabled === true || element.getAttribute('aria-disabled') === 'true' ||
    element.getAttribute('aria-expanded') === 'true' || element.hasAttribute('aria-haspopup') ||
    ((element.form ?? element.closest('form')) !== null && element.type !== 'button' && element.localName !== 'a') ||
    // A button that brought nothing when it was pressed brings nothing now.
    seen.size <= (pressed.get(element) ?? -1)
  const mayPress = (element) =>
    element.isConnected && !isDone(element) && unfolds(element) && !acts(element) && !leaves(element) && element.checkVisibility()
  const listButtons = () => {
    const found = rootsBelow(document).flatMap((root) => [...root.querySelectorAll(PRESSABLE + ', ' + MARKED)])
    return [...new Set(found)].filter(mayPress)
  }
  const press = (most) => {
    const buttons = listButtons().slice(0, most).filter((element) => {
      if (!mayPress(element)) return false
      pressed.set(element, seen.size)
      element.click()
      return true
    })
    return buttons.length
  }

  const listParts = () => {
    const inner = [...document.body?.querySelectorAll('*') ?? []].filter((element) =>
      element.scrollHeight > element.clientHeight + 50 && element.clientHeight >= ${LEAST_PART} &&
      element.clientWidth >= ${LEAST_PART} && /auto|scroll/.test(getComputedStyle(element).overflowY))
    return [document.scrollingElement ?? document.documentElement, ...inner]
  }
  // One step up or down in the first part that can still go that way; false at the end of all.
  const scroll = (way) => listParts().some((part) => {
    const before = part.scrollTop
    part.scrollBy({ top: way * part.clientHeight * ${STEP}, behavior: 'instant' })
    return Math.abs(part.scrollTop - before) >= 1
  })
  const rewind = () => { for (const part of listParts()) part.scrollTo({ top: 0, behavior: 'instant' }) }
  const nextFrame = () => new Promise((resolve) => { requestAnimationFrame(resolve); setTimeout(resolve, 50) })
  const sweep = async () => {
    for (let frame = 0; frame < ${SWEEP_FRAMES} && !isDirty && scroll(1); frame++) await nextFrame()
    await nextFrame()
  }

  return {
    look, press, scroll, sweep, rewind,
    countButtons: () => listButtons().length,
    hasChanged: () => isDirty,
    hasScripts: () => [...document.scripts].some(({ type }) => !/json|template/i.test(type)),
    place: () => location.href.split('#', 1)[0],
    height: () => listParts().reduce((sum, part) => sum + part.scrollHeight, 0),
    goBack: () => history.back(),
  }
})()`
