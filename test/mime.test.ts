// MIME trees: which parts there are, what is in each to the byte, and that a cut or hostile message only loses what is
// cut.
import { describe, expect, it } from 'vitest'
import { decodeBody, leavesOf, parameterOf, parseMime, typeOf } from '../src/mime.ts'

const NESTED = [
  'Content-Type: multipart/mixed;',
  ' boundary="outer one"',
  '',
  'What programs without MIME show.',
  '--outer one',
  'Content-Type: multipart/alternative; boundary=inner',
  '',
  '--inner',
  'content-type: TEXT/Plain; charset=utf-8',
  'Content-Transfer-Encoding: quoted-printable',
  '',
  'Gr=C3=BC=C3=9Fe=',
  ' an alle',
  '--inner',
  'Content-Type: text/html',
  'Content-Transfer-Encoding: base64',
  '',
  'PHA+',
  'aGk8L3A+',
  '--inner--',
  '--outer one',
  '',
  'no headers, --outer one in the middle of a line',
  '--outer one--',
  'afterwards',
].join('\r\n')

const parse = (text: string) => parseMime(Buffer.from(text, 'latin1'))
const wordsOf = (text: string) => leavesOf(parse(text)).map((part) => decodeBody(part).toString())

describe('a MIME tree', () => {
  it('has its leaves in order, each decoded, without the line end before a delimiter', () => {
    const words = ['Grüße an alle', '<p>hi</p>', 'no headers, --outer one in the middle of a line']
    expect(wordsOf(NESTED)).toEqual(words)
    expect(wordsOf(NESTED.replaceAll('\r\n', '\n'))).toEqual(words)
    expect(leavesOf(parse(NESTED)).map(typeOf)).toEqual(['text/plain', 'text/html', null])
  })

  it('is one part where no boundary is named', () => {
    expect(leavesOf(parse('Content-Type: multipart/mixed\n\n--b\n\nx')).length).toBe(1)
  })

  it('keeps the first header of a name, unfolded', () => {
    const { headers } = parse('X-A: one\r\n\ttwo\r\nx-a: three\r\n\r\n')
    expect([...headers]).toEqual([['x-a', 'one two']])
  })

  it('cut anywhere, gives what was before the cut and says that the last part is cut', () => {
    for (let end = 0; end < NESTED.length; end++) {
      const words = wordsOf(NESTED.slice(0, end))
      if (end >= NESTED.indexOf('--inner--') + '--inner'.length)
        expect(words.slice(0, 2)).toEqual(['Grüße an alle', '<p>hi</p>'])
    }
    const half = parse(NESTED.slice(0, NESTED.indexOf('aGk8')))
    expect(leavesOf(half).map(({ isCut }) => isCut)).toEqual([false, true])
  })

  it('opens parts within parts to a depth', () => {
    const head = 'Content-Type: multipart/mixed; boundary=b\n\n--b\n'
    expect(leavesOf(parse(head.repeat(5000)))).toEqual([])
  })

  it('finds parameters quoted or not', () => {
    expect(parameterOf('text/plain; charset=utf-8; name="a b.txt"', 'name')).toBe('a b.txt')
    expect(parameterOf('text/plain; charset=utf-8', 'charset')).toBe('utf-8')
    expect(parameterOf('text/plain', 'charset')).toBeNull()
  })
})
