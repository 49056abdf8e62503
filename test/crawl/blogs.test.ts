// A blog's front page as a source: its articles once and then in their own time, its older pages within the limits, and
// a new article at the next look.
import { afterEach, describe, expect, it } from 'vitest'
import type { Handler, SitePage } from '../site/fixture-web.ts'
import { type Bench, htmlPage, openBenches } from './bench.ts'
import { makeClock } from './run.ts'

const HOUR = 3_600_000
const HOST = 'quay.example'
const PAGES = 3
const PER_PAGE = 5
const { makeBench, closeAll } = openBenches()
afterEach(closeAll)

const WORDS = [
  'The keeper of the lamp wrote this down in winter, when the supply boat could not land for six weeks on end.',
  'What he says of it is not found anywhere else, and was copied by his daughter in 1911, in a hand of her own.',
]
const whole = (id: number) => WORDS.map((words) => `<p>${words} So it stands under ${id}.</p>`).join('')

/** One software: how it draws a page of a list, and a page of one article. */
interface Software {
  readonly front: string
  pathOf(id: number): string
  /** Of the second page and those behind it; `last`: the id that the page before ended with. */
  olderPath(page: number, last: number): string
  list(ids: readonly number[], older: string | null): string
  article(id: number): string
}

const wordpress: Software = {
  front: '/',
  pathOf: (id) => `/2024/05/tar-${id}/`,
  olderPath: (page) => `/page/${page}/`,
  list: (ids, older) =>
    `<!doctype html><html><head><title>Quay</title><link rel="stylesheet" href="/wp-content/themes/x/style.css"><link rel="alternate" type="application/rss+xml" href="/feed/"></head><body class="home blog paged"><main>${ids
      .map(
        (id) =>
          `<article id="post-${id}" class="post-${id} post type-post hentry"><h2 class="entry-title"><a href="${wordpress.pathOf(id)}" rel="bookmark">Tar ${id}</a></h2><div class="entry-summary"><p>It begins […]</p></div></article>`,
      )
      .join('')}</main>${
      older === null ? '' : `<nav class="navigation"><div class="nav-previous"><a href="${older}">Older</a></div></nav>`
    }</body></html>`,
  article: (id) =>
    `<!doctype html><html><head><title>Tar ${id}</title><link rel="stylesheet" href="/wp-content/themes/x/style.css"></head><body class="single single-post postid-${id}"><article id="post-${id}" class="post hentry"><h1 class="entry-title">Tar ${id}</h1><div class="entry-content">${whole(id)}</div></article><nav><div class="nav-previous"><a rel="prev" href="/somewhere-else/">Another</a></div><a rel="next" href="/somewhere-else/">Next</a></nav><ol class="commentlist"><li class="comment" id="comment-${id}1"><cite class="fn">Jon</cite><div class="comment-content"><p>Which boat was it, ${id}?</p></div></li></ol></body></html>`,
}

const blogger: Software = {
  front: '/',
  pathOf: (id) => `/2014/05/tar-${id}.html`,
  olderPath: (_, last) => `/search?updated-max=2014-05-${last}&max-results=${PER_PAGE}`,
  list: (ids, older) =>
    `<!doctype html><html><head><meta name="generator" content="blogger"><title>Quay</title></head><body><div class="widget Blog"><div class="blog-posts">${ids
      .map(
        (id) =>
          `<div class="date-outer"><div class="date-posts"><div class="post-outer"><div class="post hentry"><h3 class="post-title"><a href="http://${HOST}${blogger.pathOf(id)}">Tar ${id}</a></h3><div class="post-body entry-content" id="post-body-70000${id}">It begins here.<div class="jump-link"><a href="http://${HOST}${blogger.pathOf(id)}#more">Read more »</a></div></div></div></div></div></div>`,
      )
      .join('')}</div><div class="blog-pager" id="blog-pager">${
      older === null
        ? ''
        : `<span id="blog-pager-older-link"><a class="blog-pager-older-link" href="http://${HOST}${older.replace('&', '&amp;')}">Older Posts</a></span>`
    }</div></div></body></html>`,
  article: (id) =>
    `<!doctype html><html><head><meta name="generator" content="blogger"><title>Tar ${id}</title></head><body><div class="post hentry"><h3 class="post-title">Tar ${id}</h3><div class="post-body entry-content" id="post-body-70000${id}">${whole(id)}</div></div><a class="blog-pager-older-link" href="/somewhere-else/">Older Post</a><div id="comments"><dl id="comments-block"><dt id="c90000${id}">Jon said...</dt><dd class="comment-body"><p>Which boat was it, ${id}?</p></dd></dl></div></body></html>`,
}

