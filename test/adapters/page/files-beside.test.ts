// Pages that a browser saved with their pictures in a folder beside them.
import { describe, expect, it } from 'vitest'
import { asFilesBeside } from '../../../src/adapters/page/files-beside.ts'
import { readPage } from '../../../src/adapters/page/page.ts'
import { readPosts } from '../../../src/adapters/reading.ts'

const MARK = '<!-- saved from url=(0029)https://geese.example/a/lodge -->'
const WORDS = 'The geese came down at dusk and stayed on the weir until the lamps were lit. '.repeat(12)

function read(input: string, mark: string, src: string) {
  const html = `<!DOCTYPE html>${mark}<html><head><title>A lodge</title><link rel="canonical" href="https://geese.example/a/lodge"></head>
<body><article><h1>A lodge</h1><p>${WORDS}</p><p><img src="${src}" alt="Two geese" width="600" height="400"></p><p>${WORDS}</p></article></body></html>`
  const told = { digest: '', input, finalUrl: null, originalUrl: null, capturedAt: '2026-01-02T03:04:05.000Z' }
  const rest = { capturedAtBasis: 'observed', method: 'file', status: null, mediaType: null, truncated: null } as const
  const body = new TextEncoder().encode(html)
  const page = readPage({ ...told, ...rest, url: null, headers: [], redactedHeaders: [], body })
  const extraction = readPosts(page).extraction
  const [post] = extraction.posts
  const url = new URL(src, 'https://geese.example/a/lodge').href
  const media = [{ kind: 'image', url, alt: 'Two geese', width: null, height: null, poster: null }] as const
  const turned = asFilesBeside(page, { ...extraction, notes: [], posts: [{ ...post!, media }] })
  return {
    urls: turned.posts.flatMap((one) => one.media.map((picture) => picture.url)),
    inText: /<img src="([^"]*)/.exec(post!.html ?? '')?.[1],
    remarks: extraction.notes.filter(({ code }) => code === 'files-beside').map(({ message }) => message.slice(0, 10)),
    url,
  }
}

describe('pictures in a folder beside a saved page', () => {
  it.each([
    ['by the mark of the browser', 'renamed.html', MARK, './A%20lodge_files/geese.jpg'],
    ['by the name of the page, which Firefox gives it', 'A lodge.html', '', 'A%20lodge_files/geese.jpg'],
  ])('are there and not on the web, as told %s', (_, input, mark, src) => {
    const { urls, inText, remarks } = read(input, mark, src)
    expect(urls).toEqual(['A lodge_files/geese.jpg'])
    expect(inText).toBe('A%20lodge_files/geese.jpg')
    expect(remarks).toEqual(['1 picture '])
  })

  it.each([
    ['index.html', '', 'index_files/figure-html/geese.jpg'],
    ['other.html', '', 'lodge_files/geese.jpg'],
    ['lodge.html', MARK, 'https://cdn.example/lodge_files_2/geese.jpg'],
  ])('of a page that was not saved so keep their addresses (%s, %s%s)', (input, mark, src) => {
    const { urls, inText, remarks, url } = read(input, mark, src)
    expect(urls).toEqual([url])
    expect(inText).toBe(url)
    expect(remarks).toEqual([])
  })
})
