// Laws over all pages of platforms: where a layout changed so that posts are not found any more, that is said.
import { describe, expect, it } from 'vitest'
import { readPage } from '../../../src/adapters/page/page.ts'
import { readPosts } from '../../../src/adapters/reading.ts'
import type { Extraction } from '../../../src/model.ts'
import { unrollTogether } from '../../../src/pipeline/pipeline.ts'
import { allCases, type Case, captureOf, extractPage, pageOf } from '../cases.ts'

const PAGES = allCases().filter(({ kind, browser }) => kind === 'html' && !browser)
const FORUMS = 'phpbb xenforo vbulletin smf discuz fluxbb mybb invision nodebb vanilla bbpress flarum'.split(' ')
const DRIFTS = [
  ['no class', / class="[^"]*"/g],
  ['no id', / id="[^"]*"/g],
] as const

function read(fixture: Case, html: string, url = fixture.url): Extraction {
  const headers = [['content-type', 'text/html; charset=utf-8']] as const
  const capture = { ...captureOf(fixture, html), mediaType: 'text/html', headers, url, finalUrl: url }
  return readPosts(readPage(capture)).extraction
}

function warnings({ notes }: Extraction): readonly string[] {
  return notes.filter(({ level }) => level !== 'info').map(({ code }) => code)
}

function countSame(before: Extraction, after: Extraction): number {
  const texts = new Set(after.posts.map(({ text }) => text))
  return before.posts.filter(({ text }) => texts.has(text)).length
}

const topic = (body: string, head = '') =>
  `<!doctype html><html><head><title>Anchors</title>${head}</head><body>${body}</body></html>`
const WORDS = [
  'The anchor drags whenever the wind goes round to the north, and nothing that we tried has mended that.',
  'Ours did the same until we gave it ten metres more of chain, which cost us a whole afternoon of work.',
  'Chain is dear. A heavier shackle did it for us, and it has held through two winters by now without fail.',
]
const DRAWN = WORDS.map((words) => `<div class="zz"><p>${words}</p></div>`).join('')
const [FIRST] = PAGES as [Case]

describe.each(DRIFTS)('a forum whose pages have %s any more', (_, dropped) => {
  const forums = PAGES.filter(({ platform }) => FORUMS.includes(platform))
  it.each(forums.map((one) => [`${one.platform}/${one.name}`, one] as const))(
    'loses no posts in silence: %s',
    (_, fixture) => {
      const before = extractPage(pageOf(fixture))
      const after = read(fixture, pageOf(fixture).text.replace(dropped, ''))
      const news = warnings(after).filter((code) => !warnings(before).includes(code))
      const isJson = after.posts.some(({ provenance }) => provenance.adapter === 'json-in-page')
      if (countSame(before, after) * 2 < before.posts.length && !isJson) expect(news).not.toEqual([])
    },
  )
})

describe('a page of a known platform in an unknown layout', () => {
  const makers = [
    ['its address', 'http://keel.example/viewtopic.php?t=88', ''],
    ['its generator', null, '<meta name="generator" content="Discourse 9.1.0">'],
    ['the end of its title', null, '<meta property="og:site_name" content="Hacker News">'],
  ] as const
  it.each(makers)('is known by %s, and read like any page with a remark', (_, url, head) => {
    const extraction = read(FIRST, topic(`<main>${DRAWN}</main>`, head), url)
    expect(extraction.posts.length).toBeGreaterThan(0)
    expect(warnings(extraction)).toContain('layout-unknown')
    const [conversation] = unrollTogether([extraction]).conversations
    expect(conversation?.completeness ?? 'unknown').toBe('unknown')
    expect(conversation?.statement ?? '').not.toContain('none are spoken of')
  })

  it('is known by who powers it', () => {
    const foot = '<footer><p>Powered by <a href="http://phpbb.example/"><b>phpBB</b></a> 9</p></footer>'
    expect(warnings(read(FIRST, topic(`<main>${DRAWN}</main>${foot}`), null))).toContain('layout-unknown')
    expect(warnings(read(FIRST, topic(`<main>${DRAWN}</main>`), null))).not.toContain('layout-unknown')
  })
})

it.each(['How I write on Twitter', 'What became of Mastodon', 'My years on LinkedIn'])(
  'takes no article about a platform for a page of it: %s',
  (title) => {
    const html = topic(`<main><h1>${title}</h1>${DRAWN}</main>`).replace('<title>Anchors', `<title>${title}`)
    expect(warnings(read(FIRST, html, 'http://keel.example/essay'))).toEqual([])
  },
)

describe('a page whose posts were read in part', () => {
  const rows = (name: string) =>
    WORDS.map(
      (words, at) =>
        `<tr class="athing comtr" id="${at + 2}"><td><span class="comhead"><a class="hnuser">ann</a></span><div class="${name}">${words}</div></td></tr>`,
    ).join('')
  const story = `<table class="fatitem"><tr class="athing" id="1"><td class="title"><span class="titleline"><a href="http://keel.example/">Anchors</a></span></td></tr></table>`
  const page = (name: string) =>
    topic(
      `<span class="pagetop"><b class="hnname"><a href="news">Hacker News</a></b></span>${story}<table class="comment-tree">${rows(name)}</table>`,
    )
  const url = 'http://news.ycombinator.com/item?id=1'

  it('says that most of its words are in no post', () => {
    expect(warnings(read(FIRST, page('commtext c00'), url))).not.toContain('words-unread')
    const drifted = read(FIRST, page('zz'), url)
    expect(warnings(drifted)).toContain('words-unread')
    expect(unrollTogether([drifted]).conversations[0]?.completeness).not.toBe('complete')
  })

  it('says that no post has a time, or words', () => {
    expect(warnings(read(FIRST, page('commtext c00'), url))).toContain('times-unread')
  })

  it('misses no time on pages that print none with a post', () => {
    const fixture = PAGES.find(({ platform, name }) => platform === 'thread-reader' && name === 'whole-and-cut') as Case
    const html = new TextDecoder().decode(fixture.body).replaceAll(/ data-(?:time|tweet)="\d+"/g, '')
    const extraction = read(fixture, html)
    expect(extraction.posts.every(({ createdAt }) => createdAt === null)).toBe(true)
    expect(warnings(extraction)).not.toContain('times-unread')
  })
})

describe('pages as they are', () => {
  it.each(PAGES.map((one) => [`${one.platform}/${one.name}`, one] as const))(
    'have no layout that is not known: %s',
    (_, fixture) => {
      const codes = warnings(extractPage(pageOf(fixture)))
      for (const code of ['layout-unknown', 'words-unread', 'posts-unread', 'posts-wordless', 'authors-unread'])
        expect(codes).not.toContain(code)
    },
  )
})
