// The sources file: what it means, and that a fault is named by line and key.
import { describe, expect, it } from 'vitest'
import { parseSources } from '../../src/crawl/sources/sources.ts'

const read = (toml: string) => parseSources(toml, 'sources.toml')
const HOUR = 3_600_000

describe('a sources file', () => {
  it('needs no more than an address', () => {
    const [source] = read('[[source]]\nurl = "https://blog.example/a-post?utm_source=x#top"')
    expect(source).toMatchObject({
      name: 'https://blog.example/a-post',
      url: 'https://blog.example/a-post',
      everyMs: 24 * HOUR,
      follow: ['parts'],
      browser: 'auto',
    })
  })

  it('says for all what stands above the first source, and for one what stands in it', () => {
    const sources = read(`every = "6h"
      [[source]]
      url = "https://a.example/"
      [[source]]
      url = "https://b.example/"
      name = "b"
      every = "30m"
      follow = ["parts", "items"]
      revisit = ["1d", "7 d"]
      max_pages = 10`)
    expect(sources.map(({ everyMs }) => everyMs)).toEqual([6 * HOUR, HOUR / 2])
    expect(sources[1]).toMatchObject({ name: 'b', revisitMs: [24 * HOUR, 168 * HOUR], maxPages: 10 })
  })

  it.each([
    ['[[source]]\nurl = "https://a.example/"\nevry = "1d"', 'sources.toml:3: evry: there is no such key'],
    ['[[source]]\nurl = "https://a.example/"\n\nevery = "soon"', 'sources.toml:4: every: give a length of time'],
    [
      '[[source]]\nurl = "https://a.example/"\nevery = "5s"',
      'sources.toml:3: every: a page is looked at once a minute',
    ],
    [
      '[[source]]\nurl = "https://a.example/"\nrevisit = ["1d", "0s"]',
      'sources.toml:3: revisit: a page is looked at once a minute',
    ],
    // Every object has these names.
    ['[[source]]\nurl = "https://a.example/"\nconstructor = 1', 'sources.toml:3: constructor: there is no such key'],
    ['toString = 1\n[[source]]\nurl = "https://a.example/"', 'sources.toml:1: toString: there is no such key'],
    ['every = 7\n[[source]]\nurl = "https://a.example/"', 'sources.toml:1: every: give a length of time'],
    ['[[source]]\nurl = "a.example"', 'sources.toml:2: url: a.example is no web address'],
    ['[[source]]\nurl = "https://me:pass@a.example/"', 'sources.toml:2: url: a password in an address'],
    ['[[source]]\nname = "x"', 'sources.toml:1: this source has no url'],
    ['[[source]]\nurl = "https://a.example/"\n[[source]]\nurl = "https://a.example/"', 'sources.toml:4: '],
    [
      '[[source]]\nurl = "https://a.example/"\nfollow = ["links"]',
      'sources.toml:3: follow: give one of "parts", "items"',
    ],
    ['[[source]]\nurl = "https://a.example/"\nmax_pages = 0', 'sources.toml:3: max_pages: give a whole number from 1'],
    ['[[source]]\nurl = https://a.example/', 'sources.toml:2: this is not TOML'],
    ['', 'sources.toml: there is no [[source]] in it'],
    ['# one\n[source]\nurl = "https://a.example/"', 'sources.toml:2: source: each source begins with [[source]]'],
    ['# one\n[[sources]]\nurl = "https://a.example/"', 'sources.toml:2: sources: each source begins with [[source]]'],
    ['\nsource = [{ url = "a.example" }]', 'sources.toml:2: url: a.example is no web address'],
    ['name = "x"\n[[source]]\nurl = "https://a.example/"', 'sources.toml:1: name: this is of one source'],
    ['[[source]]\nurl = "https://a.example/"\nevery = "999999w"', 'sources.toml:3: every: give ten years'],
  ])('names the place of a fault: %j', (toml, message) => {
    expect(() => read(toml)).toThrow(
      expect.objectContaining({ name: 'UsageError', message: expect.stringContaining(message) }),
    )
  })

  it('names all faults at once, those of each source in its order, then what two share', () => {
    const toml = `evry = "1h"
      browser = "maybe"
      [[source]]
      url = "a.example"
      every = "soon"
      max_pages = 0
      [[source]]
      name = "b"
      [[source]]
      url = "https://c.example/"
      [[source]]
      url = "https://c.example/"
      follow = ["links", "lists"]`
    const told = (() => {
      try {
        return read(toml).length
      } catch (error) {
        return (error as Error).message.split('\n').map((line) => line.split(': ').slice(0, 2).join(': '))
      }
    })()
    expect(told).toEqual([
      'sources.toml:1: evry',
      'sources.toml:2: browser',
      'sources.toml:4: url',
      'sources.toml:5: every',
      'sources.toml:6: max_pages',
      'sources.toml:7: this source has no url; give the address to look at',
      'sources.toml:13: follow',
      'sources.toml:12: url',
    ])
  })

  it('never shows the password of an address', () => {
    expect(() => read('[[source]]\nurl = "https://me:s3cret@a.example/"')).toThrow(/^(?!.*s3cret)/)
  })
})
