// Which comment another says that it answers: a link to that one's place behind `in reply to`, or called its parent.
// Themes print it where they show answers in one flat list, or below the depth to which they nest.
import { type Element, isTag, isText } from 'domhandler'
import { attr, shortTextOf } from '../../markup/markup.ts'

const TO =
  'in (?:reply|response) to|repl(?:y|ies|ied|ying) to|(?:als )?antwort (?:auf|an|zu)|als antwoord op|reactie op|en r[ée]ponse [àa]|r[ée]pon(?:se|d|du) [àa]|en respuesta a|em resposta a|in risposta a|w odpowiedzi (?:na|do)|odpowiedź na|в ответ на|ответ на|у відповідь на|som svar (?:på|til|till)|svar (?:på|til|till)|yanıt olarak|sebagai (?:balasan|tanggapan) (?:untuk|atas)|在回复|回复|回覆'
const BEFORE = new RegExp(`(?:^|[^\\p{L}])(?:${TO})[\\s:：]*@?$`, 'iu')
const STARTS = new RegExp(`^[^\\p{L}]*(?:${TO})(?!\\p{L})`, 'iu')
const PARENT =
  /^[^\p{L}\p{N}]*(?:(?:show |view |go to )?parent(?: comment)?|parent kommentar|übergeordneter kommentar|родитель|commentaire parent)[^\p{L}\p{N}]*$/iu
/** Characters of what is printed before such a link, and of the link itself. */
const MAX_BEFORE = 60
const MAX_LINK = 160
/** Elements around a link that may begin with it, and nodes looked back over in each. */
const MAX_UP = 2
const MAX_BACK = 4

/** The fragments of the addresses that these elements of one comment name as what it answers. */
export function answeredPlaces(own: readonly Element[]): string[] {
  return own.flatMap((element) => {
    const href = element.name === 'a' ? (attr(element, 'href') ?? '') : ''
    const place = href.includes('#') ? href.slice(href.indexOf('#') + 1) : ''
    return place !== '' && saysSo(element) ? [place] : []
  })
}

function saysSo(link: Element): boolean {
  const text = shortTextOf(link, MAX_LINK) ?? ''
  return STARTS.test(text) || PARENT.test(text) || BEFORE.test(wordsBefore(link))
}

/** The last words before a link, in its line. */
function wordsBefore(link: Element): string {
  let at: Element = link
  for (let up = 0; up <= MAX_UP; up += 1) {
    let before = at.prev
    for (let back = 0; back < MAX_BACK && before !== null; back += 1, before = before.prev) {
      const words = isText(before) ? before.data : isTag(before) ? (shortTextOf(before, MAX_LINK) ?? '') : ''
      if (words.trim() !== '') return words.trimEnd().slice(-MAX_BEFORE)
    }
    if (at.parent === null || !isTag(at.parent)) return ''
    at = at.parent
  }
  return ''
}
