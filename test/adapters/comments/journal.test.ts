import { describe, expect, it } from 'vitest'
import { article } from '../../../src/adapters/article/article.ts'
import type { Extraction } from '../../../src/model.ts'
import { casesOf, pageOf } from '../cases.ts'

const ENTRY =
  '<article><h1>The lower pier</h1><p>The water stood higher than last week, and nobody had moved the boats away from the pier, so that two of them hung on their ropes by noon.</p><p>We moved them in the afternoon, all five of us, and the harbour master watched from his window.</p></article>'

function extractPage(comments: readonly string[]): Extraction {
  const fixture = casesOf('article')[0]
  if (fixture === undefined) throw new Error('No fixture')
  const html = `<!DOCTYPE html><html lang="en"><head><title>The lower pier</title></head><body>${ENTRY}<div id="comments">${comments.join('\n')}</div></body></html>`
  return article.extract(pageOf({ ...fixture, url: null }, html))
}

function tree({ posts }: Extraction): (number | null)[] {
  const keys = posts.slice(1).map(({ key }) => key)
  return posts.slice(1).map(({ parent }) => (parent?.key === posts[0]?.key ? null : keys.indexOf(parent?.key ?? '')))
}

/** As Dreamwidth prints it: the depth in a class, all comments beside each other. */
function deep(depth: number, number: number, name: string, when: string, words: string): string {
  return `<div class="comment-thread comment-depth-odd comment-depth-${depth}"><div id="cmt${number}" class="dwexpcomment" style="margin-left: ${(depth - 1) * 25}px"><div class="comment-wrapper full"><div class="comment" id="comment-cmt${number}"><div class="inner"><div class="header"><h4 class="comment-title"></h4><span class="datetime"><span class="comment-date-text">Date:</span> <span>${when}</span></span></div><div class="comment-poster"><span class="comment-from-text">From:</span> <span class="ljuser"><a href="https://${name}.journal.example/profile"><img src="user.png" alt=""></a><a href="https://${name}.journal.example/"><b>${name}</b></a></span></div><div class="contents"><div class="comment-content">${words}</div></div><div class="footer"><ul class="comment-interaction-links"><li><a href="https://ada.journal.example/77.html?thread=${number}#cmt${number}">Link</a></li><li><a href="https://ada.journal.example/77.html?replyto=${number}">Reply</a></li></ul></div></div></div></div></div></div>`
}

/** As LiveJournal prints it since 2013: the depth in a margin. */
function twig(margin: number, number: number, name: string, when: string, words: string): string {
  return `<div class="b-tree-root-part" style="margin-left: ${margin}px"><div id="t${number}" class="b-leaf comment p-comment"><div class="b-leaf-header"><p class="b-leaf-username"><span class="b-leaf-username-name">${name}</span></p><p class="b-leaf-meta"><a href="https://ada.journal.example/77.html?thread=${number}#t${number}"><span class="b-leaf-createdtime">${when}</span></a></p></div><div class="b-leaf-article">${words}</div></div></div>`
}

