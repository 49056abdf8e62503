// The time in an id of X, whatever the id: as whole numbers of any length tell it. Which addresses name a post.

import { describe, expect, it } from 'vitest'
import { snowflakeTime, statusInUrl } from '../../../src/adapters/x/names.ts'
import fc from '../../laws.ts'

const EPOCH_MS = 1_288_834_974_657n
const FIRST = 29_700_859_247n
/** Beyond it no calendar of JavaScript goes. */
const LAST = 9_999_999_999_999_999_999n

describe('snowflakeTime', () => {
  it('is the quotient of the id to the millisecond', () => {
    const id = fc.oneof(
      fc.bigInt(FIRST, LAST),
      fc.bigInt(1n, LAST >> 22n).map((ms) => ms << 22n),
    )
    fc.assert(
      fc.property(id, fc.constantFrom(-1n, 0n, 1n), (given, step) => {
        const near = given + step
        const id = near < FIRST ? FIRST : near > LAST ? LAST : near
        expect(snowflakeTime(String(id))).toBe(new Date(Number((id >> 22n) + EPOCH_MS)).toISOString())
      }),
    )
  })

  it('is unknown of ids from before they told a time, and of what is no id', () => {
    for (const id of ['29700859246', '20', '', '12a', '1'.repeat(40)]) expect(snowflakeTime(id)).toBe(null)
  })
})

describe('an address names the same post', () => {
  it.each([
    'https://x.com',
    'https://mobile.twitter.com',
    'https://vxtwitter.com',
    'https://d.fxtwitter.com',
    'https://fixupx.com',
    'https://xcancel.com',
    'https://nitter.example',
    'https://www.nitter.example',
  ])('on %s', (site) => {
    expect(statusInUrl(`${site}/lamp/status/1700000000000000001?s=20`)).toEqual({
      id: '1700000000000000001',
      handle: 'lamp',
    })
  })

  it.each(['https://notnitter.example', 'https://fakefxtwitter.com', 'https://fxtwitter.com.example'])(
    'not on %s',
    (site) => {
      expect(statusInUrl(`${site}/lamp/status/1700000000000000001`)).toBe(null)
    },
  )
})
