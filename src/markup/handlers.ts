// domhandler's builders of trees with gates: no page, however deep or long, takes more than a bounded tree.
import { type ChildNode, DomHandler, isTag } from 'domhandler'
import type { Parser } from 'htmlparser2'

/** Elements nested deeper are kept, but beside each other (levels). Browsers stop at 512 as well. */
export const MAX_DEPTH = 512
/** Tags left open at once before reading stops: the parser's own stack costs O(depth) per tag. */
const MAX_OPEN_TAGS = 1_024
/** Nodes before reading stops, ten times the largest page seen: each costs 200 bytes and a look per selector. */
const MAX_NODES = 500_000
/** An export of a whole blog is one XML file: 30 nodes a comment. */
const MAX_XML_NODES = 2_000_000
/** Tag names for which htmlparser2 10 keeps a second stack that only an explicit end tag takes down. */
const FOREIGN = new Set([
  'svg',
  'math',
  'mi',
  'mo',
  'mn',
  'ms',
  'mtext',
  'annotation-xml',
  'foreignobject',
  'desc',
  'title',
])

/** HTML lets these go without an end tag. */
const MAY_STAY_OPEN = new Set(
  'html head body p li dt dd tr td th thead tbody tfoot colgroup option optgroup rp rt font center b i'.split(' '),
)
const NOT_BLANK = /\S/

/** domhandler's builder with gates: deep elements are laid flat, endless input is cut and the place noted. */
export class LimitedHandler extends DomHandler {
  stoppedAt: number | null = null
  flattened = false
  private source: Parser | null = null
  private readonly flat: boolean[] = []
  protected readonly maxNodes: number = MAX_NODES
  private nodes = 0
  private foreign = 0

  override onparserinit(parser: Parser): void {
    super.onparserinit(parser)
    this.source = parser
  }

  /** Whether an element is open that only its end tag ends: at the end of a text, that more of it was meant to come. */
  isInside(): boolean {
    return this.tagStack.some((node) => isTag(node) && !this.mayStayOpen(node.name))
  }

  protected mayStayOpen(name: string): boolean {
    return MAY_STAY_OPEN.has(name)
  }

  override onopentag(name: string, attribs: Record<string, string>): void {
    if (this.isForeign(name)) this.foreign += 1
    const isDeep = this.tagStack.length > MAX_DEPTH
    this.flat.push(isDeep)
    if (this.flat.length > MAX_OPEN_TAGS || this.foreign > MAX_OPEN_TAGS) this.stop()
    super.onopentag(name, attribs)
    if (isDeep) this.layFlat()
  }

  override onclosetag(name?: string, isImplied?: boolean): void {
    if (name !== undefined && isImplied !== true && this.isForeign(name)) this.foreign -= 1
    if (this.flat.pop() === true) this.lastNode = null
    else super.onclosetag()
  }

  override oncomment(): void {
    // nobody reads one: frameworks part words by them, and what stands on both sides is one text
  }

  override oncommentend(): void {
    // as above
  }

  protected override addNode(node: ChildNode): void {
    this.nodes += 1
    if (this.nodes > this.maxNodes) this.stop()
    super.addNode(node)
  }

  protected isForeign(name: string): boolean {
    return FOREIGN.has(name)
  }

  /** The element stands in the tree; what follows stands beside it instead of in it. */
  private layFlat(): void {
    this.tagStack.pop()
    this.flattened = true
  }

  private stop(): void {
    this.stoppedAt ??= this.source?.endIndex ?? 0
    this.source?.pause()
  }
}

/** For XML: text of any kind is text, and what only indents is nothing. */
export class XmlHandler extends LimitedHandler {
  protected override readonly maxNodes: number = MAX_XML_NODES

  override ontext(data: string): void {
    if (this.lastNode !== null || NOT_BLANK.test(data) || this.isInProse()) super.ontext(data)
  }

  /** Atom wraps XHTML in a `div`: there a blank parts words. */
  private isInProse(): boolean {
    return this.tagStack.some((node) => isTag(node) && node.name === 'div')
  }

  override oncdatastart(): void {
    // its text joins the text around it
  }

  override oncdataend(): void {
    // as above
  }

  protected override isForeign(): boolean {
    return false
  }

  protected override mayStayOpen(): boolean {
    return false
  }
}
