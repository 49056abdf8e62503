// Law: where a page's words stand around its head and body makes no difference, as in a browser (HTML, 13.2.6.4).
import { describe, expect, it } from 'vitest'
import { article } from '../../../src/adapters/article/article.ts'
import { casesOf, pageOf } from '../cases.ts'

const WORDS = '<p>It took three of us, and a crowbar, to open the gate; the hinge wants grease, not words.</p>'.repeat(
  4,
)
const BOX = `<div class="gate">${WORDS}</div>`
const HEAD = '<head><title>The gate</title></head>'
const FOOT = '<p>Kept by the lock.</p>'

function read(html: string) {
  const [fixture] = casesOf('article')
  return article.extract(pageOf({ ...fixture!, url: 'http://lock.example/gate' }, `<!doctype html>${html}`)).posts
}

describe('an article is read', () => {
  it.each([
    ['in the head', `<html><head><title>The gate</title>${BOX}</head><body>${FOOT}</body></html>`],
    ['behind the body', `<html>${HEAD}<body>${FOOT}</body>${BOX}</html>`],
    ['behind the document', `<html>${HEAD}<body>${FOOT}</body></html>${BOX}`],
    ['before the document', `${BOX}<html>${HEAD}<body>${FOOT}</body></html>`],
    ['between head and body', `<html><title>The gate</title>${BOX}<body>${FOOT}</body></html>`],
    ['in a second body', `<html>${HEAD}<body>${FOOT}</body><body>${BOX}</body></html>`],
    ['in a head inside the body', `<html><body><head><title>The gate</title>${BOX}</head></body></html>`],
    ['without any of them', BOX],
  ])('%s', (_, html) => {
    const [post, ...others] = read(html)
    expect(others).toEqual([])
    expect(post?.text.match(/crowbar/g)).toHaveLength(4)
  })
})
