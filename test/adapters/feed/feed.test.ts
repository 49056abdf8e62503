import { describe, expect, it } from 'vitest'
import { blogger } from '../../../src/adapters/blogger/blogger.ts'
import { feed } from '../../../src/adapters/feed/feed.ts'
import { wpJson } from '../../../src/adapters/wordpress/wp-json.ts'
import { type Case, casesOf, pageOf } from '../cases.ts'
import { describeAdapter } from '../contract.ts'

describeAdapter(feed)

const CASES = new Map(casesOf('feed').map((fixture) => [fixture.name, fixture]))
const read = (name: string) => feed.extract(pageOf(CASES.get(name) as Case))
const readText = (xml: string) => feed.extract(pageOf(CASES.get('rss') as Case, xml))
const fixtureOf = (platform: string, name: string) =>
  pageOf(casesOf(platform).find((fixture) => fixture.name === name) as Case)

it('credits an entry that the file ends in to nobody, and a whole one to the feed', () => {
  const entry = (id: number, more = '') =>
    `<entry><id>${id}</id><link rel="alternate" href="http://lock.example/${id}"/><content type="html">It took three of us.</content>${more}</entry>`
  const whole = `<feed xmlns="http://www.w3.org/2005/Atom"><title>Lock</title><author><name>Dell</name></author>${entry(1)}${entry(2, '<author><name>Petra</name></author>')}</feed>`
  const namesIn = (xml: string) => readText(xml).posts.map(({ author }) => author?.name ?? null)
  expect(namesIn(whole)).toEqual(['Dell', 'Petra'])
  expect(namesIn(whole.slice(0, whole.lastIndexOf('<author>')))).toEqual(['Dell', null])
})

it('reads the items behind one that was left open', () => {
  const words = 'It took three of us and a pump to get the gate to close again.'
  const item = (id: number, end = '</item>') =>
    `<item><title>Gate ${id}</title><link>http://lock.example/${id}</link><content:encoded>${words}</content:encoded>${end}`
  const rss = (inside: string) =>
    `<rss version="2.0"><channel><title>Lock</title><link>http://lock.example/</link>${inside}</channel></rss>`
  const linksIn = (xml: string) => readText(xml).posts.map(({ url }) => url)
  const links = ['http://lock.example/1', 'http://lock.example/2', 'http://lock.example/3']
  expect(linksIn(rss(item(1, '') + item(2) + item(3)))).toEqual(links)
  expect(linksIn(rss(`<image><title>Gate</title>${item(1)}${item(2)}${item(3)}`))).toEqual(links)
  const entry = (id: number, end = '</entry>') =>
    `<entry><id>${id}</id><link rel="alternate" href="http://lock.example/${id}"/><content type="html">${words}</content>${end}`
  const atom = `<feed xmlns="http://www.w3.org/2005/Atom"><title>Lock</title>${entry(1)}${entry(2, '')}${entry(3)}</feed>`
  expect(linksIn(atom)).toEqual(links)
})

