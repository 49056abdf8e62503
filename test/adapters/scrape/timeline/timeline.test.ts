// Pages of X, Mastodon and Bluesky, selected and copied: who wrote what, and what the page put around.
import { describe, expect, it } from 'vitest'
import { linesOf } from '../../../../src/adapters/scrape/lines.ts'
import { chooseReading } from '../../../../src/adapters/scrape/reading.ts'
import { readSpokenPosts } from '../../../../src/adapters/scrape/timeline/spoken-posts.ts'
import { readTimeline, type TimelinePost } from '../../../../src/adapters/scrape/timeline/timeline.ts'

const read = (...lines: readonly string[]) => readTimeline(linesOf(lines.join('\n')))
const said = (posts: readonly TimelinePost[] = []) =>
  posts.map(({ handle, body }) => `${handle}: ${body.map(({ text }) => text).join(' ')}`)

describe('readTimeline', () => {
  it('reads what Mastodon prints without days, by handles that name their servers', () => {
    const [ola, nils] = [
      ['Ola', '@ola@tide.example'],
      ['Nils Berg', '@nils@bog.example'],
    ] as const
    const posts = [...ola, 'Tar.', '0', '12', ...ola, 'Thanks to', '@ann@reeds.example', '1', ...nils, '@ola Why?', '0']
    const told = [
      'ola@tide.example: Tar.',
      'ola@tide.example: Thanks to @ann@reeds.example',
      'nils@bog.example: @ola Why?',
    ]
    expect(said(read(...posts)?.posts)).toEqual(told)
    expect(said(read(...ola, 'Tar.', ...nils, '@ola Why?')?.posts)).toEqual([told[0], told[2]])
    expect(read('People I like:', '', ...ola, '', ...nils, '', 'Ann', '@ann@reeds.example')).toBeNull()
  })

  it.each([
    ['X', ['Ola', '@ola', '·', 'Mar 3', 'Tar.', '4', '12', 'Ola', '@ola', '·', 'Mar 3, 2024', 'Rope.', '1.2K']],
    [
      'X, the post the page is about',
      ['Ola', '@ola', 'Tar.', '9:14 PM · Mar 3, 2024', '·', '3', 'Views', 'Ola', '@ola', '·', '3h', 'Rope.'],
    ],
    ['a phone', ['Ola', '@ola · 3h', 'Tar.', '', 'Ola', '@ola · 3h', 'Rope.']],
    ['one line', ['Ola @ola · Apr 2', 'Tar.', '', 'Ola @ola · 2 Apr 2019', 'Rope.']],
    ['Nitter', ['Ola @ola', '2 Apr 2019', 'Tar.', '4', '12', 'Ola @ola', 'Apr 3', 'Rope.', 'Show this thread']],
    ['German', ['Ola', '@ola', '·', '3. März', 'Tar.', 'Ola', '@ola', '·', '3. März 2024', 'Rope.']],
  ])('reads what %s prints', (_, lines) => {
    const { posts } = read(...lines) ?? {}
    expect(said(posts)).toEqual(['ola: Tar.', 'ola: Rope.'])
    expect(posts?.map(({ name, printedDate }) => [name, printedDate !== null])).toEqual([
      ['Ola', true],
      ['Ola', true],
    ])
  })

  it.each([
    [
      'German',
      [
        'vor 3 Std.',
        'Antwort an',
        'Mehr anzeigen',
        '12:01 nachm. · 8. Feb. 2024',
        'Mal angezeigt',
        'Mehr entdecken',
        'Anzeige',
      ],
    ],
    ['French', ['3 h', 'En réponse à', 'Voir plus', '12:01 PM · 8 févr. 2024', 'vues', 'Découvrir plus', 'Sponsorisé']],
    [
      'Spanish',
      [
        'hace 3 h',
        'En respuesta a',
        'Mostrar más',
        '12:01 p. m. · 8 feb. 2024',
        'visualizaciones',
        'Descubre más',
        'Anuncio',
      ],
    ],
    [
      'Portuguese',
      [
        'há 3 h',
        'Em resposta a',
        'Mostrar mais',
        '12:01 · 8 de fev de 2024',
        'Visualizações',
        'Descubra mais',
        'Patrocinado',
      ],
    ],
    [
      'Italian',
      [
        '3 ore fa',
        'In risposta a',
        'Mostra altro',
        '12:01 · 8 feb 2024',
        'visualizzazioni',
        'Scopri di più',
        'Annuncio',
      ],
    ],
    [
      'Turkish',
      [
        '3 sa',
        'Yanıt olarak',
        'Daha fazla göster',
        'ÖS 12:01 · 8 Şub 2024',
        'Görüntülenme',
        'Daha fazlasını keşfet',
        'Reklam',
      ],
    ],
    [
      'Russian',
      ['3 ч', 'В ответ', 'Показать ещё', '12:01 PM · 8 февр. 2024 г.', 'просмотра', 'Посмотреть больше', 'Реклама'],
    ],
    [
      'Japanese',
      ['3時間', '返信先:', 'さらに表示', '午後12:01 · 2024年2月8日', '件の表示', 'もっと見つける', 'プロモーション'],
    ],
    ['Klingon', ['wej rep', 'Replying to', 'Show more', '12:01 wa · 8 wa 2024', 'Views', 'Discover more', 'Ad']],
  ])('gives each its own words where X speaks %s', (_, [ago, to, more, clock, views, foot, advert]) => {
    const ola = ['Ola', '@ola', '·', 'Mar 3', 'Tar.', '4']
    const piet = ['Piet', '@piet', '·', ago ?? '', to ?? '', '@ola', 'Which?', '2', more ?? '']
    const sold = ['Rope & Co', '@ropeco', advert ?? '', 'Buy rope.']
    const last = ['Ola', '@ola', '·', 'Mar 4', 'Pine.', clock ?? '', '·', '1.234', views ?? '', foot ?? '', 'Jo', 'Sea']
    const { posts, adverts } = read(...ola, ...piet, ...sold, ...last) ?? {}
    expect(said(posts)).toEqual(['ola: Tar.', 'piet: Which?', 'ola: Pine.'])
    expect(posts?.map(({ replyingTo, isCut }) => [replyingTo, isCut])).toEqual([
      [[], false],
      [['ola'], true],
      [[], false],
    ])
    expect(adverts).toBe(1)
  })

  it.each([['**Ola** @ola'], ['**Ola** (@ola):'], ['**Ola (@ola)**'], ['__Ola__ @ola · Apr 2, 2024']])(
    'reads names that Markdown sets in bold: %s',
    (head) => {
      const { posts } = read(head, '', 'Tar.', '', head, '', 'Rope.') ?? {}
      expect(said(posts)).toEqual(['ola: Tar.', 'ola: Rope.'])
      expect(posts?.map(({ name }) => name)).toEqual(['Ola', 'Ola'])
    },
  )

  it('knows the handles of Mastodon and, in their marks of direction, of Bluesky', () => {
    const mastodon = read('Ola', '@ola@tide.example', '3d *', 'Tar.', '0', 'Nils', '@nils', '2d', '@ola Why?')
    expect(said(mastodon?.posts)).toEqual(['ola@tide.example: Tar.', 'nils: @ola Why?'])
    const bluesky = read(
      'Kit',
      '\u202a@kit.bsky.example\u202c',
      '· 2h',
      'Tar.',
      'Kit',
      '\u202a@kit.bsky.example\u202c',
      '· 2h',
      'Rope.',
    )
    expect(said(bluesky?.posts)).toEqual(['kit.bsky.example: Tar.', 'kit.bsky.example: Rope.'])
  })

  it('keeps lists, numbers and names of accounts that a post holds', () => {
    const body = ['Three to follow:', '@ann', '@bob', '', '12', 'is a good number.']
    const { posts = [] } = read('Ola', '@ola', '·', 'Mar 3', ...body, '4', 'Ola', '@ola', '·', 'Mar 3', 'Rope.') ?? {}
    expect(posts[0]?.body.map(({ text }) => text)).toEqual(body)
  })

  it('takes no words of one post for the name above the next', () => {
    const lines = [
      'Ola',
      '@ola',
      '·',
      'Mar 3',
      'Tar.',
      'Nils',
      '@nils · 3h',
      'Peer reviewed?',
      '@ola',
      '·',
      'Mar 3',
      'Yes',
      'Ola',
      '@ola',
      '·',
      'Mar 3',
      'No',
    ]
    expect(said(read(...lines)?.posts)).toEqual(['ola: Tar.', 'nils: Peer reviewed?', 'ola: Yes', 'ola: No'])
  })

  it('tells answers, quoted posts, adverts, and where a text goes on', () => {
    const lines = ['Ola', '@ola', '·', 'Mar 3', 'Tar.', 'Show more', 'Quote', 'Dov', '@dov', '·', 'Mar 1', 'Lost.', '7']
    const answer = ['Nils', '@nils', '·', 'Mar 4', 'Replying to', '@ola', 'and', '@dov', 'Which?']
    const advert = ['Sails', '@sails', 'Ad', 'Half price']
    const { posts = [], adverts } = read(...lines, ...answer, ...advert) ?? {}
    expect(said(posts)).toEqual(['ola: Tar.', 'nils: Which?'])
    expect(said(posts[0]?.quotes)).toEqual(['dov: Lost.'])
    expect(posts.map(({ isCut, replyingTo }) => [isCut, replyingTo])).toEqual([
      [true, []],
      [false, ['ola', 'dov']],
    ])
    expect(adverts).toBe(1)
  })

  it('leaves every line out by number that is in no post', () => {
    const { dropped } =
      read(
        'Post',
        'Ola',
        '@ola',
        '·',
        'Mar 3',
        'Tar.',
        '4',
        'Ola',
        '@ola',
        '·',
        'Mar 3',
        'Rope.',
        'Who to follow',
        'Zed',
      ) ?? {}
    expect(dropped).toEqual([1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 13, 14])
  })

  it.each([
    ['one head', ['Ola', '@ola', '·', 'Mar 3', 'Tar.']],
    ['a list of accounts', ['People I like:', 'Ann', '@ann', 'Bob', '@bob', 'Cid', '@cid']],
    ['prose', ['On May 3 we left.', 'Nobody asked @ola · why.', 'May 4']],
  ])('makes nothing of %s', (_, lines) => {
    expect(read(...lines)).toBeNull()
  })

  it('is not the reading of a thread page, whose cards have heads too', () => {
    const cards = ['Ola', '@ola', 'Mar 3', 'Tar.', 'Read 4 tweets', 'Ola', '@ola', 'Mar 5', 'Rope.', 'Read 9 tweets']
    expect(chooseReading(linesOf(cards.join('\n'))).kind).toBe('thread')
  })
})

describe('readSpokenPosts', () => {
  it('reads handles before the words, with or without a name, and lines that go on', () => {
    const lines = ['@ola: Tar. 1/2', '', 'And oil.', 'Nils Berg (@nils): Why?', '@ola@tide.example: Rope. 2/2', '']
    const { posts = [] } = readSpokenPosts(linesOf(lines.join('\n'))) ?? {}
    expect(said(posts)).toEqual(['ola: Tar. 1/2  And oil.', 'nils: Why?', 'ola@tide.example: Rope. 2/2'])
    expect(posts.map(({ name, line }) => [name, line])).toEqual([
      [null, 1],
      ['Nils Berg', 4],
      [null, 5],
    ])
  })

  it('leaves posts alone that only speak to somebody', () => {
    expect(readSpokenPosts(linesOf('Tar is cheap. 1/3\n@nils: it is. 2/3\n@ann: really. 3/3'))).toBeNull()
    expect(readSpokenPosts(linesOf('@nils: it is cheap.'))).toBeNull()
  })
})
