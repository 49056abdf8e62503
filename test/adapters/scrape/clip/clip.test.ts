// Markdown clips of threads: what their heads tell, and where their posts end.
import { describe, expect, it } from 'vitest'
import { text } from '../../../../src/adapters/scrape/text.ts'
import { unrollTogether } from '../../../../src/pipeline/pipeline.ts'
import { casesOf, pageOf } from '../../cases.ts'

const [fixture] = casesOf('text')
const page = (lines: readonly string[]) => pageOf(fixture!, new TextEncoder().encode(lines.join('\n')))
const read = (...lines: readonly string[]) => text.extract(page(lines))
const textsOf = (...lines: readonly string[]): readonly (readonly string[])[] =>
  unrollTogether([read(...lines)]).threads.map(({ posts }) => posts.map((post) => post.text))

const STATUS = 'https://twitter.com/brinebaker/status/1700000000000000001'
const FRONT = ['author: "Mara Brine"', 'handle: "@brinebaker"', `source: "${STATUS}"`, 'published: 2024-02-03']
const POSTS = [
  'A thread 🧵 on salt, which everybody forgets until the bread is dull.',
  '',
  '',
  'Grey salt is wet. Weigh it, or dry it first in a warm oven.',
  '',
  'It takes an hour.',
  '',
  '',
  'Fine salt hides in the crust, so bakers throw it late.',
]
const THREAD = [
  'A thread 🧵 on salt, which everybody forgets until the bread is dull.',
  'Grey salt is wet. Weigh it, or dry it first in a warm oven.\n\nIt takes an hour.',
  'Fine salt hides in the crust, so bakers throw it late.',
]

describe('front matter of a clip', () => {
  it('tells address, account and time, and is in no post', () => {
    const { blocks, scrapes } = read('---', ...FRONT, '---', '', ...POSTS)
    expect(blocks).toMatchObject([
      { kind: 'thread', url: STATUS, author: { handle: 'brinebaker', name: 'Mara Brine' } },
    ])
    expect(scrapes[0]?.provenance.extra).toEqual({ printedDate: '2024-02-03' })
    expect(textsOf('---', ...FRONT, '---', '', ...POSTS)).toEqual([THREAD])
  })

  it('names nobody where YAML says so', () => {
    for (const nobody of ['null', '~', 'Null']) {
      const { blocks } = read(
        '---',
        `author: ${nobody}`,
        `title: ${nobody}`,
        `source: "${STATUS}"`,
        '---',
        '',
        ...POSTS,
      )
      expect(blocks).toMatchObject([{ title: null, author: { handle: 'brinebaker', name: null } }])
    }
  })

  it('may lack its second fence', () => {
    expect(textsOf('---', ...FRONT, '', ...POSTS)).toEqual([THREAD])
  })

  it('names an account in a list, as clippers do', () => {
    const front = ['---', `source: "${STATUS}"`, 'author:', '  - "[[@brinebaker]]"', 'tags:', '  - "clippings"', '---']
    expect(read(...front, ...POSTS).blocks[0]?.author).toMatchObject({ handle: 'brinebaker', name: null })
  })

  it('lets the address name the account', () => {
    expect(read('---', `source: "${STATUS}"`, '---', ...POSTS).blocks[0]?.author?.handle).toBe('brinebaker')
  })

  it('names the account in a title of Thread Reader', () => {
    const url = 'url: "https://threadreaderapp.com/thread/1700000000000000001.html"'
    const front = ['---', url, 'title: "Thread by @brinebaker on Thread Reader App"', '---']
    expect(read(...front, ...POSTS).blocks[0]?.author).toMatchObject({ handle: 'brinebaker' })
  })

  it('is none where a rule stands above prose', () => {
    expect(read('---', 'Once: upon a time.', '', 'There was salt.').blocks).toEqual([])
  })
})

