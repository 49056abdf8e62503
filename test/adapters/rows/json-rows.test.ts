import { describe, expect, it } from 'vitest'
import { adapterFor } from '../../../src/adapters/index.ts'
import { jsonRows } from '../../../src/adapters/rows/json-rows.ts'
import { unrollTogether } from '../../../src/pipeline/pipeline.ts'
import { type Case, casesOf, pageOf } from '../cases.ts'
import { describeAdapter } from '../contract.ts'

describeAdapter(jsonRows)

const nested = casesOf('json-rows').find((fixture) => fixture.name === 'nested') as Case
const pageWith = (value: unknown) => pageOf(nested, JSON.stringify(value))
const read = (value: unknown) => jsonRows.extract(pageWith(value)).posts
const ROW = { content: 'Tar is cheap.', username: 'ola' }

describe('json-rows', () => {
  it('says where each post stands, and which items hold none', () => {
    const { posts, notes } = jsonRows.extract(pageOf(nested))
    expect(posts.map(({ provenance }) => provenance.path)).toEqual([0, 1, 3].map((at) => `/result/items/${at}`))
    expect(notes.map(({ message }) => message)).toEqual(['In item 3: no "text".'])
    expect(posts.map(({ createdAt }) => createdAt)).toEqual([
      '2024-03-03T09:12:00.000Z',
      '2024-03-03T09:13:00.000Z',
      '2024-03-03T09:21:00.000Z',
    ])
  })

  it('reads lines, arrays of arrays of facts, and arrays of texts', () => {
    const lines = pageOf(nested, `${JSON.stringify(ROW)}\n\n${JSON.stringify(ROW)}\n`)
    expect(jsonRows.extract(lines).posts.map(({ provenance }) => provenance.line)).toEqual([1, 3])
    expect(read({ a: { b: [1, 2, 3], posts: [ROW, ROW] } })).toHaveLength(2)
    expect(read(['Tar is cheap. 1/2', 'Rope is not. 2/2']).map(({ text }) => text)).toEqual([
      'Tar is cheap. 1/2',
      'Rope is not. 2/2',
    ])
  })

  it('keeps every digit of ids that are numbers, and knows a post of X by the name of its id', () => {
    const body = '[{"content": "Tar is cheap.", "date": "2024-03-05 09:00:00", "tweet_id": 1764938902533046301}]'
    expect(jsonRows.extract(pageOf(nested, body)).posts[0]?.ref).toEqual({ platform: 'x', id: '1764938902533046301' })
  })

  it('knows a post of X by its address', () => {
    const row = {
      ...ROW,
      id: '1764940034995126279',
      url: 'https://x.com/ola/status/1764940034995126279',
      reply_to: '1764940034995126200',
    }
    const [post] = read([row])
    expect([post?.ref, post?.parent?.ref]).toEqual([row.id, row.reply_to].map((id) => ({ platform: 'x', id })))
    expect(read([{ ...row, id: '7' }])[0]?.platform).toBe('json-rows')
  })

  it('takes an account that is answered for no post, and finds the id in the address', () => {
    const link = 'https://twitter.com/ola/status/1764940034995126279#m'
    const user = { name: 'Ola B', username: '@ola' }
    const rows = [{ link, text: 'Tar is cheap.', user, date: 'Mar 5, 2024 · 9:04 AM UTC', 'replying-to': ['@kit'] }]
    expect(read({ tweets: rows })).toMatchObject([
      { ref: { platform: 'x', id: '1764940034995126279' }, parent: null, createdAt: '2024-03-05T09:04:00.000Z' },
    ])
  })

  it('reads what gallery-dl prints: posts in lists with a number, some with a file', () => {
    const post = { tweet_id: '1764940034995126279', retweet_id: 0, quote_id: 0, reply_id: '1764940034995126200' }
    const author = { id: 7, name: 'ola', nick: 'Ola B' }
    const row = { ...post, author, content: 'Tar is cheap.', date: '2024-03-05 09:04:30' }
    const { posts, notes } = jsonRows.extract(
      pageWith([
        [2, row],
        [3, 'https://pbs.twimg.com/media/tar.jpg', { ...row, tweet_id: '1764940034995126290' }],
      ]),
    )
    expect(posts.map(({ author, parent }) => [author?.handle, author?.name, parent?.ref?.id])).toEqual([
      ['ola', 'Ola B', '1764940034995126200'],
      ['ola', 'Ola B', '1764940034995126200'],
    ])
    expect(posts[1]?.media).toMatchObject([{ kind: 'image', url: 'https://pbs.twimg.com/media/tar.jpg' }])
    expect(notes).toEqual([])
  })

  it.each([
    ['nested in a post', [{ ...ROW, replies: [{ ...ROW, content: 'Rope.' }] }]],
    [
      'nested in a list of a post',
      { ...ROW, created_at: 1709457180, comments: { nodes: [{ ...ROW, content: 'Rope.' }] } },
    ],
    ['beside a wrapped post', [{ comment: ROW, replies: [{ comment: { ...ROW, content: 'Rope.' } }] }]],
    [
      'named by their ids',
      [
        { ...ROW, id: 1 },
        { ...ROW, content: 'Rope.', id: 2, pid: 1 },
      ],
    ],
    [
      'in facts',
      [
        {
          snippet: { post: { id: 1, snippet: ROW } },
          replies: { comments: [{ id: 2, snippet: { ...ROW, content: 'Rope.' } }] },
        },
      ],
    ],
  ])('reads answers %s', (_, value) => {
    const [first, second, ...more] = read(value)
    expect([first?.text, second?.text, more.length]).toEqual(['Tar is cheap.', 'Rope.', 0])
    expect([first?.parent, second?.parent?.key]).toEqual([null, first?.key])
  })

  it('follows the tags of Nostr, and takes no reaction for a note', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((sign) => sign.repeat(64)) as [string, string, string]
    const note = (id: string, kind: number, ...tags: readonly (readonly string[])[]) => ({
      ...{ id, pubkey: a, created_at: 1709457180, kind, tags, content: `Tar ${id[0]}` },
    })
    const marked = [
      note(a, 1),
      note(b, 1, ['e', a, '', 'root']),
      note(c, 1, ['e', a, '', 'root'], ['e', b, '', 'reply']),
    ]
    const parents = (rows: readonly unknown[]) => read(rows).map(({ parent }) => parent?.ref?.id ?? null)
    expect(parents(marked)).toEqual([null, a, b])
    expect(
      parents([note(a, 1), note(b, 1, ['e', a]), note(c, 1, ['e', a], ['e', b], ['e', a, '', 'mention'])]),
    ).toEqual([null, a, b])
    expect(read([note(a, 1), note(b, 7, ['e', a])]).map(({ text }) => text)).toEqual(['Tar a'])
  })

  it('reads a wrapped comment once', () => {
    const comments = casesOf('json-rows').find((fixture) => fixture.name === 'comments') as Case
    expect(jsonRows.extract(pageOf(comments)).posts.map(({ parent }) => parent?.key ?? null)).toEqual([
      null,
      'item-1',
      null,
    ])
  })

  it('reads answers on the lines of their posts', () => {
    const line = JSON.stringify({ ...ROW, id: 1, replies: [{ ...ROW, id: 1, content: 'Rope.' }] })
    const { posts } = jsonRows.extract(pageOf(nested, `${line}\n${line}\n`))
    expect(posts.map(({ key, parent }) => [key, parent?.key ?? null])).toEqual([
      ['line-1', null],
      ['line-1/replies/0', 'line-1'],
      ['line-2', null],
      ['line-2/replies/0', 'line-2'],
    ])
  })

  it('takes no counter for the name of a post elsewhere', () => {
    const files = ['Tar.', 'Rope.'].map((content) => jsonRows.extract(pageWith([{ ...ROW, id: 1, content }])))
    const { threads, conversations, unplaced } = unrollTogether(files)
    const placed = [
      ...threads.flatMap(({ posts }) => posts),
      ...unplaced,
      ...conversations.flatMap(({ replies }) => replies),
    ]
    expect(placed.map(({ post }) => post.text)).toEqual(['Tar.', 'Rope.'])
  })

  it('reads texts in pieces and in objects, and what is answered by its reference', () => {
    const pieces = { ...ROW, content: ['Tar is ', { type: 'bold', text: 'cheap' }, '.'], id: 1 }
    const [first, second] = read([pieces, { ...ROW, content: { text: 'Rope.' }, reference: { messageId: '1' } }])
    expect([first?.text, second?.text, second?.parent?.key]).toEqual(['Tar is cheap.', 'Rope.', first?.key])
  })

  it('finds what is answered in an object by the names that programs use', () => {
    const first = { ...ROW, id: 1 }
    for (const named of [{ replied_to: { id: '1' } }, { reply_to: { reply_to_msg_id: 1 } }])
      expect(read([first, { ...ROW, id: 2, ...named }])[1]?.parent?.key).toBe('item-1')
  })

  it('knows a post of Bluesky by its id', () => {
    const uri = (key: string) => `at://did:plc:tide/app.bsky.feed.post/${key}`
    const [post] = read([{ ...ROW, uri: uri('3b'), reply_to: uri('3a') }])
    expect([post?.ref, post?.parent?.ref]).toEqual(['3b', '3a'].map((key) => ({ platform: 'bluesky', id: uri(key) })))
  })

  it('undoes the escaping of a title where the words are markup', () => {
    const titled = { ...ROW, title: 'Why &quot;spring&quot; &lt; neap?' }
    expect(read([{ ...titled, content: '<p>It leaps.</p>' }])[0]?.title).toBe('Why "spring" < neap?')
    expect(read([titled])[0]?.title).toBe(titled.title)
  })

  it('keeps media, and counts rows with neither words nor media', () => {
    const empty = { ...ROW, content: '', date: '2024-03-03' }
    const rows = [ROW, { ...empty, photo: 'photos/1.jpg' }, empty]
    const { posts, notes } = jsonRows.extract(pageWith(rows))
    expect(posts.map(({ media }) => media.map(({ kind, url }) => `${kind} ${url}`))).toEqual([
      [],
      ['image photos/1.jpg'],
    ])
    expect(notes.map(({ code, message }) => [code, message.slice(0, 7)])).toEqual([['wordless', '1 items']])
  })

  it('loses no line that has only a picture, nor a post without anything that others answer', () => {
    const empty = { ...ROW, content: '', date: '2024-03-03' }
    const rows = [
      { ...empty, id: '10000001' },
      { ...empty, id: '10000002', photo: 'photos/1.jpg', reply_to: '10000001' },
      { ...ROW, id: '10000003', reply_to: '10000002' },
      { ...empty, id: '10000004' },
    ]
    const { posts, notes } = jsonRows.extract(pageOf(nested, rows.map((row) => JSON.stringify(row)).join('\n')))
    expect(posts.map(({ ref, media }) => [ref?.id, media.length])).toEqual([
      ['10000001', 0],
      ['10000002', 1],
      ['10000003', 0],
    ])
    expect(notes.map(({ code }) => code)).toEqual(['wordless'])
    expect(jsonRows.extract(pageWith(rows)).posts.map(({ ref }) => ref)).toEqual(posts.map(({ ref }) => ref))
  })

  it.each([
    ['images', ['https://tide.example/a.jpg', 'https://tide.example/a.jpg'], 'image'],
    ['attachments', [{ url: 'https://tide.example/a?x=1', mime_type: 'video/mp4' }], 'video'],
    ['photos', [{ original_size: { url: 'https://tide.example/a', width: 3 } }], 'image'],
    ['file', 'voice/a.ogg', 'audio'],
    ['carousel_media', [{ image_versions2: { candidates: [{ url: 'https://tide.example/a.jpg' }] } }], 'image'],
  ])('reads %s', (key, value, kind) => {
    expect(read([{ ...ROW, [key]: value }])[0]?.media.map((one) => one.kind)).toEqual([kind])
  })

  it('reads events as relays of Nostr send them, and the title and first date of an article', () => {
    const [a, b] = ['a', 'b'].map((sign) => sign.repeat(64)) as [string, string]
    const event = (id: string, kind: number, ...tags: readonly (readonly string[])[]) =>
      JSON.stringify(['EVENT', 's', { id, pubkey: a, created_at: 1709457180, kind, tags, content: 'Tar is cheap.' }])
    const article = event(a, 30023, ['title', 'On tar'], ['published_at', '1709450000'])
    const lines = [article, event(b, 1111, ['E', a], ['e', a]), event(a, 7, ['e', a]), '["EOSE", "s"]']
    const { posts } = jsonRows.extract(pageOf(nested, lines.join('\n')))
    expect(posts.map(({ title, createdAt }) => [title, createdAt])).toEqual([
      ['On tar', '2024-03-03T07:13:20.000Z'],
      [null, '2024-03-03T09:13:00.000Z'],
    ])
    expect(posts.map(({ parent }) => parent?.ref?.id ?? null)).toEqual([null, a])
  })

  it('reads Relay connections: of answers, of words and of pictures', () => {
    const edges = (...nodes: readonly unknown[]) => ({ edges: nodes.map((node) => ({ node })) })
    const owner = { username: 'ola' }
    const comment = (id: string, text: string, ...answers: readonly unknown[]) => ({
      ...{ id, text, created_at: 1709457240, owner, edge_threaded_comments: edges(...answers) },
    })
    const picture = {
      id: '31',
      owner,
      taken_at_timestamp: 1709457180,
      edge_media_to_caption: edges({ text: 'The tar barrel.' }),
      edge_sidecar_to_children: edges(...['a', 'b'].map((one) => ({ display_url: `https://tide.example/${one}.jpg` }))),
      edge_media_to_parent_comment: edges(comment('41', 'Is it full?', comment('42', 'To the brim.'))),
    }
    const [post, first, second] = read({ graphql: { shortcode_media: picture } })
    expect([post, first, second].map((one) => one?.text)).toEqual(['The tar barrel.', 'Is it full?', 'To the brim.'])
    expect([first?.parent?.key, second?.parent?.key]).toEqual([post?.key, first?.key])
    expect(post?.media.map(({ kind }) => kind)).toEqual(['image', 'image'])
    expect(post?.createdAt).toBe('2024-03-03T09:13:00.000Z')
  })

  it.each([
    [
      'TikTok',
      { text: 'Is it full?', create_time: 1709457180, user: { unique_id: 'ola', uid: '7' } },
      (answer: object) => ({ reply_comment: [answer] }),
    ],
    [
      'Bilibili',
      { content: { message: 'Is it full?' }, ctime: 1709457180, member: { mid: '7', uname: 'ola' }, rpid: 5 },
      (answer: object) => ({ replies: [{ ...answer, rpid: 6 }] }),
    ],
    [
      "Instagram's API",
      { text: 'Is it full?', created_at: 1709457180, user: { username: 'ola', pk: '7' } },
      (answer: object) => ({ preview_child_comments: [answer] }),
    ],
  ])('reads whose, when and the answers as %s calls them', (_, row, answers) => {
    const [first, second] = read({ comments: [{ ...row, ...answers(row) }] })
    expect(first).toMatchObject({ text: 'Is it full?', createdAt: '2024-03-03T09:13:00.000Z' })
    expect(first?.author).toMatchObject({ handle: 'ola', id: '7' })
    expect(second?.parent?.key).toBe(first?.key)
  })

  it('reads comments that are laid by their ids', () => {
    const habr = (id: string, parentId: string | null) => ({
      ...{ id, parentId, message: '<p>Tar.</p>', timePublished: '2024-03-03T09:13:00+00:00', author: { alias: 'ola' } },
    })
    const posts = read({ comments: { 101: habr('101', null), 102: habr('102', '101') }, threads: ['101'] })
    expect(posts.map(({ author, parent }) => [author?.handle, parent?.key ?? null])).toEqual([
      ['ola', null],
      ['ola', posts[0]?.key],
    ])
  })

  it('takes the form of a text that keeps the most', () => {
    const content = { markdown: 'Tar is *cheap*.', html: '<p>Tar is <em>cheap</em>.</p>' }
    expect(read([{ ...ROW, content }])[0]).toMatchObject({
      text: 'Tar is cheap.',
      html: '<p>Tar is <em>cheap</em>.</p>',
    })
  })

  it('knows a parent that is named by an object, and that `false` is none', () => {
    const rows = [
      { ...ROW, ID: 2, parent: { ID: 1, type: 'comment' } },
      { ...ROW, ID: 1, parent: false },
    ]
    const { posts, notes } = jsonRows.extract(pageWith({ comments: rows }))
    expect(posts.map(({ parent }) => parent?.key ?? null)).toEqual([posts[1]?.key, null])
    expect(notes).toEqual([])
  })

  it('leaves what a post quotes where it is', () => {
    expect(read([{ ...ROW, quoted_status: { ...ROW, comments: [ROW] } }])).toHaveLength(1)
  })

  it('keeps the fields that nobody knows', () => {
    expect(read([{ ...ROW, mood: 'tired' }])[0]?.provenance.extra).toEqual({ mood: 'tired' })
  })

  it.each([
    ['settings', { name: 'app', version: 1, scripts: { build: 'x' } }],
    ['words', ['tar', 'rope']],
    ['rows without a text', [{ id: 1, createdAt: '2024-01-01' }]],
    ['texts without whose or when', [{ content: 'Tar.' }, { content: 'Rope.' }]],
    ["paragraphs of Medium's", { paragraphs: [{ id: '1', name: 'a1', text: 'Tar is cheap.', markups: [] }] }],
    ['places', { features: [{ id: 1, geometry: { coordinates: [1, 2] } }] }],
  ])('leaves %s alone', (_, value) => {
    expect(adapterFor(pageWith(value))?.name).not.toBe('json-rows')
  })
})
