// Formulas as pages draw them (MathML, KaTeX, MathJax 2 and 3, pictures of TeX) → the TeX that says the same. Drawn
// letter by letter they would be read as `x2`, or not at all.
import { createRequire } from 'node:module'
import render from 'dom-serializer'
import { type Element, isTag, isText, type ParentNode } from 'domhandler'
import { attr, hasAncestor, rawTextOf, selectOne, walk } from '../markup/markup.ts'

export interface Formula {
  /** TeX without its dollar signs, one line, never empty. */
  readonly tex: string
  /** On a line of its own. */
  readonly isBlock: boolean
}

/** UTF-16 units; longer ones are left to be read as words. */
const MAX_TEX = 10_000
/** MathML beyond this is not converted: the converter recurses. */
const MAX_MATHML = 20_000
/** Elements behind a drawn formula among which the script with its TeX stands (MathJax 2). */
const NEAR = 3

const MATH_SCRIPT = /^math\/(?:tex|mml)/i
const DISPLAY = /mode\s*=\s*display/i
const BOXES = /(?:^|\s)(?:katex|mathjax|mjx|mjpage|latex-rendered)/i
const BLOCK_BOX =
  /(?:^|\s)(?:katex-display|MathJax(?:_SVG|_CHTML)?_Display|MJXc-display|mjpage__block|latex-rendered)(?:\s|$)/i
const PREVIEW = /(?:^|\s)MathJax_Preview(?:\s|$)/
const PICTURE_CLASS = /(?:^|\s)(?:latex|ql-img-\S+|mwe-math-fallback-image-\S+)(?:\s|$)/
const PICTURE_SOURCE = /(?:latex\.php|latex\.codecogs\.com|\/media\/math\/render\/)/
/** What Wikipedia's pictures say around every formula. */
const STYLE = /^\{\\(?:displaystyle|textstyle)\s+([\s\S]*)\}$/
/** The code of a sign (MathJax 3), in a class or as data. */
const SIGN = /(?:^|\s)mjx-c([0-9A-F]{2,5})(?:\s|$)/i
const CODE = /^(?:[0-9A-F]{2,4}|1[0-9A-F]{4})$/i
const SPACES = /\s+/g

/** What an element says as a formula; `drawn` when an element beside it says the same; null when it is none. */
export function readFormula(element: Element): Formula | 'drawn' | null {
  switch (element.name) {
    case 'math':
      return hasAncestor(element, isMath) ? null : formula(texOfMath(element), attr(element, 'display') === 'block')
    case 'script':
      return MATH_SCRIPT.test(attr(element, 'type') ?? '') ? readScript(element) : null
    case 'img':
      return isPicture(element) ? formula(attr(element, 'alt'), false) : null
    case 'mjx-container':
      return formula(texInside(element) ?? drawnLetters(element), attr(element, 'display') === 'true')
    default:
      return BOXES.test(element.attribs['class'] ?? '') ? readBox(element) : null
  }
}

function isMath(node: ParentNode): boolean {
  return isTag(node) && node.name === 'math'
}

function readScript(element: Element): Formula | null {
  const type = attr(element, 'type') ?? ''
  const said = element.children.map((child) => (isText(child) ? child.data : '')).join('')
  return formula(type.includes('mml') ? toTex(said) : said, DISPLAY.test(type))
}

/** A box drawn by a script; its TeX stands in the script behind it, or inside. */
function readBox(element: Element): Formula | 'drawn' | null {
  if (isBeforeScript(element)) return 'drawn'
  const name = element.attribs['class'] ?? ''
  return PREVIEW.test(name) ? null : formula(texInside(element), BLOCK_BOX.test(name))
}

function isBeforeScript(element: Element): boolean {
  let at = element.next
  for (let seen = 0; at !== null && seen < NEAR; at = at.next) {
    if (!isTag(at)) continue
    if (at.name === 'script' && MATH_SCRIPT.test(attr(at, 'type') ?? '')) return true
    seen += 1
  }
  return false
}

/** The surest first: TeX as it was written, then MathML. */
function texInside(box: Element): string | null {
  const math = selectOne('math', box)
  if (math !== null) return texOfMath(math)
  const held = selectOne('[data-mathml]', box) ?? box
  return (
    latexOf(attr(box, 'data-attrs')) ??
    toTex(attr(held, 'data-mathml')) ??
    attr(selectOne('.mjx-math[aria-label]', box), 'aria-label')
  )
}

/** Substack keeps formulas as data of an empty element. */
function latexOf(attributes: string | null): string | null {
  try {
    const said: unknown = JSON.parse(attributes ?? 'null')
    const tex = said !== null && typeof said === 'object' ? Reflect.get(said, 'persistentExpression') : null
    return typeof tex === 'string' ? tex : null
  } catch {
    return null // no JSON: the box holds what it shows
  }
}

/** No formula stands in a formula: such pages are broken, or written to keep the converter busy. */
function texOfMath(math: Element): string | null {
  const written = selectOne('annotation[encoding*="tex" i]', math)
  if (written !== null) return rawTextOf(written)
  const isPlain = selectOne('math', math) === null
  return attr(math, 'alttext') ?? (isPlain ? toTex(render(math, { xmlMode: true })) : null)
}

type Converter = { readonly MathMLToLaTeX: { convert(mathml: string): string } }

/** Null when there is nothing to convert, or nothing that the converter understands. */
function toTex(mathml: string | null): string | null {
  if (mathml === null || mathml.length > MAX_MATHML) return null
  const { MathMLToLaTeX } = createRequire(import.meta.url)('mathml-to-latex') as Converter
  try {
    return MathMLToLaTeX.convert(mathml)
  } catch {
    return null // broken MathML: its letters are read as words
  }
}

/** MathJax 3 without its hidden MathML: its letters in a row. */
function drawnLetters(box: Element): string | null {
  let letters = ''
  for (const node of walk(box)) {
    if (!isTag(node)) continue
    const code = attr(node, 'data-c') ?? SIGN.exec(node.attribs['class'] ?? '')?.[1] ?? null
    if (code !== null && CODE.test(code)) letters += String.fromCodePoint(Number.parseInt(code, 16))
  }
  return letters.normalize('NFKC')
}

function isPicture(element: Element): boolean {
  return PICTURE_CLASS.test(element.attribs['class'] ?? '') || PICTURE_SOURCE.test(element.attribs['src'] ?? '')
}

function formula(said: string | null, isBlock: boolean): Formula | null {
  const tex = (said ?? '').replace(SPACES, ' ').trim().replace(STYLE, '$1').trim()
  return tex === '' || tex.length > MAX_TEX ? null : { tex, isBlock }
}
