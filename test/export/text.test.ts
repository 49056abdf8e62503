// Plain text output: everything is there, indentation shows the discussion, no control characters.
import { expect, test } from 'vitest'
import { textChunks } from '../../src/export/text.ts'
import { makeConversation, makeGap, makeReply, makeThread, makeThreadPost, makeUnrolled } from './build.ts'

function print(given: Parameters<typeof makeUnrolled>[0], raw = false): string {
  return [...textChunks(makeUnrolled(given), { raw })].join('')
}

test('a thread has a short head, its posts, and a line where a post is missing', () => {
  const thread = makeThread(['One.', 'Three.'], { gaps: [makeGap({ count: null })], statement: '2 posts, one missing' })
  expect(print({ threads: [thread] })).toBe(`Ada Example (@ada), 2026-01-02 03:04
https://social.example/ada/1
[2 posts, one missing]

One.

[posts are missing here]

Three.
`)
})

test('answers are indented under what they answer', () => {
  const replies = [makeReply(0, null, { text: 'First\nline' }), makeReply(1, 0, { text: 'Second', isPostAuthor: true })]
  expect(print({ conversations: [makeConversation({ text: 'Body.' }, replies)] })).toContain(`Body.

* Ada Example (@ada), 2026-01-02 03:04

First
line

  * Ada Example (@ada) (post author), 2026-01-02 03:04

  Second
`)
})

test('--raw keeps the numbering; terminal controls are never printed', () => {
  const item = makeThreadPost(1, { text: '1/ Hi\u001b[2J' }, { text: 'Hi\u001b[2J', strips: [[0, 3]] })
  expect(print({ threads: [makeThread([], { posts: [item] })] })).toContain('\nHi\ufffd[2J\n')
  expect(print({ threads: [makeThread([], { posts: [item] })] }, true)).toContain('\n1/ Hi\ufffd[2J\n')
})

test('references to footnotes stand in brackets, as the notes do', () => {
  const footnotes = [
    { label: '1', text: 'In oil.', html: null },
    { label: '2', text: 'In wax.', html: null },
  ]
  const text = 'It took 2.5 skills.1 His lamp (of 1902)2 burned; see 1.'
  const printed = print({ conversations: [makeConversation({ text, footnotes }, [])] })
  expect(printed).toContain('It took 2.5 skills.[1] His lamp (of 1902)[2] burned; see 1.\n\n[1] In oil.\n\n[2] In wax.')
})
