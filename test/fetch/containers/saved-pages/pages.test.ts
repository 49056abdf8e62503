// Pages saved in one file with more around them: HAR, MHTML, SingleFile, and a browser's own mark.
import { describe, expect, it } from 'vitest'
import { makeFolder, writeInto } from '../../../cli/run.ts'
import { codesOf, makePropertyList, makeZip, openAll, textOf } from '../makers.ts'

const folder = makeFolder()
let made = 0
const open = (name: string, body: string | Uint8Array) => {
  made += 1
  return openAll(writeInto(folder, `${made}-${name}`, body))
}

describe('a web archive of Safari', () => {
  const resource = (url: string, type: string, body: string | Uint8Array) => ({
    WebResourceURL: url,
    WebResourceMIMEType: type,
    WebResourceTextEncodingName: 'UTF-8',
    WebResourceData: typeof body === 'string' ? Buffer.from(body) : body,
  })
  const archive = makePropertyList({
    WebMainResource: resource('https://a.example/Grüße', 'text/html', `<p>${'The gate is shut. '.repeat(20)}`),
    WebSubresources: [resource('https://a.example/1.png', 'image/png', Buffer.of(137, 80))],
    WebSubframeArchives: [{ WebMainResource: resource('https://b.example/talk', 'text/html', '<p>Is it?') }],
  })

  it('gives the page and its frames, with the time of the file', async () => {
    for (const name of ['page.webarchive', 'page']) {
      const opened = await open(name, archive)
      expect(opened.captures.map(({ url }) => url)).toEqual(['https://a.example/Grüße', 'https://b.example/talk'])
      expect(opened.captures.map(textOf).join('')).toMatch(/^<p>The gate.*Is it\?$/)
      expect(opened.captures[0]).toMatchObject({
        capturedAtBasis: 'file-mtime',
        mediaType: 'text/html',
        headers: [['content-type', 'text/html; charset=UTF-8']],
      })
      expect(codesOf(opened)).toEqual(['skipped-members'])
    }
  })

  it('that names one thing many times over is no larger than it is', async () => {
    const page = resource('https://a.example/', 'text/html', `<p>${'The gate is shut. '.repeat(20)}`)
    const texts = Array<string>(700).fill('x'.repeat(1_000_000))
    const frame = { WebMainResource: page, WebSubresources: Array(700).fill(page) }
    const body = makePropertyList({
      WebMainResource: page,
      WebSubresources: Array(700).fill(texts),
      WebSubframeArchives: Array(700).fill(frame),
    })
    expect((await open('again.webarchive', body)).captures.map(({ url }) => url)).toEqual(['https://a.example/'])
  })

  it('cut anywhere or bent is refused, and neither hangs nor falls', async () => {
    const bent = (at: number) => Buffer.from(archive).fill(255, at, at + 3)
    const loop = Buffer.from(archive)
    const table = Number(archive.readBigUInt64BE(archive.length - 8))
    loop.fill(archive.subarray(table, table + 4), table, archive.length - 32)
    const bodies = Array.from({ length: 40 }, (_, n) => Math.round((n * archive.length) / 40))
    for (const body of [loop, ...bodies.map((at) => archive.subarray(0, at)), ...bodies.map(bent)]) {
      const opened = await open('odd.webarchive', body).catch((error: unknown) => error)
      if (opened instanceof Error) expect(opened).toMatchObject({ name: 'NotUnderstoodError' })
    }
  })
})

const answer = (url: string, content: object, status = 200) => ({
  startedDateTime: '2024-05-06T09:08:09.123+02:00',
  request: { method: 'GET', url },
  response: {
    status,
    headers: [
      { name: 'Content-Type', value: 'text/html; charset=latin1' },
      { name: 'Set-Cookie', value: 'k=s3cret' },
    ],
    content,
  },
})
const har = (entries: readonly object[]) => JSON.stringify({ log: { version: '1.2', creator: { name: 'x' }, entries } })