describe('RSS', () => {
  const { posts, next, notes, blocks } = read('rss')

  it('reads what is there in full and names the rest', () => {
    expect(posts.map(({ title }) => title)).toEqual(['Silt report: what the culvert keeps & what it gives back'])
    expect(notes.map(({ code }) => code)).toEqual(['summary-only'])
    expect(next).toEqual([
      'http://gauges.example/feed/?paged=2',
      'http://gauges.example/2024/05/weir-accounts/',
      'http://gauges.example/2024/06/silt-report/feed/',
    ])
    expect(blocks).toMatchObject([{ kind: 'list', title: 'Gauge Hut' }])
  })

  it('names a WordPress post as the REST answer does', () => {
    expect(posts[0]?.ref).toEqual(wpJson.extract(fixtureOf('wp-json', 'post')).posts[0]?.ref)
    expect(posts[0]).toMatchObject({ createdAt: '2024-06-01T06:30:00.000Z', media: [{ kind: 'audio' }], lang: 'en-GB' })
    expect(posts[0]?.footnotes).toHaveLength(1)
  })

  it('reads zones by name, and authors without their mail', () => {
    const { posts: read } = readText(
      '<rss><channel><item><link>http://a.example/1</link><pubDate>Mon, 20 May 2024 08:00:00 EST</pubDate><author>jo@a.example (Jo Hale)</author><content:encoded>x</content:encoded></item><item><link>http://a.example/2</link><author>jo@a.example</author><content:encoded>y</content:encoded></item></channel></rss>',
    )
    expect(read.map(({ createdAt, author }) => [createdAt, author?.name])).toEqual([
      ['2024-05-20T13:00:00.000Z', 'Jo Hale'],
      [null, undefined],
    ])
  })

  it.each(['Tumblr (3.0; @lamplog)', 'LiveJournal / LiveJournal.com', 'Dreamwidth Studios'])(
    'takes the descriptions of %s for whole posts',
    (generator) => {
      const item =
        '<item><title>Wick</title><description>&lt;p&gt;Trim it.&lt;/p&gt;</description><link>http://a.example/post/1</link></item>'
      const { posts: whole } = readText(`<rss><channel><generator>${generator}</generator>${item}</channel></rss>`)
      expect(whole).toMatchObject([{ title: 'Wick', text: 'Trim it.' }])
      expect(readText(`<rss><channel>${item}</channel></rss>`).posts).toEqual([])
    },
  )

  it('says when a feed of comments does not tell what they answer', () => {
    const { posts: read, notes: said } = readText(
      '<rss><channel><item><link>http://gauges.example/2024/05/low-water/#comment-90</link><guid>http://gauges.example/?p=1204#comment-90</guid><content:encoded>x</content:encoded></item></channel></rss>',
    )
    expect(read[0]).toMatchObject({ kind: 'comment', ref: { platform: 'wordpress', id: 'gauges.example/comment-90' } })
    expect(said.map(({ code }) => code)).toEqual(['parents-unknown'])
  })
})

describe('Atom', () => {
  const { posts } = read('atom-comments')

  it('reads HTML, XHTML and text as what they are', () => {
    expect(posts.map(({ text }) => text)).toEqual([
      'Every bollard hums in B flat;\nit is the diameter.',
      'Mine hums in B flat.',
      '3 < 4, and a <b> is a letter here.',
    ])
  })

  it('hangs answers where RFC 4685 says, by the names Blogger pages give', () => {
    const shown = new Map(blogger.extract(fixtureOf('blogger', 'threaded')).posts.map((post) => [post.ref?.id, post]))
    for (const { ref, parent } of posts.slice(0, 2)) {
      expect(shown.get(ref?.id)?.parent?.ref).toEqual(parent?.ref)
      expect(parent).toMatchObject({ basis: 'declared', p: 1 })
    }
  })
})

describe('JSON Feed', () => {
  it('inherits author and language, and keeps text as text', () => {
    const { posts, next } = read('json')
    expect(posts.map(({ author, lang }) => [author?.name, lang])).toEqual([
      ['Jo Hale', 'en'],
      ['Guest', 'en'],
    ])
    expect(posts[1]).toMatchObject({ html: null, text: 'No title today.\n\nOnly rain < 4 mm.' })
    expect(next).toEqual(['http://cranes.example/feed.json?page=2', 'http://cranes.example/19'])
  })
})

it.each([
  ['in pages', '<link rel="next" href="/feed?page=2"/>', 'http://a.example/feed?page=2'],
  [
    'whose older entries lie in archives',
    '<link rel="prev-archive" href="2019.atom"/>',
    'http://a.example/old/2019.atom',
  ],
])('a feed %s leads to them', (_, link, next) => {
  const read = readText(`<feed xmlns="http://www.w3.org/2005/Atom" xml:base="http://a.example/old/">${link}</feed>`)
  expect(read.next).toEqual([next])
})

