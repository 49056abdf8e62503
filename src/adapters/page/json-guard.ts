// What servers and scripts put around JSON so that no other page can run it as a script, or so that one can: guards
// before it (`)]}',`, `while(1);`, Medium's `])}while(1);</x>`), the call of JSONP around it.

/** How far in the JSON may begin, in characters. */
const MAX_HEAD = 200
const GUARD =
  /^\s*(?:\)\]\}'?,?|\]\)\}while\s*\(1\);<\/x>|(?:for\s*\(;;\)|while\s*\((?:1|true)\)|throw\s+1)\s*;)\s*(?=[[{])/
const CALL =
  /^\s*(?:\/\*\*\/\s*)?(?:typeof\s[\w$.]{1,100}\s*===\s*(["'])function\1\s*&&\s*)?[A-Za-z_$][\w$.]{0,100}\s*\(\s*(?=[[{])/
const CALL_END = /\)\s*;?\s*$/
/** Characters in which the end of a call stands. */
const MAX_TAIL = 50

/** The JSON alone, where something of this kind stands around it; else the text as it is. */
export function withoutGuard(text: string): string {
  const head = text.slice(0, MAX_HEAD)
  const guard = GUARD.exec(head)?.[0].length ?? 0
  if (guard > 0) return text.slice(guard)
  const call = CALL.exec(head)?.[0].length ?? 0
  if (call === 0) return text
  const end = CALL_END.exec(text.slice(-MAX_TAIL))?.[0].length ?? 0
  // A call without an end was cut in the middle, as its JSON was.
  return text.slice(call, text.length - end)
}