describe('a HAR file', () => {
  it('may begin with a mark of its byte order, whatever its name', async () => {
    const body = har([answer('https://a.example/1', { mimeType: 'text/html', text: '<p>Here' })])
    for (const name of ['session.har', 'session.json']) {
      const { captures } = await open(name, `\ufeff${body}`)
      expect(captures.map(({ url }) => url)).toEqual(['https://a.example/1'])
    }
  })

  it('gives each answer that can hold posts, text or base64', async () => {
    const opened = await open(
      'session.har',
      har([
        answer('https://a.example/1', { mimeType: 'text/html; charset=latin1', text: '<p>Grüße' }),
        answer('https://a.example/2', {
          mimeType: 'application/json',
          text: Buffer.from('{"a":1}').toString('base64'),
          encoding: 'base64',
        }),
        answer('https://a.example/3.png', { mimeType: 'image/png', text: 'AAAA', encoding: 'base64' }),
        answer('https://a.example/4', { mimeType: 'text/html' }, 304),
      ]),
    )
    expect(opened.captures.map(textOf)).toEqual(['<p>Grüße', '{"a":1}'])
    expect(opened.captures[0]).toMatchObject({
      url: 'https://a.example/1',
      status: 200,
      capturedAt: '2024-05-06T07:08:09.123Z',
      capturedAtBasis: 'declared',
      redactedHeaders: ['set-cookie'],
    })
    expect(opened.captures[0]?.headers).toEqual([['Content-Type', 'text/html; charset=utf-8']])
    expect(codesOf(opened)).toEqual(['skipped-members', 'har-without-content'])
  })

  it('gives answers that have no content as they were, and misses the others', async () => {
    const statuses = [200, 204, 301, 304, 404]
    const opened = await open(
      'bare.har',
      har(statuses.map((status) => answer(`https://a.example/${status}`, {}, status))),
    )
    expect(opened.captures.map(({ status, body }) => [status, body.length])).toEqual([
      [204, 0],
      [301, 0],
    ])
    expect(opened.notes.map(({ message }) => message)).toEqual([expect.stringMatching(/^3 answers were saved without/)])
  })

  it.each([
    ['cut', har([answer('https://a.example/1', { mimeType: 'text/html', text: 'x' })]).slice(0, -20)],
    ['empty', har([])],
    ['of another shape', '{"log":{"version":"1.2","entries":{"0":[]}}}'],
    [
      'filled with what is no entry',
      '{"log":{"version":"1.2","entries":[null,1,"x",{"request":7},{"response":{"content":[]}}]}}',
    ],
  ])('refuses one that is %s', async (_, body) => {
    await expect(open('bad.har', body)).rejects.toThrow(/bad\.har: (?:nothing in it|there is no page)/)
  })
})

const mhtml = [
  'From: <Saved by Blink>',
  'Snapshot-Content-Location: https://a.example/page',
  'Subject: A page',
  'Date: Mon, 6 May 2024 07:08:09 -0000',
  'MIME-Version: 1.0',
  'Content-Type: multipart/related;',
  '\ttype="text/html";',
  '\tboundary="----B--x----"',
  '',
  '',
  '------B--x----',
  'Content-Type: text/html',
  'Content-ID: <frame-1@mhtml.blink>',
  'Content-Transfer-Encoding: quoted-printable',
  'Content-Location: https://a.example/page',
  '',
  '<html><meta charset=3D"utf-8"><p>Gr=C3=BC=C3=9Fe, a long li=',
  'ne</p></html>',
  '------B--x----',
  'Content-Type: text/html',
  'Content-Transfer-Encoding: base64',
  'Content-Location: https://b.example/frame',
  '',
  Buffer.from('<p>in a frame').toString('base64'),
  '------B--x----',
  'Content-Type: image/png',
  'Content-Transfer-Encoding: base64',
  'Content-Location: https://a.example/x.png',
  '',
  'AAAA',
  '------B--x------',
  '',
]

