// Whole Markdown files: what a reader sees of a thread and of a discussion, and what never gets out of its place.
import { expect, test } from 'vitest'
import { conversationToMarkdown, markdownChunks, threadToMarkdown } from '../../../src/export/markdown/markdown.ts'
import type { Media } from '../../../src/model.ts'
import { htmlToMdast } from '../../../src/text/markdown.ts'
import {
  ADA,
  makeConversation,
  makeGap,
  makeLink,
  makePost,
  makeReply,
  makeThread,
  makeThreadPost,
  makeUnrolled,
} from '../build.ts'

/** The file without its front matter. */
function bodyOf(file: string): string {
  return file.slice(file.indexOf('\n---\n') + '\n---\n\n'.length)
}

test('a thread is front matter and one run of paragraphs a post', () => {
  const thread = makeThread(['Bridges hum.\n\nListen.', 'At night.\nAlways.'], {
    declaredTotal: 2,
    statement: '2 of 2 posts',
  })
  expect(threadToMarkdown(thread, { version: '1.2.3' })).toBe(`---
title: "Bridges hum."
author: "Ada Example"
handle: "ada"
url: "https://social.example/ada/1"
published: "2026-01-02T03:04:05.000Z"
archived: "2026-01-03T00:00:00.000Z"
platform: "x"
kind: "thread"
posts: 2
completeness: "complete"
statement: "2 of 2 posts"
sources:
  - "page.txt"
captures:
  - "sha256:00ff"
id: "x:1"
unspool: "1.2.3"
---

Bridges hum.

Listen.

At night.${'  '}
Always.
`)
})

test('a gap, a doubtful link and a side branch are told in quiet lines', () => {
  const [first, second] = makeThread(['One.', 'Four.']).posts
  const thread = makeThread([], {
    declaredTotal: 7,
    posts: [first!, { ...second!, number: 4, link: makeLink(0.62) }],
    gaps: [makeGap({ count: 2 }), makeGap({ after: 2, before: null, count: 3, class: 'tail', p: 0.8 })],
    branches: [{ from: 'x:1', posts: [makeThreadPost(1, { id: 'x:9', text: 'Aside.' })] }],
  })
  expect(bodyOf(threadToMarkdown(thread))).toBe(`One.

*⋯ posts 2–3 of 7 are missing*

*⋯ probably continues here (62 %)*

Four.

*⋯ posts 5–7 of 7 are probably missing*

## Side branch from post 1

Aside.
`)
})

test('a cut of a text scrape that may be wrong says so', () => {
  const boundary = { p: 0.7, alternatives: [{ say: 'two posts', p: 0.3 }] }
  const thread = makeThread([], { posts: [makeThreadPost(1, { text: 'One.', boundary })] })
  expect(bodyOf(threadToMarkdown(thread))).toBe('*⋯ probably one post (70 %), or two posts (30 %)*\n\nOne.\n')
})

test('where most cuts may be wrong, that is said once, above', () => {
  const boundary = { p: 0.4, alternatives: [{ say: 'two posts', p: 0.6 }] }
  const posts = [1, 2, 3, 4].map((at) => makeThreadPost(at, { text: `Nr ${at}.`, boundary }))
  const words = 'where posts begin and end is partly a guess here: 4 of 4 may be cut otherwise'
  expect(bodyOf(threadToMarkdown(makeThread([], { posts })))).toBe(`*⋯ ${words}*\n\nNr 1.\n\nNr 2.\n\nNr 3.\n\nNr 4.\n`)
})

