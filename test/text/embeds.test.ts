// What a page shows by another site or a player is a link; powers and sets of pictures keep what they say.
import { describe, expect, it } from 'vitest'
import { bodyFromHtml } from '../../src/text/body.ts'

const BASE = new URL('https://blog.example/2024/harbour')
const bodyOf = (html: string) => bodyFromHtml(html, BASE)

describe('what another program shows is a link to it', () => {
  it.each([
    ['https://www.youtube.com/embed/abcdefghijk?feature=oembed', 'https://www.youtube.com/watch?v=abcdefghijk'],
    ['https://player.vimeo.com/video/123456?h=a', 'https://vimeo.com/123456'],
    ['https://open.spotify.com/embed/episode/Ab1', 'https://open.spotify.com/episode/Ab1'],
    ['https://boats.example/@ann/1234/embed', 'https://boats.example/@ann/1234'],
    [
      'https://www.facebook.com/plugins/post.php?href=https%3A%2F%2Fwww.facebook.com%2Fann%2Fposts%2F1&width=500',
      'https://www.facebook.com/ann/posts/1',
    ],
    ['/charts/boats.html', 'https://blog.example/charts/boats.html'],
  ])('a frame of %s', (src, url) => {
    expect(bodyOf(`<p>Look.</p><iframe src="${src}"></iframe>`).text).toBe(`Look.\n\n${url}`)
  })

  it.each([
    ['a film', '<video src="/boats.mp4" controls></video>', 'https://blog.example/boats.mp4'],
    ['a sound', '<audio controls><source src="/horn.ogg"></audio>', 'https://blog.example/horn.ogg'],
    ['a document', '<object data="/map.pdf"></object>', 'https://blog.example/map.pdf'],
    [
      'a frame that waits',
      '<iframe src="about:blank" data-src="https://charts.example/1"></iframe>',
      'https://charts.example/1',
    ],
  ])('%s', (_, html, url) => expect(bodyOf(html).text).toBe(url))

  it('called as the page calls it', () => {
    const { html, text } = bodyOf('<iframe title="Boats in the wind" src="https://charts.example/1"></iframe>')
    expect(text).toBe('Boats in the wind')
    expect(html).toBe('<p><a href="https://charts.example/1">Boats in the wind</a></p>')
  })

  it.each([
    ['a counter', '<iframe src="https://count.example/a" width="1" height="1"></iframe>'],
    ['advertising', '<iframe src="https://ad.doubleclick.net/a"></iframe>'],
    ['buttons', '<iframe src="https://www.facebook.com/plugins/like.php?href=x"></iframe>'],
    ['a hidden frame', '<iframe style="display:none" src="https://charts.example/1"></iframe>'],
    ['a script as an address', '<iframe src="javascript:alert(1)"></iframe><object data="data:text/html,x"></object>'],
    ['nothing', '<iframe></iframe><video></video>'],
  ])('%s is none', (_, html) => expect(bodyOf(`<p>Look.</p>${html}`).html).toBe('<p>Look.</p>'))
})

describe('a picture with a set of sizes only', () => {
  it('is the largest of them', () => {
    const set = '/s,w_300.jpg 300w, /l,w_1200.jpg 1200w, /m.jpg 600w'
    expect(bodyOf(`<img srcset="${set}" alt="A pier">`).html).toContain('https://blog.example/l,w_1200.jpg')
  })
})

describe('a power behind a number', () => {
  it('is no digit of it', () => {
    expect(bodyOf('<p>Some 10<sup>6</sup> boats, (a+b)<sup>−2</sup>.</p>').text).toBe('Some 10⁶ boats, (a+b)⁻².')
  })

  it('behind letters is written as people write it', () => {
    expect(bodyOf('<p>5 m<sup>2</sup>, CO<sub>2</sub>, the 1<sup>st</sup>.</p>').text).toBe('5 m2, CO2, the 1st.')
  })
})
