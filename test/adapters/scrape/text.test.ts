import { describe, expect, it } from 'vitest'
import { text } from '../../../src/adapters/scrape/text.ts'
import type { Extraction, Post } from '../../../src/model.ts'
import fc from '../../laws.ts'
import { type Case, casesOf, pageOf } from '../cases.ts'
import { describeAdapter } from '../contract.ts'

describeAdapter(text)

const cases = new Map(casesOf('text').map((fixture) => [fixture.name, fixture]))
const caseOf = (name: string) => cases.get(name) as Case
const read = (body: string): Extraction => text.extract(pageOf(caseOf('essay'), body))
const readCase = (name: string): Extraction => text.extract(pageOf(caseOf(name)))
const bodyOf = (name: string) => new TextDecoder().decode(caseOf(name).body)
const codes = ({ notes }: Extraction) => notes.map((note) => note.code)

/** A comment list as `author < parent's author`. */
const tree = ({ posts }: Extraction) =>
  posts
    .filter((post) => post.kind === 'comment')
    .map((post) => {
      const parent = posts.find((other) => other.key === post.parent?.key)
      return parent?.kind === 'comment' ? `${post.author?.name} < ${parent.author?.name}` : post.author?.name
    })

describe('thread scrapes', () => {
  it('leave out furniture, keep every other line with its number, and cut where furniture stood', () => {
    const { scrapes, blocks } = readCase('thread-scrape')
    const source = bodyOf('thread-scrape').split('\n')
    const lines = scrapes[0]?.lines ?? []
    expect(lines.map((line) => line.text)).toEqual(lines.map((line) => source[line.line - 1]))
    const dropped = source.filter((_, i) => !lines.some((line) => line.line === i + 1))
    expect(dropped.filter((line) => line !== '')).toEqual(source.slice(15, 18))
    expect(lines.filter((line) => line.cutBefore).map((line) => line.line)).toEqual([19])
    expect(blocks.map((block) => block.kind)).toEqual(['thread', 'card'])
  })

  it('read the header and the cards: author, totals, ends', () => {
    const { scrapes, blocks } = readCase('thread-scrape-heads')
    expect(scrapes[0]?.author).toMatchObject({ name: 'Mira Solano', handle: 'mirasolano' })
    expect(blocks.map((block) => [block.kind, block.declaredTotal])).toEqual([
      ['thread', 8],
      ['card', 4],
      ['card', 2],
    ])
    const words = scrapes[0]?.lines.map((line) => line.text).join('\n') ?? ''
    for (const furniture of ['Subscribe', 'Solano', 'Jun 22', 'Aug 11', 'Read 4', 'Keep Current', 'indie', 'Help |'])
      expect(words).not.toContain(furniture)
  })

  it('keep sentences that only contain the words of furniture', () => {
    const said = [
      'I had to force a refresh of the page twice.',
      'Please share this page with Mum.',
      'Read 4 tweets and despair.',
    ]
    const body = bodyOf('thread-scrape').replace('/1\n', `${said.join('\n')}\n/1\n`)
    const lines = read(body).scrapes[0]?.lines.map((line) => line.text) ?? []
    for (const sentence of said) expect(lines).toContain(sentence)
  })

  it('say so when a clip of a page holds the cards and not the thread', () => {
    const clip = [
      '---',
      'title: "The heron on the roof has a name now"',
      'url: https://threadreaderapp.com/thread/1111111111111111111.html',
      '---',
      '**This Thread may be Removed Anytime!**',
      '',
      'A post about buses, which are late.',
      '',
      'Another about trams, [which are not](https://trams.example/on-time).',
    ].join('\n')
    const extraction = read(clip)
    expect(codes(extraction)).toContain('only-cards')
    expect(extraction.blocks.map((block) => block.kind)).toEqual(['card'])
    expect(extraction.next).toEqual(['https://threadreaderapp.com/thread/1111111111111111111.html'])
  })

  it('read a Markdown clip as its page showed it: hard breaks inside posts, blank lines between them', () => {
    const clip = [
      '---',
      'source: "https://threadreaderapp.com/thread/1111111111111111111.html"',
      'description: "@ada: My first post, which is about herons…"',
      '---',
      'My first post, which is about herons.  ',
      '  ',
      '1\\. They stand.  ',
      '2\\. They wait, see [herons.example/a-ver…](https://herons.example/a-very-long-page)',
      '',
      'My second **post**.',
      '',
      '• • •',
      '',
      'Missing some Tweet in this thread? You can try to [force a refresh](https://threadreaderapp.com/thread/#)',
      '',
      'Aug 11',
      '',
      'A card.',
    ].join('\n')
    const extraction = read(clip)
    const lines = extraction.scrapes[0]?.lines ?? []
    expect(lines.map((line) => [line.text, line.cutBefore])).toEqual([
      ['My first post, which is about herons.', false],
      ['', false],
      ['1. They stand.', false],
      ['2. They wait, see https://herons.example/a-very-long-page', false],
      ['My second post.', true],
      ['A card.', true],
    ])
    expect(codes(extraction)).not.toContain('only-cards')
  })
})

