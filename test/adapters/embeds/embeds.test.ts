// What a page embeds of others: each thing that a reader sees is in the article once, names who said it and where, and
// is no word of the article's own.
import { describe, expect, it } from 'vitest'
import { articleBody } from '../../../src/adapters/article/blog-html.ts'
import { escapeHtml } from '../../../src/adapters/extraction/post.ts'
import type { Quote } from '../../../src/model.ts'

const BASE = new URL('http://pier.example/p/the-ferry')
const BEFORE = '<p>The ferry was late, and nobody on the pier was surprised by that.</p>'
const AFTER = '<p>It came at dusk, with its lamps out and a dog at the bow.</p>'
const OWN = 'The ferry was late, and nobody on the pier was surprised by that.\n\nIt came at dusk'

function read(embed: string) {
  return articleBody(`${BEFORE}${embed}${AFTER}`, BASE)
}

/** A placeholder as Substack's bodies have it. */
function placeholder(name: string, data: object, inside = ''): string {
  return `<div class="${name}" data-attrs="${escapeHtml(JSON.stringify(data))}">${inside}</div>`
}

const POST_OF_X = {
  url: 'https://twitter.com/lamp/status/1700000000000000001?s=20',
  full_text: 'Fog &amp; more fog <span class="tweet-fake-link">@quay</span>\n\nNo boat.',
  username: 'lamp',
  name: 'Harbour Lamp',
  date: '2023-09-08T04:15:59.000Z',
  photos: [{ img_url: 'https://pictures.example/fog.jpg', alt_text: 'Fog' }],
  quoted_tweet: { full_text: 'Where is it?', username: 'quay', name: 'Quay' },
  expanded_url: { url: 'https://news.example/fog', title: 'A day of fog' },
}
const DRAWN =
  '<a href="https://twitter.com/lamp/status/1700000000000000001"><div>Harbour Lamp@lamp</div>Fog &amp; more</a>'
const URI = 'at://did:plc:xwgpx4yvanfkwuf7ig75ci6h/app.bsky.feed.post/3mlq7ypojas2d'
const POST_OF_BLUESKY = {
  postId: '3mlq7ypojas2d',
  authorDid: 'did:plc:xwgpx4yvanfkwuf7ig75ci6h',
  authorName: 'Nora',
  authorHandle: 'nora.example',
  text: 'Two <b>boats</b>\nin one berth',
  createdAt: '2026-05-13T10:00:00.000Z',
  uri: URI,
  imageUrls: ['https://pictures.example/berth.jpg'],
}

describe('a post that stands in a placeholder is a quote', () => {
  it.each([
    [
      'of X',
      placeholder('twitter-embed', POST_OF_X),
      'x:1700000000000000001',
      'lamp',
      'Fog & more fog @quay\n\nNo boat.',
    ],
    [
      'of X, drawn',
      placeholder('tweet', POST_OF_X, DRAWN),
      'x:1700000000000000001',
      'lamp',
      'Fog & more fog @quay\n\nNo boat.',
    ],
    [
      'of Bluesky',
      placeholder('bluesky-wrap outer', POST_OF_BLUESKY),
      `bluesky:${URI}`,
      'nora.example',
      'Two <b>boats</b>\nin one berth',
    ],
    [
      'a note',
      placeholder('comment', {
        comment: { id: 77, body: 'Ring the bell.', name: 'Ida', handle: 'ida', date: '2025-01-02T03:04:05Z' },
      }),
      'substack:comment-77',
      'ida',
      'Ring the bell.',
    ],
    [
      'the beginning of an article',
      placeholder('embedded-post-wrap', {
        id: 5,
        url: 'https://o.example/p/bell?utm_source=x',
        title: 'The bell',
        truncated_body_text: 'It hangs…',
        bylines: [{ name: 'Olaf', handle: 'olaf' }],
      }),
      'substack:post-5',
      'olaf',
      'The bell\n\nIt hangs…',
    ],
  ])('%s', (_, embed, id, handle, words) => {
    const { html, text, quotes } = read(embed)
    expect(quotes.map(name)).toEqual([id])
    expect(quotes[0]).toMatchObject({ author: { handle }, text: words })
    expect(text).toContain(OWN)
    // Once, and with its source.
    const [quote] = quotes
    expect(html?.split(words.slice(-6))).toHaveLength(2)
    expect(html).toContain(`href="${quote?.url}"`)
    expect(html).toMatch(/<blockquote>.*<\/blockquote>/s)
  })

  it('with its pictures, its card and what it quotes itself', () => {
    const { html } = read(placeholder('tweet', POST_OF_X))
    for (const part of [
      'src="https://pictures.example/fog.jpg" alt="Fog"',
      'A day of fog',
      'Where is it?',
      'Quay (@quay)',
    ])
      expect(html).toContain(part)
    expect(read(placeholder('bluesky-wrap', POST_OF_BLUESKY)).html).toContain('pictures.example/berth.jpg')
  })
})

