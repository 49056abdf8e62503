// The JSON contract: the keys it promises, in order, and that printing in pieces prints the same document.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { jsonChunks, toJsonDocument } from '../../../src/export/json/json.ts'
import fc from '../../laws.ts'
import {
  makeConversation,
  makeGap,
  makeLink,
  makePost,
  makeReply,
  makeThread,
  makeThreadPost,
  makeUnrolled,
} from '../build.ts'

const THREAD = makeThread(['One.', 'Two.'], {
  declaredTotal: 3,
  gaps: [makeGap({ after: 2, before: null, class: 'tail' })],
  branches: [{ from: 'x:1', posts: [makeThreadPost(1, { id: 'x:9', text: 'Aside.' })] }],
})
const UNROLLED = makeUnrolled({
  threads: [THREAD],
  conversations: [
    makeConversation({ footnotes: [{ label: '1', text: 'Note.', html: null }] }, [makeReply(0, null, {})]),
  ],
  unplaced: [{ post: makePost({ id: 'x:8' }), homes: [{ thread: 'x:1', p: 0.43219 }] }],
  notes: [{ level: 'info', code: 'cut-preview', message: 'Cut.', input: null }],
})

test('the document has the promised keys in the promised order', () => {
  const document = toJsonDocument(UNROLLED, { version: '9.9.9' })
  expect(Object.keys(document)).toEqual(['unspool', 'format', 'threads', 'conversations', 'unplaced', 'notes'])
  expect(document).toMatchObject({ unspool: '9.9.9', format: 1 })
  const thread = document.threads[0]!
  expect(Object.keys(thread).join(' ')).toBe(
    'id platform author title url completeness statement declaredTotal posts gaps branches aliases',
  )
  expect(Object.keys(thread.posts[0]!).join(' ')).toBe(
    'position number id text html createdAt url media quotes sources link boundary',
  )
  expect(Object.keys(thread.gaps[0]!).join(' ')).toBe('after before count class p reason')
  expect(Object.keys(thread.posts[0]!.sources[0]!).join(' ')).toBe('input capture line selector endLine path')
})

test('a conversation and its replies have the promised keys in the promised order', () => {
  const conversation = toJsonDocument(UNROLLED).conversations[0]!
  expect(Object.keys(conversation).slice(0, 12).join(' ')).toBe(
    'id title author url publishedAt site body footnotes declaredReplies completeness statement replies',
  )
  expect(Object.keys(conversation.replies[0]!).slice(0, 11).join(' ')).toBe(
    'index parent depth author isPostAuthor createdAt id text html sources link',
  )
  expect(conversation.footnotes).toEqual([{ label: '1', text: 'Note.' }])
})

test('footnotes stay with the post that they were taken out of', () => {
  const footnotes = [{ label: '1', text: 'Note.', html: null }]
  const thread = makeThread([], { posts: [makeThreadPost(1, { text: 'One.1', footnotes })] })
  const conversations = [makeConversation({}, [makeReply(0, null, { footnotes })])]
  const unplaced = [{ post: makePost({ id: 'x:8', footnotes }), homes: [] }]
  const document = toJsonDocument(makeUnrolled({ threads: [thread], conversations, unplaced }))
  const holders = [document.threads[0]!.posts[0]!, document.conversations[0]!.replies[0]!, document.unplaced[0]!]
  for (const holder of holders) expect(holder.footnotes).toEqual([{ label: '1', text: 'Note.' }])
})

test('the README of the export names every key', () => {
  const readme = readFileSync(new URL('../../../src/export/README.md', import.meta.url), 'utf8')
  const shape = readFileSync(new URL('../../../src/export/json/shape.ts', import.meta.url), 'utf8')
  const keys = [...shape.matchAll(/readonly (\w+)\??:/g)].map(([, key]) => key)
  expect(keys.length).toBeGreaterThan(40)
  expect([...new Set(keys)].filter((key) => !readme.includes(`"${key}"`))).toEqual([])
})

test('probabilities are rounded to four digits', () => {
  const [first, second] = makeThread(['One.', 'Two.']).posts
  const thread = { ...THREAD, posts: [first!, { ...second!, link: makeLink(0.987654321) }] }
  const document = toJsonDocument(makeUnrolled({ threads: [thread] }))
  expect(document.threads[0]!.posts[1]!.link).toEqual({
    basis: 'inferred',
    p: 0.9877,
    evidence: [{ kind: 'number-next', say: '1 → 2, same form', weight: 4.1235 }],
  })
})

test('markers are stripped, and kept on request', () => {
  const item = makeThreadPost(1, { text: '1/9 Hello.' }, { text: 'Hello.', strips: [[0, 4]] })
  const unrolled = makeUnrolled({ threads: [{ ...THREAD, posts: [item] }] })
  expect(toJsonDocument(unrolled).threads[0]!.posts[0]!.text).toBe('Hello.')
  expect(toJsonDocument(unrolled, { raw: true }).threads[0]!.posts[0]!.text).toBe('1/9 Hello.')
})

test('a conversation whose root was not seen has a null body, and nothing else is invented', () => {
  const { body, title, author, publishedAt, sources } = toJsonDocument(
    makeUnrolled({ conversations: [makeConversation(null, [makeReply(0, null, {})])] }),
  ).conversations[0]!
  expect({ body, title, author, publishedAt, sources }).toEqual({
    body: null,
    title: null,
    author: null,
    publishedAt: null,
    sources: [],
  })
})

test('law: pieces joined are the document, indented by two', () => {
  const texts = fc.array(fc.array(fc.string({ unit: 'binary' }), { maxLength: 3 }), { maxLength: 3 })
  fc.assert(
    fc.property(texts, fc.boolean(), (threads, full) => {
      const made = threads.map((posts) => makeThread(posts))
      const unrolled = full ? { ...UNROLLED, threads: made } : makeUnrolled({ threads: made })
      expect([...jsonChunks(unrolled)].join('')).toBe(`${JSON.stringify(toJsonDocument(unrolled), null, 2)}\n`)
    }),
  )
})

test('a long thread is printed post by post', () => {
  const thread = makeThread(Array.from({ length: 500 }, () => 'word '.repeat(50)))
  const longest = Math.max(...[...jsonChunks(makeUnrolled({ threads: [thread] }))].map((piece) => piece.length))
  expect(longest).toBeLessThan(2000)
})