describe('blog scrapes', () => {
  const extraction = readCase('blog-with-comments')
  const [article] = extraction.posts as [Post]

  it('give the article its title, author, body and footnotes, and no furniture', () => {
    expect(article).toMatchObject({ kind: 'article', title: 'Why the Ferry Timetable Lies, and Why That Is Fine' })
    expect(article.author?.name).toBe('Ines Aldana')
    expect(article.text).toMatch(/^Everyone on the island[\s\S]*nothing leaves at all\.$/)
    expect(article.footnotes.map((note) => [note.label, note.text.slice(0, 12)])).toEqual([
      ['1', 'Earlier prin'],
      ['2', 'In the autum'],
      ['3', 'With a kitch'],
    ])
    expect(article.footnotes[0]?.text).toContain('\n\nThere is a photograph')
    expect(article.html?.match(/<sup>\d<\/sup>/g)).toEqual(['<sup>1</sup>', '<sup>2</sup>', '<sup>3</sup>'])
    expect(JSON.stringify(extraction.posts)).not.toMatch(/Print Friendly|Leave a Reply|email address/)
  })

  it('give comments their parents by layout; numbered lists inside a comment are its text', () => {
    expect(tree(extraction)).toEqual([
      'Tomas',
      'Ines Aldana < Tomas',
      'Tomas < Ines Aldana',
      'Dr. B. Quist',
      'Ines Aldana < Dr. B. Quist',
      'Lena the Younger < Ines Aldana',
      'harbourmaster74',
    ])
    expect(extraction.posts[4]?.text).toContain('2. Which hedge?')
    expect(extraction.posts.filter((post) => post.isPostAuthor)).toHaveLength(2)
    expect(extraction.declared.replies).toBe(9)
  })

  it('are less sure of a parent where a level is missing', () => {
    const [sure, unsure] = [1, 6].map((i) => extraction.posts[i]?.parent?.p ?? 0) as [number, number]
    expect(unsure).toBeLessThan(sure)
  })

  it('mean the same with tabs, Windows line ends, and in other languages', () => {
    const source = bodyOf('blog-with-comments')
    const variants = [
      source.replace(/^ {2,}/gm, (space) => '\t'.repeat(space.length / 2)),
      source.replaceAll('\n', '\r\n'),
      source
        .replace(/^( +)Reply$/gm, '$1Antworten')
        .replace('9 comments', '9 Kommentare')
        .replace('Leave a Reply', 'Schreibe einen Kommentar')
        .replaceAll(' Post author', ' Beitragsautor'),
      source
        .replace(/^( +)Reply$/gm, '$1Responder')
        .replace('9 comments', 'Comentarios (9)')
        .replace('Leave a Reply', 'Deja una respuesta')
        .replaceAll(' Post author', ' Autor de la entrada'),
      source.replace(/^ {12,}/gm, (space) => space.slice(2)),
    ]
    for (const variant of variants) {
      expect(tree(read(variant))).toEqual(tree(extraction))
      expect(read(variant).posts.map((post) => post.text)).toEqual(extraction.posts.map((post) => post.text))
    }
  })

  it('find comments without reply links by indentation, numbers and names', () => {
    const body = bodyOf('blog-with-comments').replace(/^ +Reply\n/gm, '')
    expect(tree(read(body))).toEqual(tree(extraction))
  })

  it('read names with "says:" and dates on lines of their own', () => {
    const body = `A title\n\n${'Some body of the article. '.repeat(30)}\n\n2 Responses to “A title”\n\n  1. Ada says:\n     March 3, 2024 at 9:36 am\n\n     Good.\n\n     Reply\n  2. Bo says:\n     March 4, 2024 at 10:00 am\n\n     Bad.\n\n     Reply\n`
    const comments = read(body).posts.slice(1)
    expect(comments.map((post) => [post.author?.name, post.text])).toEqual([
      ['Ada', 'Good.'],
      ['Bo', 'Bad.'],
    ])
    expect(comments[0]?.createdAt).toBeNull()
    expect(comments[0]?.provenance.extra).toEqual({ printedDate: 'March 3, 2024 at 9:36 am' })
  })

  it('place comments by their numbers, and say so, where indentation is lost', () => {
    const flat = read(bodyOf('blog-with-comments').replace(/^ +/gm, ''))
    expect(tree(flat).slice(0, 5)).toEqual(tree(extraction).slice(0, 5))
    expect(flat.posts[2]?.parent?.p).toBeLessThan(extraction.posts[2]?.parent?.p ?? 0)
    expect(flat.posts[4]?.parent?.p).toBeLessThan(0.7)
  })
})

