// Words and signs with which authors open, end and carry on a thread. Cues are evidence about a post's place; only an
// end sign that stands for a number (`/END`) is ever taken out of a text.
import { trimmedEnds } from './ends.ts'
import { fold, isPlain, isPlainPost } from './numerals/digits.ts'

export interface Cue {
  readonly kind: 'start' | 'end' | 'continues' | 'continued'
  readonly start: number
  readonly end: number
  /**
   * True when the sign is formal enough to be stripped like a number: `/END`, `[End]`, `-30-`, `FIN` on a line of its
   * own.
   */
  readonly formal: boolean
}

/** Patterns of one kind of cue: the first that is found counts. */
interface Signs extends Pick<Cue, 'kind' | 'formal'> {
  readonly patterns: readonly RegExp[]
}

/** Cues stand at the ends of a post; more than this is not looked at (UTF-16 code units). */
const WINDOW = 280

const THREAD =
  'thread|threads|mega-?thread|mini-?thread|mega-?hilo|mini-?hilo|tweet ?storm|ketju|draadje|kultwit|νήμα|нишка|мегатред|타래|رشتو|تھریڈ|থ্রেড|推文串|連ツイ|hilo|тред|тхред|нитка|fil|fio|filo|draad|tråd|tr[aå]d|utas|رشته|سلسلة|ثريد|스레드|쓰레드|スレッド|连载|串|שרשור|थ्रेड|กระทู้|wątek|vlákno'
