// What names a post of WordPress: its number, wherever a theme prints it; else its address. So an edit is no new post.
import { expect, it } from 'vitest'
import { readCapture } from '../../../src/pipeline/pipeline.ts'
import { makeCapture } from '../../archive/samples.ts'

const WORDS =
  'The lamp was lit at four, and nobody saw the harbour until the fog had gone; it burned until the morning. '

interface Told {
  readonly head?: string
  readonly body?: string
  readonly article?: string
  readonly below?: string
}

function idOf(
  { head = '', body = 'single', article = '', below = '' }: Told,
  url: string | null = 'http://lamp.example/lamps/',
) {
  const page = `<!doctype html><html><head><title>Lamps</title><link rel="stylesheet" href="/wp-content/themes/keeper/style.css">
    ${head}</head><body class="${body}"><div ${article}><h1>Lamps</h1><div class="entry-content"><p>${WORDS.repeat(4)}</p></div></div>
    ${below}</body></html>`
  const { adapter, extraction } = readCapture(
    makeCapture(page, { mediaType: 'text/html', headers: [], url, finalUrl: url, input: url ?? 'saved.html' }),
  )
  expect(adapter?.name).toBe('wordpress')
  const { ref } = extraction.posts[0]!
  return ref === null ? null : `${ref.platform}:${ref.id}`
}

const FORM = '<form><input type="hidden" name="comment_post_ID" value="138"></form>'

it.each<[string, Told, string]>([
  ['the class of the body', { body: 'single postid-138', article: 'id="post-5"' }, 'wordpress:lamp.example/post-138'],
  [
    'the short link',
    { head: '<link rel="shortlink" href="http://lamp.example/?p=138">' },
    'wordpress:lamp.example/post-138',
  ],
  ['the form for comments', { below: FORM, article: 'id="post-5"' }, 'wordpress:lamp.example/post-138'],
  ['the only post on the page', { article: 'id="post-138"' }, 'wordpress:lamp.example/post-138'],
  [
    'its address, where several are marked',
    { article: 'id="post-138"', below: '<div id="post-139">Another</div>' },
    'article:lamp.example/lamps/',
  ],
  ['its address, where nothing is', {}, 'article:lamp.example/lamps/'],
  [
    'the address that it calls its own',
    { head: '<link rel="canonical" href="/2021/lamps/">' },
    'article:lamp.example/2021/lamps/',
  ],
])('a post is named by %s', (_, told, id) => {
  expect(idOf(told)).toBe(id)
})

it('has no name where neither is told', () => {
  expect(idOf({}, null)).toBe(null)
})