const ghost: Software = {
  front: '/',
  pathOf: (id) => `/tar-${id}/`,
  olderPath: (page) => `/page/${page}/`,
  list: (ids, older) =>
    `<!doctype html><html><head><meta name="generator" content="Ghost 5.80"><meta property="og:type" content="website"><title>Quay</title>${
      older === null ? '' : `<link rel="next" href="http://${HOST}${older}">`
    }</head><body class="home-template"><div class="post-feed">${ids
      .map(
        (id) =>
          `<article class="post-card post"><a class="post-card-content-link" href="${ghost.pathOf(id)}"><header><h2 class="post-card-title">Tar ${id}</h2></header><div class="post-card-excerpt">It begins</div></a></article>`,
      )
      .join('')}</div></body></html>`,
  article: (id) =>
    `<!doctype html><html><head><meta name="generator" content="Ghost 5.80"><meta property="og:type" content="article"><title>Tar ${id}</title></head><body class="post-template"><article class="gh-article post"><h1 class="gh-article-title">Tar ${id}</h1><section class="gh-content">${whole(id)}</section></article><div class="post-feed">${[
      'a',
      'b',
    ]
      .map((name) => `<article class="post-card post"><a href="/elsewhere-${name}/"><h2>${name}</h2></a></article>`)
      .join('')}</div></body></html>`,
}

const unknown: Software = {
  front: '/blog/',
  pathOf: (id) => `/blog/tar-${id}`,
  olderPath: (page) => `/blog/?page=${page}`,
  list: (ids, older) =>
    `<!doctype html><html><head><title>Quay</title></head><body><main>${ids
      .map(
        (id) =>
          `<article><h2><a href="${unknown.pathOf(id)}">Tar ${id}</a></h2><p>It begins …</p><a rel="next" href="/somewhere-else/">Read on</a></article>`,
      )
      .join('')}</main>${older === null ? '' : `<a rel="next" href="${older}">Older posts</a>`}</body></html>`,
  article: (id) =>
    `<!doctype html><html><head><title>Tar ${id}</title><meta property="og:type" content="article"></head><body><article><h1>Tar ${id}</h1>${whole(id)}</article><a rel="next" href="/somewhere-else/">Next</a></body></html>`,
}

/** A blog whose articles, newest first, may become more. */
function openBlog(software: Software, count: () => number): Record<string, SitePage | Handler> {
  const idsOf = (page: number) =>
    Array.from({ length: PER_PAGE }, (_, at) => count() - (page - 1) * PER_PAGE - at).filter((id) => id > 0)
  const answer = (html: () => string): Handler => {
    return (_, response) => {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(html())
    }
  }
  const list = (page: number) =>
    answer(() => software.list(idsOf(page), page < PAGES ? software.olderPath(page + 1, page + 1) : null))
  const lists = Array.from({ length: PAGES }, (_, at) => [
    `${HOST}${at === 0 ? software.front : software.olderPath(at + 1, at + 1)}`,
    list(at + 1),
  ])
  const articles = Array.from({ length: PAGES * PER_PAGE + 1 }, (_, at) => [
    `${HOST}${software.pathOf(at + 1)}`,
    htmlPage(software.article(at + 1)),
  ])
  return Object.fromEntries([...lists, ...articles])
}

function sourceOf({ front }: Software, more = ''): string {
  return `[[source]]\nurl = "http://${HOST}${front}"\nevery = "1h"\nfollow = ["parts", "items"]\nrevisit = ["7d"]\n${more}`
}

async function looks(bench: Bench, now: () => Date): Promise<readonly string[]> {
  await bench.crawl({ now, args: ['--browser', 'never'] })
  return bench.newRequests().flatMap(({ path }) => (path === '/robots.txt' ? [] : [path]))
}

const ALL = Array.from({ length: PAGES * PER_PAGE }, (_, at) => at + 1)

describe.each([
  ['WordPress', wordpress],
  ['Blogger', blogger],
  ['Ghost', ghost],
  ['unknown software', unknown],
] as const)('the front page of a blog of %s', (_, software) => {
  const lists = [software.front, software.olderPath(2, 2), software.olderPath(3, 3)]

  it('leads to every article once, a new one at the next look, and to all again in their time', async () => {
    let count = PAGES * PER_PAGE
    const bench = await makeBench(
      sourceOf(software),
      openBlog(software, () => count),
    )
    const clock = makeClock()
    expect([...(await looks(bench, clock.now))].sort()).toEqual([...lists, ...ALL.map(software.pathOf)].sort())
    expect(bench.ask("SELECT id FROM posts WHERE kind = 'article'")).toHaveLength(PAGES * PER_PAGE)
    clock.ahead(2 * HOUR)
    count++
    expect([...(await looks(bench, clock.now))].sort()).toEqual([...lists, software.pathOf(count)].sort())
    clock.ahead(24 * 8 * HOUR)
    expect(new Set(await looks(bench, clock.now))).toEqual(new Set([...lists, ...[...ALL, count].map(software.pathOf)]))
  })

  it('is followed as far as the source wants', async () => {
    const bench = await makeBench(
      sourceOf(software, 'max_pages = 8\n'),
      openBlog(software, () => PAGES * PER_PAGE),
    )
    expect(await looks(bench, () => new Date())).toHaveLength(8)
    expect(bench.ask("SELECT outcome FROM events WHERE type = 'limit reached'")).not.toEqual([])
  })
})
