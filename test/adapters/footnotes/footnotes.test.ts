import { describe, expect, it } from 'vitest'
import { findFootnotes } from '../../../src/adapters/footnotes/footnotes.ts'
import { parseHtml } from '../../../src/markup/markup.ts'
import { bodyFromNodes } from '../../../src/text/body.ts'

const FIRST = 'The mill had two wheels once.'
const SECOND = 'One of them is now a table.'

function read(html: string): { readonly notes: readonly (readonly [string, string])[]; readonly text: string } {
  const { root } = parseHtml(html)
  const { footnotes, taken } = findFootnotes(root, root, null)
  const { text } = bodyFromNodes(root.children, null, (element) => taken.has(element))
  return { notes: footnotes.map((note) => [note.label, note.text] as const), text }
}

describe('footnotes', () => {
  it.each([
    [
      'raised links to a list',
      `<p>Water<sup><a href="#fn1">1</a></sup> and stone<sup><a href="#fn2">2</a></sup>.</p><div class="footnotes"><hr><ol><li id="fn1">${FIRST} <a href="#fnref1">↩</a></li><li id="fn2">${SECOND} <a href="#fnref2">↩</a></li></ol></div>`,
    ],
    [
      'bracketed links with back links in front',
      `<p>Water<sup id="cite_ref-1"><a href="#cite_note-1">[1]</a></sup> and stone<sup id="cite_ref-2"><a href="#cite_note-2">[2]</a></sup>.</p><ol class="references"><li id="cite_note-1"><a href="#cite_ref-1">↑</a> ${FIRST}</li><li id="cite_note-2"><a href="#cite_ref-2">↑</a> ${SECOND}</li></ol>`,
    ],
    [
      'boxes with their number beside the words',
      `<p>Water<a class="footnote-anchor" id="footnote-anchor-1" href="#footnote-1">1</a> and stone<a class="footnote-anchor" id="footnote-anchor-2" href="#footnote-2">2</a>.</p><div class="footnote"><a id="footnote-1" href="#footnote-anchor-1">1</a><div><p>${FIRST}</p></div></div><div class="footnote"><a id="footnote-2" href="#footnote-anchor-2">2</a><div><p>${SECOND}</p></div></div>`,
    ],
    [
      'headings that carry the number',
      `<p>Water<a class="footnote" id="DOCF1" href="#FOOT1"><sup>1</sup></a> and stone<a class="footnote" id="DOCF2" href="#FOOT2"><sup>2</sup></a>.</p><div class="notes"><hr><h4>Footnotes</h4><h5><a id="FOOT1" href="#DOCF1">(1)</a></h5><p>${FIRST}</p><h5><a id="FOOT2" href="#DOCF2">(2)</a></h5><p>${SECOND}</p></div>`,
    ],
    [
      'a block of the number alone before its words',
      `<p>Water <a href="#ref1">[1]</a> and stone <a href="#ref2">[2]</a>.</p><h3>References</h3><div><p><a id="ref1">1.</a></p><p>${FIRST}</p></div><div><p><a id="ref2">2.</a></p><p>${SECOND}</p></div>`,
    ],
    [
      'links that lead nowhere, notes that lead back',
      `<p>Water<a href="#ab-12">1</a> and stone<a href="#cd-34">2</a>.</p><ol><li>${FIRST} <a href="#ab-12-link">↩︎</a></li><li><p>${SECOND} <a href="#cd-34-link">↩︎</a></p></li></ol><p>So much for stone.</p>`,
    ],
    [
      'buttons that open them, and the list they were made of',
      `<p>Water<button id="r1" data-footnote-number="1" data-bigfoot-footnote="&lt;p&gt;${FIRST}&lt;/p&gt;"></button> and stone<button id="r2" data-footnote-number="2" data-bigfoot-footnote="&lt;p&gt;${SECOND}&lt;/p&gt;"></button>.</p><div class="footnotes"><hr><ol><li id="n1">${FIRST}<a href="#r1">↩</a></li><li id="n2">${SECOND}<a href="#r2">↩</a></li></ol></div>`,
    ],
    [
      'lists that go on in the margin',
      `<p>Water<sup>1</sup></p><aside><ol start="1"><li>${FIRST}</li></ol></aside><p>and stone<sup>2</sup>.</p><aside><ol start="2"><li>${SECOND}</li></ol></aside>`,
    ],
    [
      'labelled paragraphs at the end',
      `<p>Water<sup>1</sup> and stone<sup>2</sup>.</p><p>[1] ${FIRST}</p><p>[2] ${SECOND}</p>`,
    ],
    [
      'side notes in the text',
      `<p>Water<label for="sn-1">1</label><span class="sidenote">${FIRST}</span> and stone<label for="sn-2">2</label><span class="sidenote">${SECOND}</span>.</p>`,
    ],
    [
      'notes hidden in their reference',
      `<p>Water<span class="inline-footnote">1<span class="footnoteContent" style="display:none">${FIRST}</span></span> and stone<span class="inline-footnote">2<span class="footnoteContent" style="display:none">${SECOND}</span></span>.</p>`,
    ],
    [
      'notes of a plugin behind their reference',
      `<p>Water<sup class="modern-footnotes-footnote" data-mfn="1"><a>1</a></sup><span class="modern-footnotes-footnote__note" data-mfn="1">${FIRST}</span> and stone<sup class="modern-footnotes-footnote" data-mfn="2"><a>2</a></sup><span class="modern-footnotes-footnote__note" data-mfn="2">${SECOND}</span>.</p>`,
    ],
  ])('are read as %s', (_, html) => {
    const { notes, text } = read(html)
    expect(notes).toEqual([
      ['1', FIRST],
      ['2', SECOND],
    ])
    expect(text).not.toMatch(/wheels|table/)
    expect(text).toMatch(/Water.*stone/s)
  })

  it('keep their place where a button stood', () => {
    const button = (n: number, note: string) =>
      `<button data-footnote-number="${n}" data-footnote-content="${note}">•••</button>`
    expect(read(`<p>Water${button(1, FIRST)} and stone${button(2, SECOND)}.</p>`).text).toBe('Water1 and stone2.')
    expect(read('<p>Water <button>Share</button></p>').text).toBe('Water')
  })

  it('are found by an id that stands in an attribute', () => {
    const ref = (id: string) => `<span data-definition="${id}"><a href="#">*</a></span>`
    const html = `<p>Water${ref('n0')} and stone${ref('n1')}.</p><aside id="n0">${FIRST}</aside><aside id="n1">${SECOND}</aside>`
    expect(read(html).notes).toEqual([
      ['*', FIRST],
      ['*', SECOND],
    ])
  })

  it('go on over several blocks behind the last rule', () => {
    const html = `<p>Water<sup>1</sup> and stone<sup>2</sup>.</p><hr><p><b>1</b> ${FIRST}</p><ul><li>So they say.</li></ul><p><b>2</b> ${SECOND}</p><p>It seats nine.</p>`
    const { notes, text } = read(html)
    expect(notes.map(([label]) => label)).toEqual(['1', '2'])
    expect(notes[0]?.[1]).toMatch(/wheels once\.[\s\S]*So they say\./)
    expect(notes[1]?.[1]).toMatch(/table\.\s+It seats nine\./)
    expect(text).not.toMatch(/wheels|seats/)
  })

  it.each([
    ['raised digits that are powers', '<p>Nine m<sup>2</sup> of floor.</p><ol><li>Sweep it.</li><li>Wax it.</li></ol>'],
    ['links to sections', '<p>See <a href="#two">2</a>.</p><h2 id="two">Two</h2><p>The second wheel.</p>'],
    ['links up the page', '<p><a href="#top">1</a> Water. <a href="#a">↩</a></p><p>Stone. <a href="#b">↩</a></p>'],
    ['a box called aside', `<p>Water and stone.</p><aside class="note">${FIRST}</aside>`],
  ])('are none in %s', (_, html) => expect(read(html).notes).toEqual([]))

  it('are those of the body, when a library cut it out of the page', () => {
    const notes = `<ol><li id="fn1">${FIRST} <a href="#r1">1</a></li></ol>`
    const html = `<p>Water<sup><a id="r1" href="#fn1">1</a></sup>.</p>${notes}`
    const [page, body] = [parseHtml(`<main>${html}</main>`).root, parseHtml(html).root]
    const { footnotes, taken } = findFootnotes(body, page, null)
    expect(footnotes.map(({ label }) => label)).toEqual(['1'])
    expect(bodyFromNodes(body.children, null, (element) => taken.has(element)).text).toBe('Water1.')
  })
})