describe('a head without front matter', () => {
  it('gives title, byline and address out of its lines', () => {
    const links = `*Links to this thread: [Twitter](${STATUS}), [Reader](https://threadreaderapp.com/thread/17.html)*`
    const head = ['# Salt', '', 'Author: [Mara Brine](https://twitter.com/brinebaker)  ', links, '']
    const { blocks } = read(...head, ...POSTS)
    expect(blocks).toMatchObject([{ title: 'Salt', url: STATUS, author: { handle: 'brinebaker', name: 'Mara Brine' } }])
    expect(textsOf(...head, ...POSTS)).toEqual([THREAD])
  })

  it.each([STATUS, `<${STATUS}>`, `[${STATUS}](${STATUS})`])('may be an address alone: %s', (line) => {
    expect(read(line, '', ...POSTS).blocks).toMatchObject([{ url: STATUS }])
    expect(textsOf(line, '', ...POSTS)).toEqual([THREAD])
  })

  it('is no head when its links name no thread', () => {
    expect(read('# Salt', '', 'Author: [Mara](https://mara.example)', '', ...POSTS).blocks).toEqual([])
  })
})

const TEXT = [
  '![Cover](https://salt.example/mill.jpg)',
  '',
  'Salt mills are old.',
  '',
  '## What I learned',
  '',
  'Nobody weighs salt.',
  '',
  'They count sacks.',
]

describe('a clip of a page with one text', () => {
  it.each([
    ['a blog', 'https://saltmill.example/2024/mills'],
    ['an article of X', 'https://x.com/brinebaker/article/1700000000000000001'],
  ])('is that text, with what its head says: %s', (_, url) => {
    const front = ['---', 'title: "On salt mills"', `source: "${url}"`, 'author:', '  - "[[Mara Brine]]"', '---']
    expect(read(...front, ...TEXT).posts).toMatchObject([
      {
        kind: 'article',
        title: 'On salt mills',
        author: { name: 'Mara Brine' },
        url,
        text: 'Salt mills are old.\n\nWhat I learned\n\nNobody weighs salt.\n\nThey count sacks.',
        media: [{ url: 'https://salt.example/mill.jpg' }],
      },
    ])
  })

  it('may be headed by the fields of a reader', () => {
    const url = 'https://saltmill.example/2024/mills'
    const fields = [
      'Title: On salt mills',
      '',
      `URL Source: ${url}`,
      '',
      'Published Time: 2024-02-03',
      '',
      'Markdown Content:',
    ]
    expect(read(...fields, ...TEXT).posts).toMatchObject([{ kind: 'article', title: 'On salt mills', url }])
    expect(read('Title: On salt mills', '', ...TEXT).posts).toEqual([])
  })

  it('is a thread all the same where its lines count', () => {
    const front = ['---', 'source: "https://saltmill.example/threads/mills"', '---']
    const counted = Array.from({ length: 9 }, (_, i) => [`${i + 1}/ Sack number ${i + 1} is salt.`, '']).flat()
    expect(textsOf(...front, ...counted)[0]).toHaveLength(9)
  })

  it('is none of it where the address is a post’s', () => {
    for (const url of ['https://salt.social/@mara/111000111000111000', 'https://bsky.app/profile/mara.example/post/3k'])
      expect(read('---', `source: "${url}"`, '---', ...TEXT).posts).toEqual([])
  })
})

