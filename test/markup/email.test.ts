// E-mail addresses hidden from harvesters are read as a browser's script shows them.
import { describe, expect, it } from 'vitest'
import { attr, parseHtml, selectOne, textOf } from '../../src/markup/markup.ts'
import fc from '../laws.ts'

function hidden(address: string, key: number): string {
  const bytes = [...Buffer.from(address)].map((byte) => byte ^ key)
  return Buffer.from([key, ...bytes]).toString('hex')
}

describe('an address that a proxy hid', () => {
  it('is shown, as words and as a link, whatever its key', () => {
    fc.assert(
      fc.property(fc.emailAddress(), fc.nat(255), (address, key) => {
        const code = hidden(address, key)
        const { root } = parseHtml(
          `<p>Write to <a href="/cdn-cgi/l/email-protection#${code}"><span class="__cf_email__" data-cfemail="${code}">[email&#160;protected]</span></a> soon</p>`,
        )
        expect(textOf(root)).toBe(`Write to ${address} soon`)
        expect(attr(selectOne('a', root), 'href')).toBe(`mailto:${address}`)
      }),
    )
  })

  it('is shown where the link itself holds it', () => {
    const code = hidden('ida@harbour.example', 7)
    const { root } = parseHtml(
      `<a href="/cdn-cgi/l/email-protection" class="__cf_email__" data-cfemail="${code}">[email&#160;protected]</a>`,
    )
    expect([textOf(root), attr(selectOne('a', root), 'href')]).toEqual([
      'ida@harbour.example',
      'mailto:ida@harbour.example',
    ])
  })

  it.each(['', 'zz', '07', hidden('<script>', 7), hidden('no address', 9), 'ab'.repeat(5_000)])(
    'stays as it was where nothing decodes: %s',
    (code) => {
      const { root } = parseHtml(`<a href="/cdn-cgi/l/email-protection#${code}" data-cfemail="${code}">here</a>`)
      expect([textOf(root), attr(selectOne('a', root), 'href')]).toEqual([
        'here',
        `/cdn-cgi/l/email-protection#${code}`,
      ])
    },
  )
})
