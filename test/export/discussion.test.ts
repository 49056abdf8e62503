// Threads and their conversations printed together: no post twice, no post lost, and each reply says what it answers.
import { expect, test } from 'vitest'
import { toJsonDocument } from '../../src/export/json/json.ts'
import { conversationToMarkdown, markdownChunks } from '../../src/export/markdown/markdown.ts'
import { textChunks } from '../../src/export/text.ts'
import type { Conversation, Parent, Unrolled } from '../../src/model.ts'
import { ADA, makeConversation, makePost, makeReply, makeThread, makeThreadPost, makeUnrolled } from './build.ts'

const BO = { ...ADA, handle: 'bo', name: 'Bo' }
const THREAD = makeThread(['One.', 'Two.', 'Three.'], { declaredTotal: 3 })

function answering(id: string): Parent {
  return { ref: { platform: 'x', id }, key: null, basis: 'declared', p: 1, say: 'declared' }
}

/** A reply of Bo's, or the thread's own post where its number is given. */
function reply(index: number, parent: number | null, to: string, text: string, number: number | null = null) {
  const own = number === null ? { id: `x:r${index}`, author: BO } : { id: `x:${number}` }
  return makeReply(index, parent, { ...own, text, kind: 'post', platform: 'x', parent: answering(to) })
}

const CONVERSATION: Conversation = {
  ...makeConversation(null, [
    reply(0, null, '1', 'Two.', 2),
    reply(1, 0, '2', 'Three.', 3),
    reply(2, 1, '3', 'A third hums.'),
    reply(3, 2, 'r2', 'It does.'),
    reply(4, null, '99', 'Which one?'),
  ]),
  id: 'x:1',
  root: makePost({ text: 'One.' }),
  statement: '5 replies',
}

const markdownOf = async (given: Partial<Unrolled>) => [...(await markdownChunks(makeUnrolled(given)))].join('')
const textOf = (given: Partial<Unrolled>) => [...textChunks(makeUnrolled(given))].join('')

test('the replies follow their thread, without its posts, and say what they answer', async () => {
  const file = await markdownOf({ threads: [THREAD], conversations: [CONVERSATION] })
  for (const words of ['Two.', 'Three.', 'A third hums.', 'It does.', 'Which one?'])
    expect(file.split(words)).toHaveLength(2)
  expect(file).toContain('## Replies\n\n*5 replies; 2 of them in a thread above*\n')
  expect(file).toMatch(/<b>Bo \(@bo\)<\/b>.* · to post 3 of 3<\/summary>\n\nA third hums\.\n\n- \*\*Bo/)
  expect(file).toMatch(/ · in reply to a post that is not here<\/summary>\n\nWhich one\?/)
})

test('plain text does the same', () => {
  const file = textOf({ threads: [THREAD], conversations: [CONVERSATION] })
  expect(file.slice(file.indexOf('Replies'))).toBe(`Replies
[5 replies; 2 of them in a thread above]

* Bo (@bo), 2026-01-02 03:04, to post 3 of 3

A third hums.

  * Bo (@bo), 2026-01-02 03:04

  It does.

* Bo (@bo), 2026-01-02 03:04, in reply to a post that is not here

Which one?
`)
})

test('the discussions that posts of one thread began stand under one heading, each with how much of it is here', async () => {
  const second = { ...CONVERSATION, id: 'x:2', root: makePost({ id: 'x:2', text: 'Two.' }), statement: '1 reply' }
  const given = {
    threads: [THREAD],
    conversations: [CONVERSATION, { ...second, replies: [reply(0, null, '2', 'Do they?')] }],
  }
  for (const file of [await markdownOf(given), textOf(given)]) {
    expect(file.split('Replies')).toHaveLength(2)
    expect(file).toMatch(/5 replies; 2 of them in a thread above.*Which one\?.*1 reply.*to post 2 of 3.*Do they\?/s)
  }
})

test('a reply to a post of a side branch says from which post the branch leaves', () => {
  const aside = makeThreadPost(1, { id: 'x:9', text: 'Aside.' })
  const thread = { ...THREAD, branches: [{ from: 'x:2', posts: [aside] }] }
  const conversation = {
    ...CONVERSATION,
    replies: [reply(0, null, '2', 'Aside.', 9), reply(1, 0, '9', 'Beside what?')],
  }
  expect(textOf({ threads: [thread], conversations: [conversation] })).toMatch(
    /to the side branch from post 2\n\nBeside what\?/,
  )
})

test("a reply to another author's printed post names the author", async () => {
  const other = { ...makeThread(['A third hums.']), id: 'x:r2', author: BO }
  const posts = other.posts.map((item) => ({ ...item, post: { ...item.post, id: 'x:r2', author: BO } }))
  const file = await markdownOf({ threads: [THREAD, { ...other, posts }], conversations: [CONVERSATION] })
  expect(file).toMatch(/ · to the post by Bo \(@bo\)<\/summary>\n\nIt does\./)
})

test('a conversation of which nothing is left is not printed; the thread alone is a file', async () => {
  const conversation = { ...CONVERSATION, replies: CONVERSATION.replies.slice(0, 2) }
  const given = { threads: [THREAD], conversations: [conversation] }
  expect(await markdownOf(given)).toBe(await markdownOf({ threads: [THREAD] }))
  expect(textOf(given)).toBe(textOf({ threads: [THREAD] }))
})

test('an article keeps all its comments, though one opens a thread', async () => {
  const article = makeConversation({}, [reply(0, null, '7', 'Two.', 2)])
  expect(await markdownOf({ threads: [THREAD], conversations: [article] })).toContain('## Comments')
})

test('a file of its own, and JSON, stay complete', () => {
  const file = conversationToMarkdown(CONVERSATION)
  for (const words of ['Two.', 'Three.', 'A third hums.']) expect(file).toContain(words)
  const { replies } = toJsonDocument(makeUnrolled({ threads: [THREAD], conversations: [CONVERSATION] }))
    .conversations[0]!
  expect(replies.map(({ parentId }) => parentId)).toEqual(['x:1', 'x:2', 'x:3', 'x:r2', 'x:99'])
})

test('an absent root is told of at the head and not at each reply', () => {
  const orphans = { ...CONVERSATION, root: null, replies: [reply(0, null, '1', 'a'), reply(1, null, '99', 'b')] }
  const file = conversationToMarkdown(orphans)
  expect(file.split('in reply to a post that is not here')).toHaveLength(2)
})
