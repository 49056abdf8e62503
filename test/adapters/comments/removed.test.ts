// Words that a site prints where a comment was are nobody's; the comment keeps its place.
import { describe, expect, it } from 'vitest'
import { type Case, casesOf, extractPage, pageOf } from '../cases.ts'

const fixture = { ...(casesOf('article')[0] as Case), url: 'https://mill.example/rye' }
const LONG = 'The sluice was never found again, though all the village looked for it until the spring. '
const comment = (n: number, who: string, words: string, answers = '') =>
  `<li class="comment" id="comment-${n}"><article><cite class="fn">${who}</cite>
   <time datetime="2024-01-0${n}T10:00:00Z">${n} January</time><div class="comment-content"><p>${words}</p></div></article>
   ${answers === '' ? '' : `<ol class="children">${answers}</ol>`}</li>`
const commentsOf = (words: string, head = '') => {
  const list =
    comment(1, 'Tom', words, comment(2, 'Ida', 'I saw it float by the weir.')) + comment(3, 'Una', 'So did I.')
  const html = `<!doctype html><title>Rye</title>${head}<body class="single postid-4"><article class="post"><h1>Rye</h1><div class="entry-content"><p>${LONG.repeat(5)}</p></div></article>
    <div id="comments"><h2>3 comments</h2><ol class="comment-list">${list}</ol></div></body>`
  const { posts, notes } = extractPage(pageOf(fixture, html))
  return { comments: posts.filter(({ kind }) => kind === 'comment'), notes }
}
const WORDPRESS = '<meta name="generator" content="WordPress 6.4"><link href="https://mill.example/wp-content/x.css">'

describe.each([
  ['a page of unknown software', ''],
  ['WordPress', WORDPRESS],
])('a comment of %s', (_, head) => {
  it.each([
    ['deleted', 'This comment has been removed by the author.'],
    ['removed', 'This comment has been removed by a blog administrator.'],
    ['removed', 'This comment was removed by a moderator because it didn’t abide by our community standards.'],
    ['deleted', '[deleted]'],
    ['removed', '[removed by moderator]'],
    ['deleted', 'Dieser Kommentar wurde gelöscht.'],
    ['removed', 'Der Kommentar wurde vom Administrator entfernt'],
    ['deleted', 'Ce commentaire a été supprimé par son auteur'],
    ['deleted', 'Этот комментарий был удалён'],
    ['deleted', 'このコメントは削除されました。'],
    ['deleted', '该评论已被删除'],
  ])('is %s where it only says "%s"', (reason, words) => {
    const { comments, notes } = commentsOf(words, head)
    expect(comments.map(({ text, author }) => [author?.name, text])).toEqual([
      ['Tom', ''],
      ['Ida', 'I saw it float by the weir.'],
      ['Una', 'So did I.'],
    ])
    expect(comments[0]?.provenance.extra).toMatchObject({ withheld: reason })
    expect(comments[1]?.parent?.key).toBe(comments[0]?.key)
    expect(notes.filter(({ code }) => code === 'withheld')).toHaveLength(1)
  })

  it.each([
    'Deleted.',
    'This comment has been removed by the author. Why? It was the best one of all.',
    'My comment was deleted!',
    'The post was removed by hand, with a saw, in March of that year, and the fence fell over soon after it, as everyone in the village had said, and nobody has put up another one since.',
  ])('keeps the words "%s"', (words) => {
    expect(commentsOf(words, head).comments[0]?.text).toBe(words)
  })
})
