// What comes from strangers cannot make a terminal do anything, and a time means the same on every machine.
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { describe, expect, it, vi } from 'vitest'
import { harmless } from '../../src/cli/harmless.ts'
import { readDay } from '../../src/cli/options.ts'
import fc from '../laws.ts'
import { unspoolHere } from './in-process.ts'
import { makeFolder, writeInto } from './run.ts'

const folder = makeFolder()
const archive = join(folder, 'archive')
/** Clears the screen and sets its title, with signs of 7 and of 8 bits. */
const text = 'Lamp \u001b[2J\u001b]0;oil\u0007 oil \u009b2J and wick.'

describe('words of strangers', () => {
  it('are printed without signs that a terminal obeys', async () => {
    const path = writeInto(folder, 'posts.jsonl', `${JSON.stringify({ platform: 'x', id: '171', text })}\n`)
    await unspoolHere(['add', '--archive', archive, path])
    const asked = [['list'], ['search', 'wick'], ['history', 'x:171'], ['trace', 'x:171'], ['why', 'x:171']]
    for (const [command = '', ...words] of asked) {
      const { code, out, err } = await unspoolHere([command, '--archive', archive, ...words])
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not come out
      expect([command, code, /[\x00-\x08\x0b-\x1f\x7f-\x9f]/.test(out + err)]).toEqual([command, 0, false])
    }
    const { out } = await unspoolHere(['history', '--archive', archive, '--json', 'x:171'])
    expect(JSON.parse(out).versions[0].text).toBe(text)
  })
})

/** Clears the screen, rings, and turns round what stands behind it: in every field that a post may have. */
const EVIL = 'a\u202eb\u2066c\u001b[2Jd\u009b2Je\u0007f\u0085g\rh\u2067i\u2069j'

/** Whether a line ends in the direction in which it began, and no sign in it acts. */
function isHarmless(line: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not come out
  if (/[\x00-\x08\x0b-\x1f\x7f-\x9f\u202d\u202e]/.test(line)) return false
  return closesAll(line)
}

describe('all commands on a terminal', () => {
  const evil = join(folder, 'evil')
  const posts = [1, 2].map((n) => ({
    ...{ id: `p${n}${EVIL}`, author: `orla${EVIL}`, name: `Orla ${EVIL}`, title: `Title ${EVIL}` },
    ...{
      text: `${n}/3 ${EVIL} of lamps`,
      created_at: `2024-01-0${n}T00:00:00Z`,
      lang: EVIL,
      url: `http://x.example/${n}${EVIL}`,
    },
  }))
  const path = writeInto(
    folder,
    `posts-${EVIL.replace('\r', '')}.jsonl`,
    posts.map((post) => JSON.stringify(post)).join('\n'),
  )
  const seen = async (args: readonly string[]): Promise<string> => {
    const said: string[] = []
    const terminal = new Writable({
      write: (piece, _, done) => {
        said.push(String(piece))
        done()
      },
    })
    const stdout = Object.assign(terminal, { isTTY: true })
    const { err } = await unspoolHere(args, { stdout })
    return said.join('') + err
  }

  it('print what strangers wrote so that it acts on nothing, in every form', async () => {
    await unspoolHere(['add', '--archive', evil, path])
    const listed = JSON.parse((await unspoolHere(['list', '--archive', evil, '--json'])).out)
    const thread = JSON.stringify(listed).match(/"id":"((?:[^"\\]|\\.)*)"/)?.[1] ?? ''
    const id = JSON.parse(`"${thread}"`)
    expect(id).toContain('\u202e')
    const asked = [
      ...['markdown', 'text', 'json', 'jsonl'].map((format) => ['unroll', '--format', format, path]),
      ['unroll', `nowhere-${EVIL}.txt`],
      ...['list', 'search lamps', 'verify', 'refresh', 'export', 'platforms'].map((line) => [
        ...line.split(' '),
        '--archive',
        evil,
      ]),
      ...['show', 'why', 'trace', 'history'].flatMap((name) => [
        [name, '--archive', evil, id],
        [name, '--archive', evil, '--json', id],
        [name, '--archive', evil, `no${EVIL}`],
      ]),
      ['sql', '--here', '--archive', evil, 'SELECT id, author_name, text FROM post_latest'],
      ['sql', '--here', '--archive', evil, '--csv', 'SELECT id, author_name, text FROM post_latest'],
      ['sql', '--here', '--archive', evil, `SELECT '${EVIL}' FROM nowhere`],
      ['redact', '--archive', evil, id, '--reason', EVIL],
    ]
    for (const args of asked) {
      const lines = (await seen(args)).split(/\r?\n/)
      expect([args.join(' '), lines.filter((line) => !isHarmless(line))]).toEqual([args.join(' '), []])
    }
  })

  it('keep turns of direction that end where they began, and any text as JSON', () => {
    const arabic = 'see \u2067\u0627\u0644\u0645\u0646\u0627\u0631\u0629\u2069 and \u202bx\u202c'
    expect(harmless(arabic)).toBe(arabic)
    const signs = fc.constantFrom(...'a\\"\n\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u009b\u001b')
    fc.assert(
      fc.property(fc.array(signs, { maxLength: 30 }), (words) => {
        const printed = harmless(JSON.stringify({ words: words.join('') }))
        expect(JSON.parse(printed).words).toBe(words.join(''))
        for (const line of harmless(words.join('')).split('\n')) expect(closesAll(line)).toBe(true)
      }),
    )
  })
})

/** By taking out pairs until none is left. */
function closesAll(line: string): boolean {
  let signs = line.replace(/[^\u202a-\u202e\u2066-\u2069]/g, '')
  for (let before = ''; before !== signs; ) {
    before = signs
    signs = signs.replace(/[\u202a\u202b]\u202c|[\u2066-\u2068]\u2069/g, '')
  }
  return signs === ''
}

describe('a date given by a person', () => {
  it('is in UTC unless it says otherwise, and is a day of the calendar', () => {
    vi.stubEnv('TZ', 'America/St_Johns')
    expect(readDay('2024-06-30T10:00', '--since', 'start')).toBe('2024-06-30T10:00:00.000Z')
    expect(readDay('2024-06-30T10:00+02:00', '--since', 'start')).toBe('2024-06-30T08:00:00.000Z')
    expect(readDay('2024-06-30', '--until', 'end')).toBe('2024-06-30T23:59:59.999Z')
    expect(() => readDay('2024-02-31', '--since', 'start')).toThrow('--since takes a date')
    vi.unstubAllEnvs()
  })
})
