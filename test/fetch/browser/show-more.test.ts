// Names of buttons as platforms print them: which unfold a page, and which do something else.
import { describe, expect, it } from 'vitest'
import { ACTS, COUNTS, UNFOLDS } from '../../../src/fetch/browser/show-more.ts'

const unfolds = new RegExp(UNFOLDS, 'iu')
const counts = new RegExp(COUNTS, 'iu')
const acts = new RegExp(ACTS, 'iu')

describe('a button unfolds when it says so', () => {
  it.each([
    ...['Show more', 'Show more replies', 'Show replies', 'See more', '… see more', 'Read more', 'Load more comments'],
    ...['View all 12 comments', 'View 1 reply', '+ 3 more replies', '12 more replies (34)', 'Show this thread'],
    ...['Show probable spam', 'Show additional replies, including those that may contain offensive content'],
    ...['Mehr anzeigen', 'Weitere 3 Antworten anzeigen', 'Antworten anzeigen', 'Mehr lesen …', 'Alle Kommentare laden'],
    ...['Afficher plus', 'Voir les 12 réponses', "Voir plus d'autres réponses", 'Lire la suite'],
    ...[
      'Mostrar más',
      'Ver las 4 respuestas',
      'Mostrar mais',
      'Ver todas as respostas',
      'Mostra altro',
      'Vedi le 3 risposte',
    ],
    ...['Meer weergeven', 'Toon meer reacties', 'Visa fler svar', 'Vis flere kommentarer', 'Näytä lisää'],
    ...[
      'Pokaż więcej odpowiedzi',
      'Zobrazit další odpovědi',
      'Показать ещё 3 ответа',
      'Читать далее',
      'Показати більше',
    ],
    ...[
      'Daha fazla göster',
      'Lihat semua komentar',
      'さらに表示',
      '返信をさらに表示',
      '他の3件の返信を表示',
      'もっと見る',
    ],
    ...['显示更多', '展开全文', '查看全部回复', '顯示更多', '더 보기', '답글 3개 더 보기', 'عرض المزيد', 'और दिखाएँ'],
  ])('%s', (name) => {
    expect(unfolds.test(name)).toBe(true)
    expect(acts.test(name)).toBe(false)
  })
})

describe('a button is left alone that says', () => {
  it.each([
    ...['Show', 'More', 'Load', 'Reply', 'Replies', '12 replies', 'Post', 'Follow', 'Like', 'Subscribe', 'Show less'],
    ...['Show more and subscribe', 'Show post options', 'View profile', 'See more from this author', 'Load app'],
    ...[
      'Mehr',
      'Antworten',
      'Folgen',
      'Répondre',
      'Voir le profil',
      'Ver perfil',
      '返信',
      '返信する',
      '回复',
      'Ответить',
    ],
    ...['', ' ', 'Read the terms', 'Show password', 'Accept all', 'View all settings'],
  ])('%s', (name) => {
    expect(unfolds.test(name)).toBe(false)
  })

  it.each(['Follow everyone', 'like', 'Sign up', 'log-in', 'retweet', 'Abonnieren', 'подписаться'])('%s', (name) => {
    expect(acts.test(name)).toBe(true)
  })
})

it('counts of replies are told from their button to answer', () => {
  expect(['12 replies', '1 reply', '3 Antworten', '1.2k comments'].every((name) => counts.test(name))).toBe(true)
  expect(['replies', 'Reply', '12', '12 likes', '12 replies. Reply'].some((name) => counts.test(name))).toBe(false)
})

it('long hostile names are answered at once', () => {
  const names = [`show ${'1.'.repeat(5000)}`, `show ${'more '.repeat(5000)}`, `${'+ '.repeat(5000)}show more`]
  expect(names.some((name) => unfolds.test(name))).toBe(false)
})