const STARTS: Signs = {
  kind: 'start',
  formal: false,
  patterns: [
    /🧵/u,
    new RegExp(
      `(?<![\\p{L}#@/])(?:a|an|un|une|ein|uma)? ?(?:(?:very |super )?(?:short|long|long-ish|mini|quick|little|brief|small)[ -])?(?:${THREAD})[ ]{0,2}(?=[:.\\])👇⬇🧵\\n-]|\\d|$)`,
      'iu',
    ),
    /^[^\p{L}\p{N}@#/"'“‘(]{0,12}(?:hilo|тред|thread)(?=[\s\p{So}\p{Extended_Pictographic}*~=<«»|])/iu,
    // `🚨THREAD🚨`, wherever it stands; folded, a variation selector is U+2060.
    new RegExp(`(\\p{So}|\\p{Extended_Pictographic})\\u2060? {0,2}(?:${THREAD}) {0,2}\\1`, 'iu'),
    /👇(?=[\s\u2060👇]{0,8}$)/u,
    /(?:^|\n)\s{0,4}[[(]?thread[\])]?\s{0,4}(?:\n|$)/iu,
  ],
}
/** What closes a text by itself, in the languages whose word is known; none is a common word of another language. */
const SPACED_ENDS =
  'the end|end of thread|end of story|end|fin|fim|ende|einde|konec|koniec|kraj|vége|loppu|sfârșit|sfarsit|tamat|selesai|hết|τέλος|конец|кінець|край|крај|끝|이상|النهاية|تمت|انتهى|پایان|סוף|समाप्त|अंत|শেষ|จบ'
/** The same where no space parts sentences. */
const UNSPACED_ENDS = '终|終|完|完结|完結|全文完|以上|終わり|おわり|おしまい'
const PLAIN_ENDS = `${SPACED_ENDS}|${UNSPACED_ENDS}`
const LINE_WORDS = `end thread|thread ends|/thread|finis|to be continued|${PLAIN_ENDS}`
/** Common words elsewhere: they end a thread where a sign or capitals set them apart, and not as a line, "Fine." */
const END_WORDS = `${LINE_WORDS}|fine|son|slut`
/** `Ende des Threads`, `fin del hilo`, `konec vlákna`. */
const THREAD_ENDS = `(?:fin|fim|fine|ende|konec|koniec|конец|кінець|край|einde|slut|sfârșit|نهاية|پایان|סוף) (?:\\p{L}{1,3} )?(?:${THREAD}|vlákna|wątku|треда|нитки|треду|трэда)s?(?!\\p{L})`
/** Signed as an end: `END/`, `<end>`, `(fin)`. */
const SIGNED_ENDS = 'end|fin|fim|ende|finis'
/** A slash, brackets, a line of its own, or capitals after a number make an end formal. */
const FORMAL_ENDS: Signs = {
  kind: 'end',
  formal: true,
  patterns: [
    new RegExp(`(?:^|(?<=[\\n.!?…"'”’»)] ?))[([]?(?:${SIGNED_ENDS})/[)\\]]?$`, 'iu'),
    /(?:^|(?<=[\s.!?…"'”’)]))[/\\]{1,2} ?(?:ends|eot|eof|thread|rant|end rant|end of (?:thread|rant)|🧵)[.!]?$/iu,
    new RegExp(
      `(?:^|(?<=\\s))(?:[-–—*~<«]{1,2} ?(?:the )?(?:${SIGNED_ENDS}) ?[-–—*~>»]{1,2}|#(?:end|fin|endthread|endofthread))$`,
      'iu',
    ),
    /[([]\s?(?:ends|end of thread|fin del hilo)\s?[)\]][.]?$/iu,
    /(?:^|(?<=[\n.!?…"'”’»)] ?))(?:[nN]\/[nN]|[xX]\/[xX]|[([](?:[nN]\/[nN]|[xX]\/[xX])[)\]])$/u,
    /🔚$/u,
    new RegExp(`(?:^|(?<=[\\s.!?…"'”’)]))[/\\\\]{1,2} ?(?:${END_WORDS})[ ]?[.!]?$`, 'iu'),
    new RegExp(`[(\\[]\\s?/?(?:${END_WORDS})\\s?[)\\]][.]?$`, 'iu'),
    new RegExp(`(?:^|\\n)[ ]{0,4}[-*~•— ]{0,4}(?:${LINE_WORDS})[ ]?[-*~•— ]{0,4}[.!]?$`, 'iu'),
    new RegExp(`(?<=\\d[/.)\\]:-]{0,2}\\s{0,3})(?:${LINE_WORDS})[.!]?$`, 'iu'),
    /(?:^|(?<=\s))-30-$/u,
    /(?:^|(?<=[\s.!?…])(?<!\b(?:the|this|that|an?|to|no|its|will|must|en) |\p{Lu}{2} ))(?:END(?: OF THREAD| THREAD| OF 🧵)?|FIN)$/u,
    /(?:^|(?<=[\n.!?…] ?))(?:ENDS|EOT)$/u,
    /(?:^|(?<=[\s.!?…]))\/\/\/$/u,
  ],
}
const LOOSE_ENDS: Signs = {
  kind: 'end',
  formal: false,
  patterns: [
    /(?<=[\u0e00-\u0e7f] )จบ$/u,
    /(?:^|(?<=\s))(?:end (?:of )?(?:the )?🧵|🧵 end)[.!]?$/iu,
    new RegExp(`(?<=[.!?…)।！？][ \\n]{1,2})(?:${PLAIN_ENDS})[.!।]?$`, 'iu'),
    new RegExp(`(?<=[.…！？」』])(?:${UNSPACED_ENDS})[.!！]?$`, 'u'),
    /(?<=[.!?…][ \n]{0,2})(?:SON|SLUT|FINE|FINIS)[.!]?$/u,
    /(?<=^|\s)(?:end of (?:this )?thread|thread ends(?: here)?)\b/iu,
    new RegExp(`(?<=^|[\\s.!?…])${THREAD_ENDS}[.!]?$`, 'iu'),
  ],
}
/** A cheap look, and what it looks for: words too need a sign here. */
const ENDS_AHEAD = /^[\s\u2060]{0,4}[([]?(?:en|fi|n\/|x\/)/i
const HEAD_END = new RegExp(
  `(?<=^[\\s\\u2060]{0,4})(?:[([](?:${SIGNED_ENDS})[)\\]]|(?:${SIGNED_ENDS})/|n/n|x/x)(?=[\\s.:]|$)`,
  'iu',
)
/** Nothing that carries on is longer (UTF-16 code units). */
const CARRY = 16
const CONTINUES: Signs = {
  kind: 'continues',
  formal: false,
  patterns: [/(?:…|\.{3}|[[(](?:cont(?:inued|d|\.)?|more|sigue|continúa|続く)\.?[\])]|→|>>)$/iu],
}
const CONTINUED: Signs = {
  kind: 'continued',
  formal: false,
  patterns: [/^(?:…|\.{2,3}|[[(]?(?:cont(?:inued|d|'d|\.)?|continuación|sigo|続き)[.:]?[\])]?[\s:.…-])/iu],
}
/** Cheap looks that spare most posts the patterns. */
const STARTISH = new RegExp(`🧵|👇|${THREAD}`, 'i')
/** Code units of the longest of these. */
const LONGEST_HINT = 12
/** What of it ASCII can write; no letter stands before it but an article's. */
const STARTISH_IN_ASCII =
  /(?:^|[^a-z])(?:an?|une?|ein|uma)?(?:thre|hilo|fi[lo]|draa|trad|utas|m[ei][gn][ai]-?[th][hi]|tweet ?s|ketju|kult)/i
// biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII
const NOT_ASCII = /[^\x00-\x7f]/
const ENDISH = new RegExp(
  `🔚$|[nx]\\/[nx][)\\]]?$|(?:^|[^a-z])(?:end|story|ends|eot|eof|rant|🧵|endthread|endofthread|fi[nm]|finis|ende|fine|son|slut|continued|-30-|\\/\\/\\/|${THREAD}|${PLAIN_ENDS}|vlákna|wątku|треда|нитки|треду|трэда)s?[\\s.!)\\]*~•।—–>»/-]{0,12}$`,
  'i',
)
const ENDISH_REACH = 32
/** What any of the next holds, much cheaper. */
const END_INSIDE_WORD = /[tT][hH][rR][eE][aA][dD]/
const END_INSIDE = /end of (?:this )?thread|thread ends/i

/** All cues at the two ends of a post, in no order. Never throws. */
export function findCues(text: string): readonly Cue[] {
  const ends = foldEnds(text)
  return [...findBounds(ends), ...continuations(ends)]
}

/** The two ends of a post, folded; they overlap, or are one, where the post is short. */
export interface Ends {
  readonly head: string
  readonly tail: string
  /** Offset of the tail in the post. */
  readonly from: number
  /** ASCII that folds to itself, as most posts in English are. */
  readonly isPlain: boolean
}

export function foldEnds(text: string): Ends {
  const from = Math.max(0, text.length - WINDOW)
  const [head, tail] = [text.slice(0, WINDOW), text.slice(from)]
  // Where they overlap no letter is looked at twice.
  if (from < WINDOW ? isPlainPost(text) : isPlain(head) && isPlain(tail)) return { head, tail, from, isPlain: true }
  const folded = fold(head)
  return { head: folded, tail: from === 0 ? folded : fold(tail), from, isPlain: false }
}

/** The cues that a thread starts or ends with the post. */
export function findBounds(ends: Ends): readonly Cue[] {
  const starts = startCues(ends)
  const last = endCues(ends)
  if (starts.length === 0 || last.length === 0) return last.length === 0 ? starts : last
  // "End of thread" names a thread and starts none.
  return [...starts.filter((start) => !last.some((end) => start.start < end.end && end.start < start.end)), ...last]
}

/** Whether the end of a text says that a thread ends there. */
export function saysEnd(text: string): boolean {
  const from = Math.max(0, text.length - WINDOW)
  const tail = fold(text.slice(from))
  return endCues({ tail, from }).length > 0
}

const NO_CUES: readonly Cue[] = []

function startCues({ head, tail, from, isPlain }: Ends): readonly Cue[] {
  const hintsStart = (folded: string) => (isPlain ? STARTISH_IN_ASCII.test(folded) : mayHintStart(folded))
  const isHinted = hintsStart(head)
  const inHead = isHinted ? firstOf(STARTS, head, 0) : NO_CUES
  // What stands in both was looked at, but for a hint that reaches over the end of the head.
  const seen = isHinted ? 0 : Math.max(0, head.length - from - LONGEST_HINT)
  if (inHead.length > 0 || tail === head || !hintsStart(seen === 0 ? tail : tail.slice(seen))) return inHead
  return firstOf(STARTS, tail, from)
}

function mayHintStart(folded: string): boolean {
  return NOT_ASCII.test(folded) ? STARTISH.test(folded) : STARTISH_IN_ASCII.test(folded)
}

/** `END/ text`, `(end) text`, `n/n text`: an end that stands where a number would, before the text; none or one. */
export function headEnd(head: string): Cue | null {
  const found = ENDS_AHEAD.test(head) ? HEAD_END.exec(head) : null
  return found === null ? null : { kind: 'end', start: found.index, end: found.index + found[0].length, formal: true }
}

/** The end cue alone, none or one. */
export function endCues({ tail, from }: Pick<Ends, 'tail' | 'from'>): readonly Cue[] {
  const inside = END_INSIDE_WORD.test(tail) && END_INSIDE.test(tail)
  for (const end of trimmedEnds(tail)) {
    if (!inside && !ENDISH.test(tail.slice(Math.max(0, end - ENDISH_REACH), end))) continue
    const slice = tail.slice(0, end)
    const found = [...firstOf(FORMAL_ENDS, slice, from), ...firstOf(LOOSE_ENDS, slice, from)]
    if (found.length > 0) return found.slice(0, 1)
  }
  return NO_CUES
}

function continuations({ head, tail, from }: Ends): readonly Cue[] {
  const start = head.length - head.trimStart().length
  const stop = tail.trimEnd().length
  const last = Math.max(0, stop - CARRY)
  return [
    ...firstOf(CONTINUED, head.slice(start, start + CARRY), start),
    ...firstOf(CONTINUES, tail.slice(last, stop), from + last),
  ]
}

/** @param from where the text begins in the post */
function firstOf({ kind, formal, patterns }: Signs, folded: string, from: number): readonly Cue[] {
  for (const pattern of patterns) {
    const match = pattern.exec(folded)
    if (match !== null) return [{ kind, start: from + match.index, end: from + match.index + match[0].length, formal }]
  }
  return NO_CUES
}
