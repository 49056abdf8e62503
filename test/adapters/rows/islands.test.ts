// Posts in the JSON that a page carries for its script.
import { describe, expect, it } from 'vitest'
import { readPosts } from '../../../src/adapters/reading.ts'
import { jsonInPage } from '../../../src/adapters/rows/islands.ts'
import { type Case, casesOf, pageOf } from '../cases.ts'
import { describeAdapter } from '../contract.ts'

describeAdapter(jsonInPage)

const [discussion] = casesOf('json-in-page') as [Case]
const island = (value: unknown) => `<script type="application/json">${JSON.stringify(value)}</script>`
const pageWith = (...parts: readonly string[]) =>
  pageOf(
    discussion,
    `<!doctype html><html><head><title>T</title>${parts.join('')}</head><body><div></div></body></html>`,
  )
const POST = { caption: { text: 'Tar is cheap.' }, user: { username: 'ola' }, taken_at: 1709457180 }

describe('json-in-page', () => {
  it('is asked where the page shows nothing', () => {
    const { adapter, extraction } = readPosts(pageOf(discussion))
    expect(adapter?.name).toBe('json-in-page')
    expect(extraction.posts.map(({ parent }) => parent?.key ?? null)).toEqual([null, 'item-1', 'item-2', 'item-1'])
    expect(extraction.notes).toEqual([])
  })

  it('is not asked where the page shows its words', () => {
    const words =
      '<p>Tar keeps the water out, and the smell of it keeps the visitors out as well, which is worth more.</p>'
    const page = pageOf(
      discussion,
      `<!doctype html><title>T</title><article>${words.repeat(6)}</article>${island([POST])}`,
    )
    expect(readPosts(page).adapter?.name).toBe('article')
  })

  it('reads several islands, however deep their posts lie', () => {
    const deep = {
      require: [['Handle', null, [{ bbox: { result: { data: { edges: [{ node: { items: [{ post: POST }] } }] } } } }]]],
    }
    const { posts } = jsonInPage.extract(
      pageWith(island({ text: 'settings' }), island(deep), island([{ ...POST, id: 1 }])),
    )
    expect(posts.map(({ text, author }) => [text, author?.handle])).toEqual([
      ['Tar is cheap.', 'ola'],
      ['Tar is cheap.', 'ola'],
    ])
    expect(new Set(posts.map(({ provenance }) => provenance.selector)).size).toBe(2)
  })

  it('leaves pages alone whose JSON holds none, and JSON that is broken', () => {
    expect(jsonInPage.recognises(pageWith(island({ text: 'settings', items: [{ text: 'a' }] })))).toBe(false)
    expect(jsonInPage.recognises(pageWith('<script type="application/json">{"text": </script>'))).toBe(false)
  })
})