describe('an MHTML file', () => {
  it.each(['\r\n', '\n'])('gives its documents with their own URLs (line ends %j)', async (end) => {
    const opened = await open('page.mhtml', mhtml.join(end))
    expect(opened.captures.map((capture) => [capture.url, textOf(capture).trim()])).toEqual([
      ['https://a.example/page', '<html><meta charset="utf-8"><p>Grüße, a long line</p></html>'],
      ['https://b.example/frame', '<p>in a frame'],
    ])
    expect(opened.captures[0]).toMatchObject({
      capturedAt: '2024-05-06T07:08:09.000Z',
      capturedAtBasis: 'declared',
      method: 'import',
    })
    expect(codesOf(opened)).toEqual(['skipped-members'])
  })

  it('reads the document of one that is cut', async () => {
    const opened = await open('cut.mht', mhtml.slice(0, 18).join('\r\n'))
    expect(textOf(opened.captures[0]!)).toMatch(/Grüße/)
    expect(opened.captures[0]?.truncated).toBe('disconnect')
    expect(codesOf(opened)).toEqual(['cut-container'])
  })

  it('says so when it is cut behind its documents', async () => {
    const opened = await open('cut.mht', mhtml.slice(0, -2).join('\r\n'))
    expect(opened.captures.map(({ truncated }) => truncated)).toEqual([null, null])
    expect(codesOf(opened)).toEqual(['cut-container', 'skipped-members'])
  })

  it.each([
    ['without a boundary', 'MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\nwords'],
    ['without parts', `${mhtml.slice(0, 9).join('\r\n')}\r\n\r\n`],
  ])('refuses one %s', async (_, body) => {
    await expect(open('bad.mht', body)).rejects.toThrow(/bad\.mht/)
  })
})

it('opens no mail, though its parts are a page and its pictures', async () => {
  const opened = await open('mail.eml', ['Received: from a.example', 'To: b@a.example', ...mhtml].join('\r\n'))
  expect(opened.captures).toHaveLength(1)
  expect(textOf(opened.captures[0]!)).toMatch(/^Received:/)
})

it('is not long in doubt about a text that begins like a mail', async () => {
  const { captures } = await open('mail.txt', 'a: b\r\n c\r\n'.repeat(400))
  expect(captures).toHaveLength(1)
})

describe('a self-extracting page of SingleFile', () => {
  const mark =
    '<!--\n Page saved with SingleFile \n url: https://a.example/page \n saved date: Sat May 06 2023 07:08:09 GMT+0000 (UTC)\n-->'
  const inner = `<!DOCTYPE html> <html>${mark}<meta charset=utf-8><p>Grüße`
  const zip = makeZip([
    { name: 'manifest.json', body: '{"originalUrl":"https://a.example/page"}' },
    { name: 'index.html', body: inner },
    { name: 'images/0.png', body: 'x' },
  ])
  const around = (behind: string) => Buffer.concat([shift(zip, SHELL.length), Buffer.from(behind)])
  const SHELL = Buffer.from(
    `<!DOCTYPE html> <html data-sfz>${mark}<meta charset=windows-1252><body hidden><script></script><!--`,
    'latin1',
  )
  /** The archive's offsets count from the start of the page. */
  function shift(bytes: Buffer, by: number): Buffer {
    const moved = Buffer.from(bytes)
    for (let at = moved.indexOf('PK\x01\x02', 0, 'latin1'); at >= 0; at = moved.indexOf('PK\x01\x02', at + 1, 'latin1'))
      moved.writeUInt32LE(moved.readUInt32LE(at + 42) + by, at + 42)
    const end = moved.lastIndexOf('PK\x05\x06', undefined, 'latin1')
    moved.writeUInt32LE(moved.readUInt32LE(end + 16) + by, end + 16)
    return Buffer.concat([SHELL, moved])
  }

  it.each(['', '--></body></html>', `--><sfz-extra-data>${'A'.repeat(90_000)}</sfz-extra-data></body></html>`])(
    'gives the page in it, with URL and time (%#)',
    async (behind) => {
      const opened = await open('page.html', around(behind))
      expect(opened.captures).toHaveLength(1)
      expect(opened.captures[0]).toMatchObject({
        url: 'https://a.example/page',
        capturedAt: '2023-05-06T07:08:09.000Z',
        mediaType: 'text/html',
        body: Buffer.from(inner),
      })
      expect(codesOf(opened)).toEqual(['skipped-members'])
    },
  )

  it('is refused when it is cut', async () => {
    await expect(open('page.html', around('').subarray(0, -40))).rejects.toThrow(
      /page\.html: nothing in it could be read/,
    )
  })
})