describe('what else a placeholder stands for', () => {
  it.each([
    [
      'a gallery',
      'image-gallery-embed',
      { gallery: { images: [{ src: 'https://i.example/1.jpg' }], caption: 'Locks' } },
      ['https://i.example/1.jpg', 'Locks'],
    ],
    ['a film elsewhere', 'youtube-wrap', { videoId: 'abcdefghijk' }, ['https://www.youtube.com/watch?v=abcdefghijk']],
    [
      'a film of its own',
      'native-video-embed',
      { mediaUploadId: 'f045684f-cc9d-41f9' },
      ['http://pier.example/api/v1/video/upload/f045684f-cc9d-41f9/src'],
    ],
    ['a sound', 'native-audio-embed', { mediaUploadId: 'c910213c-5c5b', label: 'The bell' }, ['The bell']],
    [
      'a button of the writer',
      'button-wrapper',
      { url: 'https://shop.example/chart', text: 'Buy the chart' },
      ['https://shop.example/chart', 'Buy the chart'],
    ],
    [
      'a card of a later year',
      'market-wrap',
      { url: 'https://market.example/1', title: 'Will it sail?' },
      ['https://market.example/1', 'Will it sail?'],
    ],
  ])('%s', (_, className, data, parts) => {
    const { html } = read(placeholder(className, data))
    for (const part of parts) expect(html).toContain(part)
  })

  it('a name within a sentence', () => {
    const span = placeholder('mention-wrap', { name: 'Olaf', url: null }).replaceAll('div', 'span')
    expect(read(`<p>Ask ${span} first.</p>`).text).toContain('Ask Olaf first.')
  })

  it('buttons of the software say nothing', () => {
    const own = [
      'https://pier.example/subscribe?',
      '%%share_url%%',
      'https://pier.example/p/a?action=share',
      'https://pier.example/p/a/comments',
    ]
    for (const url of own)
      expect(read(placeholder('button-wrapper', { url, text: 'Press me' }, '<a>Press me</a>')).html).not.toContain(
        'Press me',
      )
  })

  it('a frame inside is not told twice', () => {
    const frame = '<iframe src="https://www.youtube.com/embed/abcdefghijk"></iframe>'
    expect(read(placeholder('youtube-wrap', { videoId: 'abcdefghijk' }, frame)).html?.match(/<a /g)).toHaveLength(1)
  })

  it('broken data leaves the element as it is', () => {
    const broken = '<div class="tweet" data-attrs="{&quot;url&quot;:"><p>Seen words</p></div>'
    expect(read(broken).text).toContain('Seen words')
    for (const data of ['[]', 'null', '7', '"a"', '{"url":7,"photos":{},"gallery":[]}'])
      for (const className of ['tweet', 'comment', 'image-gallery-embed', 'button-wrapper'])
        expect(read(`<div class="${className}" data-attrs="${escapeHtml(data)}"></div>`).text).toContain(OWN)
  })
})