test('quotes are blockquotes, pictures carry their description, other media are links', () => {
  const media = (kind: Media['kind'], url: string, alt: string | null): Media => ({
    kind,
    url,
    alt,
    width: null,
    height: null,
    poster: null,
  })
  const item = makeThreadPost(1, {
    text: 'See.',
    media: [
      media('image', 'https://media.example/a.jpg', 'A [bridge]\nat night'),
      media('video', 'https://media.example/v.mp4', null),
      { ...media('video', 'https://media.example/still.jpg', null), poster: 'https://media.example/still.jpg' },
      { ...media('video', 'https://media.example/w.mp4', null), poster: 'https://media.example/w.jpg' },
      media('image', 'javascript:alert(1)', 'bad'),
    ],
    quotes: [
      {
        ref: null,
        author: { ...ADA, name: 'Bo', handle: 'bo' },
        text: '[!note] hm',
        url: 'https://social.example/bo/2',
        createdAt: null,
      },
    ],
  })
  expect(bodyOf(threadToMarkdown(makeThread([], { posts: [item] })))).toBe(`See.

![A \\[bridge\\] at night](https://media.example/a.jpg)

[video](https://media.example/v.mp4)

![still of a video](https://media.example/still.jpg)

[video](https://media.example/w.mp4)

image: bad

> **Bo (@bo)** · [link](https://social.example/bo/2)
>
> \\[!note] hm
`)
})

test('rich HTML keeps its structure and loses the marker', () => {
  const html = '<p>1/2 A <em>loud</em> <a href="https://b.example/x">bridge</a></p><ul><li>hums</li></ul>'
  const item = makeThreadPost(
    1,
    { text: '1/2 A loud bridge\n\n- hums', html },
    { text: 'A loud bridge\n\n- hums', strips: [[0, 4]] },
  )
  const thread = makeThread([], { posts: [item] })
  expect(bodyOf(threadToMarkdown(thread, { readHtml: htmlToMdast }))).toBe(
    'A *loud* [bridge](https://b.example/x)\n\n- hums\n',
  )
  expect(bodyOf(threadToMarkdown(thread, { readHtml: htmlToMdast, raw: true }))).toMatch(/^1\/2 A \*loud\*/)
})

test('the HTML reader is asked only for what plain text does not hold', async () => {
  const print = async (html: string) => {
    const asked: string[] = []
    const readHtml = (given: string) => {
      asked.push(given)
      return htmlToMdast(given)
    }
    const unrolled = makeUnrolled({ threads: [makeThread([], { posts: [makeThreadPost(1, { html })] })] })
    return [[...(await markdownChunks(unrolled, { readHtml }))].join(''), asked.length] as const
  }
  const address = 'https://b.example/?a=1&#x26;b'
  expect((await print(`<p>A<br>b <a href="${address}">${address}</a></p>`))[1]).toBe(0)
  const [file, asked] = await print('<p>A <strong>loud</strong> bridge</p>')
  expect([bodyOf(file), asked]).toEqual(['A **loud** bridge\n', 1])
})

test('without a reader given, one is loaded when it is needed', async () => {
  const thread = makeThread([], { posts: [makeThreadPost(1, { html: '<p>A <em>loud</em> bridge</p>' })] })
  expect(bodyOf([...(await markdownChunks(makeUnrolled({ threads: [thread] })))].join(''))).toBe('A *loud* bridge\n')
})

test('a marker that cannot be found in the HTML makes the plain text stand in', () => {
  const item = makeThreadPost(
    1,
    { text: 'x 1/2 y', html: '<p>other <b>1</b> words</p>' },
    { text: 'x y', strips: [[2, 6]] },
  )
  expect(bodyOf(threadToMarkdown(makeThread([], { posts: [item] }), { readHtml: htmlToMdast }))).toBe('x y\n')
})

