// Tumblr: content blocks and the older form, trails of reblogs as posts of their own blogs, questions, polls, replies.
import { describe, expect, it } from 'vitest'
import { readContent } from '../../../src/adapters/tumblr/blocks.ts'
import { tumblr } from '../../../src/adapters/tumblr/tumblr.ts'
import { type Case, casesOf, pageOf } from '../cases.ts'
import { describeAdapter } from '../contract.ts'

describeAdapter(tumblr)

const CASES = new Map(casesOf('tumblr').map((fixture) => [fixture.name, fixture]))
const read = (name: string, body?: string) => tumblr.extract(pageOf(CASES.get(name) as Case, body))

describe('content blocks', () => {
  const { posts, notes } = read('npf')
  const byEnd = new Map(posts.map((post) => [post.key.slice(-2), post]))

  it('keep ids whole, formats that overlap, lists and pictures', () => {
    const first = posts[0]
    expect(first?.ref).toEqual({ platform: 'tumblr', id: '743210000000000001' })
    expect(first?.html).toContain('<strong>wic</strong><em><strong>k</strong></em><em> is a river th</em>')
    expect(first?.html).toContain('<a href="http://lamps.example/mouth">mouth</a>')
    expect(first?.html?.match(/<ul>/g)).toHaveLength(1)
    expect(first?.media).toMatchObject([
      { url: 'https://64.media.example/wick.jpg', alt: 'Two wicks on a saucer', width: 1280 },
    ])
    expect(first?.provenance.extra).toEqual({ tags: ['lamps', 'slow things'], notes: 3 })
  })

  it('leave a question to who asked it', () => {
    expect(byEnd.get('02')).toMatchObject({
      text: 'Once. It took the evening with it.',
      quotes: [{ author: { handle: 'oilcan' }, text: 'Do you ever let one burn out?' }],
    })
  })

  it('give each step of a trail to its own blog, also one that is gone', () => {
    const trail = posts.filter(({ provenance }) => provenance.path?.startsWith('/response/posts/2') === true)
    expect(trail.map(({ author, ref, parent }) => [author?.handle, ref?.id ?? null, parent?.key ?? null])).toEqual([
      ['galeforce', null, null],
      ['oilcan', '743200000000000009', '743210000000000003-0'],
      ['lamplog', '743210000000000003', '743200000000000009'],
    ])
  })

  it('count reblogs that add nothing, and say how many posts there are', () => {
    expect(byEnd.has('04')).toBe(false)
    expect(byEnd.get('10')?.author?.handle).toBe('oilcan')
    expect(notes.map(({ code }) => code)).toEqual(['reblogs', 'list-page'])
  })

  it('read replies among the notes', () => {
    expect(posts.find(({ kind }) => kind === 'comment')).toMatchObject({
      text: 'And at its source it drinks.',
      author: { handle: 'oilcan' },
      parent: { key: '743210000000000001' },
    })
  })

  it('count signs as people do, whatever they are made of', () => {
    const block = { type: 'text', text: '⛵🧵 mast', formatting: [{ start: 3, end: 7, type: 'bold' }] }
    expect(readContent({ content: [block] }).html).toBe('<p>⛵🧵 <strong>mast</strong></p>')
  })
})

