import { describe, expect, it } from 'vitest'
import { MAX_JSON_DEPTH } from '../../../src/adapters/page/json.ts'
import { type Page, readPage } from '../../../src/adapters/page/page.ts'
import type { Capture } from '../../../src/model.ts'

function page(body: string | Uint8Array, told: Partial<Capture> = {}): Page {
  return readPage({
    digest: 'sha256:0',
    input: 'somewhere',
    url: null,
    finalUrl: null,
    originalUrl: null,
    capturedAt: '2026-01-02T03:04:05.000Z',
    capturedAtBasis: 'observed',
    method: 'file',
    status: null,
    headers: [],
    redactedHeaders: [],
    mediaType: null,
    body: typeof body === 'string' ? new TextEncoder().encode(body) : body,
    truncated: null,
    ...told,
  })
}

const kindOf = (body: string | Uint8Array, mediaType: string | null = null) => page(body, { mediaType }).kind
const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'))

describe('readPage', () => {
  it.each([
    ['', 'empty'],
    [' \r\n\t\n', 'empty'],
    ['<!doctype html><p>x', 'html'],
    ['<?xml version="1.0"?><html><body>x', 'html'],
    ['<?xml version="1.0"?>\n<!-- made by -->\n<anything>', 'xml'],
    ['<!DOCTYPE rss [<!ENTITY a "b">]><rss>', 'xml'],
    [`${'<!-- a -->'.repeat(150)}no root`, 'text'],
    ['<feed xmlns="http://www.w3.org/2005/Atom">', 'xml'],
    ['<!-- saved -->\n<html><body>x', 'html'],
    ['<div><p>a</p><p>b</p></div>', 'html'],
    ['{"a":1}', 'json'],
    ['[{"a":1},\n{"a":2}]', 'json'],
    ['{"a":1}\n{"a":2}\n', 'jsonl'],
    ['["EVENT","s",{"a":1}]\n["EOSE","s"]', 'jsonl'],
    ['{"a":1}\n{"a":\n{"a":3}', 'jsonl'],
    ['{"cut\n{"a":2}', 'jsonl'],
    ['{"cut": [1, 2', 'json'],
    [`{"long":"${'x'.repeat(70_000)}"}\n{"a":2}`, 'jsonl'],
    ['# Words\n\nMost of them are Markdown, and more.\n\n<blockquote><p>Two</p><p>quoted<br></p></blockquote>', 'text'],
    ['Loose words of a fragment<br><a href="/">x</a> and <a>y</a><br>more words', 'html'],
    ['[1/9] A thread begins\n\nwith a bracket', 'text'],
    ['[End] of it', 'text'],
    ['1 < 2, and <b>bold</b> is a tag\nin a long text\nof words', 'text'],
    ['just words', 'text'],
  ])('tells %j by its bytes: %s', (body, kind) => {
    expect(kindOf(body)).toBe(kind)
  })

  it('lets the bytes speak before the media type', () => {
    expect(kindOf('{"a":1}', 'text/html')).toBe('json')
    expect(kindOf('plain words', 'text/html')).toBe('text')
    expect(kindOf('<p>one tag', 'text/html')).toBe('html')
    expect(kindOf('<!doctype html>', 'application/json')).toBe('html')
  })

  it.each(['%PDF-1.7 x', '\x89PNG\r\n', 'GIF89a', 'PK\x03\x04', '\x1f\x8b\x08', '\x01\x02\x03\x04 abc'])(
    'knows %j for binary, with a note and no text',
    (body) => {
      const read = page(bytes(body))
      expect(read).toMatchObject({ kind: 'binary', text: '' })
      expect(read.notes).toMatchObject([{ level: 'error', code: 'binary' }])
      expect(read.json()).toBeUndefined()
    },
  )

  it('reads what a lost sector left of a text, and says that bytes are missing', () => {
    const read = page(bytes(`<!doctype html><p>before${'\0'.repeat(512)} and after`))
    expect(read).toMatchObject({ kind: 'html', text: '<!doctype html><p>before and after' })
    expect(read.notes).toMatchObject([{ level: 'warning', code: 'charset' }])
    expect(kindOf(bytes('\0'.repeat(4096)))).toBe('empty')
  })

  it('says of text in EBCDIC how it can be read, and takes it for no words', () => {
    const text = '\xe3\x88\x85\x40\x93\x81\x94\x97\x40\xa6\x81\xa2\x40\x93\x89\xa3\x4b\x15'.repeat(4)
    const read = page(bytes(text))
    expect(read).toMatchObject({ kind: 'binary', text: '' })
    expect(read.notes[0]?.message).toContain('EBCDIC')
    expect(kindOf(`${'灯台守の日記 @keeper '.repeat(9)}`)).toBe('text')
  })

  it('reads UTF-16 as text, not as binary', () => {
    expect(page(Buffer.from('words in UTF-16', 'utf16le'))).toMatchObject({ kind: 'text', text: 'words in UTF-16' })
  })

  it('refuses JSON nested past its limit, before parsing, with a note', () => {
    const deep = '['.repeat(1_000_000) + ']'.repeat(1_000_000)
    const read = page(deep, { mediaType: 'application/json' })
    expect(read.json()).toBeUndefined()
    expect(read.notes.map((note) => note.code)).toEqual(['json-broken'])
    const fine = `${'['.repeat(MAX_JSON_DEPTH)}${']'.repeat(MAX_JSON_DEPTH)}`
    expect(page(fine).json()).toBeDefined()
    expect(page(JSON.stringify(['['.repeat(MAX_JSON_DEPTH * 2), '\\"[']))).toMatchObject({ kind: 'json', notes: [] })
  })

  it.each([")]}'\n", ")]}',\n", '])}while(1);</x>', 'for (;;);', 'while(1);'])(
    'reads JSON behind the guard %j',
    (guard) => {
      expect(page(`${guard}{"a": 1}`)).toMatchObject({ kind: 'json', text: '{"a": 1}', notes: [] })
    },
  )

  it.each(['answer({"a": 1});', '/**/jQuery1_2({"a": 1})\n', 'typeof on.it === \'function\' && on.it({"a": 1});'])(
    'reads JSON in the call of a script: %s',
    (body) => expect(page(body).json()).toEqual({ a: 1 }),
  )

  it('takes prose with brackets for no call', () => {
    expect(page('Think (1) of it ([sic]) and wait').kind).toBe('text')
    expect(page('for (;;); nothing').kind).toBe('text')
  })

  it('reads values one behind the other as lines, each with the number of the line it begins on', () => {
    const read = page('{\n  "a": "}{"\n}\n{\n  "a": 2\n}\n[\n  {"a": 3}\n]\n')
    expect(read).toMatchObject({ kind: 'jsonl', notes: [] })
    const lines = read.text.split('\n')
    expect([0, 3, 6].map((at) => JSON.parse(lines[at] ?? '') as unknown)).toEqual([{ a: '}{' }, { a: 2 }, [{ a: 3 }]])
    expect(page('{"a": 1}{"a": 2}').text.trim().split('\n')).toEqual(['{"a": 1}', '{"a": 2}'])
    const cut = page('{\n"a": 1}\n{\n"a": 2}\n{\n"a": "thr')
    expect(cut).toMatchObject({ kind: 'jsonl', notes: [{ code: 'cut' }] })
  })

  it('takes __proto__ for a key like any other', () => {
    expect(Object.keys(page('{"__proto__": {"polluted": true}}').json() as object)).toEqual(['__proto__'])
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })

  it('parses once', () => {
    const read = page('{"a":1}')
    expect(read.json()).toBe(read.json())
    expect(read.html()).toBe(read.html())
  })

  it('names itself by the original before the mirror', () => {
    const told = { url: 'http://a.example/', finalUrl: 'http://b.example/', originalUrl: 'http://c.example/' }
    expect(page('x', told).url?.host).toBe('c.example')
    expect(page('x', { url: 'not a url' }).url).toBeNull()
  })

  it('says what was lost in reading', () => {
    expect(page('').notes.map((note) => note.code)).toEqual(['empty'])
    expect(page('a few\0 words and some more of them', { truncated: 'time' }).notes.map((note) => note.code)).toEqual([
      'charset',
      'cut',
    ])
    expect(page('<html>', { headers: [['Content-Type', 'text/html; charset="ISO-8859-1"']] }).charset).toBe(
      'windows-1252',
    )
  })
})
