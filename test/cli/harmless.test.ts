// What comes from strangers cannot make a terminal do anything, and a time means the same on every machine.
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { readDay } from '../../src/cli/options.ts'
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
