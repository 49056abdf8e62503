// The words of a mail's headers and parts, whatever charset they came in (RFC 2047). No knowledge of posts.
import { decodeText } from '../../charset.ts'
import { decodeBase64, decodeBody, decodeQuoted, type MimePart, parameterOf } from '../../mime.ts'

const ENCODED_WORD = /=\?([\w.:-]{2,40})(?:\*[\w-]{1,20})?\?([bq])\?([^?\s]{0,2000})\?=/gi
/** Blanks between two encoded words are no part of the text. */
const BETWEEN_WORDS = /(\?=)\s+(?==\?)/g
const NON_ASCII = /[^\0-\x7F]/

/** A header's words; null when it is not there or empty. */
export function readHeader({ headers }: MimePart, name: string): string | null {
  const raw = headers.get(name)?.trim() ?? ''
  if (raw === '') return null
  const plain = NON_ASCII.test(raw) ? decodeText(Buffer.from(raw, 'latin1'), null).text : raw
  return plain.replace(BETWEEN_WORDS, '$1').replace(ENCODED_WORD, (_, charset: string, form: string, words: string) => {
    const bytes = form.toLowerCase() === 'b' ? decodeBase64(words) : decodeQuoted(words.replaceAll('_', ' '))
    return decodeText(bytes, charset).text
  })
}

/** The words of a part, by its encoding and charset. */
export function textOfPart(part: MimePart): string {
  return decodeText(decodeBody(part), parameterOf(part.headers.get('content-type') ?? '', 'charset')).text
}
