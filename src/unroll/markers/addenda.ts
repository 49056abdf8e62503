// Words with which authors add to a thread that has ended ("PS", "Bonus:", "one more thing") or take leave of its
// readers. They say what a post is, not whose thread it belongs to.

/** Addressees before the first word, and marks around it (UTF-16 code units). */
const ADDRESSED = /^\.?(?:@[\w.-]{1,60}(?:@[\w.-]{1,60})?\s{1,4}){1,30}/u
const OPENING = 48
const TAIL = 200
const ADDED = new RegExp(
  `^[^\\p{L}\\p{N}]{0,8}(?:${[
    String.raw`p\.? ?(?:p\.? ?){0,2}s(?:\.|:|;|,| ?[-–—]|(?= ))`,
    'bonus(?: \\p{L}{3,8})?(?: ?[:!.–—-]|$|\\n)',
    '(?:an )?addend(?:um|a|o)(?![\\p{L}])',
    '(?:oh,? )?(?:and )?(?:just )?one (?:more|last|final) (?:thing|note|point|thought|tweet|post)',
    'forgot to (?:add|mention|say)',
    '(?:edit(?:ed)?|correction|update|nb|n\\.b\\.|nachtrag|ergänzung|korrektur|p\\.?d|posdata|postdata|extra|adendo|aggiunta|ajout|précision|errata|erratum|aneks|dopisek|зы|з\\.ы|бонус|дополнение|upd) ?[.:]',
    'una (?:última )?cosa más|una ultima cosa|une dernière chose|noch (?:etwas|eins)[: ]|mais uma coisa',
    '追記|おまけ|补充|補充|又及|附注|추신|덧붙',
  ].join('|')})`,
  'iu',
)
const LEAVE =
  /(?:thank(?:s| you)(?: so much| very much| all)? for (?:reading|following along)|if you (?:liked|enjoyed|loved|found)(?: \p{L}{2,12}){0,4} (?:thread|useful|helpful|interesting|this)|follow me (?:for|@|on)|(?:retweet|rt|share|like) the (?:first|1st) (?:tweet|post)|unroll(?: \w{2,12}){0,2} ?please|@threadreaderapp)/iu
const ENDED =
  /^[^\p{L}\p{N}]{0,4}(?:that[’']?s (?:it|all)|and that[’']?s (?:it|all))(?: for (?:now|today))?(?:[,!.]| folks|$)/iu

/** Whether a text says of itself that it is an addition, or the leave its author takes. */
export function saysMore(text: string): boolean {
  const address = ADDRESSED.exec(text)?.[0].length ?? 0
  const opening = text.slice(address, address + OPENING)
  return ADDED.test(opening) || ENDED.test(opening) || LEAVE.test(text.slice(0, TAIL))
}
