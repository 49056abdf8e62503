import { describe, expect, it } from 'vitest'
import { xDom } from '../../../../src/adapters/x/pages/dom.ts'
import { type Case, casesOf, pageOf } from '../../cases.ts'
import { describeAdapter } from '../../contract.ts'

describeAdapter(xDom)

const CASES = new Map(casesOf('x-dom').map((fixture) => [fixture.name, fixture]))
const status = CASES.get('status') as Case
const html = new TextDecoder().decode(status.body)

describe('x-dom', () => {
  it('is less sure of answers below than of posts above', () => {
    const { posts } = xDom.extract(pageOf(status))
    expect(posts.map(({ parent }) => parent?.basis ?? null)).toEqual([null, ...Array(4).fill('layout'), null])
    const [above, , , answer] = posts.slice(1).map(({ parent }) => parent?.p ?? 0)
    expect(above).toBeGreaterThan(answer ?? 1)
  })

  it('ties no recommendation to the page’s post, and on other pages nothing at all', () => {
    expect(xDom.extract(pageOf(status)).posts.at(-1)?.parent).toBeNull()
    const profile = html.replace(/<link rel="canonical"[^>]*>/, '')
    const { posts } = xDom.extract(pageOf({ ...status, url: 'http://x-dom.example/harbourlamp' }, profile))
    expect(posts.every(({ parent }) => parent === null)).toBe(true)
  })

  it('joins the hidden parts of a shortened link and reads emoji pictures', () => {
    const [first, second] = xDom.extract(pageOf(status)).posts
    expect(first?.text).toMatch(/matters\. 🗼$/)
    expect(second?.html).toContain('href="https://lamplog.example/books/1931?view=page"')
  })

  it('keeps the quoted post’s words and pictures out of the post', () => {
    const quoting = xDom.extract(pageOf(status)).posts.find(({ quotes }) => quotes.length > 0)
    expect(quoting?.text).toBe('@harbourlamp Our map shows that pier too.')
    expect(quoting?.media).toEqual([])
    expect(quoting?.quotes[0]?.createdAt).toBe('2023-11-11T08:00:00.000Z')
  })

  it('reads rows without a post', () => {
    const codes = xDom.extract(pageOf(status)).notes.map(({ code }) => code)
    expect(codes).toEqual(['tombstone', 'more', 'replies-missing'])
  })
})

describe('a count beside the speech bubble', () => {
  const missing = (label: string) =>
    xDom
      .extract(pageOf(status, html.replaceAll('aria-label="6 Replies. Reply"', `aria-label="${label}"`)))
      .notes.find(({ code }) => code === 'replies-missing')?.message

  it('is taken when it is whole, and left when it is shortened, in any language', () => {
    expect(missing('1,204 Replies. Reply')).toContain('counts 1204 direct')
    expect(missing('1.204 Antworten. Antworten')).toContain('counts 1204 direct')
    for (const short of ['1.2K Replies', '1,2 тыс. ответов', '12 тыс. ответов', '1,2 mil respuestas'])
      expect([short, missing(short)]).toEqual([short, undefined])
  })
})

describe('a long article', () => {
  const fixture = CASES.get('article') as Case
  const { posts } = xDom.extract(pageOf(fixture))
  const [article, answer] = posts

  it('is what its author wrote, under its title, at its own time', () => {
    expect(article).toMatchObject({
      kind: 'article',
      title: 'How a lamp is asked to wait',
      ref: { id: '1880000000000000007' },
      author: { handle: 'harbourlamp', name: 'Harbour Lamp' },
      createdAt: '2025-01-16T20:47:01.000Z',
    })
    expect(article?.text).toBe(
      [
        'Nobody lights it by hand any more.\nIt lights itself, and asks.',
        'The question',
        'Every dusk it sends one line to the keeper, and waits.',
        'ask --lamp 3 \\\n    --until dawn',
        '- The keeper says yes\n- or says nothing, which is yes',
        'That is all there is to it.',
      ].join('\n\n'),
    )
    expect(answer?.parent?.key).toBe('1880000000000000007')
  })

  it('shows others’ posts as quotes, and its own pictures as its own', () => {
    expect(article?.quotes).toMatchObject([
      { author: { handle: 'gullmap' }, ref: { id: '1879000000000000001' }, text: 'A lamp that asks is half a friend.' },
    ])
    expect(article?.media.map(({ url }) => url)).toEqual([
      'https://pbs.twimg.com/media/CoVeR01?format=jpg&name=medium',
      'https://pbs.twimg.com/media/ChAiR5?format=jpg',
    ])
  })

  it('may have been saved without the post around it: named by the page’s address, or by nothing', () => {
    const alone =
      '<html><body><div data-testid="twitter-article-title">T</div><div data-testid="twitterArticleRichTextView"><div itemprop="author"><meta itemprop="name" content="Ada"><meta itemprop="additionalName" content="ada"></div><div class="longform-unstyled"><div>One.</div></div></div></body></html>'
    expect(
      xDom.extract(pageOf({ ...fixture, url: 'https://x.com/ada/status/1880000000000000007' }, alone)).posts,
    ).toMatchObject([
      { ref: { id: '1880000000000000007' }, title: 'T', text: 'One.', author: { handle: 'ada', name: 'Ada' } },
    ])
    expect(xDom.extract(pageOf({ ...fixture, url: null }, alone)).posts).toMatchObject([
      { ref: null, url: null, text: 'One.' },
    ])
  })
})