describe('sitemaps', () => {
  it('are lists of URLs, each once, and no posts', () => {
    const { posts, next, notes } = readText(
      '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc> http://a.example/1 </loc></url><url><loc>http://a.example/1</loc></url><url><loc>javascript:x</loc></url><url><loc>http://a.example/2?a=1&amp;b=2</loc></url></urlset>',
    )
    expect(posts).toEqual([])
    expect(next).toEqual(['http://a.example/1', 'http://a.example/2?a=1&b=2'])
    expect(notes.map(({ code }) => code)).toEqual(['sitemap'])
  })

  it('may list other sitemaps', () => {
    const index = '<sitemapindex><sitemap><loc>http://a.example/posts.xml</loc></sitemap></sitemapindex>'
    expect(readText(index).next).toEqual(['http://a.example/posts.xml'])
  })
})

describe('a feed that wants to grow', () => {
  it('stays as small as it is', () => {
    const laughs = Array.from({ length: 9 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join('')
    const { posts } = readText(
      `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "ha">${laughs}]><rss><channel><item><link>http://a.example/1</link><content:encoded>&l9;</content:encoded></item></channel></rss>`,
    )
    expect(posts[0]?.text).toBe('&l9;')
  })
})

describe('an export of Blogger', () => {
  const { posts, notes } = read('blogger-export')

  it('holds what readers were shown, and counts the rest', () => {
    expect(posts.map(({ kind }) => kind)).toEqual(['article', 'comment', 'comment'])
    expect(notes).toMatchObject([
      { code: 'not-posts', message: expect.stringContaining('1 template, 1 settings, 1 draft') },
    ])
    expect(JSON.stringify(posts)).not.toContain('dell@')
  })

  it('gives a comment the comment it answers, else the post', () => {
    expect(posts.map(({ parent }) => parent?.ref?.id ?? null)).toEqual([null, '7100', '7201'])
  })

  it('is read in the words of Takeout too', () => {
    const entry = (id: string, more: string) =>
      `<entry><id>tag:blogger.com,1999:blog-1.post-${id}</id><content type="html">x${id}</content>${more}</entry>`
    const { posts: found, notes: said } = readText(
      `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:blogger="http://schemas.google.com/blogger/2018">${entry(
        '1',
        '<blogger:type>POST</blogger:type><blogger:status>LIVE</blogger:status>',
      )}${entry('2', '<blogger:type>POST</blogger:type><blogger:status>SOFT_TRASHED</blogger:status>')}${entry(
        '3',
        '<blogger:type>COMMENT</blogger:type><blogger:status>LIVE</blogger:status><blogger:parent>tag:blogger.com,1999:blog-1.post-1</blogger:parent><blogger:inReplyTo/>',
      )}${entry(
        '4',
        '<blogger:type>COMMENT</blogger:type><blogger:status>LIVE</blogger:status><blogger:parent>tag:blogger.com,1999:blog-1.post-1</blogger:parent><blogger:inReplyTo>tag:blogger.com,1999:blog-1.post-3</blogger:inReplyTo>',
      )}</feed>`,
    )
    expect(found.map(({ ref, parent }) => [ref?.id, parent?.ref?.id ?? null])).toEqual([
      ['1', null],
      ['3', '1'],
      ['4', '3'],
    ])
    expect(said).toMatchObject([{ code: 'not-posts', message: expect.stringContaining('1 soft trashed') }])
  })
})

describe('feeds of short posts', () => {
  it('name Mastodon posts by the uri that the API gives', () => {
    expect(read('mastodon-rss').posts).toMatchObject([
      {
        kind: 'post',
        ref: { platform: 'mastodon', id: 'http://locks.example/users/dell/statuses/112360000000000002' },
        author: { handle: 'dell@locks.example', name: 'Dell Marron' },
        text: '2/2 The hinge, after. #hinges',
        media: [{ kind: 'image', alt: 'A hinge the size of a loaf, shining' }],
      },
      { text: '1/2 Gate two sticks again.\nNotes: http://lockdesk.example/2024/04/gate-two.html' },
    ])
  })

  it('of the fediverse before ActivityPub hold posts among other activities', () => {
    const { posts, notes } = read('ostatus')
    expect(posts.map(({ kind, title, parent }) => [kind, title, parent?.ref?.id ?? null])).toEqual([
      ['post', null, 'http://geese.example/objects/0001'],
      ['post', null, null],
      ['post', null, 'tag:swans.example,2017-08-04:noticeId=4027:objectType=comment'],
    ])
    expect(posts[0]?.author).toMatchObject({ handle: 'marsh@geese.example', name: 'Marsh Keeper' })
    expect(notes).toMatchObject([{ code: 'not-posts', message: expect.stringContaining('1 follow, 1 share') }])
  })

  it('may be one entry alone', () => {
    const entry =
      '<?xml version="1.0"?><entry xmlns="http://www.w3.org/2005/Atom"><id>tag:a</id><title>T</title><content>One.</content></entry>'
    expect(readText(entry).posts).toMatchObject([{ kind: 'article', title: 'T', text: 'One.' }])
  })

  it('lead from Nitter back to X', () => {
    const answered = { ref: { platform: 'x', id: '1785200000000000000' }, basis: 'layout' }
    expect(read('nitter-rss').posts).toMatchObject([
      // What a title says to whom: to oneself, to somebody else.
      { text: 'Gate three is the next, then.', parent: answered },
      { text: 'You said so in March, too.', parent: null, provenance: { extra: { replyingTo: ['petravoss'] } } },
      {
        ref: { platform: 'x', id: '1785200000000000000' },
        title: null,
        text: 'Gate two sticks again.\n\nIt took three of us and a crowbar, says @petravoss',
        media: [{ url: 'https://pbs.twimg.com/media/GaTeTwO123.jpg' }],
        parent: null,
      },
      { author: { handle: 'petravoss' }, url: 'https://x.com/petravoss/status/1785000000000000000' },
    ])
  })

  it('are plain text on Bluesky', () => {
    const { posts } = readText(
      '<rss version="2.0"><channel><title>@dell.example - Dell</title><item><link>https://bsky.app/profile/dell.example/post/3mcfiov2e7k2r</link><description>Gates &lt; locks&#xA;&#xA;[contains quote post or other embedded content]</description><pubDate>14 Jan 2026 16:33 +0000</pubDate><guid isPermaLink="false">at://did:plc:abc/app.bsky.feed.post/3mcfiov2e7k2r</guid></item></channel></rss>',
    )
    expect(posts).toMatchObject([
      {
        ref: { platform: 'bluesky', id: 'at://did:plc:abc/app.bsky.feed.post/3mcfiov2e7k2r' },
        author: { id: 'did:plc:abc', handle: 'dell.example', name: 'Dell' },
        text: 'Gates < locks',
        createdAt: '2026-01-14T16:33:00.000Z',
      },
    ])
  })

  it('have no titles, and then the description is the whole', () => {
    const { posts, next } = readText(
      '<rss><channel><item><link>http://a.example/1</link><description>&lt;p&gt;Short.&lt;/p&gt;</description></item><item><title>Long</title><link>http://a.example/2</link><description>Only a summary</description></item></channel></rss>',
    )
    expect(posts.map(({ text }) => text)).toEqual(['Short.'])
    expect(next).toEqual(['http://a.example/2'])
  })
})

describe('Discourse', () => {
  const { posts } = read('discourse-rss')

  it('has whole posts under the names they have on the site, all of one topic', () => {
    expect(posts.map(({ kind, ref, author }) => [kind, ref?.id, author?.handle])).toEqual([
      ['comment', 'talk.mole.example/907/3', 'tarhand'],
      ['comment', 'talk.mole.example/907/2', 'skipper'],
      ['article', 'talk.mole.example/907/1', 'birte'],
    ])
    expect(new Set(posts.map(({ conversation }) => conversation))).toEqual(new Set(['talk.mole.example/907']))
    expect(posts[0]?.parent).toMatchObject({ ref: { id: 'talk.mole.example/907/1' }, basis: 'layout', p: 0.6 })
  })

  it('leaves out the lines that lead to the topic, and keeps quotes', () => {
    expect(posts.map(({ text }) => text)).toEqual([
      'birte:\n\nOnly in a west wind.\n\nThen it is the block, and not the rope.',
      'Have you tried whipping the end?',
      'The new halyard sings at night. Only in a west wind.',
    ])
    expect(posts[0]?.quotes).toMatchObject([{ ref: { id: 'talk.mole.example/907/1' }, author: { handle: 'birte' } }])
  })
})

describe('comments in a feed of WordPress', () => {
  const item = (number: number, words: string) =>
    `<item><title>By: Ida</title><link>http://pier.test/2021/bell/#comment-${number}</link><guid isPermaLink="false">http://pier.test/?p=12#comment-${number}</guid><content:encoded><![CDATA[${words}]]></content:encoded></item>`
  const line = (number: number, site = 'http://pier.test') =>
    `<p>Als Antwort auf <a href="${site}/2021/bell/#comment-${number}" data-wpel-link="internal">Ida</a>.</p>`
  const { posts } = readText(
    `<rss><channel><title>Comments on: The bell</title>${item(43, `${line(40)}\n<p>Which uncle?</p>`)}${item(41, `${line(7, 'http://loft.test')}<p>Also there.</p>`)}${item(40, '<p>It was my uncle.</p>')}</channel></rss>`,
  )

  it('answer the comment that a line above their words names, and the line is not theirs', () => {
    expect(posts[0]).toMatchObject({
      text: 'Which uncle?',
      parent: { ref: { platform: 'wordpress', id: 'pier.test/comment-40' }, basis: 'declared', p: 1 },
    })
  })

  it('else answer the post by its number, as an inference; what they say of another site is theirs', () => {
    expect(posts.slice(1).map(({ text, parent }) => [text, parent?.ref?.id, parent?.basis])).toEqual([
      ['Als Antwort auf Ida.\n\nAlso there.', 'pier.test/post-12', 'inferred'],
      ['It was my uncle.', 'pier.test/post-12', 'inferred'],
    ])
  })
})

it('tells what a post in Nitter’s RSS quotes from its own words and pictures', () => {
  const own = '<p>Gate two sticks.</p><img src="http://nitter.example/pic/media%2FGaTe.jpg" />'
  const quoted =
    '<hr/><blockquote><b>Petra Voss (@petravoss)</b><p><p>Oil it.</p><img src="http://nitter.example/pic/media%2FOiL.jpg" /></p>' +
    '<footer>— <cite><a href="http://nitter.example/petravoss/status/1590000000000000009#m">there</a></cite></footer></blockquote>'
  const link = 'http://nitter.example/dellmarron/status/1600000000000000001#m'
  const item = `<item><dc:creator>@dellmarron</dc:creator><description><![CDATA[${own}${quoted}]]></description><guid>${link}</guid><link>${link}</link></item>`
  const { posts } = readText(
    `<rss xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0"><channel><title>Dell / @dellmarron</title><link>http://nitter.example/dellmarron</link>${item}</channel></rss>`,
  )
  expect(posts).toMatchObject([
    {
      text: 'Gate two sticks.',
      media: [{ url: expect.stringContaining('GaTe.jpg') }],
      quotes: [{ ref: { platform: 'x', id: '1590000000000000009' }, author: { handle: 'petravoss' }, text: 'Oil it.' }],
    },
  ])
})