test('footnotes are tied to raised, linked and glued labels; one without a place is still shown', () => {
  const footnotes = ['1', '2', '3'].map((label) => ({ label, text: `Note ${label}.`, html: null }))
  const glued = makeConversation({ text: 'It hums.1 In 3.2 wind2 it sings.', footnotes }, [])
  expect(bodyOf(conversationToMarkdown(glued))).toBe(`# On bridges

It hums.[^1] In 3.2 wind[^2] it sings.

Footnotes without a place in the text: [^3]

[^1]: Note 1.

[^2]: Note 2.

[^3]: Note 3.
`)
  const html =
    '<p>It <i>hums</i><sup>1</sup> in<sup><a href="#fn2">[2]</a></sup> wind<a href="#n3"><sup>3</sup></a>.</p>'
  const linked = makeConversation({ text: 'It hums1 in[2] wind3.', html, footnotes }, [])
  expect(conversationToMarkdown(linked, { readHtml: htmlToMdast })).toContain('It *hums*[^1] in[^2] wind[^3].\n')
})

test('footnotes of one label are tied in their order, and long link text is no label', () => {
  const footnotes = ['Oil.', 'Wax.'].map((text) => ({ label: '*', text, html: null }))
  const html = '<p>It hums<a href="#n1">*</a> in wind<a href="#n2">*</a>.</p>'
  const long = `<p>It hums. <a href="https://a.example/#x">${')'.repeat(200_000)}x</a></p>`
  const print = (html: string) =>
    conversationToMarkdown(makeConversation({ text: 'It hums* in wind*.', html, footnotes }, []), {
      readHtml: htmlToMdast,
    })
  expect(print(html)).toContain('It hums[^n1] in wind[^n2].')
  expect(print(html)).toContain('[^n1]: Oil.\n\n[^n2]: Wax.')
  expect(print(long)).toContain('It hums.')
})

test('the name of a post that is not here is printed as it is', () => {
  const asked = makeConversation({ text: '' }, [makeReply(0, null, {})])
  const markdown = conversationToMarkdown({ ...asked, id: 'wordpress:www.gauges.example/post-1', root: null })
  expect(markdown).toContain('\n# Replies to `wordpress:www.gauges.example/post-1`\n')
  expect(markdown).toContain('title: "Replies to wordpress:www.gauges.example/post-1"')
})

test('how much of a discussion is here is said once, and a root that is not here has no byline', () => {
  const asked = makeConversation({ text: 'Body.' }, [makeReply(0, null, {})])
  const print = (root: typeof asked.root) => conversationToMarkdown({ ...asked, root }, { frontMatter: false })
  for (const printed of [print(asked.root), print(null)]) expect(printed.split(asked.statement)).toHaveLength(2)
  expect(print(null)).not.toContain('Unknown author')
})

test('of a summary only what could act is written as a reference', () => {
  const author = { ...ADA, name: "Mr_O'Neil_ 100%" }
  const url = 'https://blog.example/_/a_b?c=1&d=$2'
  const conversation = makeConversation({}, [makeReply(0, null, { author, url })])
  expect(conversationToMarkdown(conversation)).toContain(
    `<b>Mr_O'Neil&#95; 100% (@ada)</b> · <a href="https://blog.example/_/a_b?c=1&amp;d=$2">`,
  )
})

test('comments fold, nest, and carry author, date and permalink', () => {
  const conversation = makeConversation({ text: 'Body.' }, [
    makeReply(0, null, {
      text: 'First\n\n</details><script>',
      author: { ...ADA, handle: null, name: 'Eve <b>*' },
      url: 'https://blog.example/#c0',
    }),
    makeReply(1, 0, { text: '- Second', isPostAuthor: true, url: null }),
    makeReply(2, null, { text: 'Third', createdAt: null, url: 'javascript:alert(1)' }),
  ])
  expect(bodyOf(conversationToMarkdown(conversation))).toBe(`# On bridges

Body.

## Comments

*3 of 44 comments*

<details open>
<summary><b>Eve &lt;b&gt;&#42;</b> · <a href="https://blog.example/#c0">2026-01-02 03:04</a></summary>

First

\\</details>\\<script>

- **Ada Example (@ada), post author** · 2026-01-02 03:04

  \\- Second

</details>

<details open>
<summary><b>Ada Example (@ada)</b></summary>

Third

</details>
`)
})

