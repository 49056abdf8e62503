// Formulas as pages draw them are kept as TeX: in the text, in the HTML, in Markdown.
import { describe, expect, it } from 'vitest'
import { cleanBlocks } from '../../src/export/markdown/rich.ts'
import { printMarkdown } from '../../src/export/markdown/syntax.ts'
import { bodyFromHtml } from '../../src/text/body.ts'
import { htmlToMdast } from '../../src/text/markdown.ts'

const MATHML = '<math><msup><mi>x</mi><mn>2</mn></msup></math>'
const annotated = (tex: string, shown = '<mi>x</mi>') =>
  `<math><semantics><mrow>${shown}</mrow><annotation encoding="application/x-tex">${tex}</annotation></semantics></math>`
const katex = (tex: string) =>
  `<span class="katex"><span class="katex-mathml">${annotated(tex)}</span><span class="katex-html">x2</span></span>`

const textOf = (html: string) => bodyFromHtml(html, new URL('https://blog.example/')).text

function markdownOf(html: string): string {
  const blocks = htmlToMdast(bodyFromHtml(html, null).html ?? '')
  return printMarkdown({ type: 'root', children: cleanBlocks(blocks, { headingsFrom: 2, pictures: true }) })
}

describe('a formula in a line is read once, as TeX', () => {
  it.each([
    ['MathML with its TeX', annotated('x^2'), 'x^2'],
    ['MathML with its TeX beside it', '<math alttext="{\\displaystyle x^{2}}"><mi>x</mi></math>', 'x^{2}'],
    ['MathML alone', MATHML, 'x^{2}'],
    ['KaTeX', katex('x^2'), 'x^2'],
    [
      'MathJax 2, with the script behind what it draws',
      '<span class="MathJax_Preview">…</span><span class="MathJax" id="M1">x2</span><script type="math/tex">x^2</script>',
      'x^2',
    ],
    ['MathJax 2 saved without scripts', `<span class="MathJax" data-mathml='${MATHML}'>x2</span>`, 'x^{2}'],
    [
      'MathJax 2 as ForumMagnum prints it',
      '<span class="mjpage"><span class="mjx-chtml"><span class="mjx-math" aria-label="x^2"><span>x</span></span></span></span>',
      'x^2',
    ],
    [
      'MathJax 3',
      `<mjx-container jax="CHTML"><mjx-math></mjx-math><mjx-assistive-mml>${MATHML}</mjx-assistive-mml></mjx-container>`,
      'x^{2}',
    ],
    [
      'MathJax 3 without its hidden MathML',
      '<mjx-container><mjx-math><mjx-c class="mjx-c1D465"></mjx-c><mjx-c class="mjx-c32"></mjx-c></mjx-math></mjx-container>',
      'x2',
    ],
    ['MathJax 3 as a drawing', '<mjx-container jax="SVG"><svg><path data-c="1D465"></path></svg></mjx-container>', 'x'],
    ['a picture of WordPress', '<img class="latex" src="https://s0.example/latex.php?latex=x" alt="x^2">', 'x^2'],
    [
      'a picture of Wikipedia beside hidden MathML',
      `<span style="display: none">${annotated('x^2')}</span><img class="mwe-math-fallback-image-inline" src="/m.svg" alt="{\\displaystyle x^2}">`,
      'x^2',
    ],
  ])('%s', (_, html, tex) => {
    expect(textOf(`<p>Take ${html} twice.</p>`)).toBe(`Take $${tex}$ twice.`)
  })
})

describe('a formula on its own line', () => {
  const display = `<span class="katex-display">${katex('E = mc^2')}</span>`

  it.each([
    ['KaTeX', display],
    ['MathJax 2', '<div class="MathJax_Display">E</div><script type="math/tex; mode=display">E = mc^2</script>'],
    ['Substack', `<div class="latex-rendered" data-attrs='{"persistentExpression":"E = mc^2","id":"A"}'></div>`],
  ])('parts the paragraph (%s)', (_, html) => {
    expect(textOf(`<p>So ${html} holds.</p>`)).toBe('So\n\n$$E = mc^2$$\n\nholds.')
    expect(markdownOf(`<p>So ${html} holds.</p>`)).toBe('So\n\n$$\nE = mc^2\n$$\n\nholds.\n')
  })

  it('stays in its line in a heading', () => {
    expect(markdownOf(`<h2>On ${display}</h2>`)).toBe('## On $E = mc^2$\n')
  })
})

describe('in Markdown', () => {
  it('dollars beside a formula are none of its own', () => {
    expect(markdownOf(`<p>It costs $5 or ${katex('n')}.</p>`)).toBe('It costs \\$5 or $n$.\n')
    expect(markdownOf(`<p>It costs $5 or ${MATHML}${MATHML}.</p>`)).toBe('It costs \\$5 or $x^{2}$ $x^{2}$.\n')
  })

  it('a bar in a table ends no cell', () => {
    expect(markdownOf(`<table><tr><th>a</th></tr><tr><td>${katex('|x|')} b</td><td>c</td></tr></table>`)).toContain(
      '| $\\vert x\\vert $ b | c |',
    )
  })

  it('a formula that links, loads or defines is printed as code', () => {
    for (const tex of ['\\href{javascript:alert(1)}{x}', '\\require{x}', '\\def\\x{y}', '\\htmlClass{a}{x}'])
      expect(markdownOf(`<p>${katex(tex)}</p>`)).toBe(`\`${tex}\`\n`)
  })

  it('is written from the HTML of a post as from the page', () => {
    const { html } = bodyFromHtml(`<p>So ${katex('a_b*c')} holds.</p>`, null)
    expect(bodyFromHtml(html ?? '', null)).toEqual({ html, text: 'So $a_b*c$ holds.' })
  })
})

describe('what is no formula is read as words', () => {
  it.each([
    ['a picture called so', '<img class="math" src="https://blog.example/a.jpg" alt="Pupils">', ''],
    ['a box without any', '<span class="katex">x2</span>', 'x2'],
    ['a preview of which nothing was drawn', '<span class="MathJax_Preview">x squared</span>', 'x squared'],
    ['broken data', `<div class="latex-rendered" data-attrs='{"persist'>x2</div>`, 'x2'],
    ['a formula in a formula', '<math><math><mi>x</mi></math></math>', 'x'],
  ])('%s', (_, html, text) => {
    expect(textOf(html)).toBe(text)
  })

  it('hidden formulas stay hidden', () => {
    expect(textOf(`<p>So <math style="display:none"><mi>x</mi></math>it is.</p>`)).toBe('So it is.')
  })
})