describe('the older form', () => {
  const { posts, notes } = read('legacy')

  it('has its words where each kind has them', () => {
    expect(posts.map(({ text }) => text.split('\n')[0])).toEqual([
      'Forty-one wicks, and one letter.',
      'The north wall, which smells.',
      'Trim before you eat.',
      'Ann: lit?',
      'Whale, said the ledger. Never again, said we.',
      'Sand on the floor.',
      'For the oil, not the storm.',
    ])
    expect(posts[0]?.title).toBe('The ledger')
    expect(posts[1]?.media).toMatchObject([{ kind: 'image', width: 800 }])
    expect(posts[4]?.quotes).toMatchObject([{ text: 'Which oil?', author: { handle: 'oilcan' } }])
    expect(notes).toEqual([])
  })

  it('gives the lines of a chat once, though they stand in its body too', () => {
    const chat = {
      ...{
        blog_name: 'lamplog',
        post_url: 'https://lamplog.tumblr.com/post/139000000009',
        type: 'chat',
        id: 139000000009,
      },
      body: 'Ann: lit?\r\nBo: lit.',
      dialogue: [
        { label: 'Ann:', phrase: 'lit?' },
        { label: 'Bo:', phrase: 'lit.' },
      ],
    }
    expect(read('legacy', JSON.stringify([chat])).posts).toMatchObject([{ text: 'Ann: lit?\n\nBo: lit.' }])
  })

  it('takes the last step of a trail for the post itself', () => {
    expect(posts.at(-1)).toMatchObject({
      author: { handle: 'lamplog' },
      parent: { key: '139000000001', basis: 'declared' },
    })
    expect(posts.at(-2)?.author?.handle).toBe('oilcan')
  })
})

it('reads what a blog likes', () => {
  const post = {
    type: 'text',
    blog_name: 'lamplog',
    post_url: 'https://lamplog.tumblr.com/post/9/wick',
    id: 9,
    body: '<p>Wick.</p>',
  }
  const { posts } = read('legacy', JSON.stringify({ response: { liked_posts: [post], liked_count: 1 } }))
  expect(posts).toMatchObject([{ platform: 'tumblr', text: 'Wick.', provenance: { path: '/response/liked_posts/0' } }])
})

describe('pages of www.tumblr.com', () => {
  const web = CASES.get('web') as Case
  const state = (text: string) => /<script type="application\/json"[^>]*>([\s\S]*?)<\/script>/.exec(text)?.[1] ?? ''
  const page = (script: string) => `<!doctype html><html><body><article><p>drawn</p></article>${script}</body></html>`

  it('are read by what they carry: each step under its own blog, though all are drawn as one', () => {
    const { posts } = read('web')
    expect(posts.map(({ author, parent }) => [author?.handle, parent?.key ?? null])).toEqual([
      ['oilcan', null],
      ['galeforce', '743200000000000007'],
      ['lamplog', '743200000000000009'],
    ])
    expect(posts.map(({ provenance }) => provenance.path)).toEqual(
      ['/trail/0', '/trail/1', ''].map((step) => `/PeeprRoute/initialTimeline/objects/0${step}`),
    )
    expect(posts[2]?.media).toMatchObject([{ alt: 'A wick, smoking', width: 1280 }])
  })

  it('are the same as older ones, which assign it and leave some undefined', () => {
    const json = state(pageOf(web).text)
    const older = json.replace('"layout": []', '"layout": undefined')
    const body = page(`<script nonce="a">window['___INITIAL_STATE___'] = ${older};</script>`)
    const texts = (posts: readonly { readonly text: string }[]) => posts.map(({ text }) => text)
    expect(older).not.toBe(json)
    expect(texts(read('web', body).posts)).toEqual(texts(read('web').posts))
  })

  it('say that they are part of a list', () => {
    const value = JSON.parse(state(pageOf(web).text)) as {
      PeeprRoute: { initialTimeline: { objects: object[]; nextLink?: object } }
    }
    const timeline = value.PeeprRoute.initialTimeline
    timeline.objects.push({ ...timeline.objects[0], idString: '743210000000000032', trail: [] })
    timeline.nextLink = { href: '/v2/blog/lamplog/posts?page=2' }
    const body = page(`<script type="application/json">${JSON.stringify(value)}</script><!-- ___INITIAL_STATE___ -->`)
    expect(read('web', body).notes.map(({ code }) => code)).toEqual(['list-page'])
  })

  it('are left alone where they carry no posts', () => {
    const body = page('<script type="application/json" id="___INITIAL_STATE___">{"PeeprRoute": {}}</script>')
    expect(tumblr.recognises(pageOf(web, body))).toBe(false)
  })
})