test('a picture in a comment is a link: it must not tell its server who reads the file', () => {
  const html = '<p>Look <img src="https://spy.example/p.gif" alt="cat"></p>'
  const conversation = makeConversation({}, [makeReply(0, null, { text: 'Look', html })])
  const file = conversationToMarkdown(conversation, { readHtml: htmlToMdast })
  expect(file).toContain('Look [cat](https://spy.example/p.gif)')
  expect(file).not.toContain('![')
})

test('a picture in a link is its words: there is no link in a link', () => {
  const html =
    '<p><a href="https://a.example/full.jpg"><b><img src="https://a.example/thumb.jpg" alt="marks"></b></a></p>'
  const conversation = makeConversation({}, [makeReply(0, null, { text: 'marks', html })])
  const file = conversationToMarkdown(conversation, { readHtml: htmlToMdast })
  expect(file).toContain('[**marks**](https://a.example/full.jpg)')
  expect(file).not.toContain('thumb.jpg')
})

test('ten thousand answers in one chain nest only so far, and each is there', () => {
  const replies = Array.from({ length: 10_000 }, (_, i) =>
    makeReply(i, i === 0 ? null : i - 1, { text: `answer ${i}.` }),
  )
  const file = conversationToMarkdown(makeConversation({}, replies))
  expect(file.match(/answer \d+\./g)).toHaveLength(10_000)
  expect(Math.max(...file.split('\n').map((line) => line.search(/\S/)))).toBeLessThan(20)
})

test('several findings are sections with headings; footnotes stay apart', async () => {
  const footnotes = [{ label: '1', text: 'Note.', html: null }]
  const article = makeConversation({ text: 'It hums.1', footnotes }, [])
  const unplaced = [{ post: makePost({ text: 'Stray.' }), homes: [{ thread: 'x:1', p: 0.4 }] }]
  const file = [
    ...(await markdownChunks(
      makeUnrolled({ threads: [makeThread(['One.'])], conversations: [article, article], unplaced }),
    )),
  ].join('')
  expect(file).not.toContain('---\n')
  expect(file).toContain('# One.\n\n*[Ada Example (@ada)](https://social.example/ada) · ')
  expect(file).toContain('[^s2-1]: Note.')
  expect(file).toContain('[^s3-1]: Note.')
  expect(file).toContain('*⋯ Ada Example (@ada), 2026-01-02 03:04, may belong to x:1 (40 %)*\n\nStray.\n')
})

test('the same input gives the same bytes', () => {
  const make = () => threadToMarkdown(makeThread(['a *b* c', 'd']), { readHtml: htmlToMdast })
  expect(make()).toBe(make())
})

test('among other sections a picture without words is headed by who showed it, and when', () => {
  const picture = makeThread([''])
  const print = (thread: typeof picture) => threadToMarkdown(thread, { frontMatter: false }).split('\n', 1)[0]
  expect(print(picture)).toBe('# Ada Example (@ada), 2026-01-02 03:04')
  const nobodys = picture.posts.map((item) => ({ ...item, post: { ...item.post, createdAt: null } }))
  expect(print({ ...picture, author: null, posts: nobodys })).toBe('# x:1')
})

test('a login with spaces in it is a name', () => {
  const author = { ...ADA, name: null, handle: 'Bridge Desk' }
  expect(threadToMarkdown(makeThread(['One.'], { author }), { frontMatter: false })).toContain('*[Bridge Desk](')
})

test.each([
  ['an article', [makeConversation({ text: 'It hums.', html: '<p>It <em>hums</em>.</p>' }, [makeReply(0, null, {})])]],
  ['a comment', [makeConversation({}, [makeReply(0, null, { text: 'It hums.', html: '<p>It <em>hums</em>.</p>' })])]],
])('the markup of %s is printed, though nothing else here has any', async (_, conversations) => {
  expect([...(await markdownChunks(makeUnrolled({ conversations })))].join('')).toContain('It *hums*.')
})