describe('comments beside each other whose depth is drawn', () => {
  it('hang by the number in a class', () => {
    const page = extractPage([
      deep(1, 1021, 'bram', '2015-01-02 09:30 pm (UTC)', 'Did the ropes hold in the end?'),
      deep(2, 1277, 'ada', '2015-01-02 10:00 pm (UTC)', 'Most of them did, yes.'),
      deep(3, 1533, 'bram', '2015-01-02 11:12 pm (UTC)', 'Good to hear that.'),
      deep(2, 1600, 'dora', '2015-01-02 11:40 pm (UTC)', 'Mine did not, sadly.'),
      deep(1, 1789, 'cole', '2015-01-03 07:45 am (UTC)', 'We had the same thing in the north basin.'),
    ])
    expect(tree(page)).toEqual([null, 0, 1, 0, null])
    expect(page.posts[1]).toMatchObject({
      author: { name: 'bram', url: 'https://bram.journal.example/profile' },
      createdAt: '2015-01-02T21:30:00.000Z',
      url: 'https://ada.journal.example/77.html?thread=1021#cmt1021',
      text: 'Did the ropes hold in the end?',
    })
    expect(page.notes.map(({ code }) => code)).not.toContain('zone-unknown')
  })

  it('keep their place where the page shows them collapsed, without words that nobody wrote', () => {
    const folded =
      '<div class="comment-thread comment-depth-2"><div id="cmt1277" style="margin-left: 25px"><div class="comment-wrapper partial"><div class="comment" id="comment-cmt1277"><h4 class="comment-title"><a href="https://ada.journal.example/77.html?thread=1277#cmt1277">(no subject)</a></h4> - <span class="comment-poster"><span class="ljuser"><a href="https://bram.journal.example/"><b>bram</b></a></span></span> - <span class="datetime"><span>2015-01-02 10:00 pm (UTC)</span></span> <span>(<a href="#">Expand</a>)</span></div></div></div></div>'
    const page = extractPage([
      deep(1, 1021, 'bram', '2015-01-02 09:30 pm (UTC)', 'Did the ropes hold in the end?'),
      folded,
      deep(1, 1789, 'cole', '2015-01-03 07:45 am (UTC)', 'We had the same thing in the north basin.'),
    ])
    expect(page.posts.slice(1).map(({ author, text, url }) => [author?.name, text, url?.split('#')[1]])).toEqual([
      ['bram', 'Did the ropes hold in the end?', 'cmt1021'],
      ['bram', '', 'cmt1277'],
      ['cole', 'We had the same thing in the north basin.', 'cmt1789'],
    ])
    expect(tree(page)).toEqual([null, 0, null])
    expect(page.notes.map(({ code }) => code)).toContain('withheld')
  })

  it('are comments on the entry where the page is one thread without it', () => {
    const fixture = casesOf('article')[0]
    if (fixture === undefined) throw new Error('No fixture')
    const comments = [
      deep(1, 1021, 'bram', '2015-01-02 09:30 pm (UTC)', 'Did the ropes hold in the end?'),
      deep(2, 1277, 'ada', '2015-01-02 10:00 pm (UTC)', 'Most of them did, yes.'),
    ]
    const html = `<!DOCTYPE html><html lang="en"><head><title>ada: The lower pier</title></head><body><div id="comments">${comments.join('')}</div></body></html>`
    const url = 'https://ada.journal.example/77.html?thread=1021'
    const { posts, next, notes } = article.extract(pageOf({ ...fixture, url }, html))
    const entry = { platform: 'article', id: 'ada.journal.example/77.html' }
    expect(posts.map(({ kind, index, parent }) => [kind, index, parent?.ref ?? null, parent?.key])).toEqual([
      ['comment', 0, entry, null],
      ['comment', 1, null, 'comment-1'],
    ])
    expect(next).toEqual([`https://${entry.id}`])
    expect(notes.map(({ code }) => code)).toContain('entry-elsewhere')
  })

  it('hang by their margins', () => {
    const page = extractPage([
      twig(0, 100, 'bram', 'January 2 2015, 09:30:00 UTC', 'Did the ropes hold in the end?'),
      twig(30, 200, 'ada', 'January 2 2015, 10:00:00 UTC', 'Most of them did, yes.'),
      twig(0, 300, 'cole', 'January 3 2015, 07:45:00 UTC', 'We had the same thing in the north basin.'),
    ])
    expect(tree(page)).toEqual([null, 0, null])
    expect(page.posts[2]?.url).toBe('https://ada.journal.example/77.html?thread=200#t200')
  })

  it('hang by the parent that each names (Kbin, Mbin)', () => {
    const comment = (number: number, parent: number | '', level: number, name: string) =>
      `<blockquote class="section comment entry-comment subject comment-level--${level}" id="entry-comment-${number}" data-subject-parent-value="${parent}"><header><a href="/u/${name}" class="user-inline">${name}</a>, <a href="#entry-comment-${number}"><time class="timeago" datetime="2024-05-01T11:0${level}:00+00:00">1 year ago</time></a></header><div class="content"><p>The ropes held, says ${name}.</p></div></blockquote>`
    const told = extractPage([comment(201, '', 1, 'bram'), comment(202, 201, 2, 'ada'), comment(203, '', 1, 'cole')])
    expect(tree(told)).toEqual([null, 0, null])
    const drawn = extractPage([comment(201, '', 1, 'bram'), comment(202, '', 2, 'ada'), comment(203, '', 1, 'cole')])
    expect(tree(drawn)).toEqual([null, 0, null])
  })

  it('stay beside each other where the depths are no tree', () => {
    const when = '2015-01-02 09:30 pm (UTC)'
    const same = [1, 2].map((n) => deep(1, 1000 + n, 'bram', when, `The same depth for all of us here, ${n}.`))
    expect(tree(extractPage(same))).toEqual([null, null])
    const first = [
      deep(3, 1001, 'ada', when, 'The first stands in.'),
      deep(1, 1002, 'bram', when, 'The second does not.'),
    ]
    expect(tree(extractPage(first))).toEqual([null, null])
  })
})