describe('the body of a clip', () => {
  const head = ['---', ...FRONT, '---', '']

  it('ends posts at rules, and at rows of pictures', () => {
    const row = ['| [![](/media/1.jpg)](/media/1.jpg) | [![](/media/2.jpg)](/media/2.jpg) |', '| :-: | :-: |']
    const lines = [...head, 'Salt first.', '', ...row, '', 'Then water.', '', '---', '', 'Then time.']
    expect(textsOf(...lines)).toEqual([['Salt first.', 'Then water.', 'Then time.']])
  })

  it('takes a picture in a link as a picture, by the address that has it whole', () => {
    const linked = (src: string, target: string) => `[![Image](${src})](${target})`
    const pixel = 'https://threadreaderapp.com/images/1px.png'
    const lines = [
      linked('https://pbs.twimg.com/profile_images/1/a.jpg', 'https://x.com/brinebaker').replace(
        'Image',
        'Mara Profile picture',
      ),
      '',
      `Salt first.${linked(pixel, 'https://pbs.twimg.com/media/a.jpg')}`,
      '',
      linked(pixel, 'https://salt.example'),
      '',
      '---',
      '',
      `Then water.${linked('https://cdn.example/b.png', 'https://salt.example/page')}`,
    ]
    const { threads } = unrollTogether([read(...head, ...lines)])
    expect(
      threads.flatMap(({ posts }) => posts.map(({ post }) => [post.text, post.media.map(({ url }) => url)])),
    ).toEqual([
      ['Salt first.', ['https://pbs.twimg.com/media/a.jpg']],
      ['Then water.', ['https://cdn.example/b.png']],
    ])
  })

  it('ends posts at the picture of an account, as readers write pages of X', () => {
    const face =
      '[![Image 2: Square profile picture](https://pbs.twimg.com/profile_images/1/a.jpg)](https://x.com/brinebaker)'
    const emoji = '![Image 3: 🧂](https://abs-0.twimg.com/emoji/v2/svg/1f9c2.svg)'
    const fields = ['Title: Mara Brine (@brinebaker) / X', 'URL Source: https://x.com/brinebaker', 'Markdown Content:']
    const { scrapes } = read(...fields, face, '', 'Salt first.', '', face, '', `${emoji} Then water.`, 'Then time.')
    expect(scrapes[0]?.lines.map(({ text: words, cutBefore, shown }) => [words, cutBefore, shown])).toEqual([
      ['Salt first.', false, undefined],
      ['Then water.', true, undefined],
      ['Then time.', false, undefined],
    ])
  })

  it('leaves out the preview of a page that a post links, and buttons that lead nowhere', () => {
    const site = 'https://salt.example/how'
    const preview = `[**How salt works** Everything on brine.](${site}) [https://salt.example/HOW](${site})`
    const lines = [
      ...head,
      `Salt first. ${site}`,
      '',
      preview,
      '',
      '---',
      '',
      'Then water.',
      '',
      'Missing some Tweet in this thread? You can try to [force a refresh](#)',
    ]
    expect(textsOf(...lines)).toEqual([[`Salt first. ${site}`, 'Then water.']])
  })

  it('keeps a post that is quoted with the post that quotes it', () => {
    const quote = [
      '<blockquote class="twitter-tweet">',
      '  <p lang="en">',
      '  Sugar &amp; salt<br />',
      '  </p>',
      '</blockquote>',
    ]
    const lines = [...head, 'Somebody asked:', '', ...quote, '', 'No.', '', ...quote, '', 'Still no.']
    expect(text.recognises(page(lines))).toBe(true)
    const posts = unrollTogether([read(...lines)]).threads[0]?.posts ?? []
    expect(posts.map(({ text: words }) => words)).toEqual(['Somebody asked:', 'No.', 'Still no.'])
    expect(posts.map(({ post }) => post.quotes.map((one) => one.text))).toEqual([
      ['Sugar & salt'],
      ['Sugar & salt'],
      [],
    ])
  })

  it('reads a quoted post of X with its account, address and time', () => {
    const quote = [
      '<blockquote class="twitter-tweet">',
      '  <p lang="en">Sea &#43; salt: &#34;never again&#34;<br />',
      '  she wrote</p>',
      '  &mdash; <a href="https://twitter.com/millrace/status/1700000000000000009">Link</a>',
      '</blockquote>',
    ]
    const [post] = unrollTogether([read(...head, 'Somebody asked:', ...quote)]).threads[0]?.posts ?? []
    expect(post?.post.quotes).toMatchObject([
      {
        ref: { platform: 'x', id: '1700000000000000009' },
        author: { handle: 'millrace' },
        text: 'Sea + salt: "never again"\nshe wrote',
        createdAt: '2023-09-08T04:15:59.129Z',
      },
    ])
  })

  it('shows pictures with the post they stand below', () => {
    const lines = [
      ...head,
      'Salt first.',
      '',
      '![a wet sack](https://salt.example/1.jpg)',
      '',
      '---',
      '',
      'Then water.',
    ]
    const posts = unrollTogether([read(...lines)]).threads[0]?.posts ?? []
    expect(posts.map(({ post }) => post.media.map(({ url, alt }) => [url, alt]))).toEqual([
      [['https://salt.example/1.jpg', 'a wet sack']],
      [],
    ])
  })

  it('keeps the words of a quoted post above which nothing stands', () => {
    expect(
      textsOf(...head, '<blockquote><p>Sugar</p></blockquote>', '', 'Salt.')
        .flat()
        .join(),
    ).toContain('Sugar')
  })
})
