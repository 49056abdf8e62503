// What WordPress stores as shortcodes is read as it prints them; what nobody here knows stays as written.
import { describe, expect, it } from 'vitest'
import { drawShortcodes } from '../../../src/adapters/wordpress/shortcodes.ts'
import { wxr } from '../../../src/adapters/wordpress/wxr.ts'
import fc from '../../laws.ts'
import { type Case, casesOf, pageOf } from '../cases.ts'

const deep = casesOf('wxr').find(({ name }) => name === 'deep-thread') as Case

function read(content: string) {
  const picture = (id: number, name: string) =>
    `<item><wp:post_id>${id}</wp:post_id><wp:post_type>attachment</wp:post_type><wp:post_parent>1</wp:post_parent><wp:attachment_url>http://weir.example/${name}</wp:attachment_url></item>`
  const page = pageOf(
    deep,
    `<rss><channel><link>http://weir.example</link><wp:wxr_version>1.2</wp:wxr_version><item><link>http://weir.example/a/</link><wp:post_id>1</wp:post_id><content:encoded><![CDATA[${content}]]></content:encoded></item>${picture(7, 'gate.jpg')}${picture(8, 'crank.png')}${picture(9, 'plan.pdf')}</channel></rss>`,
  )
  return wxr.extract(page).posts[0]
}

describe('a shortcode of WordPress', () => {
  it.each([
    [
      'Before\n\n[caption id="attachment_7" width="300"]<img src="/gate.jpg" alt="The gate" /> Open, at last[/caption]\n\nafter',
      '<p>Before</p><figure><img src="http://weir.example/gate.jpg" alt="The gate"><figcaption>Open, at last</figcaption></figure><p>after</p>',
    ],
    [
      '[caption caption="Open, at last"]<img src="/gate.jpg">[/caption]',
      '<figure><img src="http://weir.example/gate.jpg"><figcaption>Open, at last</figcaption></figure>',
    ],
    [
      '[gallery ids="8,7,99"]',
      '<p><img src="http://weir.example/crank.png"> <img src="http://weir.example/gate.jpg"></p>',
    ],
    ['[gallery]', '<p><img src="http://weir.example/gate.jpg"> <img src="http://weir.example/crank.png"></p>'],
    [
      'So:\n[sourcecode language="php" highlight="2"]\n&lt;?php\n\n  if ($a < 2) turn();\n[/sourcecode]',
      '<p>So:</p><pre><code>&#x3C;?php\n\n  if ($a &#x3C; 2) turn();</code></pre>',
    ],
    ['[cce lang="diff"]- a\n+ b[/cce]', '<pre><code>- a\n+ b</code></pre>'],
    [
      '[embed width="400"]https://films.example/7?a=1&b=2[/embed]',
      '<p><a href="https://films.example/7?a=1&#x26;b=2">https://films.example/7?a=1&#x26;b=2</a></p>',
    ],
    [
      '[audio mp3="http://weir.example/gate.mp3"][/audio] hums',
      '<p><a href="http://weir.example/gate.mp3">http://weir.example/gate.mp3</a></p><p> hums</p>',
    ],
    [
      '[youtube=https://www.youtube.com/watch?v=abc123&w=400]',
      '<p><a href="https://www.youtube.com/watch?v=abc123&#x26;w=400">https://www.youtube.com/watch?v=abc123&#x26;w=400</a></p>',
    ],
    [
      '[youtube]https://www.youtube.com/watch?v=abc123[/youtube]',
      '<p><a href="https://www.youtube.com/watch?v=abc123">https://www.youtube.com/watch?v=abc123</a></p>',
    ],
    ['[vimeo 12345]', '<p><a href="https://vimeo.com/12345">https://vimeo.com/12345</a></p>'],
  ])('is read as it is printed: %s', (stored, html) => {
    expect(read(stored)?.html).toBe(html)
  })

  it.each([
    '[contact-form to="x"]',
    'array[i] and [sic], [1], [code] without an end',
    '[caption]nothing closes it',
    '[[gallery]]',
    '[gallery](http://weir.example/)',
    '[video]',
  ])('stays as it is written where nothing is known of it: %s', (stored) => {
    expect(drawShortcodes(stored, () => [])).toBe(stored)
  })

  it('takes no words away', () => {
    const word = fc.constantFrom(
      'weir',
      '[code]',
      '[/code]',
      '[caption]',
      '[/caption]',
      '[embed]',
      '[/embed]',
      '[',
      ']',
    )
    fc.assert(
      fc.property(fc.array(word, { maxLength: 40 }), (words) => {
        const count = (text: string) => text.split('weir').length
        expect(count(drawShortcodes(words.join(' '), () => []))).toBe(count(words.join(' ')))
      }),
    )
  })
})
