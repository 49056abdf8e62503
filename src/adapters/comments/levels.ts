// Comments in one flat list whose depth is drawn: a number in a class or an attribute, or a margin. Each answers the
// last one above it that stands further out. Only where every item tells its depth in the same way.
import { type Element, isTag } from 'domhandler'
import { attr } from '../../markup/markup.ts'

/** Boxes around an item that hold nothing else, and may bear its depth. */
const MAX_UP = 4
const DEPTH_NAMES = ['depth', 'data-comment-depth', 'data-depth', 'data-level', 'data-indent']
const DEPTH_CLASS = /(?:^|[\s_-])(?:depth|deep|level|lvl|indent|nested|twig)[-_]{0,2}(\d{1,2})(?=\s|$)/i
const MARGIN = /(?:^|[;\s])(?:margin|padding)-left:\s*(\d{1,4}(?:\.\d{1,3})?)(?:px|r?em|%)?\s*(?:;|$)/i
const ANSWER_CLASS = /(?:^|\s)(?:(?:[\w-]*-|is-)?(?:child|nested)|sub-?comment|child-?comment)(?:\s|$)/i
const NUMBER = /^\d{1,3}$/

const WAYS: readonly ((element: Element) => number | null)[] = [depthInData, depthInClass, depthInMargin]

/** The index of what each item answers, or null; no item's is known where no depths are told. */
export function parentsByDepth(items: readonly Element[]): readonly (number | null)[] {
  const around = boxesAround(items)
  for (const way of WAYS) {
    const depths = around.map((boxes) => boxes.map(way).find((depth) => depth !== null) ?? null)
    if (isTree(depths)) return placed(depths)
  }
  const answers = around.map((boxes): number => (boxes.some(isAnswer) ? 1 : 0))
  return isTree(answers) ? placed(answers) : items.map(() => null)
}

/** What only says that it is an answer: of two levels, the lower. */
function isAnswer(element: Element): boolean {
  return ANSWER_CLASS.test(attr(element, 'class') ?? '')
}

/** The first comment stands furthest out, another further in. */
function isTree(depths: readonly (number | null)[]): depths is readonly number[] {
  const [first = null] = depths
  if (first === null || depths.some((depth) => depth === null)) return false
  return depths.every((depth) => Number(depth) >= first) && depths.some((depth) => Number(depth) > first)
}

function placed(depths: readonly number[]): (number | null)[] {
  const open: number[] = []
  return depths.map((depth, i) => {
    while (open.length > 0 && (depths[open.at(-1) ?? 0] ?? 0) >= depth) open.pop()
    const parent = open.at(-1) ?? null
    open.push(i)
    return parent
  })
}

/** Each item with the boxes around it that hold no other. */
function boxesAround(items: readonly Element[]): Element[][] {
  const counts = new Map<Element, number>()
  const chains = items.map((item) => {
    const chain = [item]
    for (let at = item.parent; at !== null && isTag(at) && chain.length <= MAX_UP; at = at.parent) chain.push(at)
    for (const box of chain) counts.set(box, (counts.get(box) ?? 0) + 1)
    return chain
  })
  return chains.map((chain) => chain.filter((box) => counts.get(box) === 1))
}

function depthInData(element: Element): number | null {
  const depth = DEPTH_NAMES.map((name) => attr(element, name)).find((value) => value !== null && NUMBER.test(value))
  return depth === undefined || depth === null ? null : Number(depth)
}

function depthInClass(element: Element): number | null {
  const depth = DEPTH_CLASS.exec(attr(element, 'class') ?? '')?.[1]
  return depth === undefined ? null : Number(depth)
}

function depthInMargin(element: Element): number | null {
  const margin = MARGIN.exec(attr(element, 'style') ?? '')?.[1]
  return margin === undefined ? null : Number(margin)
}
