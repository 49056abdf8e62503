// htmlparser2's tokenizer with a longer stride: text, names and values of attributes, nearly all of a page, are passed
// over to the next sign that means something, where the original looks at each character through its whole machine. The
// same events come of it.
import { QuoteType, Tokenizer } from 'htmlparser2'

const [LESS_THAN, AMPERSAND, EQUALS, QUOTE] = ['<', '&', '=', '"'].map((sign) => sign.charCodeAt(0)) as [
  ...[number, number, number, number],
]
/** Signs that are sought are ASCII. */
const SIGNS = 128
const UNKNOWN = -1
/** By code 1 where a name may end: what else stands in one, the original passes over as well. */
const NAME_ENDS = new Uint8Array(SIGNS)
for (const sign of '\t\n\f\r />=') NAME_ENDS[sign.charCodeAt(0)] = 1

/**
 * What is used of the original and not meant for others (htmlparser2 10.1); a test holds the two against each other.
 */
interface Insides extends Pick<Tokenizer, keyof Tokenizer> {
  index: number
  sectionStart: number
  readonly cbs: ConstructorParameters<typeof Tokenizer>[1]
  readonly buffer: string
  /** Characters written before those in the buffer. */
  readonly offset: number
  stateText(code: number): void
  stateInTagName(code: number): void
  stateInClosingTagName(code: number): void
  stateBeforeAttributeName(code: number): void
  stateInAttributeName(code: number): void
  handleInAttributeValue(code: number, quote: number): void
}

const Original = Tokenizer as unknown as new (...given: ConstructorParameters<typeof Tokenizer>) => Insides

class LongStrides extends Original {
  private source = ''
  /**
   * Where in the source each sign comes next: asked for again only when it is passed, so that no text is read twice.
   */
  private readonly places = new Int32Array(SIGNS).fill(UNKNOWN)

  override stateText(code: number): void {
    if (code === LESS_THAN || code === AMPERSAND) super.stateText(code)
    else this.stride(LESS_THAN)
  }

  override handleInAttributeValue(code: number, quote: number): void {
    if (code === quote || code === AMPERSAND) super.handleInAttributeValue(code, quote)
    else this.stride(quote)
  }

  override stateInTagName(code: number): void {
    if (mayEndName(code)) super.stateInTagName(code)
    else this.passName()
  }

  override stateInClosingTagName(code: number): void {
    if (mayEndName(code)) super.stateInClosingTagName(code)
    else this.passName()
  }

  override stateBeforeAttributeName(code: number): void {
    if (mayEndName(code) || !this.passAttribute()) super.stateBeforeAttributeName(code)
  }

  override stateInAttributeName(code: number): void {
    if (mayEndName(code)) super.stateInAttributeName(code)
    else this.passName()
  }

  /** To the last character of the name, as the original goes on with the one after. */
  private passName(): void {
    this.index = this.offset + this.endOfName(this.index - this.offset + 1) - 1
  }

  /**
   * To the end of an attribute as nearly all are written, `name="value"` without a reference; false, and nowhere, of
   * any other.
   */
  private passAttribute(): boolean {
    const { buffer, offset } = this
    const start = this.index - offset
    const end = this.endOfName(start)
    if (buffer.charCodeAt(end) !== EQUALS || buffer.charCodeAt(end + 1) !== QUOTE) return false
    this.lookInto(buffer)
    const close = this.placeOf(QUOTE, end + 2)
    if (close === buffer.length || this.placeOf(AMPERSAND, end + 2) < close) return false
    this.cbs.onattribname(this.index, offset + end)
    this.cbs.onattribdata(offset + end + 2, offset + close)
    this.cbs.onattribend(QuoteType.Double, offset + close + 1)
    this.sectionStart = -1
    this.index = offset + close
    return true
  }

  /** The place of the first sign from `at` on that may end a name. */
  private endOfName(at: number): number {
    const { buffer } = this
    let end = at
    while (end < buffer.length && !mayEndName(buffer.charCodeAt(end))) end += 1
    return end
  }

  /** To the character before the next sign or reference, as the original goes on with the one after. */
  private stride(sign: number): void {
    this.lookInto(this.buffer)
    const from = this.index - this.offset + 1
    this.index = this.offset + Math.min(this.placeOf(sign, from), this.placeOf(AMPERSAND, from)) - 1
  }

  private lookInto(buffer: string): void {
    if (this.source === buffer) return
    this.source = buffer
    this.places.fill(UNKNOWN)
  }

  /** The end of the source where the sign comes no more. */
  private placeOf(sign: number, from: number): number {
    const known = this.places[sign] ?? UNKNOWN
    if (known >= from) return known
    const found = this.source.indexOf(String.fromCharCode(sign), from)
    const place = found < 0 ? this.source.length : found
    this.places[sign] = place
    return place
  }
}

function mayEndName(code: number): boolean {
  return code < SIGNS && NAME_ENDS[code] === 1
}

/** To be given to htmlparser2's Parser, with references decoded as is usual. */
export const StridingTokenizer = LongStrides as unknown as typeof Tokenizer