describe('essay scrapes', () => {
  const extraction = readCase('essay')
  const [essay] = extraction.posts as [Post]

  it('read site, title, author and the fediverse address', () => {
    expect(extraction.declared.site).toBe('Notes from a slow workshop by Odile Ferrand (ferrand.example)')
    expect(essay.title).toBe('“On Sharpening” (1903), read again at the bench')
    expect(essay.author).toEqual({
      id: null,
      handle: 'odile@tools.example',
      name: 'Odile Ferrand',
      url: 'https://ferrand.example/',
    })
  })

  it('tell quotations by wording: in the HTML and a note with probabilities, never in the text', () => {
    expect(essay.html?.match(/<blockquote><p>.{12}/g)).toEqual([
      '<blockquote><p>The apprenti',
      '<blockquote><p>“Never upon ',
    ])
    expect(essay.text).not.toContain('>')
    expect(extraction.notes.find((note) => note.code === 'quotes-inferred')?.message).toMatch(/line 9 \(p 0\.\d\d\)/)
  })

  it('join broken lines in the HTML and keep them in the text', () => {
    expect(essay.html).toContain('Let him buy the coarse stone, and patience')
    expect(essay.text).toContain('Let him buy the coarse stone, and\npatience')
  })

  it('lose no line', () => {
    const kept = [essay.text, essay.title, extraction.declared.site, ...Object.values(essay.author ?? {})].join('\n')
    const words = bodyOf('essay').match(/[\p{L}\d]+/gu) ?? []
    expect(words.filter((word) => !kept.includes(word))).toEqual(['Fediverse'])
  })

  it('escape what looks like markup', () => {
    const hostile = read(bodyOf('essay').replace('About the choice', '<script>alert(1)</script> & "About" the choice'))
    expect(hostile.posts[0]?.html).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;About&quot;')
  })
})

describe('other texts', () => {
  it('are loose posts, and the note says how sure that is', () => {
    const extraction = read('Nice weather today.\nAnother thing: boats.')
    expect(extraction.scrapes[0]?.lines).toHaveLength(2)
    expect(extraction.blocks).toEqual([])
    expect(extraction.notes[0]).toMatchObject({ code: 'read-as' })
    expect(extraction.notes[0]?.message).toMatch(/posts one after the other \(p 0\.\d\d\)/)
  })

  it('are posts where lines end with their numbers, though they are as long as those of a column', () => {
    const words = 'the ferry kept a library, and nobody was ever asked to bring a book back'
    for (const mark of ['/', '/8', ' 👇'])
      expect(read([1, 2, 3, 4, 5, 6, 7, 8].map((k) => `On day ${k} ${words} ${k}${mark}`).join('\n')).posts).toEqual([])
    const column = `${words} for\n`.repeat(8)
    expect(read(`On the ferry. ${column}`).posts.map(({ kind }) => kind)).toEqual(['article'])
  })

  it('stay linear: rules, headers and blank lines by the ten thousand', () => {
    const bodies = [
      '___\n1 a\n\n',
      '  1. Name\n\n    text\n\n',
      '\n\n',
      'Reply\n',
      '@a\n',
      '1. \n',
      '“a”:\n\n',
      '• • •\n',
      'A\n@a\n·\n3h\n',
      'A\n3h\nReply\n',
      '3 Comments\n',
      'A says:\n',
      '@a: b\n',
    ]
    for (const body of bodies) expect(read(body.repeat(20_000)).notes.length).toBeGreaterThan(0)
  })
})

/** What pages print around words, in any order: names, handles, days, counts, buttons. */
const PRINTED = [
  [
    '',
    'Ola',
    '@ola',
    '·',
    'Mar 3',
    '3h',
    '9:14 PM · Mar 3, 2024',
    '4',
    '1.2K',
    'Reply',
    'Like (3)',
    'Share',
    'Quote',
    'Show more',
  ],
  [
    'Piet says:',
    'March 3, 2024 at 9:12 am',
    '3 years ago',
    '3 Comments',
    'Comments',
    'Leave a Reply',
    'Replying to',
    'Ad',
  ],
  [
    'Read 4 tweets',
    '• • •',
    'More from @ola',
    '10 tweets • 8 min read',
    'By Greta Moor',
    'r/boats',
    'Discover more',
    '@ola: so',
  ],
].flat()
const written = fc
  .constantFrom(
    (n: number) => `The Rope${n} is long.`,
    (n: number) => `${n}. Tar${n}`,
    (n: number) => `${n}/40 Oil${n}`,
    (n: number) => `Why${n}`,
  )
  .map((write) => ({ write }))
const printed = fc.constantFrom(...PRINTED).map((text) => ({ write: () => text }))
const pages = fc
  .array(fc.oneof(written, printed), { maxLength: 40 })
  .map((lines) => lines.map(({ write }, at) => write(at)))

describe('any text', () => {
  it('keeps every line that somebody wrote, or says how many lines it left out', () => {
    fc.assert(
      fc.property(pages, (lines) => {
        const extraction = read(lines.join('\n'))
        const kept = JSON.stringify({ ...extraction, notes: [] })
        const words = lines.flatMap((line) => /[A-Z][a-z]+\d+/.exec(line) ?? [])
        const lost = words.filter((word) => !new RegExp(`${word}(?!\\d)`).test(kept))
        const told = extraction.notes.map(({ message }) => Number(/^(\d+) lines/.exec(message)?.[1] ?? 0))
        expect(lost.length, lost.join(' | ')).toBeLessThanOrEqual(told.reduce((sum, count) => sum + count, 0))
      }),
      { numRuns: 1000 },
    )
  })
})
