// Slack: threads by time, names by profile, its light markup, and what is no message. Days of a channel join by the
// folder's name.
import { describe, expect, it } from 'vitest'
import { slack } from '../../../src/adapters/chats/slack.ts'
import { readPage } from '../../../src/adapters/page/page.ts'
import { unrollTogether } from '../../../src/pipeline/pipeline.ts'
import { type Case, captureOf, casesOf, pageOf } from '../cases.ts'
import { describeAdapter } from '../contract.ts'

describeAdapter(slack)

const CASES = new Map(casesOf('slack').map((fixture) => [fixture.name, fixture]))
const read = (name: string, body?: string) => slack.extract(pageOf(CASES.get(name) as Case, body))
const dayOf = (input: string, messages: readonly object[]) =>
  slack.extract(readPage({ ...captureOf(CASES.get('day') as Case, JSON.stringify(messages)), input }))

describe('a day of a channel', () => {
  const { posts, notes, declared } = read('day')
  const byKey = new Map(posts.map((post) => [post.key, post]))

  it('is named by time within its folder', () => {
    expect(posts.map(({ ref }) => ref?.id)).toContain('day/1709283600.125900')
    expect(byKey.get('1709283600.125900')?.createdAt).toBe('2024-03-01T09:00:00.125Z')
  })

  it('reads links, mentions and escapes; all else stays as typed', () => {
    expect(byKey.get('1709283600.125900')?.text).toContain('Who moved the *ladder* from')
    expect(byKey.get('1709283600.125900')?.text).toMatch(/See rule 4, @Nils Aas & #gear$/)
    expect(byKey.get('1709283600.125900')?.html).toContain('href="https://rules.example/ladders?a=1&#x26;b=2"')
    expect(byKey.get('1709284200.000200')?.text).toBe('Me. It is behind the shed.\nSorry <3')
  })

  it('joins threads, and names the answers of other days as missing', () => {
    expect(byKey.get('1709284200.000200')?.parent).toMatchObject({ key: '1709283600.125900', basis: 'declared' })
    expect(declared.tree).toContainEqual({
      post: { platform: 'slack', id: 'day/1709370000.000300' },
      parent: { platform: 'slack', id: 'day/1709283600.125900' },
    })
    expect(byKey.get('1709283600.125900')?.parent).toBeNull()
  })

  it('names files without the key that opens them', () => {
    const url = 'https://files.slack.example/F01/shed.jpg'
    expect(byKey.get('1709284200.000200')?.media).toMatchObject([
      { kind: 'image', url, alt: 'The shed, from the pier' },
    ])
  })

  it('knows the one file that a message had until 2018', () => {
    const file = {
      id: 'F1',
      name: 'shed.md',
      mimetype: 'text/plain',
      url_private: 'https://files.slack.example/F1/shed.md?t=k',
    }
    const message = { type: 'message', subtype: 'file_share', user: 'U1', text: 'x', ts: '1516457078.000065', file }
    expect(read('day', JSON.stringify([message])).posts[0]?.media).toMatchObject([
      { kind: 'file', url: 'https://files.slack.example/F1/shed.md' },
    ])
  })

  it('keeps a deleted message’s place without its words', () => {
    expect(byKey.get('1709292000.000600')).toMatchObject({ text: '', author: null })
    expect(byKey.get('1709292100.000700')?.parent?.key).toBe('1709292000.000600')
    expect(notes.map(({ code }) => code)).toEqual(['files-gone', 'withheld', 'remarks'])
  })

  it('takes previews for quotes, and the words of a bot for its own', () => {
    expect(byKey.get('1709290000.000400')?.quotes).toMatchObject([
      { text: 'Tides, explained\nThe moon pulls; the harbour pays.', url: 'https://news.example/tides' },
    ])
    expect(byKey.get('1709291000.000500')).toMatchObject({
      text: 'High water\n13:40 at the north mole',
      author: { id: 'B01TIDE00', name: 'Tide Bot' },
    })
  })
})

it('joins a thread over the days of one folder, and not over two folders', () => {
  const root = {
    type: 'message',
    user: 'U01WREN00',
    ts: '1709283600.000100',
    thread_ts: '1709283600.000100',
    text: 'Is it wet?',
  }
  const answer = { type: 'message', user: 'U01WREN00', ts: '1709370000.000100', thread_ts: root.ts, text: 'It is.' }
  const [first, second] = [dayOf('a.zip!/pier/2024-03-01.json', [root]), dayOf('a.zip!/pier/2024-03-02.json', [answer])]
  expect(unrollTogether([first, second]).threads[0]?.posts).toHaveLength(2)
  const elsewhere = dayOf('a.zip!/mole/2024-03-02.json', [answer])
  expect(unrollTogether([first, elsewhere]).threads.map(({ posts }) => posts.length)).toEqual([1, 1])
})

it('knows the channel of an API answer by its address', () => {
  expect(read('replies').posts.map(({ ref }) => ref?.id)).toEqual([
    'C01GENERAL/1709283600.125900',
    'C01GENERAL/1709283700.000100',
  ])
})

it('reads the answers that slackdump lays into a message', () => {
  const ts = '1709283600.000100'
  const answer = { type: 'message', user: 'U2', ts: '1709283700.000100', text: 'Below.' }
  const body = {
    channel_id: 'C01GENERAL',
    messages: [{ type: 'message', user: 'U1', ts, thread_ts: ts, text: 'Above.', slackdump_thread_replies: [answer] }],
  }
  const { posts } = read('day', JSON.stringify(body))
  expect(posts.map(({ text, parent }) => [text, parent?.key ?? null])).toEqual([
    ['Above.', null],
    ['Below.', ts],
  ])
})

it('knows the lists beside the channels for what they are', () => {
  const users = JSON.stringify([
    { id: 'U01WREN00', team_id: 'T01HARBOR', name: 'wholt', profile: { real_name: 'Wren Holt' } },
  ])
  expect(slack.recognises(pageOf(CASES.get('day') as Case, users))).toBe(true)
  expect(read('day', users)).toMatchObject({ posts: [], notes: [{ level: 'info', code: 'no-posts' }] })
})