describe('a page saved by a browser', () => {
  const singleFile = (date: string) =>
    `<!DOCTYPE html> <html lang=en><!--\n Page saved with SingleFile \n url: https://a.example/thread?a=1 \n saved date: ${date}\n--><meta charset=utf-8><p>words`

  it('has the URL and the time that SingleFile wrote into it, and keeps its bytes', async () => {
    const body = singleFile('Mon May 06 2024 09:08:09 GMT+0200 (Central European Summer Time)')
    const { captures } = await open('saved.html', body)
    expect(captures[0]).toMatchObject({
      url: 'https://a.example/thread?a=1',
      finalUrl: 'https://a.example/thread?a=1',
      capturedAt: '2024-05-06T07:08:09.000Z',
      capturedAtBasis: 'declared',
      method: 'file',
      status: null,
    })
    expect(textOf(captures[0]!)).toBe(body)
  })

  it.each(['not a date', 'Mon May 06 2999 09:08:09 GMT+0200'])(
    'keeps the date of the file when SingleFile says %j',
    async (date) => {
      const { captures } = await open('saved.html', singleFile(date))
      expect(captures[0]).toMatchObject({ url: 'https://a.example/thread?a=1', capturedAtBasis: 'file-mtime' })
    },
  )

  it.each([
    [
      'script',
      '<html><script>__wm.wombat("http://geese.example/a","20210304050607","https://web.archive.org/")</script>',
    ],
    ['mark', '<!-- saved from url=(0063)https://web.archive.org/web/20210304050607/http://geese.example/a -->\n<html>'],
  ])('has the URL and the time of what it is a copy of, by the %s of the Wayback Machine', async (_, start) => {
    const { captures } = await open('copy.html', `${start}<p>words`)
    expect(captures[0]).toMatchObject({
      url: 'http://geese.example/a',
      finalUrl: 'http://geese.example/a',
      capturedAt: '2021-03-04T05:06:07.000Z',
      capturedAtBasis: 'declared',
    })
  })

  it.each([
    [
      'monolith',
      '<!-- Saved from https://a.example/t?a=1&b=2 at 2024-05-06T07:08:09Z using monolith v2.8.1 -->\n<html>',
    ],
    [
      'WebScrapBook',
      '<!DOCTYPE html><html lang="en" data-scrapbook-source="https://a.example/t?a=1&amp;b=2" data-scrapbook-create="20240506070809000"><head>',
    ],
    [
      'Save Page WE',
      `<!DOCTYPE html>\n<html><head><style>${'p{}'.repeat(9000)}</style>
<meta name="savepage-url" content="https://a.example/t?a=1&amp;b=2">
<meta name="savepage-title" content="A title">
<meta name="savepage-date" content="Mon May 06 2024 09:08:09 GMT+0200 (Mitteleuropäische Sommerzeit)">
</head>`,
    ],
  ])('has the URL and the time that %s wrote into it', async (_, start) => {
    const { captures } = await open('saved.html', `${start}<p>words`)
    expect(captures[0]).toMatchObject({
      url: 'https://a.example/t?a=1&b=2',
      capturedAt: '2024-05-06T07:08:09.000Z',
      capturedAtBasis: 'declared',
    })
  })

  it('has the URL and the time that HTTrack wrote into it', async () => {
    const mark = "by HTTrack Website Copier/3.x [XR&CO'2014], Mon, 06 May 2024 07:08:09 GMT -->"
    const { captures } = await open(
      'index.html',
      `<!DOCTYPE html>\n<html>\n<!-- Mirrored from a.example/t/?a=1 ${mark}`,
    )
    expect(captures[0]).toMatchObject({
      url: 'http://a.example/t/?a=1',
      capturedAt: '2024-05-06T07:08:09.000Z',
      capturedAtBasis: 'declared',
    })
    const bad = await open('index.html', `<html><!-- Mirrored from <b> ${mark}`)
    expect(bad.captures[0]?.url).toBeNull()
  })

  it('has the URL of the mark of the web', async () => {
    const { captures } = await open(
      'saved.htm',
      '<!DOCTYPE html>\r\n<!-- saved from url=(0026)https://a.example/a-page/x -->\r\n<html>',
    )
    expect(captures[0]?.url).toBe('https://a.example/a-page/x')
  })

  it.each(['about:internet', 'javascript:alert(1)', 'file:///home/somebody/page.html'])(
    'has none when the mark says %s',
    async (url) => {
      const { captures } = await open('saved.htm', `<!-- saved from url=(0014)${url} --><html>`)
      expect(captures[0]?.url).toBeNull()
    },
  )
})
