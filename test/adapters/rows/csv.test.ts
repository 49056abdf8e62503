// Tables of posts: which headings are known, how threads are told, and that broken tables lose no words.
import { describe, expect, it } from 'vitest'
import { csv } from '../../../src/adapters/rows/csv.ts'
import type { Extraction } from '../../../src/model.ts'
import { unrollTogether } from '../../../src/pipeline/pipeline.ts'
import { casesOf, pageOf } from '../cases.ts'
import { describeAdapter } from '../contract.ts'

describeAdapter(csv)

const fixture = casesOf('csv').find(({ name }) => name === 'threads')
const page = (...lines: readonly string[]) => pageOf(fixture!, new TextEncoder().encode(lines.join('\n')))
const read = (...lines: readonly string[]): Extraction => csv.extract(page(...lines))

describe('csv adapter', () => {
  it('keeps threads apart that a column numbers', () => {
    const { threads } = unrollTogether([csv.extract(pageOf(fixture!))])
    const ids = threads.map(({ posts }) => posts.map(({ post }) => post.id.slice(-3)))
    expect(ids.sort()).toEqual([['301', '302', '303'], ['401', '402'], ['501']])
  })

  it.each([
    ['id,text,created_at,author', ['7', 'Rain.', '2026-01-02T10:00:00.000Z', 'ada']],
    ['id;text;created_at;author', ['7', 'Rain.', '2026-01-02T10:00:00.000Z', 'ada']],
    ['id\ttext\tcreated_at\tauthor', ['7', 'Rain.', '2026-01-02T10:00:00.000Z', 'ada']],
    ['"Tweet ID","Tweet","Date","Screen Name"', ['7', 'Rain.', '2026-01-02T10:00:00.000Z', 'ada']],
    ['\ufeffstatus_id,content,timestamp,handle', ['7', 'Rain.', '2026-01-02T10:00:00.000Z', 'ada']],
  ])('knows the columns of %j', (heading, values) => {
    const delimiter = heading.includes('\t') ? '\t' : heading.includes(';') ? ';' : ','
    const [post] = read(heading, ['7', 'Rain.', '1767348000', '@ada'].join(delimiter)).posts
    expect([post?.ref?.id, post?.text, post?.createdAt, post?.author?.handle]).toEqual(values)
  })

  it.each([
    ['id;Inhalt;Erstellt am;Benutzername;Antwort auf', 'German'],
    ['id;Contenido;Fecha;Usuario;En respuesta a', 'Spanish'],
    ['id;Conteúdo;Data e hora;Usuário;Em resposta a', 'Portuguese'],
    ['id;Texte;Date de création;Auteur;En réponse à', 'French'],
    ['id;текст;дата;автор;reply to', 'Russian'],
    ['id;正文;发布时间;用户昵称;reply to', 'Chinese'],
    ['id;本文;日時;ユーザー名;reply to', 'Japanese'],
    ['id;내용;날짜;작성자;reply to', 'Korean'],
    ['id;النص;التاريخ;المستخدم;reply to', 'Arabic'],
  ])('knows the columns of %j, which are %s', (heading) => {
    const [post] = read(heading, '7;Rain.;2026-01-02 10:00:00 UTC;ada;6').posts
    expect(post).toMatchObject({
      ref: { id: '7' },
      text: 'Rain.',
      createdAt: '2026-01-02T10:00:00.000Z',
      author: { handle: 'ada' },
      parent: { ref: { id: '6' } },
    })
  })

  it('takes an id that a spreadsheet rounded for none, for many posts share it', () => {
    const { posts, notes } = read(
      'id;text;reply to',
      '1,23457E+18;A.;',
      '1,23457E+18;B.;1764938902533046301.0',
      '7.0;C.;',
    )
    expect(posts.map(({ ref }) => ref?.id ?? null)).toEqual([null, null, '7'])
    expect(posts.map(({ parent }) => parent)).toEqual([null, null, null])
    expect(notes.map(({ message }) => /lost digits/.test(message))).toEqual([true, true, true])
  })

  it('puts a thread together by the conversation its posts name, what addresses others aside', () => {
    const row = (end: string, text: string, conversation = '1764938902533046301') =>
      `17649389025330463${end},${conversation},ada,${text}`
    const table = page(
      'tweet_id,conversation_id,username,tweet',
      row('01', 'A pond.'),
      row('04', 'It froze.'),
      row('02', '@bo A deep one.'),
      row('03', 'It thawed.'),
      row('09', 'Elsewhere.', '1764938902533046399'),
    )
    const { threads } = unrollTogether([csv.extract(table)])
    const texts = threads.map(({ posts }) => posts.map(({ post }) => post.text))
    expect(texts).toContainEqual(['A pond.', 'It thawed.', 'It froze.'])
    expect(threads[0]?.posts[1]?.link).toMatchObject({ basis: 'layout', p: 0.93 })
  })

  it('keeps a column whose name is another one’s meaning', () => {
    const [post] = read('comment_id,text,permalink,url', '7,A.,https://a.example/7,https://b.example/page').posts
    expect(post?.url).toBe('https://a.example/7')
    expect(post?.provenance.extra).toEqual({ 'other url': 'https://b.example/page' })
  })

  it('reads words that Google laid down in pieces, and signs that X escapes', () => {
    const cell = '"{""text"":""Rain ""},{""text"":""again""}"'
    expect(read('Comment ID,Comment Text,Post ID', `c1,${cell},`).posts[0]).toMatchObject({
      ref: { id: 'c1' },
      text: 'Rain again',
    })
    expect(read('Tweet ID,Text', '1764938902533046301,A &amp; B &lt;3').posts[0]?.text).toBe('A & B <3')
  })

  it('says of a table without known headings what it needs, and takes its lines for nobody’s words', () => {
    const { posts, notes } = read('"0","146","NO_QUERY","ada","Rain."', '"4","147","NO_QUERY","kit","Tar."')
    expect(posts).toEqual([])
    expect(notes).toMatchObject([{ code: 'unknown-columns', message: expect.stringContaining('NO_QUERY') }])
  })

  it('finds the columns of posts behind hundreds of others', () => {
    const others = Array.from({ length: 400 }, (_, i) => `includes.media.${i}`)
    const [post] = read(
      [...others, 'id', 'text', 'author'].join(),
      [...others.map(() => ''), '7', 'Rain.', 'ada'].join(),
    ).posts
    expect([post?.ref?.id, post?.text, post?.author?.handle]).toEqual(['7', 'Rain.', 'ada'])
  })

  it('takes parents as declared, ids as text, and keeps other columns', () => {
    const [first, second] = read(
      'id,text,in_reply_to,likes',
      '1764938902533046301,A.,,3',
      '2,B.,1764938902533046301,',
    ).posts
    expect(first?.ref?.id).toBe('1764938902533046301')
    expect(first?.provenance.extra).toEqual({ likes: '3' })
    expect(second?.parent).toMatchObject({ ref: { id: '1764938902533046301' }, basis: 'declared' })
  })

  it('knows posts of X, and the time in their ids, by a heading of theirs', () => {
    const [post] = read('Tweet ID,Text,Retweets', '1764938902533046301,A.,3').posts
    expect(post).toMatchObject({ ref: { platform: 'x' }, createdAt: '2024-03-05T09:00:00.000Z' })
    expect(read('id,text,likes', '1764938902533046301,A.,3').posts[0]?.ref?.platform).toBe('csv')
  })

  it('reads the moment in an id where the time is written as nobody else can read it', () => {
    const { posts, notes } = read('id\ttweet\tcreated_at', '1764938902533046301\tA.\t2024-03-05 10:00:00 Harbour Time')
    expect(posts[0]?.createdAt).toBe('2024-03-05T09:00:00.000Z')
    expect(posts[0]?.provenance.extra).toEqual({ writtenTime: '2024-03-05 10:00:00 Harbour Time' })
    expect(notes).toEqual([])
  })

  it.each([
    ['from_user,text,id_str,created_at,in_reply_to_status_id_str', 'ada,A.,%,Tue Mar 05 09:00:00 +0000 2024,^'],
    [
      'from_user_name,text,id,created_at,to_user_name,in_reply_to_status_id,tweet_type',
      'ada,A.,%,2024-03-05 09:00:00,b,^,',
    ],
    [
      'screen_name,text,status_id,created_at,reply_to_status_id,is_retweet,tweet',
      'ada,A.,x%,2024-03-05 11:00:00,x^,FALSE,',
    ],
    ['author.username,text,id,created_at,referenced_tweets.replied_to.id', 'ada,A.,%,2024-03-05T09:00:00.000Z,^'],
    ['username,tweet,id,created_at,in_reply_to_tweet_id,reply_to', "ada,A.,%,2024-03-05 10:00:00 CET,^,[{'id': '1'}]"],
    [
      'Screen name,Post text,Post id,Date,Post Link,In reply to tweet id',
      'ada,A.,%,"Tue, Mar 5, 2024",https://x.com/ada/status/%,^',
    ],
  ])('knows whose, when and below what in the table of X headed %s', (heading, record) => {
    const line = record.replaceAll('%', '1764938902533046301').replaceAll('^', '1764938902533046200')
    const { posts, notes } = read(heading, line)
    expect(posts).toMatchObject([
      {
        ref: { platform: 'x', id: '1764938902533046301' },
        author: { handle: 'ada' },
        createdAt: '2024-03-05T09:00:00.000Z',
        parent: { ref: { platform: 'x', id: '1764938902533046200' } },
      },
    ])
    expect(notes).toEqual([])
  })

  it('takes accounts that are answered for no posts, and keeps them', () => {
    const twint = csv.extract(pageOf(casesOf('csv').find(({ name }) => name === 'twint')!))
    // The third carries on in the conversation that its author opened with the fourth.
    expect(twint.posts.map(({ parent }) => parent?.ref?.id ?? null)).toEqual([null, null, '1378935427691446273', null])
    expect(twint.posts[1]?.provenance.extra?.['answers']).toContain('plumbline')
    expect(twint.posts[3]).toMatchObject({
      createdAt: '2021-04-05T05:00:00.000Z',
      author: { id: '900100', name: 'Edda Voss' },
    })
  })

  it('believes no moment in an id that is days from what is written', () => {
    expect(read('tweet_id,text,date', '1764938902533046301,A.,2019-07-01 10:00').posts[0]?.createdAt).toBe(
      '2019-07-01T10:00:00.000Z',
    )
  })

  it('reads printed dates by each other, and says once that they name no zone', () => {
    const { posts, notes } = read('id,text,date', '1,A.,3/4/2024 10:00', '2,B.,25/4/2024 11:30', '3,C.,5 May 2024')
    expect(posts.map(({ createdAt }) => createdAt)).toEqual([
      '2024-04-03T10:00:00.000Z',
      '2024-04-25T11:30:00.000Z',
      '2024-05-05T00:00:00.000Z',
    ])
    expect(notes).toMatchObject([{ code: 'zone-unknown', message: expect.stringMatching(/^3 /) }])
    expect(read('id,text,date', '1,A.,3/4/2024').posts[0]?.provenance.extra).toEqual({ createdAt: '3/4/2024' })
  })

  it('takes what R writes into empty cells for nothing', () => {
    const [post] = read('id,text,author,in_reply_to,created_at', '1,A.,NA,NA,NA').posts
    expect([post?.author, post?.parent, post?.createdAt]).toEqual([null, null, null])
  })

  it.each([
    ['id,author,body,created_utc,parent_id,link_id', 't1a2,ada,Tar.,1714557600.0,t1_t1a1,t3_1ch101', 't1_t1a1'],
    [
      'id,permalink,date,parent,body',
      't1a2,https://www.reddit.com/r/x/comments/1ch101/y/t1a2/,2024-05-01,t1a1,Tar.',
      't1_t1a1',
    ],
    [
      'id,permalink,date,parent,body',
      't1a2,https://www.reddit.com/r/x/comments/1ch101/y/t1a2/,2024-05-01,,Tar.',
      't3_1ch101',
    ],
  ])('knows a comment of Reddit in the table headed %s', (heading, record, parent) => {
    expect(read(heading, record).posts[0]).toMatchObject({
      ref: { platform: 'reddit', id: 't1_t1a2' },
      parent: { ref: { platform: 'reddit', id: parent } },
    })
  })

  it('takes a moment before the age beside it', () => {
    const [post] = read('cid,text,time,author,time_parsed', 'Ugw1,Tar.,1 year ago,@ada,1714557600').posts
    expect([post?.ref?.id, post?.createdAt]).toEqual(['Ugw1', '2024-05-01T10:00:00.000Z'])
  })

  it('reads words that a table holds as HTML', () => {
    const [first, second] = read('id,content', '7,"<p>A &amp; B.</p><p>2/2</p>"', '8,a <b> c').posts
    expect([first?.text, second?.text]).toEqual(['A & B.\n\n2/2', 'a <b> c'])
  })

  it('leaves out what an export says was reposted', () => {
    const { posts, notes } = read('tweet_id,text,retweeted_status_id', '1764938902533046301,A.,', '2,RT @b: B.,1')
    expect(posts.map(({ text }) => text)).toEqual(['A.'])
    expect(notes).toMatchObject([{ code: 'reposts', message: expect.stringMatching(/^1 rows/) }])
    for (const [column, value] of Object.entries({ is_retweet: 'TRUE', tweet_type: 'retweet', retweet: 'True' }))
      expect(read(`id,text,${column}`, `2,RT @b: B.,${value}`).posts).toEqual([])
    expect(read('id,text,retweet,retweeted', '2,B.,False,True').posts).toHaveLength(1)
  })

  it('names the lines of a post, several where its text has several', () => {
    const places = read('id,text', '1,"A\nb"', '', '2,C').posts.map(({ provenance }) => [
      provenance.line,
      provenance.endLine,
    ])
    expect(places).toEqual([
      [2, 3],
      [4, 5],
    ])
  })

  it('keeps the words behind a quotation that is never closed, and says so', () => {
    const { posts, notes } = read('id,text', '1,A', '2,"B', '3,C')
    expect(posts.map(({ text }) => text)).toEqual(['A', 'B\n3,C'])
    expect(notes.map(({ code }) => code)).toContain('cut-table')
  })

  it('takes half an id at the end of a cut file for none, keeps the words before it, and says so', () => {
    const cut = read('id,text,in_reply_to,likes', '1718000000000000001,A,,3', '1718000000000000002,B,17180000')
    expect(cut.posts.map(({ text, parent }) => [text, parent])).toEqual([
      ['A', null],
      ['B', null],
    ])
    expect(cut.notes.map(({ code }) => code)).toContain('cut')
  })

  it.each([
    ['prose', ['The text, he said, is an id.', 'Another line.']],
    ['a table without text', ['id,likes', '1,2']],
    ['text alone', ['text', 'hello']],
    ['JSON lines', ['{"id":"1","text":"x"}', '{"id":"2","text":"y"}']],
  ])('leaves %s alone', (_, lines) => {
    expect(csv.recognises(page(...lines))).toBe(false)
  })
})