describe('embed codes', () => {
  it('a post of Bluesky is a quote, without the words that stand for its picture', () => {
    const by = `<a href="https://bsky.app/profile/did:plc:xwgpx4yvanfkwuf7ig75ci6h?ref_src=embed">@nora.example</a>`
    const link = 'https://bsky.app/profile/did:plc:xwgpx4yvanfkwuf7ig75ci6h/post/3mlq7ypojas2d'
    const code = `<blockquote class="bluesky-embed" data-bluesky-uri="${URI}"><p lang="en">Two boats<br><br><a href="${link}?ref_src=embed">[image or embed]</a></p>&mdash; Nora (${by}) <a href="${link}?ref_src=embed">May 13, 2026</a></blockquote>`
    const { text, quotes } = read(code)
    expect(quotes).toEqual([
      expect.objectContaining({ ref: { platform: 'bluesky', id: URI }, text: 'Two boats', url: link }),
    ])
    expect(quotes[0]?.author).toMatchObject({ handle: 'nora.example', name: 'Nora' })
    expect(text).toContain(OWN)
  })

  it.each([
    [
      'Instagram',
      '<blockquote class="instagram-media" data-instgrm-permalink="https://www.instagram.com/p/A/"></blockquote>',
      'https://www.instagram.com/p/A/',
    ],
    [
      'X without words',
      '<blockquote class="twitter-tweet"><a href="https://twitter.com/lamp/status/17"></a></blockquote>',
      'https://twitter.com/lamp/status/17',
    ],
    [
      'Facebook',
      '<div class="fb-post" data-href="https://www.facebook.com/p/posts/1"></div>',
      'https://www.facebook.com/p/posts/1',
    ],
    [
      'TikTok',
      '<blockquote class="tiktok-embed" cite="https://www.tiktok.com/@h/video/7"><section><a href="https://www.tiktok.com/@h">@h</a> Fog</section></blockquote>',
      'https://www.tiktok.com/@h/video/7',
    ],
    [
      'Threads',
      '<blockquote class="text-post-media" data-text-post-permalink="https://www.threads.com/@h/post/D"></blockquote>',
      'https://www.threads.com/@h/post/D',
    ],
    [
      'Mastodon',
      '<blockquote class="mastodon-embed" data-embed-url="https://m.example/@h/1/embed"><a href="https://m.example/@h/1">Post by @h</a></blockquote>',
      'https://m.example/@h/1',
    ],
    [
      'note.com',
      '<figure data-src="https://x.com/lamp/status/17" embedded-service="twitter"><div data-name="embedContainer"></div></figure>',
      'https://x.com/lamp/status/17',
    ],
    [
      'a player that loads late',
      '<lite-youtube videoid="abcdefghijk"></lite-youtube>',
      'https://www.youtube.com/watch?v=abcdefghijk',
    ],
    ['a gist', '<script src="https://gist.github.com/h/0a1b2c.js"></script>', 'https://gist.github.com/h/0a1b2c'],
    [
      'CKEditor',
      '<figure class="media"><oembed url="https://films.example/1"></oembed></figure>',
      'https://films.example/1',
    ],
    [
      'AMP',
      '<amp-twitter data-tweetid="1700000000000000001"></amp-twitter>',
      'https://x.com/i/status/1700000000000000001',
    ],
  ])('what only a script would show is a link: %s', (_, code, url) => {
    expect(read(code).html?.split(`href="${url}"`)).toHaveLength(2)
  })

  it('a post of another WordPress blog is named once, by its title', () => {
    const code =
      '<blockquote class="wp-embedded-content" data-secret="a"><a href="https://o.example/bell/">The bell</a></blockquote><p><iframe class="wp-embedded-content" src="https://o.example/bell/embed/#?secret=a" title="The bell"></iframe></p>'
    const { html, text } = read(code)
    expect(html?.split('https://o.example/bell/')).toHaveLength(2)
    expect(text).toContain(OWN)
  })
})

function name({ ref }: Quote): string {
  return `${ref?.platform}:${ref?.id}`
}
