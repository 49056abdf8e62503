// That a page shows only the beginning of its article is said; that it speaks of such pages is nothing.
import { expect, it } from 'vitest'
import { paywallNotes } from '../../../src/adapters/article/paywall.ts'
import { type Case, casesOf, extractPage, pageOf } from '../cases.ts'

const fixture = { ...(casesOf('article')[0] as Case), url: 'https://mill.example/rye' }
const LONG = 'The sluice was never found again, though all the village looked for it until the spring. '
const pageWith = (box: string, head = '') =>
  pageOf(
    fixture,
    `<!doctype html><title>Rye</title>${head}<body><article><h1>Rye</h1><p>${LONG.repeat(5)}</p>${box}</article></body>`,
  )
const levelsOf = (box: string, head = '') => paywallNotes(pageWith(box, head)).map(({ level }) => level)

it.each([
  '<div><h2>Create an account to read the full story.</h2></div>',
  '<h2>The author made this story available to Mill members only.</h2>',
  '<p>Subscribe to continue reading</p>',
  '<p>This article is for <a href="/join">subscribers only</a>.</p>',
  '<div>This post is for paid subscribers</div>',
  '<p>To continue reading this article, please log in or subscribe.</p>',
  '<p>You’ve reached your free article limit.</p>',
  '<button>Continue reading in the app</button>',
  '<h3>Weiterlesen mit Mühle plus</h3>',
  '<p>Cet article est réservé aux abonnés</p>',
  '<p>Este contenido es exclusivo para suscriptores</p>',
])('is said where the page says %s', (box) => {
  expect(levelsOf(box)).toEqual(['warning'])
  const { posts, notes } = extractPage(pageWith(box))
  expect([posts.length, notes.filter(({ code }) => code === 'paywall').length]).toEqual([1, 1])
})

it('is left open where only the head marks the page', () => {
  const data = '<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":"False"}</script>'
  expect(levelsOf('', data)).toEqual(['info'])
})

it.each([
  '<p>Members of the mill read the full story aloud, and then they asked who would subscribe to such a thing.</p>',
  '<nav>Subscribe to continue reading</nav>',
  '<blockquote>This article is for subscribers only.</blockquote>',
  '<div class="comment"><p>This article is for subscribers only.</p></div>',
  '<p>Sign up to read more of our stories every Friday</p>',
  '<p>Already a subscriber? Sign in</p>',
])('is not said of %s', (box) => expect(levelsOf(box)).toEqual([]))
