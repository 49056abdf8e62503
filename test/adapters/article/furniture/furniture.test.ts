// What stands inside an article's body and is no part of it, told by its name and by what it holds.
import { describe, expect, it } from 'vitest'
import { articleBody } from '../../../../src/adapters/article/blog-html.ts'

const PARAGRAPH = `<p>${'The ferry was late, and nobody on the pier was surprised by that. '.repeat(4)}</p>`
const NOTE = 'The harbour master kept a second book. It listed every boat that came in after dark, and what it owed.'
const BASE = new URL('https://blog.example/harbour')

function textBeside(inside: string): string {
  return articleBody(`${PARAGRAPH}${inside}${PARAGRAPH}`, null).text
}

describe('what plugins add to an article is left out, whatever it says', () => {
  it.each([
    ['who wrote it (Starbox)', 'abh_box abh_box_down'],
    ['who wrote it (Simple Author Box)', 'saboxplugin-wrap'],
    ['who wrote it (Molongui)', 'm-a-box'],
    ['who wrote it (PublishPress)', 'pp-multiple-authors-boxes-wrapper'],
    ['how it is shared (Grow)', 'dpsp-content-wrapper'],
    ['how it is shared (MashShare)', 'mashsb-container'],
    ['other articles (Related Posts)', 'wp_rp_wrap'],
    ['its contents (Yoast)', 'wp-block-yoast-seo-table-of-contents'],
    ['its votes (Rate my Post)', 'rmp-widgets-container'],
    ['a letter (Kit)', 'formkit-form'],
    ['its views', 'post-views content-post post-12 entry-meta'],
  ])('%s', (_, name) => {
    expect(textBeside(`<div class="${name}"><p>${NOTE}</p></div>`)).not.toContain('harbour master')
  })
})

describe('a common word is no proof against writing', () => {
  it.each([
    ['a note beside the text', `<aside><p>${NOTE}</p></aside>`],
    ['a paragraph of a section on money', `<div class="promotion"><p>${NOTE}</p></div>`],
    ['a recipe', `<div class="cookie"><p>${NOTE}</p></div>`],
    ['words that lie over a picture', `<div class="overlay"><p>${NOTE}</p></div>`],
    ['a poem in a form', `<form><p>${NOTE}</p></form>`],
    ['sentences without blanks', `<div class="related"><p>${'船が夜に港へ入った。'.repeat(12)}</p></div>`],
  ])('%s stays', (_, html) => {
    const [said] = /(?<=<p>).{20}/.exec(html) ?? []
    expect(textBeside(html)).toContain(said)
  })

  it('code stays, and a place for advertising of the same name goes', () => {
    expect(textBeside('<div class="code-block"><pre>tide --at 6</pre></div>')).toContain('tide --at 6')
    const advert = `<div class="code-block code-block-1"><script>show()</script><p>${NOTE}</p></div>`
    expect(textBeside(advert)).not.toContain('harbour')
  })

  it('a row of links or labels goes', () => {
    const links = `<a href="/a">${NOTE}</a> <a href="/b">More.</a>`
    for (const name of ['related', 'navigation', 'banner', 'teaser'])
      expect(textBeside(`<div class="${name}">${links}</div>`)).not.toContain('harbour')
    expect(textBeside('<div class="byline">By Ines Falk</div>')).not.toContain('Falk')
  })

  it('a form with fields goes', () => {
    expect(textBeside(`<form><p>${NOTE}</p><input name="mail"></form>`)).not.toContain('harbour')
  })
})

describe('a row of slides', () => {
  const slides = (inside: string) =>
    articleBody(`${PARAGRAPH}<div class="swiper">${inside}</div>${PARAGRAPH}`, BASE).html

  it('stays when it shows pictures, alone or leading to themselves', () => {
    expect(slides('<figure><img src="/mast.jpg" alt="A mast"></figure>')).toContain('mast.jpg')
    expect(slides('<a href="/large/mast.jpg"><img src="/mast.jpg" alt="A mast"></a>')).toContain('/mast.jpg')
  })

  it('goes when it leads to other articles', () => {
    expect(slides('<a href="/other"><img src="/other.jpg" alt="Other"></a>')).not.toContain('other.jpg')
    expect(slides('<img src="/o.jpg" alt="O"><a href="/other"><h3>Another article</h3></a>')).not.toContain('o.jpg')
  })
})
