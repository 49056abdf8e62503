// Cutting text into posts: markers before or after, posts without one, limits, declared cuts, and how sure it all is.

import { describe, expect, it } from 'vitest'
import type { Block, Extraction, Post, Provenance, ScrapeLine } from '../../../src/model.ts'
import { weightedLength } from '../../../src/unroll/segment/length.ts'
import { segmentScrapes } from '../../../src/unroll/segment/segment.ts'
import fc from '../../laws.ts'

const PROVENANCE: Provenance = {
  input: 'scrape.txt',
  capture: null,
  capturedAt: null,
  adapter: 'text',
  adapterVersion: 1,
  selector: null,
  path: null,
  line: null,
  endLine: null,
  extra: null,
}

function extractionOf(lines: readonly ScrapeLine[], blocks: readonly Block[] = []): Extraction {
  const declared = { title: null, site: null, replies: null }
  return {
    posts: [],
    scrapes: [{ author: null, lines, provenance: PROVENANCE }],
    blocks,
    next: [],
    notes: [],
    declared,
  }
}

/** Lines of a text; a line that begins with `|` has page furniture before it. */
function linesOf(text: string, block: string | null = null): ScrapeLine[] {
  return text.split('\n').map((line, at) => ({
    text: line.replace(/^\|/, ''),
    line: at + 1,
    block,
    cutBefore: line.startsWith('|'),
  }))
}

function cut(lines: readonly ScrapeLine[], blocks: readonly Block[] = []): readonly Post[] {
  return segmentScrapes(extractionOf(lines, blocks)).posts
}

function spansOf(posts: readonly Post[]): (readonly [number | null, number | null])[] {
  return posts.map(({ provenance }) => [provenance.line, provenance.endLine])
}

