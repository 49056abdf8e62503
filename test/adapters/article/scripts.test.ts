// Articles in other scripts than the Latin one, whose letters are letters too: short sentences with a number in them
// are no rows of buttons, dates or names, and three signs say as much as a word.
import { describe, expect, it } from 'vitest'
import { type Case, casesOf, extractPage, pageOf } from '../cases.ts'

const fixture = casesOf('article')[0] as Case

function read(body: string, title = '') {
  return extractPage(
    pageOf(
      { ...fixture, url: null },
      `<!DOCTYPE html><html><head><title>${title}</title></head><body>${body}</body></html>`,
    ),
  )
}

const ARTICLES = [
  [
    'Japanese',
    '佐藤',
    [
      '1962年12月3日の朝、北の桟橋から鐘が消えていたことに気づいた人は誰もいなかった。',
      '冬じゅう聞いてまわったけれど、四つの話はどれも天気のことしか合わない。ひとつ目は舌が割れたという話だ。',
      '佐藤という名の漁師が2人、鐘は網小屋の裏にあると教えてくれた。',
    ],
  ],
  [
    'Chinese',
    '码头',
    [
      '渡轮公司把钟从北码头取下来的时候，港务办公室里没有人写下为什么，只留下1962这个数字。',
      '我问了大半个冬天，得到的是4个故事，除了天气什么都对不上。',
      '钟在渔网仓库后面，盖着1块绿色的防水布，钟舌还在。',
    ],
  ],
  [
    'Russian',
    'Нина',
    [
      'В 1962 году колокол сняли с северного причала, и никто не записал почему.',
      'Я спрашивала всю зиму и услышала 4 истории, которые сходятся только в том, что касается погоды на берегу.',
      'Колокол лежит за сетевым сараем, и на нём 2 трещины.',
    ],
  ],
] as const

describe.each(ARTICLES)('an article in %s', (_, author, paragraphs) => {
  const body = paragraphs.map((one) => `<p>${one}</p>`).join('')
  const article = `<article><h1>1962</h1><div class="meta"><span class="author">${author}</span> <time datetime="2018-02-28">2018-02-28</time></div><div class="entry-content">${body}</div></article>`

  it('keeps each of its short sentences', () => {
    expect(read(article).posts.map(({ text }) => text)).toEqual([paragraphs.join('\n\n')])
  })

  it('has short comments with numbers in them', () => {
    const comment = (day: number) =>
      `<li class="comment-item"><h4><a href="/people/u${day}/">u${day}</a> <span class="pubtime">2019-03-0${day} 10:10:00</span></h4><p class="comment-text">${paragraphs[2]}</p></li>`
    const { posts } = read(`${article}<ul id="comments">${comment(1)}${comment(2)}</ul>`)
    expect(posts.slice(1).map(({ text, author }) => [author?.name, text])).toEqual([
      ['u1', paragraphs[2]],
      ['u2', paragraphs[2]],
    ])
  })
})

describe('comments all of which is called a reply (Douban)', () => {
  it('have the words that are called their content, once', () => {
    const [, , [first, second, third]] = ARTICLES[1]
    const reply = (day: number, words: string) =>
      `<li class="comment-item reply-item"><div class="reply-doc content"><h4><a href="/people/u${day}/">u${day}</a> <span class="pubtime">2019-03-0${day} 10:10:00</span></h4><p class="reply-content">${words}</p><a class="lnk-reply">回应</a></div></li>`
    const page = `<article><h1>钟</h1><p>${first}</p><p>${second}</p></article><ul id="comments">${reply(1, third)}${reply(2, second)}</ul>`
    expect(
      read(page)
        .posts.slice(1)
        .map(({ text }) => text),
    ).toEqual([third, second])
  })
})

describe('a page of microformats (Plume)', () => {
  it('has the time that any element is marked with', () => {
    const words = 'Nobody wrote down why the bell was taken off the north pier that winter, not even once. '.repeat(4)
    const { posts } = read(
      `<div class="h-entry"><h1 class="p-name">The bell</h1><span class="p-author h-card">Ida</span> — <span class="date dt-published" datetime="2021-02-28T20:10:00+00:00">February 28, 2021</span><div class="e-content"><p>${words}</p><p>${words}</p></div></div>`,
    )
    expect(posts[0]?.createdAt).toBe('2021-02-28T20:10:00.000Z')
  })
})

describe('a page of an old blog', () => {
  const words =
    'Nobody in the harbour office wrote down why the bell was taken off the north pier that winter. '.repeat(4)

  it('has the title that its head names behind the name of the site', () => {
    const { posts } = read(
      `<h1><a href="/">Pier notes</a></h1><h2 class="date">February 28, 2003</h2><div class="blogbody"><h3 class="title">The bell under the tarpaulin</h3><p>${words}</p><p>${words}</p></div>`,
      'Pier notes: The bell under the tarpaulin',
    )
    expect(posts[0]?.title).toBe('The bell under the tarpaulin')
    expect(posts[0]?.text).not.toContain('tarpaulin')
  })

  it('is not by the category of an entry that is called after its author', () => {
    const { posts } = read(
      `<div class="entry entry-author-jasper"><h3 class="entry-header">The bell</h3><div class="entry-body"><p>${words}</p><p>${words}</p></div><p class="post-footers">Posted by Jasper Kroll on February 28, 2011 at 08:10 PM in <a href="/bells">Bells</a></p></div>`,
      'The bell',
    )
    expect(posts[0]?.author?.name).toBe('Jasper Kroll')
  })
})