/** A sentence of about so many characters, the same for the same seed. */
function prose(length: number, seed = 0): string {
  const words = [
    'The',
    'harbour',
    'master',
    'counted',
    'ropes',
    'while',
    'rain',
    'kept',
    'falling',
    'over',
    'seven',
    'old',
    'boats',
  ]
  let text = words[seed % words.length] ?? ''
  for (let at = seed + 1; text.length < length - 1; at++) text += ` ${words[(at * 5) % words.length]}`
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1, length - 1).trimEnd()}.`
}

/** A thread with its markers on lines of their own behind the posts, an end sign, furniture, and two cut cards. */
const AFTER = [
  prose(60),
  prose(50, 3),
  '(A shortish 🧵)',
  '/1',
  prose(220, 1),
  '/2',
  prose(75, 2),
  prose(170, 4),
  '/3',
  prose(237, 5),
  'And yet the boats came home.',
  '/END',
  `|${prose(160, 6)}`,
  'But why begin with the ropes?',
  prose(74, 8),
  '/2',
  prose(250, 7),
  '/3',
  prose(258, 9),
  prose(258, 10),
  '/3',
  prose(230, 11),
  '/4',
].join('\n')

describe('segmentScrapes', () => {
  it('reads markers that stand behind their posts, and a post without one by its length', () => {
    const posts = cut(linesOf(AFTER))
    expect(spansOf(posts)).toEqual([
      [1, 3],
      [5, 5],
      [7, 8],
      [10, 11],
      [13, 15],
      [17, 17],
      [19, 19],
      [20, 20],
      [22, 22],
    ])
    expect(posts[0]?.text.endsWith('(A shortish 🧵)\n/1')).toBe(true)
    expect(posts.map((post) => post.key)).toEqual(['l1', 'l5', 'l7', 'l10', 'l13', 'l17', 'l19', 'l20', 'l22'])
    expect(posts.map((post) => post.index)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8])
  })

  it('says how sure a boundary is and what else it may be', () => {
    const [opener, , , , full, , lone] = cut(linesOf(AFTER)).map((post) => post.boundary)
    expect(opener?.p).toBeGreaterThan(0.8)
    expect(full?.p).toBeGreaterThan(0.75)
    expect(full?.p).toBeLessThan(0.98)
    expect(full?.alternatives[0]?.say).toMatch(/^two posts, cut before line 1[45]$/)
    expect(lone?.p).toBeGreaterThan(0.9)
    expect(lone?.alternatives.map(({ say }) => say)).toContain('one post with line 20 and what follows')
  })

  it('reads short posts on lines below each other by their numbers, however these are dressed', () => {
    const lines = [
      '1/6 Ropes were cheap.',
      '2/6 Tar was not.',
      '(3/6) The mast cost 1/2 a house.',
      '4/6: Who paid?',
      '6/6 The end.',
    ]
    expect(spansOf(cut(linesOf(lines.join('\n'))))).toEqual(lines.map((_, at) => [at + 1, at + 1]))
  })

  it('ends the first post where it points to the next, when numbers begin with 2', () => {
    const posts = [
      `${prose(90, 3)} 🧵👇`,
      `${prose(80, 4)} (2/4)`,
      `${prose(90, 5)} (3/4)`,
      `${prose(70, 6)} (4/4) /END`,
    ]
    expect(spansOf(cut(linesOf(posts.join('\n\n'))))).toEqual([1, 3, 5, 7].map((line) => [line, line]))
  })

  it('reads markers that stand before their posts', () => {
    const lines = [1, 2, 3, 4, 5].flatMap((number) => [`${number}/`, prose(90, number), prose(120, number + 4)])
    expect(spansOf(cut(linesOf(lines.join('\n'))))).toEqual([
      [1, 3],
      [4, 6],
      [7, 9],
      [10, 12],
      [13, 15],
    ])
  })

  it('reads a total that the last marker alone tells', () => {
    const marks = ['1/', '2/', '3/', '4/', '5/5']
    const lines = marks.flatMap((mark, at) => [`${mark} ${prose(110, at)}`, prose(90, at + 3)])
    expect(spansOf(cut(linesOf(lines.join('\n')))).map(([from]) => from)).toEqual([1, 3, 5, 7, 9])
  })

  it('reads markers on a line of their own with an arrow to the next post', () => {
    const lines = [1, 2, 3, 4].flatMap((number) => [prose(90, number), prose(110, number + 4), `{${number}/4} ↓`])
    expect(spansOf(cut(linesOf(lines.join('\n')))).map(([from]) => from)).toEqual([1, 4, 7, 10])
  })

  it.each([
    ['at the head', (number: number) => [`${number}/ ${prose(110, number)}`, prose(90, number + 3)]],
    ['at the tail', (number: number) => [prose(90, number + 3), `${prose(110, number)} ${number}/6`]],
  ])('reads markers inside the text %s', (_, write) => {
    const lines = [1, 2, 3, 4, 5, 6].flatMap(write)
    expect(spansOf(cut(linesOf(lines.join('\n'))))).toEqual([
      [1, 2],
      [3, 4],
      [5, 6],
      [7, 8],
      [9, 10],
      [11, 12],
    ])
  })

  it('reads numbers before and behind as those of one post', () => {
    const posts = cut(linesOf([1, 2, 3].map((k) => `${k}/\nThe mill, told in part ${k}.\n${k}/3`).join('\n')))
    expect(spansOf(posts)).toEqual([
      [1, 2],
      [4, 5],
      [7, 8],
    ])
  })

  it('takes two blank lines for the boundary where one stands inside posts', () => {
    const posts = [1, 2, 3, 4, 5].map((seed) => `${prose(100, seed)}\n\n${prose(90, seed + 5)}`)
    expect(spansOf(cut(linesOf(posts.join('\n\n\n'))))).toEqual([
      [1, 3],
      [6, 8],
      [11, 13],
      [16, 18],
      [21, 23],
    ])
  })

  it('keeps a list inside its post', () => {
    const text = [
      `1/ ${prose(60)}`,
      '1. ropes',
      '2. tar',
      '3. patience',
      `2/ ${prose(150, 2)}`,
      `3/ ${prose(150, 3)}`,
    ].join('\n')
    expect(spansOf(cut(linesOf(text)))).toEqual([
      [1, 4],
      [5, 5],
      [6, 6],
    ])
    expect(cut(linesOf('Packing list:\n1. ropes\n2. tar\n3. patience'))).toHaveLength(1)
  })

  it.each([
    ['totals before, totals behind', (k: number) => `${k}/4 `, (k: number) => ` ${k}/4`],
    ['a name before, totals behind', (k: number) => `Part ${k} of 4: `, (k: number) => ` [${k}/4]`],
    ['items before, totals behind', (k: number) => `${k}) `, (k: number) => ` (${k} of 4)`],
    ['items before, slashes behind', (k: number) => `${k} - `, (k: number) => ` /${k}`],
  ])('reads threads below each other that are not numbered alike: %s', (_, before, behind) => {
    const first = [1, 2, 3, 4].map((k) => `${before(k)}${prose(65 + k, k)}`)
    const second = [1, 2, 3, 4].map((k) => `${prose(62 + k, k + 6)}${behind(k)}`)
    for (const posts of [
      [...first, ...second],
      [...second, ...first],
    ])
      for (const gap of ['\n', '\n\n']) expect(cut(linesOf(posts.join(gap))).map(({ text }) => text)).toEqual(posts)
  })

  it('takes one count over a whole text for that of its posts, and never tears a list', () => {
    const items = [1, 2, 3, 4, 5, 6, 7].map((k) => `(${k}) ${prose(70, k)}`)
    expect(cut(linesOf(items.join('\n\n')))).toHaveLength(7)
    expect(cut(linesOf(['Packing:', '1. ropes', '2. tar', '3. nets', '4. tea', '5. oars'].join('\n')))).toHaveLength(1)
  })

  it('reads numbers in brackets of short posts, in any digits', () => {
    const [latin, arabic] = ['(1)|(2)|(3)|(4)|(5)|(6)', '(١)|(٢)|(٣)|(٤)|(٥)|(٦)'].map((list) => list.split('|'))
    for (const marks of [latin ?? [], arabic ?? [], [...'一二三四五六'].map((sign) => `（${sign}）`)])
      expect(cut(linesOf(marks.map((mark, k) => `${mark} ${prose(24, k)}`).join('\n\n')))).toHaveLength(6)
  })

  it.each(['1/4 ', '1/4\n\n', '1/ '])(
    'leaves the last paragraph, with its END, to the number that opens: %j',
    (mark) => {
      const posts = [1, 2, 3, 4].map((k) => `${mark.replace('1', `${k}`)}${prose(60 + k, k)}`)
      const ended = posts.map((text, k) => (k === 3 ? `${text}\n\n${prose(40, 9)} /END` : text))
      expect(cut(linesOf(ended.join('\n\n'))).map(({ text }) => text)).toEqual(ended)
    },
  )

  it('ends a thread behind END, and a post that opens with END behind all its paragraphs', () => {
    const first = [1, 2, 3, 4].map((k) => `${k}/ ${prose(60 + k, k)}${k === 4 ? ' /END' : ''}`)
    const second = [prose(65, 5), ...[2, 3, 4].map((k) => `${k}/ ${prose(60 + k, k + 5)}`)]
    expect(cut(linesOf([...first, ...second].join('\n'))).map(({ text }) => text)).toEqual([...first, ...second])
    for (const sign of ['4/END', 'END/']) {
      const posts = [...first.slice(0, 3), `${sign} ${prose(50, 8)}\n\n${prose(40, 9)}`]
      expect(cut(linesOf(posts.join('\n\n'))).map(({ text }) => text)).toEqual(posts)
    }
  })

  it.each([
    ['between quotation marks', ['"1/ I am leaving the pier', '2/ I am gone"']],
    ['behind signs of quotation', ['> 1/ I am leaving the pier', '> 2/ I am gone']],
  ])('leaves numbers %s to what is quoted', (_, quotation) => {
    const posts = [1, 2, 3, 4].map((k) => `${k}/4 ${prose(60 + k, k)}`)
    const quoting = posts.map((text, k) => (k === 1 ? `${text}:\n\n${quotation.join('\n')}` : text))
    expect(cut(linesOf(quoting.join('\n\n'))).map(({ text }) => text)).toEqual(quoting)
    const all = posts.map((text) => `> ${text}`)
    expect(cut(linesOf(all.join('\n\n'))).map(({ text }) => text)).toEqual(all)
  })

  it.each(['2/4', '2)', 'Part 2:'])('reads a first post that bears no number above one that opens with %s', (mark) => {
    const counted = [2, 3, 4].map((k) => `${mark.replace('2', `${k}`)} ${prose(70, k)}`)
    const thread = [prose(75, 1), ...counted]
    const posts = [...thread, ...thread.map((text) => text.replace('ropes', 'nets'))]
    expect(cut(linesOf(posts.join('\n\n'))).map(({ text }) => text)).toEqual(posts)
  })

  it('keeps the paragraphs of a page that marks its posts off', () => {
    const text = [1, 2, 3, 4].map((seed) => `|${prose(120, seed)}\n\n${prose(130, seed + 4)}`).join('\n')
    expect(cut(linesOf(text))).toHaveLength(4)
  })

  it('never goes across furniture or from block to block', () => {
    const lines = [...linesOf('Ropes.\n|Tar.', 'a'), ...linesOf('Patience.', 'b').map((line) => ({ ...line, line: 3 }))]
    expect(cut(lines).map((post) => [post.text, post.block])).toEqual([
      ['Ropes.', 'a'],
      ['Tar.', 'a'],
      ['Patience.', 'b'],
    ])
  })

  it('uses the number of posts a page declares', () => {
    const text = [prose(70), prose(60, 2), prose(80, 3), prose(60, 4), prose(75, 5), prose(60, 6)].join('\n')
    const block = { key: 'a', kind: 'thread', title: null, url: null, author: null } as const
    for (const declaredTotal of [2, 3, 6])
      expect(cut(linesOf(text, 'a'), [{ ...block, declaredTotal }])).toHaveLength(declaredTotal)
    expect(cut(linesOf(text, 'a'), [{ ...block, kind: 'card', declaredTotal: 9 }])).toHaveLength(3)
  })

  it('puts its posts behind those the page gave, and has nothing to do twice', () => {
    const once = segmentScrapes(extractionOf(linesOf(AFTER)))
    expect(once.scrapes).toEqual([])
    expect(segmentScrapes(once)).toBe(once)
    const again = segmentScrapes({ ...once, scrapes: extractionOf(linesOf('Ropes.')).scrapes })
    expect(again.posts.at(-1)).toMatchObject({ text: 'Ropes.', index: 9 })
  })

  it('cuts the same again when its cuts are given', () => {
    const posts = cut(linesOf(AFTER))
    const given = posts.flatMap((post) =>
      post.text
        .split('\n')
        .map((text, at) => ({ text, line: (post.provenance.line ?? 0) + at, block: null, cutBefore: at === 0 })),
    )
    expect(spansOf(cut(given))).toEqual(spansOf(posts))
  })

  it('places each line of text exactly once, in order, whatever the lines', () => {
    const line = fc.oneof(
      fc.constantFrom('', ' ', '/1', '/2', '3/', '/END', '(4/9)', 'Ropes.', '1. tar', '🧵', '\ud83e', '・'),
      fc.string({ unit: 'binary', maxLength: 30 }).map((text) => text.replace(/\n/g, ' ')),
    )
    const scrape = fc.array(fc.tuple(line, fc.boolean(), fc.constantFrom(null, 'a')), { maxLength: 25 })
    fc.assert(
      fc.property(scrape, (rows) => {
        const lines = rows.map(([text, cutBefore, block], at) => ({
          text,
          line: at + 1,
          block,
          cutBefore: cutBefore && at % 3 === 0,
        }))
        const placed = cut(lines)
          .flatMap((post) => post.text.split('\n'))
          .filter((text) => /\S/u.test(text))
        expect(placed).toEqual(lines.map(({ text }) => text).filter((text) => /\S/u.test(text)))
      }),
      { numRuns: 200 },
    )
  })

  it('bears long scrapes and long lines', () => {
    expect(
      cut(
        linesOf(Array.from({ length: 20_000 }, (_, at) => (at % 2 ? `/${(at >> 1) % 20}` : prose(150, at))).join('\n')),
      ),
    ).toHaveLength(10_000)
    expect(cut(linesOf('rope and tar '.repeat(400_000)))).toHaveLength(1)
    expect(cut([])).toEqual([])
  })
})

describe('weightedLength', () => {
  it.each([
    ['rope', 4],
    ['Seil für Ölzeug', 15],
    ['港の料金', 8],
    ['👍', 2],
    ['👨‍👩‍👧', 2],
    ['👍🏽', 2],
    ['see https://example.org/a/very/long/path?with=query', 27],
    ['“quoted” – dash…', 17],
  ])('weighs %j as %i', (text, weight) => {
    expect(weightedLength(text)).toBe(weight)
  })
})
